public import Foundation

/// What one may use without paying, and under which offer.
public struct Allowance: Hashable, Sendable {
    /// To whom it is given.
    public enum Offer: Hashable, Sendable {
        /// To every AWS account, for ever.
        case always
        /// To AWS accounts made before the day, for so many months.
        case firstMonths(Int, madeBefore: CivilDate)
        /// To whoever is on a plan: `supabase-free`.
        case plan(String)
    }

    /// What it is counted over.
    public enum Span: String, CaseIterable, Sendable {
        /// Counted anew each calendar month.
        case month
        /// A level that must not be passed at any time.
        case level
    }

    /// A metric that shows its use.
    public struct UsageMetric: Hashable, Sendable {
        /// A name of the metric catalog.
        public var metric: String
        /// Whether values are added up, or the greatest of each resource's are.
        public var isSum: Bool

        /// A reading by its parts.
        public init(metric: String, isSum: Bool) { (self.metric, self.isSum) = (metric, isSum) }
    }

    /// `lambda-requests`.
    public var id: String
    /// For people: `Lambda requests`.
    public var title: String
    /// Under which offer.
    public var offer: Offer
    /// What it is counted over.
    public var span: Span
    /// How much, in the base of `measure`: bytes, seconds, a number.
    public var amount: Decimal
    /// What it counts.
    public var measure: QuantityKind
    /// Names of what bills count of it; empty when no bill does.
    public var billed: [String]
    /// nil when no metric shows it.
    public var reading: UsageMetric?
    /// What happens beyond it.
    public var beyond: String
    /// Where it was read.
    public var source: String
    /// The day it was read, `2026-11-23`.
    public var asOf: String
    /// Whether the source is the vendor's own.
    public var isVerified: Bool

    /// An allowance by its parts.
    public init(
        id: String, title: String, offer: Offer, span: Span, amount: Decimal, measure: QuantityKind, billed: [String] = [],
        reading: UsageMetric? = nil, beyond: String = "", source: String, asOf: String, isVerified: Bool = true
    ) {
        (self.id, self.title, self.offer, self.span, self.amount, self.measure) = (id, title, offer, span, amount, measure)
        (self.billed, self.reading, self.beyond) = (billed, reading, beyond)
        (self.source, self.asOf, self.isVerified) = (source, asOf, isVerified)
    }
}

/// How much of an allowance is used.
public struct FreeTierUsage: Hashable, Sendable {
    /// Which one.
    public var allowance: Allowance
    /// In the base of the allowance's measure, this calendar month so far; nil when nothing says.
    public var used: Decimal?
    /// Expected at the month's end; nil in the month's first three days, and when nothing says.
    public var expected: Decimal?
    /// `bill of 2026-03 (CUR)`, `metrics`; empty when nothing says.
    public var source: String
    /// The first day without it; nil when it does not end.
    public var ends: CivilDate?

    /// A use by its parts.
    public init(allowance: Allowance, used: Decimal?, expected: Decimal?, source: String, ends: CivilDate?) {
        (self.allowance, self.used, self.expected, self.source, self.ends) = (allowance, used, expected, source, ends)
    }

    /// Used, as a share of the allowance; nil when unknown.
    public var share: Double? { used.map { NSDecimalNumber(decimal: $0 / allowance.amount).doubleValue } }
    /// Expected at the month's end, as a share of the allowance; nil when unknown.
    public var expectedShare: Double? { expected.map { NSDecimalNumber(decimal: $0 / allowance.amount).doubleValue } }

    /// The use of an allowance over a part of a month.
    /// - Parameters:
    ///   - allowance: Which one.
    ///   - used: Counted from the month's first time on.
    ///   - until: The time up to which it was counted.
    ///   - source: What says so.
    ///   - ends: The first day without it; nil when it does not end.
    ///   - now: As of when.
    public init(_ allowance: Allowance, used: Decimal?, until: Timestamp, source: String, ends: CivilDate?, at now: Timestamp) {
        let begin = now.startOfMonth
        let whole = Decimal((now.startOfNextMonth - begin).milliseconds)
        let elapsed = Decimal((until - begin).milliseconds)
        let isEarly = elapsed < Decimal(3 * 86_400_000)
        let expected = allowance.span == .level ? used : isEarly ? nil : used.map { ($0 * whole / elapsed).rounded(scale: 6) }
        self.init(allowance: allowance, used: used, expected: expected, source: source, ends: ends)
    }
}

/// Every allowance known.
public struct FreeTier: Hashable, Sendable {
    /// In the file's order.
    public var allowances: [Allowance]
    /// The first day on which new AWS accounts are given credits in place of twelve months: 2025-07-15.
    public var creditsSince: CivilDate?
    /// How many months after its making such an account's free plan ends.
    public var planMonths: Int
    /// How many months after its making such an account's credits end.
    public var creditMonths: Int

    /// A free tier by its parts.
    public init(allowances: [Allowance] = [], creditsSince: CivilDate? = nil, planMonths: Int = 6, creditMonths: Int = 12) {
        (self.allowances, self.creditsSince) = (allowances, creditsSince)
        (self.planMonths, self.creditMonths) = (planMonths, creditMonths)
    }
}
