public import Foundation

/// A price with where it comes from.
public struct Price: Hashable, Sendable {
    /// US dollars for one unit; nil when nobody knows it, which is never zero.
    public var usd: Decimal?
    /// Where it was read.
    public var source: String
    /// The day it was read, `2026-11-23`.
    public var asOf: String
    /// Whether the source is the vendor's own; an unverified price is used and marked.
    public var isVerified: Bool

    /// A price by its parts.
    public init(usd: Decimal?, source: String, asOf: String, isVerified: Bool = true) {
        (self.usd, self.source, self.asOf, self.isVerified) = (usd, source, asOf, isVerified)
    }
}

/// A size of database that one can move to, with its limits and prices.
public struct Tier: Hashable, Sendable {
    /// How the T classes earn CPU credits (EC2's burstable baseline table).
    public struct Credits: Hashable, Sendable {
        /// Credits earned an hour; one credit is one vCPU-minute at full load.
        public var perHour: Double
        /// The most that can be saved up.
        public var maximumBalance: Double
        /// The share of each vCPU that is earned for ever, 0 to 1.
        public var baseline: Double
        /// For a vCPU-hour above what was earned, in unlimited mode.
        public var surplusPrice: Price?

        /// Credits by their parts.
        public init(perHour: Double, maximumBalance: Double, baseline: Double, surplusPrice: Price?) {
            (self.perHour, self.maximumBalance, self.baseline, self.surplusPrice) = (
                perHour, maximumBalance, baseline, surplusPrice
            )
        }
    }

    /// Capacity that follows the load, priced by use (Aurora Serverless v2).
    public struct Capacity: Hashable, Sendable {
        /// Aurora capacity units at rest.
        public var minimum: Double
        /// Aurora capacity units at most.
        public var maximum: Double
        /// Writer and readers that the guide's configuration starts.
        public var instances: Int
        /// For one unit an hour.
        public var price: Price

        /// Capacity by its parts.
        public init(minimum: Double, maximum: Double, instances: Int, price: Price) {
            (self.minimum, self.maximum, self.instances, self.price) = (minimum, maximum, instances, price)
        }
    }

    /// The identifier that rules and stack files use: `db.t4g.micro`.
    public var id: String
    /// For people.
    public var title: String
    /// `supabase`, `postgres` or `aurora-postgres`.
    public var engine: String
    /// The order along the path; a higher one is the bigger tier.
    public var rank: Int
    /// Whether the guide's path (or a rule of it) speaks of the tier.
    public var isOnGuidePath: Bool
    /// Virtual CPUs; nil when capacity follows the load or nobody says.
    public var vcpu: Int?
    /// Bytes; nil when capacity follows the load or nobody says.
    public var memory: Double?
    /// The guide's rating in active users; nil where it gives none.
    public var maximumUsers: Double?
    /// Database connections; nil when unknown.
    public var maximumConnections: Double?
    /// Bytes of database that the tier holds; nil without such a limit.
    public var maximumStorage: Double?
    /// nil for classes without CPU credits.
    public var credits: Credits?
    /// nil for tiers of fixed size.
    public var capacity: Capacity?
    /// GiB that are billed at least.
    public var minimumStorage: Double
    /// `gp3`; empty where storage is part of the plan.
    public var storageType: String
    /// For an hour, Single-AZ; nil for flat or capacity-priced tiers.
    public var hourly: Price?
    /// For an hour, Multi-AZ; nil where there is no such thing.
    public var hourlyMultiAZ: Price?
    /// For a month, flat (Supabase).
    public var monthly: Price?
    /// For a GiB a month, Single-AZ.
    public var storage: Price?
    /// For a GiB a month, Multi-AZ.
    public var storageMultiAZ: Price?
    /// What reality adds to the guide's words, shown with a recommendation to move here.
    public var remarks: [String]

    /// A tier of which only its name is known; the rest is filled in by whoever reads a catalog.
    public init(id: String, title: String, engine: String, rank: Int) {
        (self.id, self.title, self.engine, self.rank) = (id, title, engine, rank)
        isOnGuidePath = false
        minimumStorage = 0
        storageType = ""
        remarks = []
    }
}

/// Something that is billed and is no tier: a NAT gateway's hour, a GiB of backup.
public struct CatalogItem: Hashable, Sendable {
    /// `nat-gateway-hour`.
    public var id: String
    /// For people.
    public var title: String
    /// The service whose bill it is on, an id of the service catalog: `nat-gateway`.
    public var service: String
    /// What one of it is: `h`, `GB`, `GB-month`, `1M requests`.
    public var unit: String
    /// Units a month that cost nothing, for every account and for ever; 0 where there are none.
    public var freeUnits: Decimal
    /// For one unit.
    public var price: Price

    /// An item by its parts.
    public init(id: String, title: String, service: String, unit: String, freeUnits: Decimal = 0, price: Price) {
        (self.id, self.title, self.service) = (id, title, service)
        (self.unit, self.freeUnits, self.price) = (unit, freeUnits, price)
    }
}

/// The tiers and prices of one region.
public struct Catalog: Hashable, Sendable {
    /// `us-east-1`.
    public var region: String
    /// In the order of their rank.
    public private(set) var tiers: [Tier]
    /// What else is billed, in the file's order.
    public var items: [CatalogItem]
    /// When major versions begin to be billed for their age.
    public var extendedSupport: [ExtendedSupport] = []
    /// Hours of a month: 730.
    public static let hoursPerMonth = 730

    /// A catalog of these tiers, in any order.
    public init(region: String, tiers: [Tier], items: [CatalogItem] = []) {
        (self.region, self.items) = (region, items)
        self.tiers = tiers.sorted { ($0.rank, $0.id) < ($1.rank, $1.id) }
    }

    /// The item of that identifier; nil when the catalog has none.
    public func item(_ id: String) -> CatalogItem? { items.first { $0.id == id } }

    /// The tier of that identifier; nil when the catalog has none.
    public func tier(_ id: String) -> Tier? { tiers.first { $0.id == id } }
}
