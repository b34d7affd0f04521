/// The steps chosen so far for one resource, and what they make of it.
struct RecommendationBuilder {
    let resource: Stack.Resource
    let catalog: Catalog
    private(set) var tierAfter: Tier?
    private(set) var configuration: Configuration
    private(set) var steps: [Recommendation.Step] = []
    private(set) var dropped: [String] = []
    private let tier: Tier?
    /// What there is before any step.
    let present: Configuration

    /// `now` is the time whose prices are asked for; nil leaves out what depends on it.
    init(resource: Stack.Resource, tier: Tier?, catalog: Catalog, now: Timestamp?) {
        (self.resource, self.tier, self.catalog) = (resource, tier, catalog)
        tierAfter = tier
        present = Configuration(resource, in: catalog, at: now)
        configuration = present
    }

    /// A number that a step raises: GiB, replicas, capacity units.
    private struct Rise {
        var from: Double
        var to: Double
    }
    private var rises: [Recommendation.Kind: Rise] = [:]

    private var total: Money? { tierAfter?.monthlyCost(configuration).total }

    /// Adds what a rule asks for, moves first; of two that raise the same the higher stands.
    mutating func add(_ action: Action, by rule: Rule) {
        switch action {
        case .move(let target): move(to: target, kind: .move, by: rule)
        case .plan(let target): move(to: target, kind: .plan, by: rule)
        case .growStorage(let bytes):
            let gibibytes =
                bytes > 0 && bytes.truncatingRemainder(dividingBy: 1_073_741_824) == 0 ? bytes / 1_073_741_824 : bytes / 1e9
            raise(.growStorage, from: configuration.storage, by: rule, words: Self.size) { $0 + gibibytes }
        case .addReplica(let count):
            raise(.addReplica, from: Double(configuration.replicas), by: rule, words: { "\(Int($0))" }) { $0 + Double(count) }
        case .raiseCapacity(let factor):
            let maximum = configuration.maximumCapacity ?? tierAfter?.capacity?.maximum
            raise(.raiseCapacity, from: maximum, by: rule, words: { "\($0) ACU" }) { $0 * factor }
        case .enableMultiAZ:
            join(Recommendation.Step(kind: .enableMultiAZ, from: "Single-AZ", to: "Multi-AZ", rules: []), by: rule)
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
        case .move(let target): step.kind == .move && step.to == target
        case .plan(let target): step.kind == .plan && step.to == target
        case .growStorage: step.kind == .growStorage
        case .addReplica: step.kind == .addReplica
        case .raiseCapacity: step.kind == .raiseCapacity
        case .enableMultiAZ: step.kind == .enableMultiAZ
        case .anyOf(let actions): actions.contains { matches(step, $0) }
        }
    }

    private mutating func move(to target: String, kind: Recommendation.Kind, by rule: Rule) {
        guard let wanted = catalog.tier(target) else {
            dropped.append("\(rule.title) asks for \(target), of which the catalogue knows nothing.")
            return
        }
        if let tier, wanted.rank <= tier.rank {
            dropped.append("\(rule.title) asks for \(target), which \(tier.id) is already at or above.")
            return
        }
        if let index = steps.firstIndex(where: { $0.kind == kind }),
            steps[index].to.flatMap(catalog.tier).map({ $0.rank < wanted.rank }) ?? false
        {
            steps[index].to = target
        }
        join(Recommendation.Step(kind: kind, from: resource.tier, to: target, rules: []), by: rule)
    }

    private mutating func raise(
        _ kind: Recommendation.Kind, from: Double?, by rule: Rule, words: (Double) -> String, _ raised: (Double) -> Double
    ) {
        guard let from = rises[kind]?.from ?? from else {
            return join(Recommendation.Step(kind: kind, from: nil, to: nil, rules: []), by: rule)
        }
        let to = max(raised(from), rises[kind]?.to ?? -.infinity)
        rises[kind] = Rise(from: from, to: to)
        if let index = steps.firstIndex(where: { $0.kind == kind }) { steps[index].to = words(to) }
        join(Recommendation.Step(kind: kind, from: words(from), to: words(to), rules: []), by: rule)
    }

    /// Adds a step, or the rule to the one of its kind.
    private mutating func join(_ step: Recommendation.Step, by rule: Rule) {
        if let index = steps.firstIndex(where: { $0.kind == step.kind }) {
            steps[index].rules.append(rule.id)
        } else {
            steps.append(step)
            steps[steps.count - 1].rules = [rule.id]
        }
        settle()
    }

    /// Puts one move in the place of every move and plan.
    mutating func choose(_ target: Tier, rules: [String]) {
        steps.removeAll { $0.kind == .move || $0.kind == .plan }
        steps.insert(Recommendation.Step(kind: .move, from: resource.tier, to: target.id, rules: rules), at: 0)
        settle()
    }

    /// Takes every move and plan away.
    mutating func dropMoves() {
        steps.removeAll { $0.kind == .move || $0.kind == .plan }
        settle()
    }

    /// What all steps make of the resource, and what each of them changes on the bill, one after the other.
    private mutating func settle() {
        (tierAfter, configuration) = (tier, present)
        for index in steps.indices {
            let before = total
            var after: Money?
            if steps[index].kind == .plan {
                after = steps[index].to.flatMap(catalog.tier)?.monthlyCost(configuration).total
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
            guard let target = step.to.flatMap(catalog.tier) else { return }
            tierAfter = target
            // Aurora bills what is stored, RDS what is allocated, at least its minimum.
            if configuration.storage == nil, target.minimumStorage > 0 { configuration.storage = target.minimumStorage }
            if target.engine != tier?.engine || target.capacity != nil {
                (configuration.minimumCapacity, configuration.maximumCapacity) = (nil, nil)
            }
        case .enableMultiAZ: configuration.multiAZ = true
        case .growStorage: if let rise = rises[.growStorage] { configuration.storage = rise.to }
        case .addReplica: if let rise = rises[.addReplica] { configuration.replicas = Int(rise.to) }
        case .raiseCapacity: if let rise = rises[.raiseCapacity] { configuration.maximumCapacity = rise.to }
        default: break
        }
    }

    /// A plan for a tier that a move reaches or passes becomes one of the move's reasons.
    mutating func joinPlans() {
        guard let move = steps.firstIndex(where: { $0.kind == .move }), let plan = steps.firstIndex(where: { $0.kind == .plan }),
            let target = steps[move].to.flatMap(catalog.tier), let planned = steps[plan].to.flatMap(catalog.tier),
            planned.rank <= target.rank
        else { return }
        steps[move].rules += steps[plan].rules
        steps.remove(at: plan)
        settle()
    }

    static func size(_ gibibytes: Double) -> String {
        gibibytes == gibibytes.rounded() && abs(gibibytes) < 1e12 ? "\(Int(gibibytes)) GiB" : "\(gibibytes) GiB"
    }
}
