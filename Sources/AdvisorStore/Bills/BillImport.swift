public import AdvisorCore

/// The result of importing one bill.
public struct BillImport: Hashable, Sendable {
    /// What changed in the store.
    public enum Outcome: String, Sendable {
        /// New.
        case new
        /// A further part of a stored bill.
        case added
        /// It replaced the stored one.
        case replaced
        /// It replaced the stored parts of the same paths; the other parts stay.
        case replacedParts = "replaced_parts"
        /// It has fewer days than the stored one, and replaced those alone.
        case replacedDays = "replaced_days"
        /// It equals the stored one.
        case unchanged
        /// Its file is incomplete and has fewer lines than the stored one, which was kept.
        case kept
    }

    /// The identity of the bill.
    public var key: BillKey
    /// The first and last day that the input covers.
    public var days: ClosedRange<CivilDate>
    /// Lines of the input.
    public var lines: Int
    /// Their sums, one for each currency.
    public var totals: [Money]
    /// What changed in the store.
    public var outcome: Outcome
    /// The paths of stored files that no longer count; empty for standard input.
    public var replacedPaths: [String] = []
    /// The number of files that the stored bill consists of.
    public var parts = 1
}
