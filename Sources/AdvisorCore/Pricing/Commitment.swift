/// What committing to the use of databases for a time saves on their hourly price.
public struct Commitment: Hashable, Sendable {
    /// The kinds of commitment.
    public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        /// A Reserved Instance for a year, without a payment in advance.
        case reservedOneYear = "reserved-1-year"
        /// A Reserved Instance for three years, partly paid in advance.
        case reservedThreeYears = "reserved-3-years"
        /// A Database Savings Plan for instances.
        case savingsPlan = "savings-plan"
        /// A Database Savings Plan for capacity that scales.
        case savingsPlanServerless = "savings-plan-serverless"
    }

    /// What it is committed to.
    public enum Coverage: String, CaseIterable, Hashable, Sendable { case instances, capacity }

    /// The kind.
    public var kind: Kind
    /// The length.
    public var months: Int
    /// The most that it saves, as a share of the price.
    public var discount: Double
    /// What it covers.
    public var covers: Set<Coverage>
    /// The oldest generation of a class that it covers; nil for all.
    public var leastGeneration: Int?
    /// The source.
    public var source: String
    /// The date it was read, `2026-05-03`.
    public var asOf: String

    /// Creates a commitment.
    public init(
        kind: Kind, months: Int, discount: Double, covers: Set<Coverage>, source: String, asOf: String
    ) {
        (self.kind, self.months, self.discount, self.covers) = (kind, months, discount, covers)
        (self.source, self.asOf) = (source, asOf)
    }

    /// The month of the term in which it has cost as much as the price without it, if the database runs no longer than that.
    public var breakEvenMonth: Int { Int((Double(months) * (1 - discount)).rounded(.up)) }

    /// Whether it covers a tier.
    func covers(_ tier: Tier) -> Bool {
        if tier.capacity != nil { return covers.contains(.capacity) }
        guard covers.contains(.instances), tier.hourly != nil else { return false }
        return leastGeneration.map { (InstanceClass(tier.id)?.generation ?? 0) >= $0 } ?? true
    }
}
