/// What bills and metrics say of a stack's spend: measured, worked out before rules are evaluated.
public struct BillingFacts: Hashable, Sendable {
    /// The costs of a month from the newest bill; nil without one.
    public var month: BilledMonth?
    /// The usage of the stack's allowances, where known.
    public var allowances: [FreeTierUsage]
    /// The remaining credits; nil without any.
    public var credits: PromotionalCredits?
    /// The time of the facts.
    public var asOf: Timestamp?

    /// Creates empty facts.
    public init() { allowances = [] }
}
