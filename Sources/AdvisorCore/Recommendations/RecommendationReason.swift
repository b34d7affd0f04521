/// Why something is recommended, or why nothing is; the words are in `Presentation/Language`.
public enum RecommendationReason: Reason {
    // What was asked for and dropped.

    /// A rule recommends a tier that the catalog does not have.
    case notInCatalog(rule: RuleName, tier: String)
    /// A rule recommends a tier at or below the present one.
    case alreadyReached(rule: RuleName, tier: String, present: String)
    /// A move to the tier makes other actions needless.
    case madeNeedless(tier: String, actions: [Recommendation.Kind])
    /// The resource came to its present tier less than the cool-down ago.
    case coolingDown(tier: String, since: Timestamp?, until: Timestamp)

    // Why nothing is recommended.

    /// advisor.yaml does not say which tier the database is on.
    case tierNotSet
    /// A rule that recommends something has insufficient data.
    case dataMissing(rule: RuleName, reason: Evidence.Gap)
    /// No step of the guide or tier of the catalog is known to end these alarms.
    case noActionKnown(rules: [RuleName])
    /// No step of the guide ends these alarms, but an option does.
    case optionEnds(rules: [RuleName])
    /// The deployment guide does not cover the present tier.
    case notInGuide(tier: String)
    /// There are only hours of data: what is known later, soonest first.
    case coldStart(history: Quantity, later: [LaterKnowledge])
    /// Of all thresholds the one that is nearest.
    case nearestThreshold(rule: RuleName, value: Quantity, threshold: Quantity)

    // What was chosen, and what the history says of it.

    /// The cheapest tier that ends every alarm, as the policy `projected` has it; nil cost when it is unknown.
    case cheapestChosen(cost: Money?, headroom: Bool)
    /// No tier is known to end every alarm, so the guide's own target is kept.
    case guideTargetKept
    /// The rule left ALARM less than the stabilization window ago.
    case stabilizing(rule: RuleName, since: Timestamp)
    /// A smaller tier would have carried the history with a fifth to spare.
    case fitsSmaller(tier: String, days: Int, fits: [CapacityFit])
    /// What speaks against the target.
    case targetRejected(tier: String, reason: TierRejection)
    /// What is not known of the target.
    case targetUncertain(tier: String, reason: TierUncertainty)
    /// CPU rises in bursts that the credits carry.
    case burstCarried
    /// Another tier ends every alarm too, for less; nil changes: nothing else is changed with it.
    case cheaperAlternative(tier: String, cost: Money?, changes: [StepTarget]? = nil)
    /// The target does not end every alarm; this is the cheapest tier that does.
    case cheapestThatClears(tier: String, cost: Money?, changes: [StepTarget]? = nil)
    /// No tier of the catalog is known to end every alarm.
    case noTierClears
    /// What may end the alarms and costs nothing, best first.
    case tryFirst(remedies: [FreeRemedy])
    /// A remark of the catalog on the new tier, as the data file words it.
    case catalogRemark(text: String)
    /// Allocated RDS storage cannot be reduced.
    case storageNeverShrinks
    /// A volume of this size includes so many operations per second, more than now.
    case moreOperations(gibibytes: Double, operations: Double)

    // CPU credits.

    /// Nothing is charged for CPU credits, by so many days of CPU, or measured.
    case creditsSuffice(days: Int? = nil, isMeasured: Bool? = nil)
    /// Nothing is charged, and the balance does not fall under `lowest` by so many days of CPU.
    case creditsSufficeWithReserve(lowest: Double, maximum: Double, days: Int? = nil, isMeasured: Bool? = nil)
    /// Surplus credits were charged in the last 30 days, none in the last 7.
    case surplusCreditsEnded(charged: Money)
    /// Surplus credits are charged at this pace.
    case surplusCredits(monthly: Money, days: Int? = nil)
    /// The same, compared with the target: its own surplus (nil where it has no credits), and both real bills.
    case surplusCreditsCompared(
        monthly: Money, tier: String, there: Money?, bill: Money?, billThere: Money?, days: Int? = nil)

    /// The measured surplus credits and those that the load explains are more than a quarter apart; both monthly.
    case surplusCreditsDiffer(measured: Money, modelled: Money)

    // Aurora Serverless v2.

    /// The bounds carry the load: what nine hours of ten need, and the most, in ACU.
    case capacityFits(usual: Double, peak: Double, minimum: Double, maximum: Double)
    /// The maximum is too low in a share of the hours.
    case capacityTooLow(usual: Double, peak: Double, minimum: Double, maximum: Double, share: Quantity, advised: Double?)
    /// It would never pause: so many connections are always open.
    case neverPauses(connections: Double)
    /// With a minimum of 0 it could pause in this share of the time.
    case couldPause(share: Quantity)

    /// The minimum is higher than what nine hours of ten need; the saving is monthly.
    case floorTooHigh(minimum: Double, advised: Double, saving: Money, knowsMemory: Bool? = nil)
    /// The load is cut off at the present maximum: the bill is known a day after it is raised.
    case demandCutOff
    /// An instance of fixed size would carry the load for this.
    case instanceInstead(tier: String, cost: Money, knowsMemory: Bool? = nil)

    // Extended Support.

    /// Extended Support of the version is billed since a day; nil: what it costs a month is unknown.
    case extendedSupportBilled(version: String, since: Timestamp, monthly: Money?)
    /// Extended Support of the version begins, or costs more, on a day: the list price a month before and after.
    case extendedSupportChanges(version: String, at: Timestamp, isRise: Bool, before: Money?, after: Money?)

    // Budget and dates.

    /// The stack is over its budget before and after.
    case overBudgetEitherWay(limit: Money, before: Money, after: Money)
    /// The change breaks the budget; `alternative` ends every alarm within it.
    case overBudget(limit: Money, after: Money, alternative: String?, cost: Money?)
    /// Thresholds that are reached at this pace, the soonest first.
    case reachedAtThisPace(limits: [ForeseenLimit])
    /// The plan is to be carried out before this time.
    case dueBefore(time: Timestamp)
}

/// What is known of a resource only with more data.
public struct LaterKnowledge: Hashable, Sendable, Codable {
    /// What it is about.
    public enum Subject: String, CaseIterable, Hashable, Sendable, Codable {
        /// What CPU credits cost.
        case creditCost = "credit_cost"
        /// Whether another tier ends an alarm on CPU.
        case otherTiers = "other_tiers"
        /// The bounds of capacity that scales, and what it costs.
        case capacityBounds = "capacity_bounds"
        /// When thresholds are reached.
        case dates
        /// Whether a smaller tier would do.
        case smallerTiers = "smaller_tiers"
    }

    /// What it is about.
    public var subject: Subject
    /// From when on it is known, if data keep coming.
    public var at: Timestamp
}

/// What of a tier a load would use, where it fits.
public enum CapacityFit: Reason {
    /// A share of its CPU.
    case cpu(share: Quantity)
    /// Memory.
    case memory(used: Quantity, limit: Quantity)
    /// Capacity units.
    case capacity(peak: Double)
    /// Connections.
    case connections(used: Double, limit: Double)
}

/// A threshold that a metric reaches at its present pace.
public struct ForeseenLimit: Hashable, Sendable, Codable {
    /// The metric's id.
    public var metric: MetricID
    /// The metric's title.
    public var title: String
    /// The threshold.
    public var threshold: Quantity
    /// When it is expected to be reached.
    public var expected: Timestamp
    /// The range's beginning; nil when it is open.
    public var earliest: Timestamp?
    /// The range's end; nil when it is open.
    public var latest: Timestamp?
}
