/// Every price of a catalog, by an id of its own.
public struct PriceBook: Hashable, Sendable {
    /// One price.
    public struct Entry: Hashable, Sendable {
        /// `db.t4g.micro.hourly`, or an item's id: `nat-gateway-hour`.
        public var id: String
        /// For people.
        public var title: String
        /// What one of it is: `h`, `GB-month`.
        public var unit: String
        /// With its source and its day.
        public var price: Price

        /// Days from when it was read to `now`; nil when nobody said when that was, negative when it was later.
        public func age(at now: Timestamp) -> Int? {
            CivilDate(text: price.asOf).map { now.date.daysSinceEpoch - $0.daysSinceEpoch }
        }

        /// Whether it was read so long ago that it is to be looked up again.
        public func isStale(at now: Timestamp) -> Bool { age(at: now).map { $0 > PriceBook.staleAfterDays } ?? false }
    }

    /// Days after which a price is stale.
    public static let staleAfterDays = 180

    /// Tiers in the order of their rank, then what else is billed.
    public let entries: [Entry]

    /// The prices of a catalog.
    public init(_ catalog: Catalog) {
        entries =
            catalog.tiers.flatMap { tier in
                Self.places.compactMap { name, title, unit, path in
                    tier[keyPath: path].map {
                        Entry(id: "\(tier.id).\(name)", title: "\(tier.title), \(title)", unit: unit, price: $0)
                    }
                }
            } + catalog.items.map { Entry(id: $0.id, title: $0.title, unit: $0.unit, price: $0.price) }
    }

    /// The price of that id; nil when there is none.
    public func entry(_ id: String) -> Entry? { entries.first { $0.id == id } }

    /// The prices that are stale.
    public func stale(at now: Timestamp) -> [Entry] { entries.filter { $0.isStale(at: now) } }

    /// The entries whose prices are among those lines.
    public func entries(in estimates: [CostEstimate]) -> [Entry] {
        let used = Set(estimates.flatMap(\.lines).map(\.price))
        return entries.filter { used.contains($0.price) }
    }

    fileprivate static let places: [(String, String, String, any WritableKeyPath<Tier, Price?> & Sendable)] = [
        ("hourly", "Single-AZ", "h", \.hourly), ("hourly-multi-az", "Multi-AZ", "h", \.hourlyMultiAZ),
        ("monthly", "flat", "month", \.monthly), ("storage", "storage", "GiB-month", \.storage),
        ("storage-multi-az", "storage, Multi-AZ", "GiB-month", \.storageMultiAZ),
        ("capacity", "capacity", "ACU-h", \.capacityPrice),
        ("surplus-credits", "surplus CPU credits", "vCPU-h", \.surplusPrice),
    ]
}

extension Tier {
    /// For a unit of capacity an hour; nil for tiers of fixed size.
    fileprivate var capacityPrice: Price? {
        get { capacity?.price }
        set { if let newValue { capacity?.price = newValue } }
    }

    /// For a vCPU-hour beyond what was earned; nil for classes without credits.
    fileprivate var surplusPrice: Price? {
        get { credits?.surplusPrice }
        set { credits?.surplusPrice = newValue }
    }
}

extension Catalog {
    /// This catalog with other prices in place of some, by their ids in the price book.
    public func replacingPrices(_ prices: [String: Price]) -> Catalog {
        guard !prices.isEmpty else { return self }
        let tiers = tiers.map { tier in
            var tier = tier
            for (name, _, _, path) in PriceBook.places {
                if let price = prices["\(tier.id).\(name)"] { tier[keyPath: path] = price }
            }
            return tier
        }
        let items = items.map { item in
            var item = item
            if let price = prices[item.id] { item.price = price }
            return item
        }
        var result = Catalog(region: region, tiers: tiers, items: items)
        result.extendedSupport = extendedSupport
        return result
    }

    /// The tiers and items of this catalog in a region of which no prices are known.
    ///
    /// What is billed alike everywhere keeps its price: Supabase, Vercel, Route 53, CloudFront.
    public func withUnknownPrices(in region: String) -> Catalog {
        let everywhere: Set<String> = ["supabase", "vercel", "route53", "cloudfront"]
        let unknown = Price(usd: nil, source: "no prices of \(region) are known", asOf: "", isVerified: false)
        let tiers = tiers.filter { !everywhere.contains($0.engine) }.map(\.id)
        let items = items.filter { !everywhere.contains($0.service) }.map(\.id)
        let ids = Set(PriceBook(self).entries.map(\.id)).filter { id in
            items.contains(id) || tiers.contains { id.hasPrefix($0 + ".") }
        }
        var result = replacingPrices(Dictionary(uniqueKeysWithValues: ids.map { ($0, unknown) }))
        result.region = region
        return result
    }

    /// This catalog with the tiers and items of another on top.
    public func overlaid(with other: Catalog) -> Catalog {
        let kept = tiers.filter { other.tier($0.id) == nil }
        var result = Catalog(
            region: other.region, tiers: kept + other.tiers, items: items.filter { other.item($0.id) == nil } + other.items)
        result.extendedSupport = other.extendedSupport.isEmpty ? extendedSupport : other.extendedSupport
        return result
    }
}
