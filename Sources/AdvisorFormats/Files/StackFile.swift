public import AdvisorCore
internal import Foundation

/// Reads `advisor.yaml`.
public enum StackFile {
    /// Reads a stack file.
    /// - Parameters:
    ///   - text: The file.
    ///   - file: Its name, as the user gave it.
    ///   - catalog: The tiers that resources may name.
    ///   - services: The services and presets that the file may name.
    ///   - metrics: The metrics that `metrics:` of a resource may name; nil when any may stand there.
    /// - Returns: The stack, as far as it could be read, and every error.
    public static func read(
        _ text: String, file: String, catalog: Catalog, services: ServiceCatalog, metrics: MetricCatalog? = nil
    ) -> (value: Stack, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var stack = Stack()
        if let root = reader.root(text) {
            stack = StackReader(catalog: catalog, services: services, metrics: metrics).stack(root)
        }
        return (stack, reader.diagnostics)
    }
}

extension StackFile {
    /// The region whose prices hold, before anything else of the file is read; nil when it names none.
    public static func region(_ text: String) -> String? {
        let root = YAMLReader(file: "").root(text)
        return root?.members?.first { $0.key.text == "region" }?.value.text.flatMap(StackReader.region)
    }
}

/// Reads stacks and resources, in stack files and in scenarios.
struct StackReader {
    let catalog: Catalog
    let services: ServiceCatalog
    let metrics: MetricCatalog?

    private static let keys =
        [
            "name", "stage", "funding", "wants", "budget", "resources", "stack", "policy", "webhooks", "heartbeat",
            "planned", "account", "region", "prices",
        ] + languageKeys + unattendedKeys
    private static let resourceKeys = [
        "id", "kind", "environment", "tier", "engine", "allocated_storage", "backup_storage", "note", "multi_az", "cluster",
        "capacity", "replicas", "retention", "account", "metrics", "since",
    ]
    enum Stage: String, CaseIterable { case mvp, launch, growth }
    enum Round: String, CaseIterable {
        case preSeed = "pre-seed"
        case seed
        case seriesA = "series-a"
        case later
    }

    func stack(_ value: YAMLValue) -> Stack {
        var stack = Stack()
        guard let mapping = value.mapping(Self.keys, "a stack") else { return stack }
        stack.name = mapping["name"]?.string()
        stack.stage = mapping["stage"]?.choice(Stage.self)?.rawValue
        if let funding = mapping["funding"]?.mapping(["raised", "round", "date"], "funding") {
            stack.funding = Stack.Funding(
                raised: funding["raised"]?.money("$60K"),
                round: funding["round"]?.choice(Round.self)?.rawValue,
                date: funding["date"]?.read("a date such as 2026-01-15") {
                    $0.count == 10 && Timestamp(text: $0) != nil ? $0 : nil
                })
        }
        stack.wants = mapping["wants"]?.strings()
        stack.budget = mapping["budget"].flatMap(budget)
        stack.planned = mapping["planned"].map(planned) ?? []
        for value in mapping["resources"]?.elements("a list of resources") ?? [] {
            guard let resource = resource(value) else { continue }
            if stack.resources.contains(where: { $0.id == resource.id && $0.kind == resource.kind }) {
                value.fail("the resource '\(resource.id)' stands twice; keep one")
            } else {
                stack.resources.append(resource)
            }
        }
        stack.services = mapping["stack"]?.elements("a list such as [{ service: lambda, monthly: $5 }]").compactMap(service)
        if let policy = mapping["policy"]?.mapping(["moves"], "policy"),
            let moves = policy["moves"]?.choice(Stack.TierChoicePolicy.self)
        {
            stack.moves = moves
        }
        stack.language = language(mapping)
        money(mapping, into: &stack)
        stack.webhooks = mapping["webhooks"].map(webhooks) ?? []
        stack.heartbeat = mapping["heartbeat"].flatMap(heartbeat)
        stack.unattended = unattended(mapping)
        return stack
    }

    func serviceID(_ name: String, at value: YAMLValue) -> String? {
        if let id = services.id(of: name) { return id }
        value.fail("unknown service '\(name)'\(DidYouMean.hint(for: name, among: services.services.map(\.id)))")
        return nil
    }

    private func service(_ value: YAMLValue) -> Stack.Service? {
        guard let mapping = value.mapping(["service", "monthly", "count", "usage", "note"], "a line of the stack") else {
            return nil
        }
        let monthly = mapping["monthly"]?.money("$5")
        let count = mapping["count"]?.integer() ?? 1
        guard let name = mapping.required("service"), let text = name.string(), let id = serviceID(text, at: name) else {
            return nil
        }
        var service = Stack.Service(id: id, monthly: monthly, count: count)
        service.usage = mapping["usage"].map { usage($0, of: id) } ?? [:]
        service.note = mapping["note"]?.string()
        return service
    }

    func resource(_ value: YAMLValue) -> Stack.Resource? {
        guard let mapping = value.mapping(Self.resourceKeys, "a resource") else { return nil }
        let id = mapping.required("id")?.string()
        let kind = mapping.required("kind")?.choice(ResourceKind.self)
        var resource = Stack.Resource(id: id ?? "", kind: kind ?? .database)
        resource.account = mapping["account"]?.string()
        resource.environment = mapping["environment"]?.string()
        resource.tier = mapping["tier"].flatMap(tier)
        resource.since = mapping["since"]?.read("an instant such as 2026-03-15 or 2026-03-15T14:00:00Z") { Timestamp(text: $0) }
        resource.engine = mapping["engine"].flatMap(engine)
        resource.allocatedStorage = mapping["allocated_storage"]?.bytes().map { $0 / 1_073_741_824 }
        resource.backupStorage = mapping["backup_storage"]?.bytes().map { $0 / 1_073_741_824 }
        resource.note = mapping["note"]?.string()
        resource.multiAZ = mapping["multi_az"]?.boolean()
        resource.cluster = mapping["cluster"]?.string()
        if let value = mapping["capacity"], let capacity = value.mapping(["min", "max"], "capacity") {
            resource.minimumCapacity = capacity["min"]?.number()
            resource.maximumCapacity = capacity["max"]?.number()
            if let least = resource.minimumCapacity, let most = resource.maximumCapacity, least > most {
                value.fail("'min' is more than 'max'")
            }
        }
        resource.replicas = mapping["replicas"]?.integer()
        resource.retention = mapping["retention"]?.duration()
        resource.metrics = mapping["metrics"].map(series) ?? [:]
        return id == nil || kind == nil ? nil : resource
    }

    private func tier(_ value: YAMLValue) -> String? {
        guard let name = value.string() else { return nil }
        if catalog.tier(name) == nil {
            value.fail("unknown tier '\(name)'\(DidYouMean.hint(for: name, among: catalog.tiers.map(\.id)))")
        }
        return name
    }

    /// Family and version. A family that no tier has is another engine, unless it is nearly one that some tier has.
    private func engine(_ value: YAMLValue) -> String? {
        guard let text = value.string() else { return nil }
        let family = String(text.prefix { $0 != " " })
        let known = Set(catalog.tiers.map(\.engine)).sorted()
        if !known.contains(family), let near = DidYouMean.closest(to: family, among: known) {
            value.fail("unknown engine '\(family)'; did you mean '\(near)'?")
        }
        return text
    }

    /// The series that stand in for the metric catalog's own.
    private func series(_ value: YAMLValue) -> [String: Stack.SeriesReference] {
        var result: [String: Stack.SeriesReference] = [:]
        for (name, key, value) in value.pairs("a mapping of metrics to series") {
            if let metrics { checkMetric(name, at: key, metrics) }
            guard let reference = value.mapping(["namespace", "name", "dimensions"], "a metric") else { continue }
            let namespace = reference.required("namespace")?.string()
            let series = reference.required("name")?.string()
            let dimensions = (reference["dimensions"]?.pairs("a mapping such as { ApiName: my-api }") ?? []).compactMap {
                name, _, value in
                value.string().map { SeriesKey.Dimension(name, $0) }
            }
            guard let namespace, let series else { continue }
            result[name] = Stack.SeriesReference(namespace: namespace, name: series, dimensions: dimensions)
        }
        return result
    }

    private func checkMetric(_ name: String, at key: YAMLValue, _ metrics: MetricCatalog) {
        switch metrics.metrics[name]?.origin {
        case .series: break
        case .derived: key.fail("'\(name)' is derived from other metrics; name the series of those")
        case nil: key.fail("unknown metric '\(name)'\(DidYouMean.hint(for: name, among: metrics.metrics.keys.sorted()))")
        }
    }
}
