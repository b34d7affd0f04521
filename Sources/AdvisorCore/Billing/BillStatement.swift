/// What a bill is told apart by: who sent it, who pays it, and its month.
public struct BillKey: Hashable, Sendable, Comparable {
    /// The form it came in.
    public var source: BillSource
    /// `AWS`, or what FOCUS names.
    public var provider: String
    /// The account that pays; nil when the source does not say.
    public var payer: String?
    /// The month billed.
    public var month: BillingMonth

    /// A bill by its parts.
    public init(source: BillSource, provider: String, payer: String?, month: BillingMonth) {
        (self.source, self.provider, self.payer, self.month) = (source, provider, payer, month)
    }

    /// By month, provider, payer, then the more detailed source.
    public static func < (left: BillKey, right: BillKey) -> Bool {
        (left.month, left.provider, left.payer ?? "", left.source) < (
            right.month, right.provider, right.payer ?? "", right.source
        )
    }
}

/// What the store holds of one bill.
public struct BillStatement: Hashable, Sendable {
    /// How finely a bill's charges are dated.
    public enum Granularity: String, Sendable {
        /// Each on its day.
        case daily
        /// All on the first of the month: nothing can be said of its days.
        case monthly
    }

    /// Which bill.
    public var key: BillKey
    /// The first and the last day that it tells of.
    public var days: ClosedRange<CivilDate>
    /// How finely its charges are dated.
    public var granularity: Granularity
    /// Lines that were added up into its charges.
    public var lines: Int
    /// When it was read.
    public var readAt: Timestamp
    /// False when lines of its file could not be read, or the file broke off.
    public var isWhole: Bool

    /// A statement by its parts.
    public init(
        key: BillKey, days: ClosedRange<CivilDate>, granularity: Granularity, lines: Int, readAt: Timestamp, isWhole: Bool
    ) {
        (self.key, self.days, self.granularity, self.lines) = (key, days, granularity, lines)
        (self.readAt, self.isWhole) = (readAt, isWhole)
    }

    /// Whether both may tell of the same money: one month, one provider, and no two payers known to differ.
    public func overlaps(_ other: BillStatement) -> Bool {
        key.month == other.key.month && key.provider == other.key.provider
            && (key.payer == other.key.payer || key.payer == nil || other.key.payer == nil)
    }

    /// Whether this one counts where both tell of the same money.
    ///
    /// The one that reaches more than a day further into the month; else the whole one, the one dated by days, the more
    /// detailed source, the one read last.
    public func counts(before other: BillStatement) -> Bool {
        let (end, otherEnd) = (days.upperBound.daysSinceEpoch, other.days.upperBound.daysSinceEpoch)
        if abs(end - otherEnd) > 1 { return end > otherEnd }
        if isWhole != other.isWhole { return isWhole }
        if granularity != other.granularity { return granularity == .daily }
        if key.source != other.key.source { return key.source < other.key.source }
        return (readAt, key) > (other.readAt, other.key)
    }
}

/// Lines of bills on their way from a file to the store, added up as far as they were read.
public struct ChargeBatch: Sendable {
    /// Lines of one bill that agree in all that is kept of them, added up.
    public struct Line: Sendable {
        /// Which bill.
        public var bill: BillKey
        /// Days since 1970-01-01.
        public var day: Int
        /// The account that used it; empty when the source does not say.
        public var account: String
        /// As the source names it.
        public var service: String
        /// Empty when the source does not say.
        public var usageType: String
        /// What kind of charge.
        public var category: ChargeCategory
        /// ISO 4217.
        public var currency: String
        /// In units of 1e-18 of the currency.
        public var cost: Int128
        /// In units of 1e-9; nil when the source does not say.
        public var usage: Int128?
        /// Empty when the source does not say.
        public var unit: String
        /// How many lines were added up.
        public var count: Int
        /// Whether its charge is for more than a day.
        public var isLong: Bool

        /// A line by its parts.
        public init(
            bill: BillKey, day: Int, account: String, service: String, usageType: String, category: ChargeCategory,
            currency: String, cost: Int128 = 0, usage: Int128? = nil, unit: String = "", count: Int = 1, isLong: Bool = false
        ) {
            (self.bill, self.day, self.account, self.service, self.usageType) = (bill, day, account, service, usageType)
            (self.category, self.currency, self.cost, self.usage, self.unit) = (category, currency, cost, usage, unit)
            (self.count, self.isLong) = (count, isLong)
        }
    }

    /// In any order; the same key may come again in a later batch.
    public var lines: [Line]
    /// The days, since 1970-01-01, that the input says it covers, where it says so.
    public var covered: [BillKey: ClosedRange<Int>]

    /// A batch of these lines.
    public init(lines: [Line] = [], covered: [BillKey: ClosedRange<Int>] = [:]) { (self.lines, self.covered) = (lines, covered) }
}
