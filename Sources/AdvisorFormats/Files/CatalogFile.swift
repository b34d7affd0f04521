public import AdvisorCore
internal import Foundation

/// Reads the catalog of a region: tiers and prices.
public enum CatalogFile {
    /// The valid tiers, and all errors.
    public static func read(_ text: String, file: String) -> (value: Catalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var tiers: [Tier] = []
        var items: [CatalogItem] = []
        var support: [ExtendedSupport] = []
        var region = ""
        if let root = reader.root(text)?.mapping(["region", "currency", "tiers", "items", "extended_support"], "the file") {
            region = root.required("region")?.string() ?? ""
            _ = root["currency"]?.read("USD") { $0 == "USD" ? $0 : nil }
            for value in root.required("tiers")?.elements("a list of tiers") ?? [] {
                guard let tier = tier(value) else { continue }
                if tiers.contains(where: { $0.id == tier.id }) { value.fail("the tier '\(tier.id)' stands twice; keep one") }
                tiers.append(tier)
            }
            for value in root["items"]?.elements("a list of items") ?? [] {
                guard let item = item(value) else { continue }
                if items.contains(where: { $0.id == item.id }) { value.fail("the item '\(item.id)' stands twice; keep one") }
                items.append(item)
            }
            support = (root["extended_support"]?.elements("a list of versions") ?? []).compactMap(extendedSupport)
        }
        var catalog = Catalog(region: region, tiers: tiers, items: items)
        catalog.extendedSupport = support
        return (catalog, reader.diagnostics)
    }

    private static func extendedSupport(_ value: YAMLValue) -> ExtendedSupport? {
        guard let mapping = value.mapping(["engine", "version", "from", "third_year"], "a version") else { return nil }
        func day(_ value: YAMLValue?) -> String? {
            value?.read("a day such as 2026-03-01") { $0.count == 10 && Timestamp(text: $0) != nil ? $0 : nil }
        }
        let engine = mapping.required("engine")?.string()
        let version = mapping.required("version")?.string()
        let from = day(mapping.required("from"))
        let third = day(mapping["third_year"])
        guard let engine, let version, let from else { return nil }
        return ExtendedSupport(engine: engine, version: version, from: from, third: third)
    }

    private static func item(_ value: YAMLValue) -> CatalogItem? {
        let keys = ["id", "title", "service", "unit", "free", "price"]
        guard let mapping = value.mapping(keys, "an item") else { return nil }
        let id = mapping.required("id")?.string()
        let title = mapping.required("title")?.string()
        let service = mapping.required("service")?.string()
        let unit = mapping.required("unit")?.string()
        let free = mapping["free"]?.read("a decimal number", QuantityText.decimal) ?? 0
        let price = mapping.required("price").flatMap(price)
        guard let id, let title, let service, let unit, let price else { return nil }
        return CatalogItem(id: id, title: title, service: service, unit: unit, freeUnits: free, price: price)
    }

    private static let keys = [
        "id", "title", "engine", "rank", "guide_path", "vcpu", "memory", "max_users", "max_connections", "max_storage", "credits",
        "capacity", "minimum_storage", "storage_type", "prices", "remarks",
    ]

    private static func tier(_ value: YAMLValue) -> Tier? {
        guard let mapping = value.mapping(keys, "a tier") else { return nil }
        let id = mapping.required("id")?.string()
        let title = mapping.required("title")?.string()
        let engine = mapping.required("engine")?.string()
        let rank = mapping.required("rank")?.integer()
        var tier = Tier(id: id ?? "", title: title ?? "", engine: engine ?? "", rank: rank ?? 0)
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
        tier.credits = mapping["credits"].flatMap(credits)
        tier.capacity = mapping["capacity"].flatMap(capacity)
        return id == nil || title == nil || engine == nil || rank == nil ? nil : tier
    }

    private static func credits(_ value: YAMLValue) -> Tier.Credits? {
        guard let mapping = value.mapping(["per_hour", "max_balance", "baseline", "surplus"], "credits") else { return nil }
        let perHour = mapping.required("per_hour")?.number()
        let balance = mapping.required("max_balance")?.number()
        let baseline = mapping.required("baseline")?.percent()
        let surplus = mapping["surplus"].flatMap(price)
        guard let perHour, let balance, let baseline else { return nil }
        return Tier.Credits(perHour: perHour, maximumBalance: balance, baseline: baseline, surplusPrice: surplus)
    }

    private static func capacity(_ value: YAMLValue) -> Tier.Capacity? {
        guard let mapping = value.mapping(["min", "max", "instances", "price"], "capacity") else { return nil }
        let minimum = mapping.required("min")?.number()
        let maximum = mapping.required("max")?.number()
        let instances = mapping.required("instances")?.integer(atLeast: 1)
        let price = mapping.required("price").flatMap(price)
        guard let minimum, let maximum, let instances, let price else { return nil }
        return Tier.Capacity(minimum: minimum, maximum: maximum, instances: instances, price: price)
    }

    /// `{ usd: 0.016, source: …, as_of: 2026-10-06 }`; `usd: unknown` if there is no price.
    private static func price(_ value: YAMLValue) -> Price? {
        guard let mapping = value.mapping(["usd", "source", "as_of", "verified"], "a price") else { return nil }
        let amount = mapping.required("usd")
        let usd = amount?.text == "unknown" ? nil : amount?.read("a decimal number, or unknown", QuantityText.decimal)
        let source = mapping.required("source")?.string()
        let asOf = mapping.required("as_of")?.read("a day such as 2026-10-06") { text in
            text.count == 10 && Timestamp(text: text) != nil ? text : nil
        }
        let isVerified = mapping["verified"]?.boolean() ?? true
        guard amount != nil, let source, let asOf else { return nil }
        return Price(usd: usd, source: source, asOf: asOf, isVerified: isVerified)
    }
}

/// Reads `services.yaml`.
public enum ServicesFile {
    /// The valid services, and all errors.
    public static func read(_ text: String, file: String) -> (value: ServiceCatalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var catalog = ServiceCatalog()
        if let root = reader.root(text)?.mapping(["services", "presets", "totals"], "the file") {
            for value in root.required("services")?.elements("a list of services") ?? [] {
                guard let mapping = value.mapping(["id", "title", "aliases"], "a service") else { continue }
                let title = mapping["title"]?.string()
                let aliases = mapping["aliases"]?.strings() ?? []
                guard let id = mapping.required("id")?.string() else { continue }
                for name in [id] + aliases {
                    if let other = catalog.id(of: name) { value.fail("'\(name)' is a name of '\(other)' already; keep one") }
                }
                catalog.services.append(ServiceCatalog.Service(id: id, title: title ?? id, aliases: aliases))
            }
            for (name, _, value) in root["presets"]?.pairs("a mapping of names to presets") ?? [] {
                var amounts: [String: Decimal] = [:]
                for (service, key, value) in value.pairs("a mapping such as { rds: $30 }") {
                    guard let amount = value.money("$30") else { continue }
                    if let id = catalog.id(of: service) {
                        amounts[id] = amount
                    } else {
                        key.fail(
                            "unknown service '\(service)'\(DidYouMean.hint(for: service, among: catalog.services.map(\.id)))")
                    }
                }
                catalog.presets[name] = amounts
            }
            for (name, _, value) in root["totals"]?.pairs("a mapping of presets to amounts") ?? [] {
                if let amount = value.money("$50") { catalog.totals[name] = amount }
            }
        }
        return (catalog, reader.diagnostics)
    }
}
