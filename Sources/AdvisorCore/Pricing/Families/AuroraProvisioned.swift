/// Instances of Aurora with a class such as `db.r6g.large`: hourly prices, storage billed by use.
public struct AuroraProvisioned: DatabaseFamily {
    /// `aurora-provisioned`.
    public let id = DatabaseFamilyID(rawValue: "aurora-provisioned")
    /// `Aurora`.
    public let title = "Aurora"
    /// RDS, which bills Aurora too.
    public let billingService = "rds"
    /// True.
    public let billsInstanceHours = true
    /// By use.
    public let storageBilling = StorageBilling.used
    /// Backup storage above the size of the volume.
    public let backupItem: String? = "aurora-backup"
    /// Reads and writes of the volume.
    public let requestItem: String? = "aurora-io"
    /// CPU with its credits, memory, connections and the size of the volume.
    public let collectedMetrics: [MetricID] = [
        .cpu, .freeableMemory, .connections, .creditBalance, .surplusCreditsCharged, .volumeBytesUsed,
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

    /// False: a catalog file names the family, and an instance of Aurora is declared by its engine.
    public func claims(engine: DatabaseEngine) -> Bool { false }

    /// Those of Aurora.
    public func prices(_ engine: DatabaseEngine) -> Bool { engine.isAurora }
}
