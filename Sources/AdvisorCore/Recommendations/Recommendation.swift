/// What to do about one resource, and what it costs.
public struct Recommendation: Hashable, Sendable {
    /// The kind of action.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        case move, plan
        case growStorage = "grow_storage"
        case addReplica = "add_replica"
        case enableMultiAZ = "enable_multi_az"
        case raiseCapacity = "raise_capacity"
        case upgradeEngine = "upgrade_engine"
        case convertStorage = "convert_storage"
        case lowerCapacity = "lower_capacity"
        case stay, unknown
    }

    /// One action.
    public struct Step: Hashable, Sendable {
        /// The kind of action.
        public var kind: Kind
        /// The current value; nil if unknown.
        public var from: StepTarget?
        /// The new value; nil if unknown.
        public var to: StepTarget?
        /// The change of the monthly cost by this action alone; nil if unknown.
        public var monthlyChange: Money?
        /// The rules behind it.
        public var rules: [String]
        /// The maximum capacity in ACU that the load needs on the new tier, where it is more than the tier's own; nil otherwise.
        public var capacity: Double? = nil
    }

    /// A tier for a resource.
    public struct Candidate: Hashable, Sendable {
        /// The id of its tier.
        public var tier: String
        /// The monthly cost, at minimum capacity if it scales; nil if unknown.
        public var monthlyCost: Money?
        /// The monthly cost at maximum capacity; nil unless it scales.
        public var maximumMonthlyCost: Money?
        /// Whether the rules that fired would be quiet; nil if unknown.
        public var clears: Bool?
        /// The rules for which this is unknown.
        public var unclear: [String]
        /// The reasons against it.
        public var whyNot: [TierRejection]
        /// The projection onto it; nil without history.
        public var projection: Projection? = nil
        /// What has to change together with the tier, as it would be then; the costs include it.
        public var changes: [StepTarget] = []
    }

    /// The kind of the first action, or `stay` or `unknown`.
    public var kind: Kind
    /// The actions in order; empty for `stay` and `unknown`.
    public var steps: [Step]
    /// The current monthly cost; nil if unknown.
    public var before: CostEstimate?
    /// The monthly cost after all actions.
    public var after: CostEstimate?
    /// The monthly cost after all actions at maximum capacity; nil unless it scales.
    public var afterMaximum: CostEstimate?
    /// All rules that recommended an action, including dropped ones.
    public var rules: [String]
    /// The reasons, most important first.
    public var reasons: [RecommendationReason]
    /// The candidates, ordered by rank.
    public var candidates: [Candidate]
    /// The projection from the resource's own history; nil without a known tier or history.
    public var outlook: TierAnalysis? = nil
    /// The cheapest candidate that clears everything, by its cost under this load; nil if none is known to.
    public var cheapestThatClears: String? = nil
    /// The time by which to act; nil if nothing is urgent or it is unknown.
    public var doBy: Timestamp? = nil
    /// What could be done besides; what saves most first.
    public var options: [ResourceOption] = []
    /// What the actions do about the alarms and the bill; without actions only the present bill is known.
    public var effect = RecommendationEffect()

    /// The monthly cost now as programs get it: at list prices, and by use where capacity scales; nil if unknown.
    public var billedBefore: Money? { scales(before) ? effect.expectedBefore ?? before?.total : before?.total }
    /// The monthly cost after all actions, likewise.
    public var billedAfter: Money? { scales(after) ? effect.expectedAfter ?? after?.total : after?.total }

    private func scales(_ estimate: CostEstimate?) -> Bool {
        estimate?.lines.contains { if case .capacity = $0.item { true } else { false } } ?? false
    }

    /// Whether the bill with the measured load is known before and after; otherwise there are only list prices.
    public var isExpected: Bool { effect.expectedBefore != nil && effect.expectedAfter != nil }
    /// The monthly cost with the measured load once a plan is carried out, where that is all that is advised; nil if unknown.
    public var costOfPlan: Money? {
        guard isExpected, steps.count == 1, let step = steps.first, step.kind == .plan else { return nil }
        return candidates.first { $0.tier == step.to?.tier }?.projection?.expected
    }

    /// The monthly cost now: with the measured load where that is known for both, otherwise at list prices; nil if unknown.
    public var costBefore: Money? { isExpected ? effect.expectedBefore : before?.total }
    /// The monthly cost after all actions, on the same basis as ``costBefore``.
    public var costAfter: Money? { isExpected ? effect.expectedAfter : after?.total }
}
