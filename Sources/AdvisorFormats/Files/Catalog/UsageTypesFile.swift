public import AdvisorCore

/// Reads `usage-types.yaml`.
public enum UsageTypesFile {
    /// Reads the file.
    /// - Parameters:
    ///   - text: The content of the file.
    ///   - file: The name for errors.
    ///   - services: The services that the file may name.
    /// - Returns: The valid usages in file order, and all errors.
    public static func read(_ text: String, file: String, services: ServiceCatalog) -> (
        value: [BilledUsage], diagnostics: [Diagnostic]
    ) {
        let reader = YAMLReader(file: file)
        var usages: [BilledUsage] = []
        for value in reader.root(text)?.mapping(.usageTypesFile)?["usages"]?.elements("a list of usages") ?? [] {
            guard let usage = usage(value, services) else { continue }
            if usages.contains(where: { $0.id == usage.id }) { value.fail("duplicate usage '\(usage.id)'") }
            usages.append(usage)
        }
        return (usages, reader.diagnostics)
    }

    private static func usage(_ value: YAMLValue, _ services: ServiceCatalog) -> BilledUsage? {
        let before = value.reader.errors
        guard let mapping = value.mapping(.usage) else { return nil }
        let name = mapping["name"]?.string()
        let title = mapping["title"]?.string()
        let types = mapping["types"]?.strings()
        let measure = mapping["unit"]?.read("unit", "hours, GB or count") { units[$0] }
        _ = mapping["source"]?.string()
        _ = mapping["as_of"]?.day()
        let included = mapping["services"].map { BilledUsage.Services.anyOf(ids($0, services)) }
        let excluded = mapping["except"].map { BilledUsage.Services.allExcept(ids($0, services)) }
        if (included == nil) == (excluded == nil) { value.fail("set either 'services' or 'except'") }
        guard value.reader.errors == before, let billing = included ?? excluded, let name, let title, let types, let measure
        else { return nil }
        return BilledUsage(id: BilledUsageID(rawValue: name), title: title, services: billing, types: types, measure: measure)
    }

    private static let units: [String: QuantityKind] = ["hours": .time, "GB": .bytes, "count": .count]

    private static func ids(_ value: YAMLValue, _ services: ServiceCatalog) -> Set<String> {
        Set(
            value.elements().compactMap { element in
                guard let name = element.string() else { return nil }
                if let id = services.id(of: name) { return id }
                element.fail(element.unknown(name, among: services.services.map(\.id), what: "service"))
                return nil
            })
    }
}
