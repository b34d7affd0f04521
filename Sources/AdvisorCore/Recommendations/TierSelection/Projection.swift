/// The result of a rule or limit on another tier.
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

    /// The id of the rule, or the code of a limit (`connections`, `memory`, `storage`, `users`, `capacity`).
    public var rule: String
    /// Whether it would be OK, and why.
    public var verdict: Verdict
    /// Whether the rule fired on the current tier.
    public var hasFired: Bool
    /// Whether it is a limit of the tier and not a rule.
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

/// One tier, evaluated with a resource's own history.
public struct Projection: Hashable, Sendable {
    /// The id of its tier.
    public var tier: String
    /// Rules that fired, then the other rules, then limits.
    public var outcomes: [ProjectedOutcome]
    /// The monthly cost including surplus credits, or with the capacity that the load would need; nil if unknown.
    public var expected: Money?
    /// The monthly cost of surplus CPU credits at the rate of the last seven days; nil for tiers without credits, and if
    /// unknown.
    public var surplus: Money?
    /// The CPU that 99.5 % of the datapoints of the last 14 days do not exceed, as a share of the tier's own; nil if unknown.
    public var cpu: Double?
    /// Whether all limits would be kept with 20 % headroom; nil if unknown.
    public var hasHeadroom: Bool?
    /// What the load would use of it.
    public var fits: [CapacityFit]
    /// The maximum capacity in ACU that the load needs, where it is more than the tier's own; nil otherwise.
    public var maximumCapacity: Double? = nil

    /// Whether all rules that fired would be quiet, and no other would be in ALARM; nil if unknown.
    public var clears: Bool? {
        if outcomes.contains(where: { $0.state == .stands }) { return false }
        return unclear.isEmpty ? true : nil
    }

    /// The rules that fired and the limits of the tier that are unknown.
    public var unclear: [String] { outcomes.filter { ($0.hasFired || $0.isLimit) && $0.state == .unknown }.map(\.rule) }

    /// Whether no rule or limit would be in ALARM or unknown, including those that have not fired.
    public var isCertain: Bool { outcomes.allSatisfy { $0.state == .clears } }
}

/// The steady load from which a larger class is cheaper than the current one.
public struct ClassBreakEven: Hashable, Sendable {
    /// The id of the larger class.
    public var tier: String
    /// Whether it has no CPU credits, so that its price does not depend on the load.
    public var isFixed: Bool
    /// The load.
    public var load: BreakEven
}

/// The projection of a resource's history onto all tiers.
public struct TierAnalysis: Hashable, Sendable {
    /// One analysis per tier of the catalog, in its order.
    public var projections: [Projection]
    /// The CPU credits on the current tier; nil if it has none or CPU is unknown.
    public var credits: CreditProjection?
    /// The steady load from which each larger class of the same engine is cheaper, in catalog order.
    public var breakEvens: [ClassBreakEven]
    /// The required Aurora Serverless v2 capacity; nil without history.
    public var aurora: AuroraSizing?
    /// The monthly cost of that capacity within the guide's bounds, including the reader; nil if CPU or a price is unknown.
    public var auroraCost: AuroraSizing.Cost?
    /// The monthly cost of the guide's Aurora stack when idle, without storage, I/O and data: capacity, NAT gateway and
    /// address; nil if a price is unknown.
    public var auroraStackAtRest: Money?
    /// The same at maximum capacity.
    public var auroraStackAtMost: Money?
    /// When thresholds will be reached, the soonest first.
    public var crossings: [ThresholdCrossing]
    /// The bytes stored now; nil if unknown.
    public var stored: Double?
    /// The operations per second that 95 % of the datapoints do not exceed; nil if unknown.
    public var operations: Double?
    /// What rules in ALARM ask for besides a tier; nil without a known tier.
    var changes: CompanionChanges?
    /// The days of CPU history on the current tier, without gaps; at most 14.
    public var days: Double
    /// When the resource moved to its current tier; nil if unknown.
    public var tierSince: Timestamp?
    /// Whether CPU breached only in bursts that its credits cover.
    public var isBurst: Bool

    /// The projection onto a tier.
    public func projection(_ tier: String) -> Projection? { projections.first { $0.tier == tier } }
}
