/// What to do about one resource, and what it costs.
public struct Recommendation: Hashable, Sendable {
    /// What kind of thing is recommended.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case move, plan
        case growStorage = "grow_storage"
        case addReplica = "add_replica"
        case enableMultiAZ = "enable_multi_az"
        case raiseCapacity = "raise_capacity"
        case stay, unknown
    }

    /// One thing to do.
    public struct Step: Hashable, Sendable {
        /// What kind of thing.
        public var kind: Kind
        /// What is there now; nil when unknown.
        public var from: StepTarget?
        /// What will be there; nil when unknown.
        public var to: StepTarget?
        /// The bill's change by this step alone; nil when unknown.
        public var monthlyChange: Money?
        /// The rules that asked for it.
        public var rules: [String]
    }

    /// A tier that one could be on.
    public struct Candidate: Hashable, Sendable {
        /// An id of the catalog.
        public var tier: String
        /// Its bill, at the floor where it follows the load; nil when unknown.
        public var monthlyCost: Money?
        /// Its bill at the ceiling; nil unless it follows the load.
        public var maximumMonthlyCost: Money?
        /// Whether the rules that fired would be quiet there; nil when it cannot be told.
        public var clears: Bool?
        /// The rules of which it cannot be told.
        public var unclear: [String]
        /// What speaks against it.
        public var whyNot: [TierRejection]
        /// What the resource's own history says of it; nil without history.
        public var projection: Projection? = nil
    }

    /// The first step's kind, `stay` or `unknown`.
    public var kind: Kind
    /// In the order to do them; empty for `stay` and `unknown`.
    public var steps: [Step]
    /// The resource's bill now; nil when unknown.
    public var before: CostEstimate?
    /// The bill after all steps.
    public var after: CostEstimate?
    /// The bill after all steps with capacity at its ceiling; nil unless capacity follows the load.
    public var afterMaximum: CostEstimate?
    /// Every rule that asked for something, what was dropped included.
    public var rules: [String]
    /// Why, the most important first.
    public var reasons: [RecommendationReason]
    /// In the order of their rank.
    public var candidates: [Candidate]
    /// What the resource's own history says; nil without a known tier or history.
    public var outlook: TierAnalysis? = nil
    /// The cheapest candidate that clears everything, by the bill that this load makes; nil when none is known to.
    public var cheapestThatClears: String? = nil
    /// By when it should be done; nil when nothing presses or nobody can tell.
    public var doBy: Timestamp? = nil
}
