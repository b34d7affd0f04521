/// The identity of a bill: provider, payer, month and source.
public struct BillKey: Hashable, Sendable, Comparable {
    /// The format.
    public var source: BillSource
    /// `AWS`, or the provider that FOCUS names.
    public var provider: String
    /// The paying account; nil if the source does not state it.
    public var payer: String?
    /// The billed month.
    public var month: BillingMonth

    /// Creates a key.
    public init(source: BillSource, provider: String, payer: String?, month: BillingMonth) {
        (self.source, self.provider, self.payer, self.month) = (source, provider, payer, month)
    }

    /// Orders by month, provider and payer, then the more detailed source.
    public static func < (left: BillKey, right: BillKey) -> Bool {
        (left.month, left.provider, left.payer ?? "", left.source) < (
            right.month, right.provider, right.payer ?? "", right.source
        )
    }
}

/// A bill in the store.
public struct BillStatement: Hashable, Sendable {
    /// The time resolution of charges.
    public enum Granularity: String, Sendable {
        /// Charges are dated by day.
        case daily
        /// Charges are for longer than a day and spread evenly, so daily costs are not measured.
        case monthly
    }

    /// The identity of the bill.
    public var key: BillKey
    /// The first and the last day that it covers.
    public var days: ClosedRange<CivilDate>
    /// The time resolution of its charges.
    public var granularity: Granularity
    /// The number of lines summed up in its charges.
    public var lines: Int
    /// The time of the import.
    public var readAt: Timestamp
    /// False if some lines could not be read, or the file was truncated.
    public var isWhole: Bool

    /// Creates a statement.
    public init(
        key: BillKey, days: ClosedRange<CivilDate>, granularity: Granularity, lines: Int, readAt: Timestamp, isWhole: Bool
    ) {
        (self.key, self.days, self.granularity, self.lines) = (key, days, granularity, lines)
        (self.readAt, self.isWhole) = (readAt, isWhole)
    }

    /// Whether both statements may contain the same charges: the same month and provider, and not two different payers.
    public func overlaps(_ other: BillStatement) -> Bool {
        key.month == other.key.month && key.provider == other.key.provider
            && (key.payer == other.key.payer || key.payer == nil || other.key.payer == nil)
    }

    /// Whether this statement counts rather than another with the same charges.
    ///
    /// The statement that reaches more than a day further wins; then the complete one, the daily one, the more detailed
    /// source, the newer import.
    public func counts(before other: BillStatement) -> Bool {
        let (end, otherEnd) = (days.upperBound.daysSinceEpoch, other.days.upperBound.daysSinceEpoch)
        if abs(end - otherEnd) > 1 { return end > otherEnd }
        if isWhole != other.isWhole { return isWhole }
        if granularity != other.granularity { return granularity == .daily }
        if key.source != other.key.source { return key.source < other.key.source }
        return (readAt, key) > (other.readAt, other.key)
    }
}

/// Lines of bills on their way from a file to the store, summed up as far as they were read.
public struct ChargeBatch: Sendable {
    /// The sum of all lines of a bill with the same key.
    public struct Line: Sendable {
        /// The identity of the bill.
        public var bill: BillKey
        /// The day, as days since 1970-01-01.
        public var day: Int
        /// The account that used it; empty if the source does not state it.
        public var account: String
        /// The service as the source names it.
        public var service: String
        /// Empty if the source does not state it.
        public var usageType: String
        /// The category of the charge.
        public var category: ChargeCategory
        /// The ISO 4217 currency code.
        public var currency: String
        /// The cost, in units of 1e-24 of the currency.
        public var cost: Int128
        /// The usage, in units of 1e-9; nil if the source does not state it.
        public var usage: Int128?
        /// Empty if the source does not state it.
        public var unit: String
        /// The number of lines summed up; a line for several days counts on its first.
        public var count: Int
        /// Whether it is a part of a line for longer than a day.
        public var isLong: Bool

        /// Creates a line.
        public init(
            bill: BillKey, day: Int, account: String, service: String, usageType: String, category: ChargeCategory,
            currency: String, cost: Int128 = 0, usage: Int128? = nil, unit: String = "", count: Int = 1, isLong: Bool = false
        ) {
            (self.bill, self.day, self.account, self.service, self.usageType) = (bill, day, account, service, usageType)
            (self.category, self.currency, self.cost, self.usage, self.unit) = (category, currency, cost, usage, unit)
            (self.count, self.isLong) = (count, isLong)
        }
    }

    /// The lines in any order; a key may occur again in a later batch.
    public var lines: [Line]
    /// The days since 1970-01-01 that the input says it covers; nil if it does not say.
    public var covered: [BillKey: ClosedRange<Int>]

    /// Creates a batch.
    public init(lines: [Line] = [], covered: [BillKey: ClosedRange<Int>] = [:]) { (self.lines, self.covered) = (lines, covered) }

    /// The batch without the bills of some months.
    public func without(_ months: Set<BillingMonth>) -> ChargeBatch {
        if months.isEmpty { return self }
        return ChargeBatch(
            lines: lines.filter { !months.contains($0.bill.month) }, covered: covered.filter { !months.contains($0.key.month) })
    }
}
