/// What bills and metrics say of a stack's spend: measured, worked out before rules are evaluated.
public struct BillingFacts: Hashable, Sendable {
    /// What a month costs, by the newest bill; nil without one.
    public var month: BilledMonth?
    /// Use of each allowance that the stack has and of which something is known.
    public var allowances: [FreeTierUsage]
    /// What is left of credits; nil without any.
    public var credits: PromotionalCredits?
    /// As of when.
    public var asOf: Timestamp?

    /// Nothing known.
    public init() { allowances = [] }
}
