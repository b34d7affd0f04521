import Foundation

/// Evaluates one resource on several tiers.
struct TierEvaluator {
    let projector: TierProjector
    let projected: ProjectedHistory
    let target: EvaluationTarget
    let tier: Tier
    let findings: [Finding]
    /// The start of the history on the current tier.
    let begin: Timestamp
    /// Whether the load is planned: then the current tier is evaluated like the others.
    let isPlan: Bool
    /// The days of CPU history on the current tier; nil where it does not matter.
    var days: Double?
    private(set) var usage: Usage
    /// What rules in ALARM ask for besides a tier.
    let changes: CompanionChanges
    /// The metrics that have samples, but none of the last day.
    let stale: Set<MetricID>

    var project: Project { projector.project }
    var now: Timestamp { projector.now }

    /// The maximum demand on the current tier.
    struct Usage {
        /// The share of the current tier that 99.5 % of the datapoints do not exceed.
        var cpu: Double?
        var highestCPU: Double?
        var connections: Double?
        /// The used memory in bytes.
        var memory: Double?
        var users: Double?
        /// The stored bytes.
        var storage: Double?
        /// The operations per second, reads and writes, that 95 % of the datapoints do not exceed.
        var operations: Double?
        /// Their mean.
        var meanOperations: Double?
    }

    init(
        projector: TierProjector, target: EvaluationTarget, tier: Tier, findings: [Finding], begin: Timestamp,
        isPlan: Bool = false
    ) {
        self.isPlan = isPlan
        (self.projector, self.target, self.tier, self.findings, self.begin) = (projector, target, tier, findings, begin)
        projected = ProjectedHistory(target: target, from: tier, vocabulary: projector.project.vocabulary)
        func points(_ metric: MetricID, _ statistic: Statistic) -> Datapoints? {
            Datapoints(
                metric, statistic, of: target, vocabulary: projector.project.vocabulary, from: begin, to: projector.now)
        }
        let cpu = points(.cpu, .average)?.values
        let free = points(.freeableMemory, .minimum)?.values.min()
        usage = Usage(
            cpu: cpu?.percentile(99.5), highestCPU: cpu?.max(), connections: points(.connections, .maximum)?.values.max(),
            memory: tier.capacity == nil ? free.flatMap { free in tier.memory.map { max(0, $0 - free) } } : nil,
            users: points(.activeUsers, .maximum)?.known.last?.value,
            storage: (points(.storageUsed, .maximum) ?? points(.databaseSize, .maximum))?.known.last?.value)
        let reads = points(.readOperations, .average)?.known ?? []
        let writes = Dictionary(
            (points(.writeOperations, .average)?.known ?? []).map { ($0.start, $0.value) },
            uniquingKeysWith: { first, _ in first })
        let operations = reads.compactMap { read in writes[read.start].map { read.value + $0 } }
        usage.operations = operations.percentile(95)
        usage.meanOperations = operations.isEmpty ? nil : operations.reduce(0, +) / Double(operations.count)
        var changes = CompanionChanges(
            findings.filter { RecommendationContext.isFollowed($0, at: projector.now) }, resource: target.resource, tier: tier,
            in: projector.project.catalog, at: projector.now)
        changes.stored = usage.storage
        self.changes = changes
        stale = Set(
            target.history.series.values.filter { series in
                series.samples.last.map { projector.now - $0.start > .seconds(86_400) + ($0.period ?? .zero) } ?? false
            }.map(\.metric.id))
    }

    /// Whether nothing is known of the load on CPU of the last day.
    var isLoadStale: Bool { stale.contains(.cpu) && !isPlan }

    func projection(_ candidate: Tier, loads: LoadHistory?, sizing: AuroraSizing, credits: CreditProjection?) -> Projection {
        let isPresent = candidate.id == tier.id && !isPlan
        let factor = projected.cpuFactor(to: candidate)
        let spread = factor.flatMap { factor in loads?.spread(over: 1 / factor) }
        var there = isPresent ? credits : spread.flatMap { CreditProjection(candidate, loads: $0, now: now) }
        // Both are on one basis: where the charge is measured, that of another class is scaled by it.
        if !isPresent, let share = credits?.measuredShare { there?.scale(by: share) }
        var replay: CreditReplay?
        if let credits = candidate.credits, let vcpu = candidate.vcpu, let spread, !isPresent {
            replay = CreditReplay(spread.loads, credits: credits, vcpu: vcpu)
        }
        let resource = projected.resource(on: candidate)
        let history = projected.history(
            on: candidate, replay: replay, sizing: sizing, from: max(begin, now - TierProjector.window))
        var facts = project.facts(about: resource)
        facts.setDefault("tier.max_connections", candidate.maximumConnections(of: resource))
        let targetOnTier = EvaluationTarget(resource: resource, facts: facts, history: history)
        var result = Projection(
            tier: candidate.id, outcomes: rules(candidate, targetOnTier, factor: factor), expected: nil,
            surplus: candidate.credits == nil ? nil : there?.monthly,
            cpu: usage.cpu.flatMap { cpu in factor.map { min(1, cpu * $0) } }, hasHeadroom: nil, fits: [])
        let limits = CapacityCheck(
            candidate: candidate.withoutBilledVersions(in: project.catalog, at: now), resource: resource,
            cpu: usage.cpu.flatMap { cpu in factor.map { cpu * $0 } },
            connections: usage.connections, memory: usage.memory, users: usage.users, storage: usage.storage, sizing: sizing,
            engine: changes.version ?? target.resource.engine, isPresent: isPresent,
            staleLoad: isLoadStale ? project.vocabulary.metrics.metrics[.cpu]?.title : nil,
            operations: usage.operations, operationsLimit: operationsLimit(candidate))
        let said = Set(result.outcomes.filter { $0.state == .stands }.map(\.rule))
        result.outcomes += limits.outcomes.filter { !said.contains($0.rule) }
        (result.hasHeadroom, result.fits) = (limits.hasHeadroom, limits.fits)
        result.expected = expected(candidate, sizing: sizing, surplus: result.surplus)
        if let maximum = candidate.capacity?.maximum, !isPresent, maximum != project.catalog.tier(candidate.id)?.capacity?.maximum
        {
            result.maximumCapacity = maximum
        }
        return result
    }

    /// The operations per second that a class and its volume sustain; nil if neither is known, and for storage that is not of
    /// allocated volumes.
    private func operationsLimit(_ candidate: Tier) -> Double? {
        guard candidate.family.storageBilling == .allocated else { return nil }
        let size = changes.asksForTier ? changes.storage ?? target.resource.allocatedStorage : target.resource.allocatedStorage
        let provisioned = target.resource.iops.map(Double.init)
        let volume = size.flatMap { project.catalog.storageShape(of: candidate)?.sustainedOperations(size: $0) }
        let ofVolume = [provisioned, volume].compactMap { $0 }.max()
        let ofClass = project.catalog.shapes.shape(candidate.id)?.storageOperations?.baseline
        return [ofVolume, ofClass].compactMap { $0 }.min()
    }

    /// The monthly cost under this load, with what has to change together with the tier; nil if unknown.
    private func expected(_ candidate: Tier, sizing: AuroraSizing, surplus: Money?) -> Money? {
        let configuration = TierConfiguration(
            target.resource, on: candidate, from: tier, in: project.catalog, at: now, changes: changes)
        guard let fixed = candidate.monthlyCost(configuration).total else { return nil }
        if candidate.credits != nil { return surplus.map { fixed + $0 } }
        guard let capacity = candidate.capacity else { return fixed }
        let minimum = configuration.minimumCapacity ?? capacity.minimum
        let maximum = configuration.maximumCapacity ?? capacity.maximum
        let instances = configuration.instances ?? capacity.instances
        guard let cost = sizing.monthlyCost(minimum: minimum, maximum: maximum, instances: instances, price: capacity.price)
        else { return nil }
        if candidate.id == tier.id, !isPlan, let measured = sizing.measuredCost(instances: instances, price: capacity.price) {
            return fixed - cost.lowest + measured
        }
        guard sizing.knowsCPU else { return nil }
        let total = fixed - cost.lowest + cost.expected
        guard let operations = usage.meanOperations else { return total }
        guard let item = candidate.family.requestItem else { return total }
        guard let price = project.catalog.item(item)?.price.usd else { return nil }
        let requests = Money.decimal(operations) * Decimal(Catalog.hoursPerMonth * 3600) / 1_000_000
        return total + Money((requests * price).rounded(scale: 6))
    }

    private func rules(_ candidate: Tier, _ there: EvaluationTarget, factor: Double?) -> [ProjectedOutcome] {
        let fired = findings.filter { RecommendationContext.isFollowed($0, at: now) && Self.isAlarm($0.rule) }
        let said = Set(fired.map(\.rule.id))
        var result = fired.map { self.fired($0, candidate, there, factor: factor) }
        // Another rule on the metrics of an alarm that remains says the same again.
        let standing = Set(result.filter { $0.state == .stands }.map(\.rule))
        let remaining = Set(
            fired.filter { standing.contains($0.rule.id) }.map { project.vocabulary.seriesMetrics(of: $0.rule.when) })
        for rule in project.rules where rule.appliesTo == .database && Self.isOfTier(rule) && !said.contains(rule.id) {
            let metrics = project.vocabulary.seriesMetrics(of: rule.when)
            if !metrics.isEmpty, remaining.contains(metrics) { continue }
            if let outcome = could(rule, candidate, there) { result.append(outcome) }
        }
        return result
    }

    /// Whether the choice of a tier can make the rule quiet: it recommends one, or recommends nothing and reads a metric of
    /// the machine. A tip on savings is no alarm to end.
    static func isOfTier(_ rule: Rule) -> Bool {
        guard let action = rule.recommend else { return rule.tip == nil && !rule.when.readings.isEmpty }
        return asksForTier(action)
    }

    /// Whether a rule in ALARM is an alarm that a tier ends or not: a tip on savings is none, nor a remark on a fact.
    private static func isAlarm(_ rule: Rule) -> Bool {
        isOfTier(rule) || rule.recommend != nil || rule.tip == nil && rule.severity > .info
    }

    /// Whether an action is a move or a plan, or has one as an alternative.
    static func asksForTier(_ action: Action) -> Bool {
        switch action {
        case .move, .moveUp, .plan: true
        case .anyOf(let actions): actions.contains(where: asksForTier)
        case .growStorage, .addReplica, .raiseCapacity, .enableMultiAZ, .upgradeEngine, .convertStorage: false
        }
    }

    func target(_ action: Action?) -> Tier? { action.flatMap { Self.target($0, project.catalog) } }

    /// The tier of an action; nil if it has none.
    static func target(_ action: Action, _ catalog: Catalog) -> Tier? {
        switch action {
        case .move(let id), .plan(let id): catalog.tier(id)
        case .anyOf(let actions): actions.compactMap { target($0, catalog) }.first
        case .moveUp, .growStorage, .addReplica, .raiseCapacity, .enableMultiAZ, .upgradeEngine, .convertStorage: nil
        }
    }

    /// A rule that is quiet, or applies to other tiers; nil if it would not apply.
    private func could(_ rule: Rule, _ candidate: Tier, _ there: EvaluationTarget) -> ProjectedOutcome? {
        if let condition = rule.condition, condition.holds(of: there.facts) == .known(false) { return nil }
        // A target at or below the candidate would be dropped.
        if let asked = target(rule.recommend), asked.rank <= candidate.rank { return nil }
        let verdict: ProjectedOutcome.Verdict
        if let missing = staleMetric(of: rule) {
            return ProjectedOutcome(rule: rule.id, verdict: .unknown(.noRecentData(metric: missing)), hasFired: false)
        }
        switch evaluate(rule, there) {
        case .stands: verdict = .stands(.alarmExpected(rule: rule.name))
        case .clears: verdict = .clears(.staysOk(rule: rule.name))
        case .unknown where rule.isOptional: return nil
        case .unknown: verdict = .unknown(.rule(rule: rule.name))
        }
        return ProjectedOutcome(rule: rule.id, verdict: verdict, hasFired: false)
    }

    /// The title of a metric of a rule that has no data of the last day; nil if all have.
    private func staleMetric(of rule: Rule) -> String? {
        let metrics = project.vocabulary.seriesMetrics(of: rule.when)
        let own =
            metrics.first(where: stale.contains) ?? (isLoadStale && !metrics.isDisjoint(with: MetricID.credits) ? .cpu : nil)
        return own.flatMap { project.vocabulary.metrics.metrics[$0]?.title }
    }

    func evaluate(_ rule: Rule, _ there: EvaluationTarget) -> ProjectedOutcome.State {
        var evaluator = Evaluator(rule: rule, target: there, vocabulary: project.vocabulary)
        evaluator.detail = .states
        let evaluation = evaluator.evaluate(upTo: now)
        if evaluation.alarm.state == .alarm || !evaluation.episodes.isEmpty { return .stands }
        return evaluation.alarm.state == .ok ? .clears : .unknown
    }
}

extension Tier {
    /// The connections that it holds in the configuration of a resource; nil if unknown.
    func maximumConnections(of resource: Stack.Resource) -> Double? {
        sizing.maximumConnections(
            of: self, minimumCapacity: resource.minimumCapacity, maximumCapacity: resource.maximumCapacity)
    }
}

extension Facts {
    /// Sets a number where the fact is unknown.
    fileprivate mutating func setDefault(_ name: String, _ value: Double?) {
        if self[name] == nil, let value { self[name] = .number(value) }
    }
}
