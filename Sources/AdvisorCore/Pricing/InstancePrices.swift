/// The hourly prices of an instance class in a region.
public struct InstancePrices: Hashable, Sendable {
    /// What a price is for.
    public struct Key: Hashable, Sendable {
        /// The engine.
        public var engine: DatabaseEngine
        /// The class: `db.t4g.micro`.
        public var instanceClass: String

        /// Creates a key.
        public init(_ engine: DatabaseEngine, _ instanceClass: String) {
            (self.engine, self.instanceClass) = (engine, instanceClass)
        }
    }

    /// In one zone; nil if unknown.
    public var hourly: Price?
    /// With a standby in a second zone; nil if unknown.
    public var hourlyMultiAZ: Price?

    /// Creates prices.
    public init(hourly: Price? = nil, hourlyMultiAZ: Price? = nil) {
        (self.hourly, self.hourlyMultiAZ) = (hourly, hourlyMultiAZ)
    }
}

extension InstancePrices {
    /// Its prices in the price book.
    static let places: [(PriceBook.Kind, any WritableKeyPath<InstancePrices, Price?> & Sendable)] = [
        (.hourly, \.hourly), (.hourlyMultiAZ, \.hourlyMultiAZ),
    ]

    /// The price of a kind; nil if it is unknown or not one of a class.
    func price(_ kind: PriceBook.Kind) -> Price? {
        Self.places.first { $0.0 == kind }.flatMap { self[keyPath: $0.1] }
    }
}

extension InstancePrices.Key {
    /// The id in the price book: `mysql.db.t3.micro.hourly`; without the engine for PostgreSQL.
    func id(of kind: PriceBook.Kind) -> String {
        let name = engine == .postgres ? instanceClass : "\(engine.rawValue).\(instanceClass)"
        return "\(name).\(kind.rawValue)"
    }
}

/// A price file of a region: what the catalog's tiers and items cost there.
public struct RegionalPrices: Hashable, Sendable {
    /// The region.
    public var region: String
    /// The prices of classes by engine.
    public var instances: [InstancePrices.Key: InstancePrices] = [:]
    /// The prices of items, by id.
    public var items: [String: Price] = [:]
    /// When the price list was published or read; nil if its prices have different dates.
    public var published: String?

    /// Creates an empty file.
    public init(region: String) { self.region = region }
}
