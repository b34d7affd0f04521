public import AdvisorCore
internal import Foundation

/// Reads the catalog of a region: tiers and prices.
public enum CatalogFile {
    /// The valid tiers, and all errors.
    public static func read(_ text: String, file: String) -> (value: Catalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var tiers: [Tier] = []
        var items: [CatalogItem] = []
        var region = ""
        if let root = reader.root(text)?.mapping(.catalogFile) {
            region = root["region"]?.string() ?? ""
            _ = root["currency"]?.read("currency", "USD") { $0 == "USD" ? $0 : nil }
            for value in root["tiers"]?.elements("a list of tiers") ?? [] {
                guard let tier = tier(value) else { continue }
                if tiers.contains(where: { $0.id == tier.id }) { value.fail("duplicate tier '\(tier.id)'") }
                tiers.append(tier)
            }
            for value in root["items"]?.elements("a list of items") ?? [] {
                guard let item = item(value) else { continue }
                if items.contains(where: { $0.id == item.id }) { value.fail("duplicate item '\(item.id)'") }
                items.append(item)
            }
        }
        return (Catalog(region: region, tiers: tiers, items: items), reader.diagnostics)
    }

    private static func item(_ value: YAMLValue) -> CatalogItem? {
        guard let mapping = value.mapping(.catalogItem) else { return nil }
        let id = mapping["id"]?.string()
        let title = mapping["title"]?.string()
        let service = mapping["service"]?.string()
        let unit = mapping["unit"]?.string()
        let free = mapping["free"]?.decimal("0.016") ?? 0
        let isGlobal = mapping["global"]?.boolean() ?? false
        let price = mapping["price"].flatMap(price)
        guard let id, let title, let service, let unit, let price else { return nil }
        return CatalogItem(
            id: id, title: title, service: service, unit: unit, freeUnits: free, isGlobal: isGlobal, price: price)
    }

    private static func tier(_ value: YAMLValue) -> Tier? {
        guard let mapping = value.mapping(.tier) else { return nil }
        let id = mapping["id"]?.string()
        let title = mapping["title"]?.string()
        let engine = mapping["engine"]?.string()
        let rank = mapping["rank"]?.integer()
        var tier = Tier(
            id: id ?? "", title: title ?? "", engine: engine ?? "", rank: rank ?? 0, family: mapping["family"].flatMap(family))
        tier.isOnGuidePath = mapping["guide_path"]?.boolean() ?? false
        tier.vcpu = mapping["vcpu"]?.integer(atLeast: 1)
        tier.memory = mapping["memory"]?.bytes()
        tier.maximumUsers = mapping["max_users"]?.number()
        tier.maximumConnections = mapping["max_connections"]?.number()
        tier.maximumStorage = mapping["max_storage"]?.bytes()
        tier.minimumStorage = mapping["minimum_storage"]?.bytes().map { $0 / 1_073_741_824 } ?? 0
        tier.storageType = mapping["storage_type"]?.string() ?? ""
        tier.remarks = mapping["remarks"]?.strings() ?? []
        tier.minimumVersions = mapping["minimum_versions"]?.strings() ?? []
        if let prices = mapping["prices"]?.mapping(.tierPrices) {
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

    private static func family(_ value: YAMLValue) -> DatabaseFamilyID? {
        guard let text = value.string() else { return nil }
        let known = DatabaseFamilies.all.map(\.id)
        if let id = known.first(where: { $0.rawValue == text }) { return id }
        value.fail(value.unknown(text, among: known.map(\.rawValue), what: "family"))
        return nil
    }

    private static func credits(_ value: YAMLValue) -> Tier.Credits? {
        guard let mapping = value.mapping(.tierCredits) else { return nil }
        let perHour = mapping["per_hour"]?.number()
        let balance = mapping["max_balance"]?.number()
        let baseline = mapping["baseline"]?.percent()
        let surplus = mapping["surplus"].flatMap(price)
        guard let perHour, let balance, let baseline else { return nil }
        return Tier.Credits(perHour: perHour, maximumBalance: balance, baseline: baseline, surplusPrice: surplus)
    }

    private static func capacity(_ value: YAMLValue) -> Tier.Capacity? {
        guard let mapping = value.mapping(.tierCapacity) else { return nil }
        let minimum = mapping["min"]?.number()
        let maximum = mapping["max"]?.number()
        let instances = mapping["instances"]?.integer(atLeast: 1)
        let price = mapping["price"].flatMap(price)
        guard let minimum, let maximum, let instances, let price else { return nil }
        return Tier.Capacity(minimum: minimum, maximum: maximum, instances: instances, price: price)
    }

    /// `{ usd: 0.016, source: …, as_of: 2026-10-06 }`; `usd: unknown` where it is not known.
    static func price(_ value: YAMLValue) -> Price? {
        guard let mapping = value.mapping(.sourcedPrice) else { return nil }
        let amount = mapping["usd"]
        let usd = amount?.text == "unknown" ? nil : amount?.decimal("0.016, or unknown")
        let source = mapping["source"]?.string()
        let asOf = mapping["as_of"]?.day()?.description
        let isVerified = mapping["verified"]?.boolean() ?? true
        guard amount != nil, let source, let asOf else { return nil }
        return Price(usd: usd, source: .cited(text: source), asOf: asOf, isVerified: isVerified)
    }
}

/// Reads `services.yaml`.
public enum ServicesFile {
    /// The valid services, and all errors.
    public static func read(_ text: String, file: String) -> (value: ServiceCatalog, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var catalog = ServiceCatalog()
        if let root = reader.root(text)?.mapping(.servicesFile) {
            for value in root["services"]?.elements("a list of services") ?? [] {
                guard let mapping = value.mapping(.service) else { continue }
                let title = mapping["title"]?.string()
                let aliases = mapping["aliases"]?.strings() ?? []
                guard let id = mapping["id"]?.string() else { continue }
                for name in [id] + aliases {
                    if let other = catalog.id(of: name) { value.fail("'\(name)' is already a name of '\(other)'") }
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
                        key.fail(key.unknown(service, among: catalog.services.map(\.id), what: "service"))
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
