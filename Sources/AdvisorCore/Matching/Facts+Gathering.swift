import Foundation

extension Stack {
    /// What is known of one of the stack's resources without any sample.
    ///
    /// The tier's own engine stands in where the file names none; what nobody said is absent.
    public func facts(of resource: Resource, catalog: Catalog, services serviceCatalog: ServiceCatalog) -> Facts {
        var facts: Facts = ["id": .text(resource.id)]
        func set(_ name: String, _ value: Double?) { if let value { facts[name] = .number(value) } }
        func set(_ name: String, _ value: String?) { if let value { facts[name] = .text(value) } }
        func set(_ name: String, _ value: Decimal?) { set(name, value.map { NSDecimalNumber(decimal: $0).doubleValue }) }
        set("name", name)
        set("stage", stage)
        set("funding.raised", funding?.raised)
        set("funding.round", funding?.round)
        if let wants { facts["wants"] = .list(wants) }
        if let services { facts["services"] = .list(services.map(\.id)) }
        set("nat_gateways", natGateways.map(Double.init))
        set("budget.monthly", budget?.monthly)
        let instances = resources.filter { $0.kind == .database && $0.tier?.hasPrefix("db.") == true }
        if !resources.isEmpty { set("database_hours", Double(instances.count * Catalog.hoursPerMonth * 3600)) }
        set("tier", resource.tier)
        if let tier = resource.tier.flatMap(catalog.tier) {
            set("tier.rank", Double(tier.rank))
            set("tier.max_users", tier.maximumUsers)
            set("tier.memory", tier.memory)
            set("tier.vcpu", tier.vcpu.map(Double.init))
            set("tier.max_connections", tier.maximumConnections)
            set("engine", tier.engine)
        }
        if let engine = resource.engine {
            let parts = engine.split(separator: " ", maxSplits: 1).map(String.init)
            set("engine", parts.first)
            if parts.count > 1 {
                set("engine.version", parts[1])
                set("engine.major", Double(parts[1].prefix { $0.isASCII && $0.isNumber }))
            }
        }
        set("environment", resource.environment)
        set("allocated_storage", resource.allocatedStorage.map { $0 * 1_073_741_824 })
        if let multiAZ = resource.multiAZ { facts["multi_az"] = .boolean(multiAZ) }
        set("capacity.min", resource.minimumCapacity)
        set("capacity.max", resource.maximumCapacity)
        set("replicas", resource.replicas.map(Double.init))
        set("retention", resource.retention?.seconds)
        let preset = budget?.preset.flatMap { serviceCatalog.presets[$0] }
        switch resource.kind {
        case .service:
            let id = serviceCatalog.id(of: resource.id) ?? resource.id
            set("service", id)
            set("expected_monthly_cost", budget?.services[id] ?? preset?[id])
        case .account:
            let total = budget?.preset.flatMap { serviceCatalog.totals[$0] }
            set("expected_monthly_cost", total ?? preset.map { $0.values.reduce(0, +) })
        case .database, .api, .function, .userPool, .natGateway, .logGroup, .bucket, .project, .allowance: break
        }
        facts.merge(money.facts(of: resource)) { $1 }
        return facts
    }
}
