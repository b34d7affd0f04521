/// The id of a database family, as in a catalog file: `rds-instance`.
public struct DatabaseFamilyID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The id as in a catalog file.
    public var rawValue: String

    /// Creates an id as in a catalog file.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The id as in a catalog file.
    public var description: String { rawValue }
}

/// How a provider bills storage.
public enum StorageBilling: Hashable, Sendable {
    /// The allocated size, used or not.
    case allocated
    /// The stored size.
    case used
    /// Included in the plan.
    case included
}

/// What all tiers of one kind of database have in common: the catalog part.
///
/// A family has two more parts at the layers that use them: `FamilySizing` and `FamilyRunbook`. To add a family, write its three
/// files and list it in ``DatabaseFamilies/all``.
public protocol DatabaseFamily: Sendable {
    /// The id in catalog files.
    var id: DatabaseFamilyID { get }
    /// The name of the product: `RDS`.
    var title: String { get }
    /// The service that bills it, an id of the service catalog.
    var billingService: String { get }
    /// Whether prices differ between AWS regions.
    var hasRegionalPrices: Bool { get }
    /// Whether every hour of an instance is billed.
    var billsInstanceHours: Bool { get }
    /// How storage is billed.
    var storageBilling: StorageBilling { get }
    /// The catalog item of backup storage above the free allowance; nil if the plan includes backups.
    var backupItem: String? { get }
    /// The catalog item of read and write requests; nil if they are free.
    var requestItem: String? { get }
    /// The services that the deployment guide's stack adds to the bill, as ids of the service catalog.
    var addedServices: Set<String> { get }
    /// The services that the plan includes and that are billed separately elsewhere, as ids of the service catalog.
    var includedServices: Set<String> { get }
    /// The metrics to collect.
    var collectedMetrics: [MetricID] { get }

    /// The catalog item with a price of its tiers in every region; nil if there is none, as for hours of a class.
    func itemID(of kind: PriceBook.Kind, storage type: String) -> String?

    /// The catalog item of read and write requests on a type of storage; nil if they are free.
    func requestItem(storage type: String?) -> String?

    /// The tier with the prices of a type of storage; nil if it has none of its own.
    func tier(_ tier: Tier, storedOn type: String, in catalog: Catalog) -> Tier?

    /// Whether tiers of an engine belong to the family if the catalog file names no family.
    func claims(engine: DatabaseEngine) -> Bool

    /// Whether its prices are those of an engine.
    func prices(_ engine: DatabaseEngine) -> Bool

    /// How advisor.yaml declares an instance that AWS describes; nil if it belongs to another family.
    func declaration(of instance: DescribedInstance) -> InstanceDeclaration?
}

extension DatabaseFamily {
    /// True, as for all AWS services but the global ones.
    public var hasRegionalPrices: Bool { true }
    /// False, for plans and capacity.
    public var billsInstanceHours: Bool { false }
    /// nil, for included backups.
    public var backupItem: String? { nil }
    /// nil, for free requests.
    public var requestItem: String? { nil }
    /// None.
    public var addedServices: Set<String> { [] }
    /// None.
    public var includedServices: Set<String> { [] }

    /// nil, for plans.
    public func itemID(of kind: PriceBook.Kind, storage type: String) -> String? { nil }

    /// As on any other.
    public func requestItem(storage type: String?) -> String? { requestItem }

    /// nil: storage has the prices of the tier.
    public func tier(_ tier: Tier, storedOn type: String, in catalog: Catalog) -> Tier? { nil }

    /// nil, for families that AWS does not describe.
    public func declaration(of instance: DescribedInstance) -> InstanceDeclaration? { nil }
}

/// An instance in the output of `aws rds describe-db-instances`.
public struct DescribedInstance: Hashable, Sendable {
    /// `DBInstanceClass`: `db.t4g.micro`.
    public var instanceClass: String?
    /// `Engine`, under its AWS name: `aurora-postgresql`.
    public var engine: String?

    /// Creates a description.
    public init(instanceClass: String?, engine: String?) { (self.instanceClass, self.engine) = (instanceClass, engine) }
}

/// An instance as advisor.yaml declares it.
public struct InstanceDeclaration: Hashable, Sendable {
    /// The id of the tier; nil if AWS names no class.
    public var tier: String?
    /// The engine.
    public var engine: DatabaseEngine
    /// Whether storage is allocated, so that its size is to be declared.
    public var allocatesStorage: Bool
}
