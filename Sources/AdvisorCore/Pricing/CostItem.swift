public import Foundation

/// What a line of a bill or an estimate is for; the words are in `Presentation/Language`.
public enum CostItem: Reason {
    /// A plan with a flat price.
    case plan
    /// Capacity that scales, on a number of instances of this many units each.
    case capacity(instances: Int, units: Double)
    /// Capacity that scales, on a number of instances, by its expected use.
    case expectedCapacity(instances: Int)
    /// An instance, with or without a standby in a second zone.
    case instance(multiAz: Bool)
    /// Read replicas.
    case readReplicas
    /// Allocated storage.
    case storage
    /// Provisioned operations per second that the storage does not include.
    case provisionedOperations
    /// The storage of read replicas, where the standby has a price of its own.
    case replicaStorage
    /// Extended Support of a major version, `PostgreSQL 13`; nil for all that a bill has.
    case extendedSupport(version: String?)
    /// Backup beyond the allocated storage.
    case backupBeyondAllocation
    /// CPU credits above those earned.
    case surplusCredits
    /// An amount of advisor.yaml without a breakdown.
    case declared
    /// An item of the catalog; `free` of `quantity` units are free, both nil if none is.
    case catalogItem(id: String, title: String, free: Decimal?, quantity: Decimal?)
    /// A database on a tier.
    case tier(id: String)
    /// The smaller tier to pay instead.
    case smallerTier(id: String)
    /// NAT gateways.
    case natGateways
    /// Data through NAT gateways.
    case natGatewayData
    /// The public address of a NAT gateway.
    case gatewayAddress
    /// The addresses of NAT gateways, which another tip covers.
    case gatewayAddresses
    /// The interface endpoint to pay instead.
    case interfaceEndpoint
    /// Public addresses that nothing uses.
    case idleAddresses
    /// Public addresses in use.
    case addressesInUse
    /// Stored logs.
    case logStorage
    /// Half of the ingested logs.
    case halfOfLogs
    /// Backup storage above the free allowance.
    case backupAboveAllowance
    /// Storage on gp2 volumes.
    case gp2Storage
    /// The same storage on gp3 volumes.
    case gp3Storage

    /// Whether both are the same thing, possibly at another size or price: an instance with and without a standby.
    public func isSameKind(as other: CostItem) -> Bool {
        switch (self, other) {
        case (.instance, .instance): true
        case (.capacity, .capacity), (.capacity, .expectedCapacity), (.expectedCapacity, .capacity),
            (.expectedCapacity, .expectedCapacity):
            true
        case (.catalogItem(let id, _, _, _), .catalogItem(let otherID, _, _, _)): id == otherID
        default: self == other
        }
    }
}

/// Why the cost of a tier is unknown.
public enum CostGap: Reason {
    /// The allocated storage is not set.
    case storageNotSet
    /// Extended Support is billed per vCPU, and the vCPUs of the tier are unknown.
    case extendedSupport(version: String)
    /// The catalog has no price of this tier or item.
    case noPrice(of: String)
}

/// Where a price is from.
public enum PriceSource: Reason, ExpressibleByStringLiteral {
    /// As the catalog or advisor.yaml cites it.
    case cited(text: String)
    /// A price of advisor.yaml without a citation.
    case stackFile
    /// An amount that advisor.yaml declares.
    case declared
    /// The newest bill.
    case bill(bill: BillReference)
    /// The catalog has no price.
    case notInCatalog
    /// No prices of this region are known.
    case noPrices(region: String)
    /// No price of this engine is known in the region.
    case noPriceOfEngine(engine: String, region: String)
    /// The engine is not declared, and prices depend on it.
    case engineNotSet

    /// Creates a citation.
    public init(stringLiteral text: String) { self = .cited(text: text) }

    /// The citation, or the code of the other sources.
    var citation: String { if case .cited(let text) = self { text } else { code } }
}
