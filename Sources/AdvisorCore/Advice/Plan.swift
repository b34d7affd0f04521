/// The steps chosen so far for one resource, and what they make of it.
struct Plan {
    let resource: Stack.Resource
    let catalog: Catalog
    private(set) var tierAfter: Tier?
    private(set) var configuration: Configuration
    private(set) var steps: [Recommendation.Step] = []
    private(set) var dropped: [String] = []
    private let tier: Tier?
    /// What there is before any step.
    let present: Configuration

    /// `now` is the instant whose prices are asked for; nil leaves out what depends on it.
    init(resource: Stack.Resource, tier: Tier?, catalog: Catalog, now: Timestamp?) {
        (self.resource, self.tier, self.catalog) = (resource, tier, catalog)
        tierAfter = tier
        present = Configuration(resource, in: catalog, at: now)
        configuration = present
    }

    private var total: Money? { tierAfter?.monthlyCost(configuration).total }

    /// Adds what a rule asks for, moves first.
    mutating func add(_ action: Action, by rule: Rule) {
        switch action {
        case .move(let target): move(to: target, kind: .move, by: rule)
        case .plan(let target): move(to: target, kind: .plan, by: rule)
        case .growStorage(let bytes):
            let gibibytes =
                bytes > 0 && bytes.truncatingRemainder(dividingBy: 1_073_741_824) == 0 ? bytes / 1_073_741_824 : bytes / 1e9
            let from = configuration.storage
            step(.growStorage, from: from.map { Self.size($0) }, to: from.map { Self.size($0 + gibibytes) }, by: rule) {
                if let from { $0.storage = from + gibibytes }
            }
        case .addReplica(let count):
            let from = configuration.replicas
            step(.addReplica, from: "\(from)", to: "\(from + count)", by: rule) { $0.replicas = from + count }
        case .raiseCapacity(let factor):
            let maximum = configuration.maximumCapacity ?? tierAfter?.capacity?.maximum
            step(.raiseCapacity, from: maximum.map { "\($0) ACU" }, to: maximum.map { "\($0 * factor) ACU" }, by: rule) {
                if let maximum { $0.maximumCapacity = maximum * factor }
            }
        case .enableMultiAZ: step(.enableMultiAZ, from: "Single-AZ", to: "Multi-AZ", by: rule) { $0.multiAZ = true }
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
        guard let index = steps.firstIndex(where: { $0.kind == kind }) else {
            let before = total
            if kind == .move { enter(wanted) }
            let change = kind == .plan ? wanted.monthlyCost(configuration).total : total
            let difference = before.flatMap { before in change.map { $0 - before } }
            steps.append(
                Recommendation.Step(kind: kind, from: resource.tier, to: target, monthlyChange: difference, rules: [rule.id]))
            return
        }
        steps[index].rules.append(rule.id)
        guard let present = steps[index].to.flatMap(catalog.tier), present.rank < wanted.rank else { return }
        steps[index].to = target
        if kind == .move { enter(wanted) }
        let before = tier?.monthlyCost(self.present).total
        let after = wanted.monthlyCost(configuration).total
        steps[index].monthlyChange = before.flatMap { before in after.map { $0 - before } }
    }

    private mutating func enter(_ target: Tier) {
        tierAfter = target
        // Aurora bills what is stored, RDS what is allocated, at least its minimum.
        if configuration.storage == nil, target.minimumStorage > 0 { configuration.storage = target.minimumStorage }
    }

    private mutating func step(
        _ kind: Recommendation.Kind, from: String?, to: String?, by rule: Rule, change: (inout Configuration) -> Void
    ) {
        if let index = steps.firstIndex(where: { $0.kind == kind }) {
            steps[index].rules.append(rule.id)
            return
        }
        let before = total
        change(&configuration)
        let after = total
        let difference = before.flatMap { before in after.map { $0 - before } }
        steps.append(Recommendation.Step(kind: kind, from: from, to: to, monthlyChange: difference, rules: [rule.id]))
    }

    /// Puts one move in the place of every move and plan.
    mutating func choose(_ target: Tier, rules: [String]) {
        dropMoves()
        let before = total
        enter(target)
        if target.engine != tier?.engine || target.capacity != nil {
            (configuration.minimumCapacity, configuration.maximumCapacity) = (nil, nil)
        }
        let difference = before.flatMap { before in total.map { $0 - before } }
        steps.insert(
            Recommendation.Step(kind: .move, from: resource.tier, to: target.id, monthlyChange: difference, rules: rules), at: 0)
    }

    /// Takes every move and plan away.
    mutating func dropMoves() {
        steps.removeAll { $0.kind == .move || $0.kind == .plan }
        tierAfter = tier
        let storage = configuration.storage
        if storage != resource.allocatedStorage, !steps.contains(where: { $0.kind == .growStorage }) {
            configuration.storage = resource.allocatedStorage
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
    }

    static func size(_ gibibytes: Double) -> String {
        gibibytes == gibibytes.rounded() && abs(gibibytes) < 1e12 ? "\(Int(gibibytes)) GiB" : "\(gibibytes) GiB"
    }
}
