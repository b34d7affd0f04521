extension Catalog {
    /// The catalog with some prices replaced, by id in the price book.
    public func replacingPrices(_ prices: [String: Price]) -> Catalog {
        guard !prices.isEmpty else { return self }
        let tiers = tiers.map { tier in
            var tier = tier
            for (kind, _, path) in PriceBook.places {
                if let price = prices["\(tier.id).\(kind.rawValue)"] { tier[keyPath: path] = price }
            }
            return tier
        }
        let items = items.map { item in
            var item = item
            if let price = prices[item.id] { item.price = price }
            return item
        }
        var result = Catalog(region: region, tiers: tiers, items: items)
        (result.extendedSupport, result.shapes, result.instancePrices) = (extendedSupport, shapes, instancePrices)
        for key in instancePrices.keys {
            for (kind, path) in InstancePrices.places {
                if let price = prices[key.id(of: kind)] { result.instancePrices[key]?[keyPath: path] = price }
            }
        }
        return result
    }

    /// The catalog with the prices of a region's price file.
    ///
    /// Hourly prices of tiers are those of their engine and class, storage prices those of their storage type.
    /// - Parameters:
    ///   - file: The prices.
    ///   - keepsKnown: Whether prices that the catalog knows stay; the file only adds those that it lacks.
    /// - Returns: The catalog with these prices.
    public func applying(_ file: RegionalPrices, keepsKnown: Bool = false) -> Catalog {
        var result = self
        func replaces(_ old: Price?) -> Bool { !keepsKnown || old?.usd == nil || old?.isVerified == false }
        for (key, prices) in file.instances {
            var merged = result.instancePrices[key] ?? InstancePrices()
            for (_, path) in InstancePrices.places {
                if let price = prices[keyPath: path], replaces(merged[keyPath: path]) { merged[keyPath: path] = price }
            }
            result.instancePrices[key] = merged
        }
        result.items = items.map { item in
            var item = item
            if let price = file.items[item.id], replaces(item.price) { item.price = price }
            return item
        }
        result.tiers = tiers.map { tier in
            var tier = tier
            let own = result.instancePrices[.init(DatabaseEngine(rawValue: tier.engine), tier.id)]
            for (kind, _, path) in PriceBook.places where tier[keyPath: path] != nil && replaces(tier[keyPath: path]) {
                let item = tier.family.itemID(of: kind, storage: tier.storageType)
                if let price = own?.price(kind) ?? item.flatMap({ file.items[$0] }) { tier[keyPath: path] = price }
            }
            return tier
        }
        return result
    }

    /// The catalog for a region without known prices.
    ///
    /// Prices that are the same in all regions are kept.
    public func withUnknownPrices(in region: String) -> Catalog {
        let unknown = Price(usd: nil, source: .noPrices(region: region), asOf: "", isVerified: false)
        var result = self
        (result.region, result.instancePrices) = (region, [:])
        result.items = items.map { item in
            var item = item
            if !item.isGlobal { item.price = unknown }
            return item
        }
        result.tiers = tiers.map { tier in
            guard tier.family.hasRegionalPrices else { return tier }
            var tier = tier
            for (kind, _, path) in PriceBook.places where tier[keyPath: path] != nil {
                let item = tier.family.itemID(of: kind, storage: tier.storageType).flatMap(item)
                if item?.isGlobal != true { tier[keyPath: path] = unknown }
            }
            return tier
        }
        return result
    }

    /// The catalog overlaid with the tiers and items of another.
    public func overlaid(with other: Catalog) -> Catalog {
        let kept = tiers.filter { other.tier($0.id) == nil }
        var result = Catalog(
            region: other.region, tiers: kept + other.tiers, items: items.filter { other.item($0.id) == nil } + other.items)
        result.extendedSupport = other.extendedSupport.isEmpty ? extendedSupport : other.extendedSupport
        (result.shapes, result.instancePrices, result.commitments) = (shapes, instancePrices, commitments)
        return result
    }
}
