/// Collects the actions for one resource and their effect.
struct RecommendationBuilder {
    let resource: Stack.Resource
    let catalog: Catalog
    private(set) var tierAfter: Tier?
    private(set) var configuration: TierConfiguration
    private(set) var steps: [Recommendation.Step] = []
    private(set) var dropped: [RecommendationReason] = []
    /// The rules whose actions a move makes needless.
    private(set) var needlessRules: Set<String> = []
    private let tier: Tier?
    /// What the resource's own history says; nil without one.
    private let outlook: TierAnalysis?
    /// The state before any action.
    let present: TierConfiguration
    private let now: Timestamp?

    /// `now` is the time of the prices; nil leaves out what depends on it.
    init(resource: Stack.Resource, tier: Tier?, outlook: TierAnalysis?, catalog: Catalog, now: Timestamp?) {
        (self.resource, self.tier, self.outlook, self.catalog) = (resource, tier, outlook, catalog)
        (tierAfter, self.now) = (tier, now)
        present = TierConfiguration(resource, in: catalog, at: now)
        configuration = present
    }

    /// A number that an action increases: GiB, replicas, ACU.
    private struct Rise {
        var from: Double
        var to: Double
    }
    private var rises: [Recommendation.Kind: Rise] = [:]

    private var total: Money? { tierAfter?.monthlyCost(configuration).total }

    /// Adds what a rule recommends, moves first; of two that raise the same the higher is kept.
    mutating func add(_ action: Action, by rule: Rule) {
        switch action {
        case .move(let target): move(to: target, kind: .move, by: rule)
        // It is resolved to a tier before; where there is no larger one, there is nothing to do.
        case .moveUp: break
        case .plan(let target): move(to: target, kind: .plan, by: rule)
        case .growStorage(let bytes):
            let gibibytes = StorageGrowth.gibibytes(bytes)
            let storage = catalog.storageShape(of: tierAfter)
            raise(.growStorage, from: configuration.storage, by: rule, target: StepTarget.storage(gibibytes:)) {
                StorageGrowth.size(from: $0, by: gibibytes, on: storage)
            }
        case .addReplica(let count):
            raise(.addReplica, from: Double(configuration.replicas), by: rule, target: { .replicas(count: Int($0)) }) {
                $0 + Double(count)
            }
        case .raiseCapacity(let factor):
            let maximum = configuration.maximumCapacity ?? tierAfter?.capacity?.maximum
            raise(.raiseCapacity, from: maximum, by: rule, target: StepTarget.capacity(units:)) { $0 * factor }
        case .enableMultiAZ:
            let (before, after) = (StepTarget.availability(multiZone: false), StepTarget.availability(multiZone: true))
            join(Recommendation.Step(kind: .enableMultiAZ, from: before, to: after, rules: []), by: rule)
        case .upgradeEngine:
            let target = now.flatMap { catalog.upgradeTarget(of: resource.engine, at: $0) }
            join(
                Recommendation.Step(
                    kind: .upgradeEngine, from: resource.engine.map { StepTarget($0) }, to: target.map { StepTarget($0) },
                    rules: []),
                by: rule)
        case .convertStorage(let type):
            join(
                Recommendation.Step(
                    kind: .convertStorage, from: .storageType(id: resource.storageType ?? "gp2"), to: .storageType(id: type),
                    rules: []), by: rule)
        case .anyOf(let actions):
            for action in actions {
                if let index = steps.firstIndex(where: { Self.matches($0, action) }) {
                    steps[index].rules.append(rule.id)
                    return
                }
            }
            if let first = actions.first { add(first, by: rule) }
        }
    }

    private static func matches(_ step: Recommendation.Step, _ action: Action) -> Bool {
        switch action {
        case .move(let target): step.kind == .move && step.to?.tier == target
        case .moveUp: step.kind == .move
        case .plan(let target): step.kind == .plan && step.to?.tier == target
        case .growStorage: step.kind == .growStorage
        case .addReplica: step.kind == .addReplica
        case .raiseCapacity: step.kind == .raiseCapacity
        case .enableMultiAZ: step.kind == .enableMultiAZ
        case .upgradeEngine: step.kind == .upgradeEngine
        case .convertStorage: step.kind == .convertStorage
        case .anyOf(let actions): actions.contains { matches(step, $0) }
        }
    }

    private mutating func move(to target: String, kind: Recommendation.Kind, by rule: Rule) {
        guard let wanted = catalog.tier(target) else {
            dropped.append(.notInCatalog(rule: rule.name, tier: target))
            return
        }
        if let tier, wanted.rank <= tier.rank {
            dropped.append(.alreadyReached(rule: rule.name, tier: target, present: tier.id))
            return
        }
        if let index = steps.firstIndex(where: { $0.kind == kind }),
            self.tier(of: steps[index]).map({ $0.rank < wanted.rank }) ?? false
        {
            steps[index].to = .tier(id: target)
        }
        join(Recommendation.Step(kind: kind, from: presentTier, to: .tier(id: target), rules: []), by: rule)
    }

    private mutating func raise(
        _ kind: Recommendation.Kind, from: Double?, by rule: Rule, target: (Double) -> StepTarget, _ raised: (Double) -> Double
    ) {
        guard let from = rises[kind]?.from ?? from else {
            return join(Recommendation.Step(kind: kind, from: nil, to: nil, rules: []), by: rule)
        }
        let to = max(raised(from), rises[kind]?.to ?? -.infinity)
        rises[kind] = Rise(from: from, to: to)
        if let index = steps.firstIndex(where: { $0.kind == kind }) { steps[index].to = target(to) }
        join(Recommendation.Step(kind: kind, from: target(from), to: target(to), rules: []), by: rule)
    }

    /// Adds an action, or a rule to the action of the same kind.
    private mutating func join(_ step: Recommendation.Step, by rule: Rule) {
        if let index = steps.firstIndex(where: { $0.kind == step.kind }) {
            steps[index].rules.append(rule.id)
        } else {
            steps.append(step)
            steps[steps.count - 1].rules = [rule.id]
        }
        settle()
    }

    /// Replaces all moves and plans by one move.
    mutating func choose(_ target: Tier, rules: [String]) {
        steps.removeAll { $0.kind == .move || $0.kind == .plan }
        let place = steps.first?.kind == .upgradeEngine ? 1 : 0
        steps.insert(Recommendation.Step(kind: .move, from: presentTier, to: .tier(id: target.id), rules: rules), at: place)
        settle()
    }

    /// Lowers the minimum capacity, in ACU.
    mutating func lowerMinimum(from: Double, to: Double) {
        steps.append(
            Recommendation.Step(
                kind: .lowerCapacity, from: .minimumCapacity(units: from), to: .minimumCapacity(units: to), rules: []))
        settle()
    }

    /// Removes all moves and plans.
    mutating func dropMoves() {
        steps.removeAll { $0.kind == .move || $0.kind == .plan }
        settle()
    }

    /// Applies all actions to the resource, and computes the change of the cost by each of them in turn.
    private mutating func settle() {
        (tierAfter, configuration) = (tier, present)
        for index in steps.indices {
            let before = total
            steps[index].capacity = steps[index].to?.tier.flatMap { outlook?.projection($0)?.maximumCapacity }
            var after: Money?
            if steps[index].kind == .plan {
                after = self.tier(of: steps[index])?.monthlyCost(configuration).total
            } else {
                apply(steps[index])
                after = total
            }
            steps[index].monthlyChange = before.flatMap { before in after.map { $0 - before } }
        }
    }

    private mutating func apply(_ step: Recommendation.Step) {
        switch step.kind {
        case .move:
            guard let target = self.tier(of: step) else { return }
            tierAfter = target
            configuration.move(to: target, from: tier, stored: outlook?.stored)
            configuration.setExtendedSupport(of: version, on: target, in: catalog, at: now)
            if let maximum = step.capacity { configuration.maximumCapacity = maximum }
        case .upgradeEngine:
            guard let tierAfter else { return }
            configuration.setExtendedSupport(of: version, on: tierAfter, in: catalog, at: now)
        case .enableMultiAZ: configuration.multiAZ = true
        case .growStorage: if let rise = rises[.growStorage] { configuration.storage = rise.to }
        case .convertStorage:
            guard case .storageType(let id)? = step.to, let present = tierAfter else { return }
            (tierAfter, configuration.storageType) = (catalog.tier(present, storedOn: id), id)
        case .lowerCapacity:
            if case .minimumCapacity(let units)? = step.to { configuration.minimumCapacity = units }
        case .addReplica: if let rise = rises[.addReplica] { configuration.replicas = Int(rise.to) }
        case .raiseCapacity: if let rise = rises[.raiseCapacity] { configuration.maximumCapacity = rise.to }
        default: break
        }
    }

    /// A plan for a tier that a move reaches or passes becomes one of the move's reasons.
    mutating func joinPlans() {
        guard let move = steps.firstIndex(where: { $0.kind == .move }), let plan = steps.firstIndex(where: { $0.kind == .plan }),
            let target = self.tier(of: steps[move]), let planned = self.tier(of: steps[plan]),
            planned.rank <= target.rank
        else { return }
        steps[move].rules += steps[plan].rules
        steps.remove(at: plan)
        settle()
    }

    /// Drops what a move makes needless: storage that is billed by use grows by itself, and the guide's cluster has a second
    /// instance in another zone. The rules become reasons of the move.
    mutating func dropNeedless() {
        guard let move = steps.firstIndex(where: { $0.kind == .move }), let target = self.tier(of: steps[move]),
            target.family.storageBilling == .used
        else { return }
        let needless = steps.filter { $0.kind == .growStorage || $0.kind == .enableMultiAZ }
        guard !needless.isEmpty else { return }
        needlessRules = Set(needless.flatMap(\.rules))
        steps[move].rules += needless.flatMap(\.rules)
        steps.removeAll { needless.contains($0) }
        dropped.append(.madeNeedless(tier: target.id, actions: needless.map(\.kind)))
        settle()
    }

    /// The version after all actions; nil if it is not declared.
    private var version: EngineVersion? {
        steps.first { $0.kind == .upgradeEngine }?.to?.engine ?? resource.engine
    }

    private var presentTier: StepTarget? { resource.tier.map(StepTarget.tier(id:)) }

    /// The tier of the catalog that a step leads to; nil when it leads to none.
    private func tier(of step: Recommendation.Step) -> Tier? { step.to?.tier.flatMap { catalog.tier($0) } }
}
