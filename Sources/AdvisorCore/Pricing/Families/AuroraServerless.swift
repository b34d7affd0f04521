/// Aurora Serverless v2: capacity that scales with the load between two bounds, storage billed by use.
public struct AuroraServerless: DatabaseFamily {
    /// `aurora-serverless`.
    public let id = DatabaseFamilyID(rawValue: "aurora-serverless")
    /// `Aurora Serverless`.
    public let title = "Aurora Serverless"
    /// RDS, which bills Aurora too.
    public let billingService = "rds"
    /// By use.
    public let storageBilling = StorageBilling.used
    /// Backup storage above the size of the volume.
    public let backupItem: String? = "aurora-backup"
    /// Reads and writes of the volume.
    public let requestItem: String? = "aurora-io"
    /// The NAT gateway of the guide's Aurora stack.
    public let addedServices: Set<String> = ["nat-gateway"]
    /// CPU, capacity, memory, connections and the size of the volume.
    public let collectedMetrics: [MetricID] = [
        .cpu, .capacityUtilization, .serverlessCapacity, .freeableMemory, .connections, .volumeBytesUsed,
    ]

    /// Creates the family.
    public init() {}

    /// Storage of the volume, capacity and CPU credits.
    public func itemID(of kind: PriceBook.Kind, storage type: String) -> String? {
        switch kind {
        case .storage, .storageMultiAZ: "aurora-gb"
        case .capacity: "aurora-acu"
        case .surplusCredits: "aurora-credits"
        case .hourly, .hourlyMultiAZ, .monthly: nil
        }
    }

    /// None on I/O-Optimized storage.
    public func requestItem(storage type: String?) -> String? { type == AuroraStorage.ioOptimized ? nil : requestItem }

    /// At the prices of I/O-Optimized storage.
    public func tier(_ tier: Tier, storedOn type: String, in catalog: Catalog) -> Tier? {
        AuroraStorage.tier(tier, storedOn: type, in: catalog)
    }

    /// Whether it is Aurora PostgreSQL.
    public func claims(engine: DatabaseEngine) -> Bool { engine == .auroraPostgres }

    /// PostgreSQL and MySQL have the same prices.
    public func prices(_ engine: DatabaseEngine) -> Bool { [.auroraPostgres, .auroraMySQL].contains(engine) }

    /// The id of its tier.
    public static let tier = "aurora-serverless-v2"

    /// AWS describes serverless instances with the class `db.serverless`; other instances of Aurora keep their class.
    public func declaration(of instance: DescribedInstance) -> InstanceDeclaration? {
        guard let engine = instance.engine.map(DatabaseEngine.init), prices(engine) else { return nil }
        let isServerless = instance.instanceClass == "db.serverless"
        return InstanceDeclaration(
            tier: isServerless ? Self.tier : instance.instanceClass, engine: engine, allocatesStorage: false)
    }
}
