/// What a rule, or a limit, would say of a resource on another tier.
public struct ProjectedOutcome: Hashable, Sendable {
    /// Whether it would be OK.
    public enum State: String, Hashable, Sendable {
        /// OK over the history looked at.
        case clears
        /// It would be in ALARM, or exceeded.
        case stands
        /// The history does not say.
        case unknown
    }

    /// Whether it would be OK, and why.
    public enum Verdict: Hashable, Sendable {
        case clears(TierSuitability)
        case stands(TierRejection)
        case unknown(TierUncertainty)
    }

    /// The rule's id; a limit's word (`connections`, `memory`, `storage`, `users`, `capacity`) where no rule says it.
    public var rule: String
    /// Whether it would be OK, and why.
    public var verdict: Verdict
    /// Whether the rule has fired on the present tier.
    public var hasFired: Bool
    /// Whether it is a limit of the tier itself, not a rule.
    public var isLimit = false

    /// Whether it would be OK.
    public var state: State {
        switch verdict {
        case .clears: .clears
        case .stands: .stands
        case .unknown: .unknown
        }
    }

    /// What speaks against the tier; nil when this does not.
    public var rejection: TierRejection? { if case .stands(let rejection) = verdict { rejection } else { nil } }
}

/// One tier, evaluated by a resource's own history.
public struct Projection: Hashable, Sendable {
    /// An id of the catalog.
    public var tier: String
    /// Rules that fired first, then those that could, then limits.
    public var outcomes: [ProjectedOutcome]
    /// The bill of a month with surplus credits, or with capacity as the load would have asked; nil when unknown.
    public var expected: Money?
    /// Surplus CPU credits a month at the pace of the last seven days; nil for tiers without credits, and when unknown.
    public var surplus: Money?
    /// CPU of 99.5 % of the last 14 days' datapoints at most, a share of the tier's own; nil when unknown.
    public var cpu: Double?
    /// Whether all limits would be kept with a fifth to spare; nil when it cannot be told.
    public var hasHeadroom: Bool?
    /// What the load would use of it.
    public var fits: [CapacityFit]

    /// Whether every rule that fired would be quiet and nothing else would stand; nil when it cannot be told.
    public var clears: Bool? {
        if outcomes.contains(where: { $0.state == .stands }) { return false }
        return unclear.isEmpty ? true : nil
    }

    /// Rules that fired, and limits of the tier, of which it cannot be told.
    public var unclear: [String] { outcomes.filter { ($0.hasFired || $0.isLimit) && $0.state == .unknown }.map(\.rule) }

    /// Whether nothing would stand and nothing is unknown, what has not fired included.
    public var isCertain: Bool { outcomes.allSatisfy { $0.state == .clears } }
}

/// From which steady load on a bigger class is cheaper than the present one.
public struct ClassBreakEven: Hashable, Sendable {
    /// The bigger class, an id of the catalog.
    public var tier: String
    /// Whether it has no CPU credits, so that its price is the same under any load.
    public var isFixed: Bool
    /// From which load on.
    public var load: BreakEven
}

/// Everything that a resource's history says of where it could be.
public struct TierAnalysis: Hashable, Sendable {
    /// One a tier of the catalog, in its order.
    public var projections: [Projection]
    /// What becomes of CPU credits on the present tier; nil when it has none or CPU is unknown.
    public var credits: CreditProjection?
    /// From which steady load each bigger class of the same engine is cheaper than the present one, in the catalog's order.
    public var breakEvens: [ClassBreakEven]
    /// What Aurora Serverless v2 would have to be; nil without history.
    public var aurora: AuroraSizing?
    /// What its capacity would bill a month between the guide's bounds, reader included; nil when CPU or a price is unknown.
    public var auroraCost: AuroraSizing.Cost?
    /// The guide's Aurora stack at rest, before storage, I/O and data: capacity, NAT gateway and address; nil when a price is unknown.
    public var auroraStackAtRest: Money?
    /// The same at its ceiling.
    public var auroraStackAtMost: Money?
    /// When thresholds will be reached, the nearest first.
    public var crossings: [ThresholdCrossing]
    /// Days of CPU history on the present tier that were looked at, gaps left out; at most 14.
    public var days: Double
    /// When the resource came to its present tier; nil when nobody saw or said it.
    public var tierSince: Timestamp?
    /// Whether CPU breached only in bursts that its credits carry.
    public var isBurst: Bool

    /// The projection of that tier.
    public func projection(_ tier: String) -> Projection? { projections.first { $0.tier == tier } }
}
