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
    private let usage: Usage

    private var project: Project { projector.project }
    private var now: Timestamp { projector.now }

    /// The maximum demand on the current tier.
    private struct Usage {
        /// The share of the current tier that 99.5 % of the datapoints do not exceed.
        var cpu: Double?
        var highestCPU: Double?
        var connections: Double?
        /// The used memory in bytes.
        var memory: Double?
        var users: Double?
        /// The stored bytes.
        var storage: Double?
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
    }

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
            candidate: candidate, resource: resource, cpu: usage.cpu.flatMap { cpu in factor.map { cpu * $0 } },
            connections: usage.connections, memory: usage.memory, users: usage.users, storage: usage.storage, sizing: sizing,
            engine: target.resource.engine, isPresent: isPresent)
        let said = Set(result.outcomes.filter { $0.state == .stands }.map(\.rule))
        result.outcomes += limits.outcomes.filter { !said.contains($0.rule) }
        (result.hasHeadroom, result.fits) = (limits.hasHeadroom, limits.fits)
        result.expected = expected(candidate, resource, sizing: sizing, surplus: result.surplus)
        return result
    }

    /// The monthly cost under this load; nil if unknown.
    private func expected(_ candidate: Tier, _ resource: Stack.Resource, sizing: AuroraSizing, surplus: Money?) -> Money? {
        var configuration = TierConfiguration(resource, in: project.catalog, at: now)
        if configuration.storage == nil, candidate.minimumStorage > 0, candidate.id != tier.id {
            configuration.storage = candidate.minimumStorage
        }
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
        return sizing.knowsCPU ? fixed - cost.lowest + cost.expected : nil
    }

    private func rules(_ candidate: Tier, _ there: EvaluationTarget, factor: Double?) -> [ProjectedOutcome] {
        let fired = findings.filter { RecommendationContext.isFollowed($0, at: now) && Self.isOfTier($0.rule) }
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
    private static func isOfTier(_ rule: Rule) -> Bool {
        guard let action = rule.recommend else { return rule.tip == nil && !rule.when.readings.isEmpty }
        return asksForTier(action)
    }

    /// Whether an action is a move or a plan, or has one as an alternative.
    static func asksForTier(_ action: Action) -> Bool {
        switch action {
        case .move, .moveUp, .plan: true
        case .anyOf(let actions): actions.contains(where: asksForTier)
        case .growStorage, .addReplica, .raiseCapacity, .enableMultiAZ: false
        }
    }

    private func target(_ action: Action?) -> Tier? { action.flatMap { Self.target($0, project.catalog) } }

    /// The tier of an action; nil if it has none.
    static func target(_ action: Action, _ catalog: Catalog) -> Tier? {
        switch action {
        case .move(let id), .plan(let id): catalog.tier(id)
        case .anyOf(let actions): actions.compactMap { target($0, catalog) }.first
        case .moveUp, .growStorage, .addReplica, .raiseCapacity, .enableMultiAZ: nil
        }
    }

    /// A rule in ALARM: its metric is evaluated on the candidate, whichever tier its `where` names.
    private func fired(_ finding: Finding, _ candidate: Tier, _ there: EvaluationTarget, factor: Double?) -> ProjectedOutcome {
        let rule = finding.rule
        func outcome(_ verdict: ProjectedOutcome.Verdict) -> ProjectedOutcome {
            ProjectedOutcome(rule: rule.id, verdict: verdict, hasFired: true)
        }
        if candidate.id == tier.id { return outcome(.stands(.alarmActive(rule: rule.name))) }
        let reads = project.vocabulary.seriesMetrics(of: rule.when)
        if reads.isEmpty {
            if let asked = target(rule.recommend), candidate.rank < asked.rank {
                return outcome(.stands(.belowTarget(rule: rule.name, tier: asked.id)))
            }
            return outcome(.clears(.targetMet(rule: rule.name)))
        }
        if reads.isSubset(of: ProjectedHistory.demand) { return outcome(demand(rule, finding, candidate)) }
        if lacks(reads, candidate) { return outcome(.clears(.notApplicable(rule: rule.name))) }
        // Its condition is left out: a rule for another engine or class would not be in ALARM there, whatever the metric did.
        var anywhere = rule
        anywhere.condition = nil
        let evaluated = evaluate(anywhere, there)
        if finding.metric?.id == .cpu { return outcome(cpu(rule, finding, candidate, there, evaluated, factor)) }
        if evaluated == .unknown, reads.contains(.queryLatency) { return outcome(latency(rule, factor: factor)) }
        switch evaluated {
        case .stands: return outcome(.stands(.alarmExpected(rule: rule.name)))
        case .clears: return outcome(.clears(.alarmEnds(rule: rule.name)))
        case .unknown: return outcome(.unknown(.rule(rule: rule.name)))
        }
    }

    /// Whether a tier has none of the machinery that the metrics are about: CPU credits, or capacity that scales.
    private func lacks(_ metrics: Set<MetricID>, _ candidate: Tier) -> Bool {
        candidate.credits == nil && metrics.isSubset(of: MetricID.credits)
            || candidate.capacity == nil && metrics.isSubset(of: [.serverlessCapacity, .capacityUtilization])
    }

    /// A rule on CPU: its highest sustained value within the window counts, not the one of now.
    private func cpu(
        _ rule: Rule, _ finding: Finding, _ candidate: Tier, _ there: EvaluationTarget, _ state: ProjectedOutcome.State,
        _ factor: Double?
    ) -> ProjectedOutcome.Verdict {
        guard factor != nil else { return .unknown(.cpuUnknown) }
        guard let load = sustainedPeak(rule, there) else {
            return .unknown(.noRecentData(metric: finding.metric?.title ?? rule.title))
        }
        return switch state {
        case .stands where factor == 1: .stands(.cpuUnchanged(load: load, cpus: candidate.vcpu))
        case .stands: .stands(.cpuTooHigh(load: load))
        case .clears: briefHistory.map { .unknown(.historyTooShort(has: $0)) } ?? .clears(.cpuLowEnough(load: load))
        case .unknown: .unknown(.cpuUnknown)
        }
    }

    /// The history, if it has no whole day: then nothing is said to be low enough.
    private var briefHistory: Quantity? {
        days.flatMap { $0 < ColdStart.day * 0.95 ? Quantity(.seconds(Int64($0 * 86_400))) : nil }
    }

    /// The highest value of CPU that lasts as long as a rule asks; nil without data of the last day.
    private func sustainedPeak(_ rule: Rule, _ there: EvaluationTarget) -> Quantity? {
        guard case .reading(let index, _)? = rule.when.shownComparison?.left else { return nil }
        var selector = rule.when.readings[index]
        selector.overTime = nil
        guard
            let points = Datapoints(
                selector, of: there, vocabulary: project.vocabulary, from: now - TierProjector.window, to: now,
                atLeast: rule.sustain.period),
            let last = points.known.last, now - last.start <= .seconds(86_400) + points.period
        else { return nil }
        let length = rule.sustain.datapoints(effective: points.period).evaluated
        let values = points.values
        guard values.count >= length else { return values.max().map(Quantity.ratio) }
        let lowest = (0...(values.count - length)).map { values[$0..<($0 + length)].min() ?? 0 }
        return lowest.max().map(Quantity.ratio)
    }

    /// Demand does not change with the tier: the tier's own rating decides.
    private func demand(_ rule: Rule, _ finding: Finding, _ candidate: Tier) -> ProjectedOutcome.Verdict {
        guard let value = finding.value else { return .unknown(.rule(rule: rule.name)) }
        if finding.metric?.id == .databaseSize {
            guard let limit = candidate.maximumStorage else { return .clears(.storageAllocated) }
            return value < limit ? .clears(.storageLimit(limit: .bytes(limit))) : .stands(.storageLimit(limit: .bytes(limit)))
        }
        guard let rating = candidate.maximumUsers else {
            // A class that is not rated is at least as good as the smaller ones of its engine.
            let smaller = project.catalog.tiers.filter { $0.rank < candidate.rank && $0.isSibling(of: candidate) }
            guard let rating = smaller.compactMap(\.maximumUsers).max(), value <= rating else {
                return .unknown(.userRatingUnknown)
            }
            return .clears(.userRating(limit: rating))
        }
        return value > rating ? .stands(.userRating(limit: rating)) : .clears(.userRating(limit: rating))
    }

    /// Latency follows CPU where it was over its limit only while CPU was busy; otherwise it cannot be estimated.
    private func latency(_ rule: Rule, factor: Double?) -> ProjectedOutcome.Verdict {
        let unknown = ProjectedOutcome.Verdict.unknown(.latencyUnknown)
        guard let factor, let threshold = rule.when.shownComparison?.right, case .constant(.number(let limit), _) = threshold,
            let slow = Datapoints(
                .queryLatency, .average, of: target, vocabulary: project.vocabulary,
                from: max(begin, now - TierProjector.window),
                to: now),
            let cpu = Datapoints(
                Formula.MetricSelector(metric: .cpu, statistic: .average), of: target, vocabulary: project.vocabulary,
                from: begin,
                to: now, atLeast: slow.period)
        else { return unknown }
        let busy = Dictionary(cpu.known.map { ($0.start, $0.value) }, uniquingKeysWith: { first, _ in first })
        let over = slow.known.filter { $0.value > limit }.compactMap { busy[$0.start] }
        guard over.count >= 6, Double(over.count { $0 >= 0.8 }) >= 0.9 * Double(over.count) else { return unknown }
        if factor >= 1 { return .stands(.latencyUnchanged) }
        guard let highest = over.max(), highest * factor < 0.7 else { return unknown }
        return .clears(.latencyImproves(load: .ratio(highest * factor)))
    }

    /// A rule that is quiet, or applies to other tiers; nil if it would not apply.
    private func could(_ rule: Rule, _ candidate: Tier, _ there: EvaluationTarget) -> ProjectedOutcome? {
        if let condition = rule.condition, condition.holds(of: there.facts) == .known(false) { return nil }
        // A target at or below the candidate would be dropped.
        if let asked = target(rule.recommend), asked.rank <= candidate.rank { return nil }
        let verdict: ProjectedOutcome.Verdict
        switch evaluate(rule, there) {
        case .stands: verdict = .stands(.alarmExpected(rule: rule.name))
        case .clears: verdict = .clears(.staysOk(rule: rule.name))
        case .unknown where rule.isOptional: return nil
        case .unknown: verdict = .unknown(.rule(rule: rule.name))
        }
        return ProjectedOutcome(rule: rule.id, verdict: verdict, hasFired: false)
    }

    private func evaluate(_ rule: Rule, _ there: EvaluationTarget) -> ProjectedOutcome.State {
        let evaluation = Evaluator(rule: rule, target: there, vocabulary: project.vocabulary).evaluate(upTo: now)
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
