public import Foundation

/// A free allowance and its offer.
public struct Allowance: Hashable, Sendable {
    /// Who gets it.
    public enum Offer: Hashable, Sendable {
        /// Every AWS account, without end.
        case always
        /// AWS accounts created before a day, for a number of months.
        case firstMonths(Int, madeBefore: CivilDate)
        /// Users of a plan: `supabase-free`.
        case plan(String)
    }

    /// How usage is counted.
    public enum Span: String, CaseIterable, Sendable {
        /// Reset each calendar month.
        case month
        /// A limit at any time.
        case level
    }

    /// A metric that shows its usage.
    public struct UsageMetric: Hashable, Sendable {
        /// The name of the metric.
        public var metric: MetricID
        /// Whether values are summed; otherwise the maximum of each resource is used.
        public var isSum: Bool

        /// Creates a usage metric.
        public init(metric: MetricID, isSum: Bool) { (self.metric, self.isSum) = (metric, isSum) }
    }

    /// The id: `lambda-requests`.
    public var id: String
    /// The title: `Lambda requests`.
    public var title: String
    /// The offer.
    public var offer: Offer
    /// How usage is counted.
    public var span: Span
    /// The amount in its base unit: bytes, seconds, a number.
    public var amount: Decimal
    /// The kind of quantity.
    public var measure: QuantityKind
    /// The names of the billed usage that counts; empty if bills do not contain it.
    public var billed: [BilledUsageID]
    /// The metric; nil if there is none.
    public var reading: UsageMetric?
    /// What happens above the allowance.
    public var beyond: String
    /// The source.
    public var source: String
    /// The date it was read, `2026-11-23`.
    public var asOf: String
    /// Whether the source is the vendor.
    public var isVerified: Bool

    /// Creates an allowance.
    public init(
        id: String, title: String, offer: Offer, span: Span, amount: Decimal, measure: QuantityKind, billed: [BilledUsageID] = [],
        reading: UsageMetric? = nil, beyond: String = "", source: String, asOf: String, isVerified: Bool = true
    ) {
        (self.id, self.title, self.offer, self.span, self.amount, self.measure) = (id, title, offer, span, amount, measure)
        (self.billed, self.reading, self.beyond) = (billed, reading, beyond)
        (self.source, self.asOf, self.isVerified) = (source, asOf, isVerified)
    }
}

/// The usage of an allowance.
public struct FreeTierUsage: Hashable, Sendable {
    /// The allowance.
    public var allowance: Allowance
    /// The usage of this calendar month in the base unit of the allowance; nil if unknown.
    public var used: Decimal?
    /// The expected usage at month end; nil in the first three days of a month, and if unknown.
    public var expected: Decimal?
    /// The source; nil if unknown.
    public var source: UsageSource?
    /// The first day without the allowance; nil if it does not end.
    public var ends: CivilDate?

    /// Creates a usage.
    public init(allowance: Allowance, used: Decimal?, expected: Decimal?, source: UsageSource?, ends: CivilDate?) {
        (self.allowance, self.used, self.expected, self.source, self.ends) = (allowance, used, expected, source, ends)
    }

    /// The share used; nil if unknown.
    public var share: Double? { used.map { NSDecimalNumber(decimal: $0 / allowance.amount).doubleValue } }
    /// The share expected at month end; nil if unknown.
    public var expectedShare: Double? { expected.map { NSDecimalNumber(decimal: $0 / allowance.amount).doubleValue } }

    /// Computes the usage of an allowance in a part of a month.
    /// - Parameters:
    ///   - allowance: The allowance.
    ///   - used: The usage since the start of the month.
    ///   - until: The time up to which usage was counted.
    ///   - source: The source.
    ///   - ends: The first day without the allowance; nil if it does not end.
    ///   - now: The current time.
    public init(
        _ allowance: Allowance, used: Decimal?, until: Timestamp, source: UsageSource?, ends: CivilDate?, at now: Timestamp
    ) {
        let begin = now.startOfMonth
        let whole = Decimal((now.startOfNextMonth - begin).milliseconds)
        let elapsed = Decimal((until - begin).milliseconds)
        let isEarly = elapsed < Decimal(3 * 86_400_000)
        let expected = allowance.span == .level ? used : isEarly ? nil : used.map { ($0 * whole / elapsed).rounded(scale: 6) }
        self.init(allowance: allowance, used: used, expected: expected, source: source, ends: ends)
    }
}

/// All known allowances.
public struct FreeTier: Hashable, Sendable {
    /// The allowances in file order.
    public var allowances: [Allowance]
    /// The first day on which new AWS accounts get credits instead of twelve free months: 2025-07-15.
    public var creditsSince: CivilDate?
    /// The number of months after which such an account's free plan ends.
    public var planMonths: Int
    /// The number of months after which such an account's credits end.
    public var creditMonths: Int

    /// Creates a free tier.
    public init(allowances: [Allowance] = [], creditsSince: CivilDate? = nil, planMonths: Int = 6, creditMonths: Int = 12) {
        (self.allowances, self.creditsSince) = (allowances, creditsSince)
        (self.planMonths, self.creditMonths) = (planMonths, creditMonths)
    }
}
