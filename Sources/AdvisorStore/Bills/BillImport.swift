public import AdvisorCore

/// The result of importing one bill.
public struct BillImport: Hashable, Sendable {
    /// What changed in the store.
    public enum Outcome: String, Sendable {
        /// New.
        case new
        /// It replaced the stored one.
        case replaced
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
}
