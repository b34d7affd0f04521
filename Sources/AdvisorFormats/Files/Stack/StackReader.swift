internal import AdvisorCore

/// Reads stacks and resources in stack files and scenarios.
struct StackReader {
    let catalog: Catalog
    let services: ServiceCatalog
    let metrics: MetricCatalog?

    func stack(_ value: YAMLValue) -> Stack {
        var stack = Stack()
        guard let mapping = value.mapping(.stack) else { return stack }
        stack.name = mapping["name"]?.string()
        stack.reportLanguage = mapping["language"]?.read("language", Languages.all.map(\.id).joined(separator: " or ")) { tag in
            Languages.all.first { $0.id == tag }?.id
        }
        stack.stage = mapping["stage"]?.choice(Stage.self)
        if let funding = mapping["funding"]?.mapping(.funding) {
            stack.funding = Stack.Funding(
                raised: funding["raised"]?.money("$60K"),
                round: funding["round"]?.choice(FundingRound.self),
                date: funding["date"]?.day()?.description)
        }
        stack.wants = mapping["wants"]?.strings()
        stack.budget = mapping["budget"].flatMap(budget)
        stack.planned = mapping["planned"].map(planned) ?? []
        let resources = mapping["resources"]?.elements("a list of resources") ?? []
        for value in resources {
            guard let resource = resource(value) else { continue }
            if stack.resources.contains(where: { $0.id == resource.id && $0.kind == resource.kind }) {
                value.fail("duplicate resource '\(resource.id)'")
            } else {
                stack.resources.append(resource)
            }
        }
        joinReplicas(resources, &stack)
        stack.services = mapping["stack"]?.elements("a list such as [{ service: lambda, monthly: $5 }]").compactMap(service)
        if let policy = mapping["policy"]?.mapping(.policy),
            let moves = policy["moves"]?.choice(Stack.TierChoicePolicy.self, "policy")
        {
            stack.moves = moves
        }
        stack.infrastructureCode = mapping["iac"]?.choice(InfrastructureCode.self)
        stack.language = language(mapping)
        if let budget = mapping["budget"], let limit = budgetOverride(stack, at: budget) {
            stack.language.overrides.append(limit)
        }
        money(mapping, into: &stack)
        stack.webhooks = mapping["webhooks"].map(webhooks) ?? []
        stack.heartbeat = mapping["heartbeat"].flatMap(heartbeat)
        stack.unattended = unattended(mapping)
        return stack
    }

    func serviceID(_ name: String, at value: YAMLValue) -> String? {
        if let id = services.id(of: name) { return id }
        value.fail(value.unknown(name, among: services.services.map(\.id), what: "service"))
        return nil
    }

    private func service(_ value: YAMLValue) -> Stack.Service? {
        guard let mapping = value.mapping(.stackLine) else { return nil }
        let monthly = mapping["monthly"]?.money("$5")
        let count = mapping["count"]?.integer() ?? 1
        guard let name = mapping["service"], let text = name.string(), let id = serviceID(text, at: name) else {
            return nil
        }
        var service = Stack.Service(id: id, monthly: monthly, count: count)
        service.usage = mapping["usage"].map { usage($0, of: id) } ?? [:]
        service.note = mapping["note"]?.string()
        return service
    }

    func resource(_ value: YAMLValue) -> Stack.Resource? {
        guard let mapping = value.mapping(.resource) else { return nil }
        let id = mapping["id"]?.string()
        let kind = mapping["kind"]?.choice(ResourceKind.self)
        var resource = Stack.Resource(id: id ?? "", kind: kind ?? .database)
        resource.account = mapping["account"]?.string()
        resource.environment = mapping["environment"]?.string().map(DeploymentEnvironment.init)
        resource.tier = mapping["tier"].flatMap(tier)
        resource.since = mapping["since"]?.time()
        resource.engine = mapping["engine"].flatMap(engine)
        resource.allocatedStorage = mapping["allocated_storage"]?.bytes().map { $0 / 1_073_741_824 }
        resource.backupStorage = mapping["backup_storage"]?.bytes().map { $0 / 1_073_741_824 }
        resource.note = mapping["note"]?.string()
        resource.multiAZ = mapping["multi_az"]?.boolean()
        resource.cluster = mapping["cluster"]?.string()
        if let value = mapping["capacity"], let capacity = value.mapping(.capacity) {
            resource.minimumCapacity = capacity["min"]?.number()
            resource.maximumCapacity = capacity["max"]?.number()
            if let least = resource.minimumCapacity, let most = resource.maximumCapacity, least > most {
                value.fail("'min' is greater than 'max'")
            }
        }
        resource.replicas = mapping["replicas"]?.integer()
        resource.replicaOf = mapping["replica_of"]?.string()
        resource.region = mapping["region"]?.read("region", "eu-west-1", Self.region)
        resource.storageType = mapping["storage_type"]?.string()
        resource.iops = mapping["iops"]?.integer()
        resource.isStopped = mapping["stopped"]?.boolean() ?? false
        resource.retention = mapping["retention"]?.duration()
        resource.metrics = mapping["metrics"].map(series) ?? [:]
        return id == nil || kind == nil ? nil : resource
    }

    /// Counts the replicas that are resources themselves.
    private func joinReplicas(_ resources: [YAMLValue], _ stack: inout Stack) {
        for value in resources {
            guard let name = value.members?.first(where: { $0.key.text == "replica_of" })?.value, let source = name.text
            else { continue }
            if let index = stack.resources.firstIndex(where: { $0.id == source && $0.kind == .database }) {
                stack.resources[index].separateReplicas += 1
            } else {
                name.fail(name.unknown(source, among: stack.resources.map(\.id), what: "resource"))
            }
        }
    }

    private func tier(_ value: YAMLValue) -> String? {
        guard let name = value.string() else { return nil }
        if catalog.tier(name) == nil {
            value.fail(value.unknown(name, among: catalog.tiers.map(\.id), what: "tier"))
        }
        return name
    }

    /// Family and version; a family that no tier has is accepted unless it looks like a misspelled one.
    private func engine(_ value: YAMLValue) -> EngineVersion? {
        guard let text = value.string() else { return nil }
        let family = String(text.prefix { $0 != " " })
        let known = catalog.engines
        if !known.contains(family), DatabaseEngine(rawValue: family).isOther,
            let near = DidYouMean.closest(to: family, among: known)
        {
            value.fail("unknown engine '\(family)'; did you mean '\(near)'?")
        }
        return EngineVersion(text: text)
    }

    /// The series that replace those of the metric catalog.
    private func series(_ value: YAMLValue) -> [MetricID: Stack.SeriesReference] {
        var result: [MetricID: Stack.SeriesReference] = [:]
        for (name, key, value) in value.pairs("a mapping of metrics to series") {
            if let metrics { checkMetric(name, at: key, metrics) }
            guard let reference = value.mapping(.seriesReference) else { continue }
            let namespace = reference["namespace"]?.string()
            let series = reference["name"]?.string()
            let dimensions = (reference["dimensions"]?.pairs("a mapping such as { ApiName: my-api }") ?? []).compactMap {
                name, _, value in
                value.string().map { SeriesKey.Dimension(name, $0) }
            }
            guard let namespace, let series else { continue }
            result[MetricID(name)] = Stack.SeriesReference(namespace: namespace, name: series, dimensions: dimensions)
        }
        return result
    }

    private func checkMetric(_ name: String, at key: YAMLValue, _ metrics: MetricCatalog) {
        switch metrics.metric(named: name)?.origin {
        case .series: break
        case .derived: key.fail("'\(name)' is derived from other metrics; set the series of those")
        case nil: key.fail(key.unknown(name, among: metrics.names, what: "metric"))
        }
    }
}
