/// What speaks against a tier: an alarm that it would not end, or a limit that it would exceed.
public enum TierRejection: Reason {
    /// It has less than the present tier.
    case smaller(present: String)
    /// The deployment guide does not cover it.
    case notInGuide
    /// The rule is in ALARM, and nothing changes.
    case alarmActive(rule: RuleName)
    /// The rule would be in ALARM there.
    case alarmExpected(rule: RuleName)
    /// The rule asks for something else than a tier, which is not changed with it.
    case tierAlone(rule: RuleName)
    /// The rule recommends a bigger tier.
    case belowTarget(rule: RuleName, tier: String)
    /// It has as much CPU as the present tier; nil load: not known.
    case cpuUnchanged(load: Quantity?, cpus: Int?)
    /// CPU would still be over its limit; nil load: not known.
    case cpuTooHigh(load: Quantity?)
    /// The load needs this share of its CPU, more than 1.
    case cpuExceeded(needed: Quantity)
    /// It is rated for fewer users than there are.
    case userRating(limit: Double)
    /// More connections are open than it holds.
    case connections(limit: Double, needed: Double)
    /// More memory is in use than it has.
    case memory(used: Quantity)
    /// It holds less storage than the rule is about.
    case storageLimit(limit: Quantity)
    /// More is stored than it holds.
    case storage(limit: Quantity, stored: Quantity)
    /// It does not run this version of the engine, but this one and newer ones.
    case versionTooOld(version: String, needed: String)
    /// It does not run the engine; the name for people.
    case otherEngine(engine: String)
    /// More operations per second are done than its class or its volume sustains.
    case operations(limit: Double, needed: Double)
    /// More capacity is needed than its maximum.
    case capacity(limit: Double, needed: Double)
    /// Queries are slow only while CPU is over 80 %, and CPU stays as it is.
    case latencyUnchanged

    /// What it is about, so that each is said once.
    var subject: String {
        switch self {
        case .cpuUnchanged, .cpuTooHigh: MetricID.cpu.rawValue
        case .userRating, .connections, .memory, .storageLimit, .storage, .capacity, .latencyUnchanged, .cpuExceeded, .smaller,
            .notInGuide, .versionTooOld, .otherEngine, .operations:
            code
        case .alarmActive(let rule), .alarmExpected(let rule), .belowTarget(let rule, _), .tierAlone(let rule):
            "\(code) \(rule.title)"
        }
    }
}

/// Why a tier ends an alarm, or causes none.
public enum TierSuitability: Reason {
    /// It is what the rule recommends, or more.
    case targetMet(rule: RuleName)
    /// It is above what the rule recommends.
    case aboveTarget(rule: RuleName)
    /// The rule does not apply there.
    case notApplicable(rule: RuleName)
    /// The rule would be OK there.
    case alarmEnds(rule: RuleName)
    /// The rule is OK, and stays so.
    case staysOk(rule: RuleName)
    /// CPU would be within its limit; nil load: not known.
    case cpuLowEnough(load: Quantity?)
    /// It is rated for as many users.
    case userRating(limit: Double)
    /// It holds as much storage as is allocated.
    case storageAllocated
    /// Its storage grows by itself.
    case storageGrows
    /// Its reader is in another zone.
    case readerInOtherZone
    /// It holds this much storage.
    case storageLimit(limit: Quantity)
    /// Queries are slow only while CPU is over 80 %, and it would be at this load.
    case latencyImproves(load: Quantity)
}

/// What is unknown about a tier.
public enum TierUncertainty: Reason {
    /// The rule cannot be evaluated there.
    case rule(rule: RuleName)
    /// Its CPU cannot be compared with the present one's.
    case cpuUnknown
    /// CPU there cannot be estimated.
    case loadUnknown
    /// The catalog rates it for no number of users.
    case userRatingUnknown
    /// The catalog does not say how many connections it holds.
    case connectionsUnknown
    /// The capacity needed cannot be estimated.
    case capacityUnknown
    /// Query latency there cannot be estimated.
    case latencyUnknown
    /// The metric, by its title, has no data of the last day.
    case noRecentData(metric: String)
    /// There is less than a day of data, in which its CPU was low enough.
    case historyTooShort(has: Quantity)
    /// A read replica takes over reads only as far as the application sends them to it.
    case replicaReadsOnly

    /// What it is about, so that each is said once.
    var subject: String {
        switch self {
        case .rule(let rule): "\(code) \(rule.title)"
        case .noRecentData(let metric): "\(code) \(metric)"
        case .cpuUnknown, .loadUnknown, .userRatingUnknown, .connectionsUnknown, .capacityUnknown, .latencyUnknown,
            .historyTooShort, .replicaReadsOnly:
            code
        }
    }
}
