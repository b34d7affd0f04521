/// What recommended actions do about the alarms and the bill of a resource, and what else would end the alarms.
public struct RecommendationEffect: Hashable, Sendable, Codable {
    /// Where a target tier comes from.
    public enum Basis: String, Hashable, Sendable, Codable {
        /// The next step of the deployment guide.
        case guide
        /// The cheapest tier that ends every alarm, by the resource's own history.
        case projected
        /// A smaller tier that the resource's own history fits.
        case smaller
    }

    /// A tier that ends every alarm.
    public struct Remedy: Hashable, Sendable, Codable {
        /// The id of the tier.
        public var tier: String
        /// Its monthly cost with the measured load; nil if unknown.
        public var cost: Money?
    }

    /// Whether every alarm ends; nil if unknown, and if there is none.
    public var clears: Bool?
    /// Where the target tier comes from; nil without one.
    public var basis: Basis?
    /// What remains, begins or is unknown, alarms first.
    public var caveats: [RecommendationCaveat] = []
    /// The cheapest tier that ends every alarm; nil if the actions do, or none is known to.
    public var remedy: Remedy?
    /// What to try first, because it costs nothing.
    public var tryFirst: [FreeRemedy] = []
    /// The monthly bill now with the measured load; nil if unknown.
    public var expectedBefore: Money?
    /// The monthly bill with the measured load after all actions; nil if unknown.
    public var expectedAfter: Money?
    /// Whether a bill is unknown for want of what CPU credits cost; nil if it is known, or lacks something else.
    public var lacksCredits: Bool?
    /// From when on that is known, if data keep coming; nil if nothing is known of it.
    public var creditsFrom: Timestamp?

    /// Creates an effect of which nothing is known.
    public init() {}
}

/// What is to be known of recommended actions before they are taken.
public enum RecommendationCaveat: Reason {
    /// The alarm on a metric, by its title, does not end; nil metric: the rule compares none. It comes back where it is over now.
    case alarmRemains(rule: RuleName, metric: String?, reason: TierRejection, isOver: Bool? = nil)
    /// A rule that is OK would be in ALARM afterwards.
    case alarmExpected(rule: RuleName)
    /// A limit of the tier would be exceeded.
    case limitExceeded(reason: TierRejection)
    /// Whether the alarm ends is unknown.
    case alarmUncertain(rule: RuleName, metric: String?, reason: TierUncertainty)
    /// Whether a limit of the tier holds is unknown.
    case limitUncertain(reason: TierUncertainty)
    /// CPU credits carry the bursts that the alarm is about.
    case burstCarried

    /// Whether it says that something is wrong afterwards, not only unknown.
    var isObjection: Bool {
        switch self {
        case .alarmRemains, .alarmExpected, .limitExceeded: true
        case .alarmUncertain, .limitUncertain, .burstCarried: false
        }
    }

    /// Whether it says that something is unknown.
    var isUncertain: Bool {
        switch self {
        case .alarmUncertain, .limitUncertain: true
        case .alarmRemains, .alarmExpected, .limitExceeded, .burstCarried: false
        }
    }

    /// What it is about, so that each is said once; nil if it is always said.
    var subject: String? {
        switch self {
        case .alarmRemains(let rule, let metric, _, _), .alarmUncertain(let rule, let metric, _): metric ?? rule.title
        case .alarmExpected, .limitExceeded, .limitUncertain, .burstCarried: nil
        }
    }
}

/// What may end an alarm and costs nothing.
public enum FreeRemedy: Reason {
    /// The queries that take the most time.
    case heaviestQueries
    /// An index that is missing.
    case missingIndexes
    /// A connection pool, in the application or as PgBouncer.
    case connectionPool
    /// Sessions that are open and idle.
    case idleSessions
    /// The memory of caches, sorts and connections.
    case memorySettings
    /// Data, indexes and dead rows that are not needed, in PostgreSQL.
    case unusedData
    /// Data and indexes that are not needed, in MySQL and MariaDB.
    case unusedTables
    /// Long queries on a replica, or a class that is smaller than its source's.
    case replicaLoad

    /// What may help a metric, best first; empty if nothing free is known.
    static func remedies(for metric: MetricID?, of engine: DatabaseEngine?) -> [FreeRemedy] {
        switch metric {
        case .cpu?, .queryLatency?, .serverlessCapacity?, .capacityUtilization?, .creditBalance?:
            [.heaviestQueries, .missingIndexes]
        case .readLatency?, .writeLatency?, .diskQueueDepth?: [.missingIndexes, .heaviestQueries]
        case .connections?: [.connectionPool, .idleSessions]
        case .freeableMemory?, .swapUsage?: [.memorySettings, .heaviestQueries]
        case .freeStorage?, .storageUsed?, .databaseSize?:
            [engine?.ofAurora == .auroraMySQL ? .unusedTables : .unusedData]
        case .replicaLag?: [.replicaLoad]
        default: []
        }
    }
}
