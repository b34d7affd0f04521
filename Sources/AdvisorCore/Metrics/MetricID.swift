/// The name of a metric in rules and in code: `cpu`.
///
/// Every name in `data/metrics.yaml` is one. The names that decisions depend on are constants, so that a misspelled one does not
/// compile.
public struct MetricID: RawRepresentable, Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The name as rules write it.
    public var rawValue: String

    /// Creates the id of a name in a metric file or a rule.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Creates the id of a name in a metric file or a rule.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The name as rules write it.
    public var description: String { rawValue }

    /// Orders by name.
    public static func < (left: MetricID, right: MetricID) -> Bool { left.rawValue < right.rawValue }
}

// The machine of a database.
extension MetricID {
    /// The busy share of all vCPUs.
    public static let cpu = MetricID("cpu")
    /// Memory that is free or can be freed.
    public static let freeableMemory = MetricID("freeable_memory")
    /// Swap space in use.
    public static let swapUsage = MetricID("swap_usage")
    /// Allocated storage that is not in use.
    public static let freeStorage = MetricID("free_storage")
    /// Storage in use; derived.
    public static let storageUsed = MetricID("storage_used")
    /// Bytes stored in the cluster's volume.
    public static let volumeBytesUsed = MetricID("volume_bytes_used")
    /// The duration of a read from disk.
    public static let readLatency = MetricID("read_latency")
    /// The duration of a write to disk.
    public static let writeLatency = MetricID("write_latency")
    /// The reads from disk per second.
    public static let readOperations = MetricID("read_iops")
    /// The I/O credits of a gp2 volume.
    public static let burstBalance = MetricID("burst_balance")
    /// What is measured of an allocated volume, and says nothing of storage without one.
    static let ofVolume: Set<MetricID> = [.readOperations, .writeOperations, .burstBalance, .diskQueueDepth]
    /// The writes to disk per second.
    public static let writeOperations = MetricID("write_iops")
    /// The requests that wait for the disk.
    public static let diskQueueDepth = MetricID("disk_queue_depth")
    /// The delay of a read replica.
    public static let replicaLag = MetricID("replica_lag")
    /// The capacity in use, for tiers that scale with the load.
    public static let serverlessCapacity = MetricID("serverless_capacity")
    /// The capacity in use as a share of the maximum.
    public static let capacityUtilization = MetricID("acu_utilization")
}

// CPU credits of burstable classes.
extension MetricID {
    /// The CPU credits accrued.
    public static let creditBalance = MetricID("cpu_credit_balance")
    /// The credits spent in excess of those earned, not yet repaid.
    public static let surplusCreditBalance = MetricID("cpu_surplus_credit_balance")
    /// The surplus credits that are billed.
    public static let surplusCreditsCharged = MetricID("cpu_surplus_credits_charged")
    /// All metrics of CPU credits.
    public static let credits: Set<MetricID> = [.creditBalance, .surplusCreditBalance, .surplusCreditsCharged]
}

// Demand, and what users notice.
extension MetricID {
    /// Open connections.
    public static let connections = MetricID("connections")
    /// Active users.
    public static let activeUsers = MetricID("active_users")
    /// The size of the stored data.
    public static let databaseSize = MetricID("database_size")
    /// The duration of a query.
    public static let queryLatency = MetricID("query_latency")
}

// Charges.
extension MetricID {
    /// The charges of the calendar month to date.
    public static let estimatedCharges = MetricID("estimated_charges")
}
