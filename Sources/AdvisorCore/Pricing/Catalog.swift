public import Foundation

/// A price with its source.
public struct Price: Hashable, Sendable {
    /// US dollars per unit; nil if unknown, which is never zero.
    public var usd: Decimal?
    /// The source.
    public var source: PriceSource
    /// The date it was read, `2026-11-23`.
    public var asOf: String
    /// Whether the source is the vendor; unverified prices are used and marked.
    public var isVerified: Bool

    /// Creates a price.
    public init(usd: Decimal?, source: PriceSource, asOf: String, isVerified: Bool = true) {
        (self.usd, self.source, self.asOf, self.isVerified) = (usd, source, asOf, isVerified)
    }
}

/// A size of a database, with its limits and prices.
public struct Tier: Hashable, Sendable {
    /// How T classes earn CPU credits (EC2's burstable baseline table).
    public struct Credits: Hashable, Sendable {
        /// Credits earned per hour; one credit is one vCPU-minute at full load.
        public var perHour: Double
        /// The maximum balance.
        public var maximumBalance: Double
        /// The sustainable share of each vCPU, 0 to 1.
        public var baseline: Double
        /// The price per vCPU-hour above the earned credits, in unlimited mode.
        public var surplusPrice: Price?

        /// Creates credits.
        public init(perHour: Double, maximumBalance: Double, baseline: Double, surplusPrice: Price?) {
            (self.perHour, self.maximumBalance, self.baseline, self.surplusPrice) = (
                perHour, maximumBalance, baseline, surplusPrice
            )
        }
    }

    /// Capacity that scales with load and is priced by usage (Aurora Serverless v2).
    public struct Capacity: Hashable, Sendable {
        /// The billed unit.
        static let unit = "ACU-h"

        /// The minimum capacity in ACU.
        public var minimum: Double
        /// The maximum capacity in ACU.
        public var maximum: Double
        /// The number of instances in the guide's configuration, writer and readers.
        public var instances: Int
        /// The price per ACU-hour.
        public var price: Price

        /// Creates a capacity.
        public init(minimum: Double, maximum: Double, instances: Int, price: Price) {
            (self.minimum, self.maximum, self.instances, self.price) = (minimum, maximum, instances, price)
        }
    }

    /// The id in rules and advisor.yaml: `db.t4g.micro`.
    public var id: String
    /// The title for people.
    public var title: String
    /// The engine family: `postgres`.
    public var engine: String
    /// The id of its database family; decisions use ``family``.
    public var familyID: DatabaseFamilyID
    /// The rank on the upgrade path; larger tiers have a higher rank.
    public var rank: Int
    /// Whether the guide's path or one of its rules mentions the tier.
    public var isOnGuidePath: Bool
    /// The number of vCPUs; nil if capacity scales or it is unknown.
    public var vcpu: Int?
    /// The memory in bytes; nil if capacity scales or it is unknown.
    public var memory: Double?
    /// The guide's rating in active users; nil if there is none.
    public var maximumUsers: Double?
    /// The maximum number of connections; nil if unknown.
    public var maximumConnections: Double?
    /// The maximum database size in bytes; nil if there is no limit.
    public var maximumStorage: Double?
    /// The CPU credits; nil for classes without them.
    public var credits: Credits?
    /// The scaling capacity; nil for tiers of fixed size.
    public var capacity: Capacity?
    /// The minimum billed storage in GiB.
    public var minimumStorage: Double
    /// The storage type, `gp3`; empty if storage is included in the plan.
    public var storageType: String
    /// The hourly price, Single-AZ; nil for flat or usage-priced tiers.
    public var hourly: Price?
    /// The hourly price, Multi-AZ; nil if not available.
    public var hourlyMultiAZ: Price?
    /// The flat monthly price.
    public var monthly: Price?
    /// The price per GiB-month, Single-AZ.
    public var storage: Price?
    /// The price per GiB-month, Multi-AZ.
    public var storageMultiAZ: Price?
    /// The price per provisioned operation per second and month above the included ones; nil if they are not sold or unknown.
    public var operations: Price?
    /// The same with a standby in a second zone.
    public var operationsMultiAZ: Price?
    /// What its storage type includes; nil if unknown.
    public var storageShape: StorageType?
    /// The oldest minor version of each major version that it runs, oldest first: `13.6`, `14.3`; later major versions too. Empty
    /// if it is not known.
    public var minimumVersions: [String]
    /// Remarks shown with a recommendation to move to the tier.
    public var remarks: [String]
    /// The shape of its class; nil if it is not listed.
    public var shape: InstanceShape?
    /// How its engine derives the default connection limit; nil if unknown.
    public var connections: ConnectionFormula?

    /// Creates a tier with only an id, to be completed from a catalog file; without a family, of the one that claims the engine.
    public init(id: String, title: String, engine: String, rank: Int, family: DatabaseFamilyID? = nil) {
        (self.id, self.title, self.engine, self.rank) = (id, title, engine, rank)
        familyID = family ?? DatabaseFamilies.family(ofEngine: DatabaseEngine(rawValue: engine)).id
        isOnGuidePath = false
        minimumStorage = 0
        storageType = ""
        (remarks, minimumVersions) = ([], [])
    }
}

/// A billed item that is not a tier: an hour of a NAT gateway, a GiB of backup.
public struct CatalogItem: Hashable, Sendable {
    /// The id, `nat-gateway-hour`.
    public var id: String
    /// The title for people.
    public var title: String
    /// The id of the service that bills it: `nat-gateway`.
    public var service: String
    /// The unit: `h`, `GB`, `GB-month`, `1M requests`.
    public var unit: String
    /// The units per month that are always free for every account; 0 if there are none.
    public var freeUnits: Decimal
    /// Whether the price is the same in all regions.
    public var isGlobal: Bool
    /// The price per unit.
    public var price: Price

    /// Creates an item.
    public init(
        id: String, title: String, service: String, unit: String, freeUnits: Decimal = 0, isGlobal: Bool = false, price: Price
    ) {
        (self.id, self.title, self.service) = (id, title, service)
        (self.unit, self.freeUnits, self.isGlobal, self.price) = (unit, freeUnits, isGlobal, price)
    }
}

/// The tiers and prices of one region.
public struct Catalog: Hashable, Sendable {
    /// `us-east-1`.
    public var region: String
    /// The tiers, ordered by rank.
    public internal(set) var tiers: [Tier]
    /// The billed items, in file order.
    public var items: [CatalogItem]
    /// When Extended Support of major versions begins.
    public var extendedSupport: [ExtendedSupport] = []
    /// The commitments that save on hourly prices.
    public var commitments: [Commitment] = []
    /// The classes and volumes of all regions.
    public var shapes = ShapeCatalog()
    /// The prices of classes by engine; those of a tier are in the tier.
    public internal(set) var instancePrices: [InstancePrices.Key: InstancePrices] = [:]
    /// Hours per month: 730.
    public static let hoursPerMonth = 730

    /// Creates a catalog of tiers in any order.
    public init(region: String, tiers: [Tier], items: [CatalogItem] = []) {
        (self.region, self.items) = (region, items)
        self.tiers = tiers.sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }
    }

    /// The item with an id; nil if there is none.
    public func item(_ id: String) -> CatalogItem? { items.first { $0.id == id } }

    /// The tier with an id: one of ``tiers``, or a class of ``shapes`` for an engine that is not declared; nil if there is none.
    public func tier(_ id: String) -> Tier? { tiers.first { $0.id == id } ?? tier(ofClass: id, engine: nil) }

    /// The tier with an id as it is for an engine; nil if there is none.
    public func tier(_ id: String, engine: DatabaseEngine?) -> Tier? {
        guard let engine else { return tier(id) }
        if let listed = tiers.first(where: { $0.id == id }) {
            return listed.engine == engine.rawValue ? listed : adapted(listed, to: engine)
        }
        return tier(ofClass: id, engine: engine)
    }

    /// The ids of all tiers: those of ``tiers``, then the other classes of ``shapes``.
    public var tierIDs: [String] {
        let listed = Set(tiers.map(\.id))
        return tiers.map(\.id) + shapes.shapes.map(\.id).filter { !listed.contains($0) }
    }

    /// The engines of all tiers, and those that have prices or limits of their own.
    public var engines: [String] {
        Set(tiers.map(\.engine) + shapes.connections.map(\.engine.rawValue) + instancePrices.keys.map(\.engine.rawValue)).sorted()
    }

    /// The catalog as it is for a database of an engine on a tier.
    ///
    /// Tiers of instance classes are those of the engine, at its prices. A tier that is not one of ``tiers`` is among them, with
    /// the classes that a move from it usually goes to.
    public func adapted(to engine: DatabaseEngine?, on id: String?) -> Catalog {
        let present = id.flatMap { id in tiers.contains { $0.id == id } ? nil : shapes.shape(id) }
        var all = tiers
        if let engine, engine != .postgres { all = all.map { counterpart(of: $0, for: engine, on: id) } }
        if let present {
            let listed = Set(tiers.map(\.id))
            let others = [present] + shapes.neighbors(of: present).filter { !listed.contains($0.id) }
            all += others.compactMap { tier(ofClass: $0.id, engine: engine) }
        }
        var result = self
        result.tiers = all.sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }
        return result
    }

    /// The smallest tier whose capacity scales with the load; nil if there is none.
    public var elasticTier: Tier? { tiers.first { $0.capacity != nil } }
}
