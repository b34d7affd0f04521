import Foundation

/// Gathers what is known of a stack's resources without any sample.
///
/// What neither the stack file nor a bill says is absent.
public struct FactGatherer: Sendable {
    private let stack: Stack
    private let billing: BillingFacts
    private let catalog: Catalog
    private let services: ServiceCatalog
    private let asOf: Timestamp?

    /// Creates a gatherer.
    /// - Parameters:
    ///   - stack: What the stack file declares.
    ///   - billing: What bills say.
    ///   - catalog: The tiers.
    ///   - services: Names of services, and presets of budgets.
    ///   - asOf: The time of facts that depend on the calendar; nil leaves them unknown.
    public init(
        stack: Stack, billing: BillingFacts, catalog: Catalog, services: ServiceCatalog, asOf: Timestamp? = nil
    ) {
        (self.stack, self.billing, self.catalog, self.services) = (stack, billing, catalog, services)
        self.asOf = asOf
    }

    /// The facts of one resource; the tier's own engine where the file names none.
    public func facts(about resource: Stack.Resource) -> Facts {
        var facts: Facts = ["id": .text(resource.id)]
        addProject(to: &facts)
        addTier(of: resource, to: &facts)
        addDeclaration(of: resource, to: &facts)
        addExpectedCost(of: resource, to: &facts)
        facts.merge(billing.facts(about: resource)) { $1 }
        return facts
    }

    private func addProject(to facts: inout Facts) {
        facts.set("name", stack.name)
        facts.set("stage", stack.stage?.rawValue)
        facts.set("funding.raised", stack.funding?.raised)
        facts.set("funding.round", stack.funding?.round?.rawValue)
        if let wants = stack.wants { facts["wants"] = .list(wants) }
        if let declared = stack.services { facts["services"] = .list(declared.map(\.id)) }
        facts.set("nat_gateways", natGateways.map(Double.init))
        facts.set("budget.monthly", stack.budget?.monthly)
        let instances = stack.resources.filter {
            $0.kind == .database && catalog.tier(of: $0)?.family.billsInstanceHours == true
        }
        if !stack.resources.isEmpty { facts.set("database_hours", Double(instances.count * Catalog.hoursPerMonth * 3600)) }
    }

    private func addTier(of resource: Stack.Resource, to facts: inout Facts) {
        facts.set("tier", resource.tier)
        guard let tier = catalog.tier(of: resource) else { return }
        facts.set("tier.rank", Double(tier.rank))
        facts.set("tier.max_users", tier.maximumUsers)
        facts.set("tier.memory", tier.memory)
        facts.set("tier.vcpu", tier.vcpu.map(Double.init))
        facts.set("tier.max_connections", tier.maximumConnections)
        if !tier.engine.isEmpty { facts.set("engine", tier.engine) }
    }

    private func addDeclaration(of resource: Stack.Resource, to facts: inout Facts) {
        if let engine = resource.engine {
            facts.set("engine", engine.engine.rawValue)
            if let version = engine.version { facts.set("engine.version", version) }
            if let major = engine.major { facts.set("engine.major", Double(major)) }
        }
        if let asOf {
            if let isBilled = catalog.isInExtendedSupport(resource.engine, at: asOf) {
                facts["extended_support"] = .boolean(isBilled)
                facts["extended_support.announced"] = .boolean(catalog.extendedSupport(of: resource.engine) != nil)
            }
            facts.set("extended_support.begins_in", catalog.timeToExtendedSupport(resource.engine, at: asOf)?.seconds)
        }
        facts.set("environment", resource.environment?.rawValue)
        facts.set("allocated_storage", resource.allocatedStorage.map { $0 * 1_073_741_824 })
        if let multiAZ = resource.multiAZ { facts["multi_az"] = .boolean(multiAZ) }
        facts.set("capacity.min", resource.minimumCapacity)
        facts.set("capacity.max", resource.maximumCapacity)
        facts.set("replicas", resource.replicas.map(Double.init))
        facts.set("retention", resource.retention?.seconds)
    }

    private func addExpectedCost(of resource: Stack.Resource, to facts: inout Facts) {
        let budget = stack.budget
        let preset = budget?.preset.flatMap { services.presets[$0] }
        switch resource.kind {
        case .service:
            let id = services.id(of: resource.id) ?? resource.id
            facts.set("service", id)
            facts.set("expected_monthly_cost", budget?.services[id] ?? preset?[id])
        case .account:
            facts.set("expected_monthly_cost", budget?.presetTotal(services))
        case .database, .api, .function, .userPool, .natGateway, .logGroup, .bucket, .project, .allowance: break
        }
    }

    /// The number of NAT gateways: declared, or in the newest bill if that shows more; nil if unknown.
    private var natGateways: Int? {
        let declared = stack.services.map { $0.filter { $0.id == "nat-gateway" }.reduce(0) { $0 + $1.count } }
        guard let billed = billing.month?.running(.natGatewayHours) else { return declared }
        return max(declared ?? 0, NSDecimalNumber(decimal: billed).intValue)
    }
}

extension Facts {
    fileprivate mutating func set(_ name: String, _ value: Double?) { if let value { self[name] = .number(value) } }
    fileprivate mutating func set(_ name: String, _ value: String?) { if let value { self[name] = .text(value) } }
    fileprivate mutating func set(_ name: String, _ value: Decimal?) {
        set(name, value.map { NSDecimalNumber(decimal: $0).doubleValue })
    }
}
