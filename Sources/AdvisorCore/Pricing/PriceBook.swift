/// All prices of a catalog by id.
public struct PriceBook: Hashable, Sendable {
    /// A price of a tier; the raw value is the end of its id.
    public enum Kind: String, CaseIterable, Sendable {
        case hourly, monthly, storage, capacity
        case hourlyMultiAZ = "hourly-multi-az"
        case storageMultiAZ = "storage-multi-az"
        case surplusCredits = "surplus-credits"
    }

    /// One price.
    public struct Entry: Hashable, Sendable {
        /// The id: `db.t4g.micro.hourly`, or the id of an item: `nat-gateway-hour`.
        public var id: String
        /// The title of the tier or the item.
        public var title: String
        /// Which price of the tier it is; nil for an item.
        public var kind: Kind?
        /// The unit: `h`, `GB-month`.
        public var unit: String
        /// The price with its source and date.
        public var price: Price

        /// The age in days; nil if the date is unknown, negative if it is in the future.
        public func age(at now: Timestamp) -> Int? {
            CivilDate(text: price.asOf).map { now.date.daysSinceEpoch - $0.daysSinceEpoch }
        }

        /// Whether the price is old enough to be looked up again.
        public func isStale(at now: Timestamp) -> Bool { age(at: now).map { $0 > PriceBook.staleAfterDays } ?? false }
    }

    /// The age in days from which a price is stale.
    public static let staleAfterDays = 180

    /// The prices of the tiers by rank, then those of the items.
    public let entries: [Entry]

    /// Creates the price book of a catalog.
    public init(_ catalog: Catalog) {
        let tiers = catalog.tiers.flatMap { tier in
            Self.places.compactMap { kind, unit, path in
                tier[keyPath: path].map {
                    Entry(id: "\(tier.id).\(kind.rawValue)", title: tier.title, kind: kind, unit: unit, price: $0)
                }
            }
        }
        let listed = Set(tiers.map(\.id))
        let classes = Self.classes(of: catalog).filter { !listed.contains($0.id) }
        entries = tiers + classes + catalog.items.map { Entry(id: $0.id, title: $0.title, unit: $0.unit, price: $0.price) }
    }

    /// The prices of classes, by engine and class.
    private static func classes(of catalog: Catalog) -> [Entry] {
        let keys = catalog.instancePrices.keys.sorted {
            ($0.engine.rawValue, $0.instanceClass) < ($1.engine.rawValue, $1.instanceClass)
        }
        return keys.flatMap { key in
            let prices = catalog.instancePrices[key] ?? InstancePrices()
            let title = "\(RDSInstance.title(of: key.engine)) \(key.instanceClass)"
            return InstancePrices.places.compactMap { kind, path in
                prices[keyPath: path].map {
                    Entry(id: key.id(of: kind), title: title, kind: kind, unit: "h", price: $0)
                }
            }
        }
    }

    /// The price with an id; nil if there is none.
    public func entry(_ id: String) -> Entry? { entries.first { $0.id == id } }

    /// The stale prices.
    public func stale(at now: Timestamp) -> [Entry] { entries.filter { $0.isStale(at: now) } }

    /// The entries whose prices occur in cost lines.
    public func entries(in estimates: [CostEstimate]) -> [Entry] {
        let used = Set(estimates.flatMap(\.lines).map(\.price))
        return entries.filter { used.contains($0.price) }
    }

    static let places: [(Kind, String, any WritableKeyPath<Tier, Price?> & Sendable)] = [
        (.hourly, "h", \.hourly), (.hourlyMultiAZ, "h", \.hourlyMultiAZ), (.monthly, "month", \.monthly),
        (.storage, "GiB-month", \.storage), (.storageMultiAZ, "GiB-month", \.storageMultiAZ),
        (.capacity, Tier.Capacity.unit, \.capacityPrice), (.surplusCredits, "vCPU-h", \.surplusPrice),
    ]
}

extension Tier {
    /// The price per ACU-hour; nil for tiers of fixed size.
    fileprivate var capacityPrice: Price? {
        get { capacity?.price }
        set { if let newValue { capacity?.price = newValue } }
    }

    /// The price per vCPU-hour above the earned credits; nil for classes without credits.
    fileprivate var surplusPrice: Price? {
        get { credits?.surplusPrice }
        set { credits?.surplusPrice = newValue }
    }
}
