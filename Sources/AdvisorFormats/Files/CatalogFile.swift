public import AdvisorCore
internal import Foundation

/// Reads a region's catalogue of tiers and prices.
public enum CatalogFile {
    /// The tiers that could be read, and every mistake.
    public static func read(_ text: String, file: String) -> (value: Catalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var tiers: [Tier] = []
        var region = ""
        if let root = reader.root(text)?.mapping(["region", "currency", "tiers"], "the file") {
            region = root.required("region")?.string() ?? ""
            for value in root.required("tiers")?.list ?? [] { if let tier = tier(value) { tiers.append(tier) } }
        }
        return (Catalog(region: region, tiers: tiers), reader.diagnostics)
    }

    private static let keys = [
        "id", "title", "engine", "rank", "guide_path", "vcpu", "memory", "max_users", "max_connections", "max_storage", "credits",
        "capacity", "minimum_storage", "storage_type", "prices", "remarks", "source", "as_of",
    ]

    private static func tier(_ value: YAMLValue) -> Tier? {
        guard let mapping = value.mapping(keys, "a tier"), let id = mapping.required("id")?.string(),
            let title = mapping.required("title")?.string(), let engine = mapping.required("engine")?.string(),
            let rank = mapping.required("rank")?.integer()
        else { return nil }
        var tier = Tier(id: id, title: title, engine: engine, rank: rank)
        tier.isOnGuidePath = mapping["guide_path"]?.boolean() ?? false
        tier.vcpu = mapping["vcpu"]?.integer(atLeast: 1)
        tier.memory = mapping["memory"]?.bytes()
        tier.maximumUsers = mapping["max_users"]?.number()
        tier.maximumConnections = mapping["max_connections"]?.number()
        tier.maximumStorage = mapping["max_storage"]?.bytes()
        tier.minimumStorage = mapping["minimum_storage"]?.bytes().map { $0 / 1_073_741_824 } ?? 0
        tier.storageType = mapping["storage_type"]?.string() ?? ""
        tier.remarks = mapping["remarks"]?.strings() ?? []
        let priceKeys = ["hourly", "hourly_multi_az", "monthly", "storage", "storage_multi_az"]
        if let prices = mapping["prices"]?.mapping(priceKeys, "prices") {
            tier.hourly = prices["hourly"].flatMap(price)
            tier.hourlyMultiAZ = prices["hourly_multi_az"].flatMap(price)
            tier.monthly = prices["monthly"].flatMap(price)
            tier.storage = prices["storage"].flatMap(price)
            tier.storageMultiAZ = prices["storage_multi_az"].flatMap(price)
        }
        if let credits = mapping["credits"]?.mapping(["per_hour", "max_balance", "baseline", "surplus"], "credits"),
            let perHour = credits.required("per_hour")?.number(), let balance = credits.required("max_balance")?.number(),
            let baseline = credits.required("baseline")?.percent()
        {
            tier.credits = Tier.Credits(
                perHour: perHour, maximumBalance: balance, baseline: baseline, surplusPrice: credits["surplus"].flatMap(price))
        }
        if let capacity = mapping["capacity"]?.mapping(["min", "max", "instances", "price", "source", "as_of"], "capacity"),
            let minimum = capacity.required("min")?.number(), let maximum = capacity.required("max")?.number(),
            let instances = capacity.required("instances")?.integer(atLeast: 1),
            let price = capacity.required("price").flatMap(price)
        {
            tier.capacity = Tier.Capacity(minimum: minimum, maximum: maximum, instances: instances, price: price)
        }
        return tier
    }

    /// `{ usd: 0.016, source: …, as_of: 2026-10-06 }`; `usd: unknown` where nobody knows.
    private static func price(_ value: YAMLValue) -> Price? {
        guard let mapping = value.mapping(["usd", "source", "as_of", "verified"], "a price"), let text = mapping.required("usd"),
            let source = mapping.required("source")?.string(), let asOf = mapping.required("as_of")?.string()
        else { return nil }
        let usd = text.text == "unknown" ? nil : text.read("a decimal number, or unknown", QuantityText.decimal)
        return Price(usd: usd, source: source, asOf: asOf, isVerified: mapping["verified"]?.boolean() ?? true)
    }
}

/// Reads `services.yaml`.
public enum ServicesFile {
    /// The services that could be read, and every mistake.
    public static func read(_ text: String, file: String) -> (value: ServiceCatalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var catalog = ServiceCatalog()
        if let root = reader.root(text)?.mapping(["services", "presets"], "the file") {
            for value in root.required("services")?.list ?? [] {
                guard let mapping = value.mapping(["id", "title", "aliases"], "a service"),
                    let id = mapping.required("id")?.string()
                else { continue }
                catalog.services.append(
                    ServiceCatalog.Service(
                        id: id, title: mapping["title"]?.string() ?? id, aliases: mapping["aliases"]?.strings() ?? []))
            }
            for (key, value) in root["presets"]?.members ?? [] {
                guard let name = key.text else { continue }
                var amounts: [String: Decimal] = [:]
                for (service, amount) in value.members ?? [] {
                    if let id = service.text, let money = amount.read("an amount such as $30", QuantityText.money) {
                        amounts[id] = money
                    }
                }
                catalog.presets[name] = amounts
            }
        }
        return (catalog, reader.diagnostics)
    }
}
