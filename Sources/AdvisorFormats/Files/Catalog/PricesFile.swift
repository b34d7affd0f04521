public import AdvisorCore
internal import Foundation

/// Reads the price file of a region: prices of classes by engine, and of the catalog's items.
public enum PricesFile {
    /// The valid prices, and all errors.
    public static func read(_ text: String, file: String) -> (value: RegionalPrices, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var prices = RegionalPrices(region: "")
        guard let root = reader.root(text)?.mapping(.pricesFile) else { return (prices, reader.diagnostics) }
        prices.region = root["region"]?.string() ?? ""
        _ = root["currency"]?.read("currency", "USD") { $0 == "USD" ? $0 : nil }
        prices.published = root["published"]?.day()?.description
        for value in root["instances"]?.elements("a list of prices by engine") ?? [] {
            for (key, price) in instances(value) {
                if prices.instances[key]?.hourly?.usd != nil {
                    value.fail("duplicate price of \(key.engine.rawValue) \(key.instanceClass)")
                }
                prices.instances[key] = price
            }
        }
        for (id, _, value) in root["prices"]?.pairs("a mapping of ids to prices") ?? [] {
            prices.items[id] = CatalogFile.price(value)
        }
        return (prices, reader.diagnostics)
    }

    private static func instances(_ value: YAMLValue) -> [(InstancePrices.Key, InstancePrices)] {
        guard let mapping = value.mapping(.instancePrices) else { return [] }
        let engines = mapping["engines"]?.strings().map(DatabaseEngine.init) ?? []
        let source = mapping["source"]?.string()
        let asOf = mapping["as_of"]?.day()?.description
        let isVerified = mapping["verified"]?.boolean() ?? true
        guard let source, let asOf else { return [] }
        var result: [(InstancePrices.Key, InstancePrices)] = []
        for (name, _, value) in mapping["hourly"]?.pairs("a mapping such as { db.t4g.micro: [0.016, 0.032] }") ?? [] {
            let amounts = (value.list ?? [value]).map { amount -> Decimal? in
                amount.text == "unknown" ? nil : amount.decimal("0.016, or unknown")
            }
            if amounts.count > 2 { value.fail("expected one or two prices: Single-AZ and Multi-AZ") }
            func price(_ index: Int) -> Price? {
                guard index < amounts.count, let amount = amounts[index] else { return nil }
                return Price(usd: amount, source: .cited(text: source), asOf: asOf, isVerified: isVerified)
            }
            for engine in engines {
                result.append((.init(engine, name), InstancePrices(hourly: price(0), hourlyMultiAZ: price(1))))
            }
        }
        return result
    }
}
