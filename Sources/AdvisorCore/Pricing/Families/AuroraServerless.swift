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
    /// CPU, capacity and connections.
    public let collectedMetrics: [MetricID] = [.cpu, .capacityUtilization, .serverlessCapacity, .connections]

    /// Creates the family.
    public init() {}

    /// Whether it is Aurora PostgreSQL.
    public func claims(engine: DatabaseEngine) -> Bool { engine == .auroraPostgres }

    /// AWS describes serverless instances with the class `db.serverless`; other instances of Aurora keep their class.
    public func declaration(of instance: DescribedInstance) -> InstanceDeclaration? {
        let isServerless = instance.instanceClass == "db.serverless"
        let isAurora = instance.engine?.hasPrefix("aurora-postgresql") ?? false
        guard isServerless || isAurora else { return nil }
        return InstanceDeclaration(
            tier: isServerless ? "aurora-serverless-v2" : instance.instanceClass,
            engine: isAurora ? .auroraPostgres : instance.engine.map(DatabaseEngine.init) ?? .postgres,
            allocatesStorage: !isServerless)
    }
}
