/// Instances of Amazon RDS with a class such as `db.t4g.micro`: hourly prices, allocated storage.
public struct RDSInstance: DatabaseFamily {
    /// `rds-instance`.
    public let id = DatabaseFamilyID(rawValue: "rds-instance")
    /// `RDS`.
    public let title = "RDS"
    /// RDS.
    public let billingService = "rds"
    /// True.
    public let billsInstanceHours = true
    /// By allocation.
    public let storageBilling = StorageBilling.allocated
    /// Backup storage above the allocated size.
    public let backupItem: String? = "rds-backup"
    /// CPU with its credits, memory, storage, connections and read latency.
    public let collectedMetrics: [MetricID] = [
        .cpu, .freeStorage, .freeableMemory, .connections, .creditBalance, .surplusCreditBalance,
        .surplusCreditsCharged, .readLatency,
    ]

    /// Creates the family.
    public init() {}

    /// Storage by its type, and CPU credits.
    public func itemID(of kind: PriceBook.Kind, storage type: String) -> String? {
        switch kind {
        case .storage: "rds-\(type)-gb"
        case .storageMultiAZ: "rds-\(type)-gb-multi-az"
        case .surplusCredits: "rds-credits"
        case .hourly, .hourlyMultiAZ, .monthly, .capacity: nil
        }
    }

    /// True: engines that no other family claims, such as PostgreSQL, MySQL and MariaDB.
    public func claims(engine: DatabaseEngine) -> Bool { true }

    /// PostgreSQL, MySQL and MariaDB have the same prices; the others include licenses.
    public func prices(_ engine: DatabaseEngine) -> Bool { [.postgres, .mysql, .mariadb].contains(engine) }

    /// Engines of other services that RDS describes too; their storage is billed by use.
    private static let guests: Set<String> = ["neptune", "docdb"]

    /// The instance class is the tier.
    public func declaration(of instance: DescribedInstance) -> InstanceDeclaration? {
        InstanceDeclaration(
            tier: instance.instanceClass, engine: instance.engine.map(DatabaseEngine.init) ?? .postgres,
            allocatesStorage: instance.engine.map { !Self.guests.contains($0) } ?? true)
    }

    /// The class of a size of a series: `db.t4g.micro`.
    public static func instanceClass(series: String, size: String) -> String { "db.\(series).\(size)" }

    /// The catalog items of Extended Support: of its first two years, and from the third year on.
    static let extendedSupportItems = (first: "rds-extended-support", third: "rds-extended-support-third-year")
}

/// The parts of an instance class: `db.t4g.micro`.
struct InstanceClass: Hashable {
    /// The generation and processor: `t4g`.
    var series: String
    /// The size: `micro`.
    var size: String

    /// Parses a class; nil for any other text.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "db" else { return nil }
        (series, size) = (parts[1], parts[2])
    }

    /// The number of its generation: 7 for `m7g`; nil for a series without one.
    var generation: Int? { Int(series.drop { !$0.isNumber }.prefix { $0.isNumber }) }

    /// Whether it has about 8 GiB of memory per vCPU instead of at most 4: the R and X classes.
    var isMemoryOptimized: Bool { series.first == "r" || series.first == "x" }
}
