public import AdvisorCore
internal import Foundation

/// Reads `advisor.yaml`.
public enum StackFile {
    /// The stack, as far as it could be read, and every mistake.
    public static func read(
        _ text: String, file: String, catalog: Catalog, services: ServiceCatalog
    ) -> (value: Stack, diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        var stack = Stack()
        if let root = reader.root(text) { stack = StackReader(catalog: catalog, services: services).stack(root) }
        return (stack, reader.diagnostics)
    }
}

/// Reads stacks and resources, in stack files and in scenarios.
struct StackReader {
    let catalog: Catalog
    let services: ServiceCatalog

    private static let keys = ["name", "stage", "funding", "wants", "budget", "resources", "stack", "policy", "webhooks"]
    private static let resourceKeys = [
        "id", "kind", "environment", "tier", "engine", "allocated_storage", "multi_az", "cluster", "capacity", "replicas",
        "retention",
        "account", "metrics",
    ]
    private enum Stage: String, CaseIterable { case mvp, launch, growth }
    private enum Round: String, CaseIterable {
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
                raised: funding["raised"]?.read("an amount such as $60K", QuantityText.money),
                round: funding["round"]?.choice(Round.self)?.rawValue,
                date: funding["date"]?.read("a date such as 2026-01-15") { Timestamp(text: $0) == nil ? nil : $0 })
        }
        stack.wants = mapping["wants"]?.strings()
        stack.budget = mapping["budget"].flatMap(budget)
        for value in mapping["resources"]?.list ?? [] {
            guard let resource = resource(value) else { continue }
            if stack.resources.contains(where: { $0.id == resource.id && $0.kind == resource.kind }) {
                value.fail("the resource '\(resource.id)' stands twice; keep one")
            } else {
                stack.resources.append(resource)
            }
        }
        if let lines = mapping["stack"]?.list { stack.services = lines.compactMap(service) }
        if let policy = mapping["policy"]?.mapping(["moves"], "policy"),
            let moves = policy["moves"]?.choice(Stack.MovePolicy.self)
        {
            stack.moves = moves
        }
        for webhook in mapping["webhooks"]?.list ?? [] {
            let keys = ["name", "format", "url_file", "url_env", "url_credential", "severities", "stages", "resources", "rules"]
            _ = webhook.mapping(keys, "a webhook")?.required("name")
        }
        return stack
    }

    private func budget(_ value: YAMLValue) -> Stack.Budget? {
        guard let mapping = value.mapping(["monthly", "preset", "alert_at", "forecast", "services"], "a budget") else {
            return nil
        }
        var budget = Stack.Budget(monthly: mapping["monthly"]?.read("an amount such as $50", QuantityText.money))
        if let preset = mapping["preset"], let name = preset.string() {
            if services.presets[name] == nil {
                preset.fail(
                    "unknown preset '\(name)'\(Spelling.hint(for: name, among: services.presets.keys.sorted())); known are \(services.presets.keys.sorted().joined(separator: ", "))"
                )
            } else {
                budget.preset = name
            }
        }
        budget.alertAt = (mapping["alert_at"]?.list ?? []).compactMap { $0.percent() }
        budget.forecast = mapping["forecast"]?.boolean()
        for (key, value) in mapping["services"]?.members ?? [] {
            guard let name = key.string(), let amount = value.read("an amount such as $30", QuantityText.money) else { continue }
            if let id = serviceID(name, at: key) { budget.services[id] = amount }
        }
        return budget
    }

    private func serviceID(_ name: String, at value: YAMLValue) -> String? {
        if let id = services.id(of: name) { return id }
        value.fail("unknown service '\(name)'\(Spelling.hint(for: name, among: services.services.map(\.id)))")
        return nil
    }

    private func service(_ value: YAMLValue) -> Stack.Service? {
        guard let mapping = value.mapping(["service", "monthly", "count"], "a line of the stack"),
            let name = mapping.required("service"),
            let text = name.string(), let id = serviceID(text, at: name)
        else { return nil }
        return Stack.Service(
            id: id, monthly: mapping["monthly"]?.read("an amount such as $5", QuantityText.money),
            count: mapping["count"]?.integer() ?? 1)
    }

    func resource(_ value: YAMLValue) -> Stack.Resource? {
        guard let mapping = value.mapping(Self.resourceKeys, "a resource"), let id = mapping.required("id")?.string(),
            let kind = mapping.required("kind")?.choice(ResourceKind.self)
        else { return nil }
        var resource = Stack.Resource(id: id, kind: kind)
        resource.account = mapping["account"]?.string()
        resource.environment = mapping["environment"]?.string()
        if let tier = mapping["tier"], let name = tier.string() {
            resource.tier = name
            if catalog.tier(name) == nil {
                tier.fail("unknown tier '\(name)'\(Spelling.hint(for: name, among: catalog.tiers.map(\.id)))")
            }
        }
        resource.engine = mapping["engine"]?.string()
        resource.allocatedStorage = mapping["allocated_storage"]?.bytes().map { $0 / 1_073_741_824 }
        resource.multiAZ = mapping["multi_az"]?.boolean()
        resource.cluster = mapping["cluster"]?.string()
        if let capacity = mapping["capacity"]?.mapping(["min", "max"], "capacity") {
            resource.minimumCapacity = capacity["min"]?.number()
            resource.maximumCapacity = capacity["max"]?.number()
        }
        resource.replicas = mapping["replicas"]?.integer()
        resource.retention = mapping["retention"]?.duration()
        for (key, value) in mapping["metrics"]?.members ?? [] {
            guard let name = key.string(), let reference = value.mapping(["namespace", "name", "dimensions"], "a metric"),
                let namespace = reference.required("namespace")?.string(), let series = reference.required("name")?.string()
            else { continue }
            let dimensions = (reference["dimensions"]?.members ?? []).compactMap { key, value in
                key.text.flatMap { name in value.string().map { SeriesKey.Dimension(name, $0) } }
            }
            resource.metrics[name] = Stack.SeriesReference(namespace: namespace, name: series, dimensions: dimensions)
        }
        return resource
    }
}
