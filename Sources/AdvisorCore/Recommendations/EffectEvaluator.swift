/// Computes what the actions for a resource do about its alarms.
struct EffectEvaluator {
    let steps: [Recommendation.Step]
    /// The tier of the move, or of the plan where there is no move; nil without one.
    let target: Recommendation.Candidate?
    /// The rules in ALARM that actions can end.
    let alarms: [Finding]
    /// The rules whose own actions the move makes needless.
    var needless: Set<String> = []
    /// The engine of the database; nil if unknown.
    var engine: DatabaseEngine?

    /// Whether the actions can end a rule's alarm: it recommends something, or watches a metric of the resource.
    static func concerns(_ finding: Finding) -> Bool {
        finding.rule.recommend != nil || finding.rule.tip == nil && !finding.rule.when.readings.isEmpty
    }

    /// What remains, begins or is unknown; a metric is named once.
    var caveats: [RecommendationCaveat] {
        var seen: Set<String> = []
        return (alarms.compactMap(caveat) + limits).filter { caveat in caveat.subject.map { seen.insert($0).inserted } ?? true }
    }

    /// Whether every alarm ends, by these caveats; nil if unknown, and if there is none.
    func clears(_ caveats: [RecommendationCaveat]) -> Bool? {
        if caveats.contains(where: \.isObjection) { return false }
        return alarms.isEmpty || caveats.contains(where: \.isUncertain) ? nil : true
    }

    /// What costs nothing and may end the alarms, each once.
    var freeRemedies: [FreeRemedy] {
        var seen: Set<FreeRemedy> = []
        return alarms.flatMap { FreeRemedy.remedies(for: $0.metric?.id, of: engine) }.filter { seen.insert($0).inserted }
    }

    private func caveat(_ finding: Finding) -> RecommendationCaveat? {
        let (rule, metric) = (finding.rule.name, finding.metric?.title)
        switch verdict(finding) {
        case .stands(let reason):
            return .alarmRemains(rule: rule, metric: metric, reason: reason, isOver: finding.state == .alarm ? nil : true)
        case .unknown(let reason): return .alarmUncertain(rule: rule, metric: metric, reason: reason)
        case .clears: return nil
        }
    }

    /// What the target does besides the alarms.
    private var limits: [RecommendationCaveat] {
        (target?.projection?.outcomes ?? []).compactMap { outcome in
            if outcome.hasFired { return nil }
            switch outcome.verdict {
            case .stands(.alarmExpected(let rule)): return .alarmExpected(rule: rule)
            case .stands(let reason): return .limitExceeded(reason: reason)
            case .unknown(let reason): return outcome.isLimit ? .limitUncertain(reason: reason) : nil
            case .clears: return nil
            }
        }
    }

    private func verdict(_ finding: Finding) -> ProjectedOutcome.Verdict {
        let rule = finding.rule
        if needless.contains(rule.id) { return .clears(.notApplicable(rule: rule.name)) }
        if let grown = steps.first(where: { $0.kind == .growStorage }), let verdict = verdict(finding, grown: grown) {
            return verdict
        }
        if let outcome = target?.projection?.outcomes.first(where: { $0.hasFired && $0.rule == rule.id }) {
            return outcome.verdict
        }
        guard let step = steps.first(where: { $0.rules.contains(rule.id) }) else {
            return target == nil || target?.projection != nil
                ? .stands(.alarmActive(rule: rule.name)) : .unknown(.rule(rule: rule.name))
        }
        switch step.kind {
        case .enableMultiAZ, .upgradeEngine, .convertStorage: return .clears(.targetMet(rule: rule.name))
        case .addReplica: return rule.when.readings.isEmpty ? .clears(.targetMet(rule: rule.name)) : .unknown(.replicaReadsOnly)
        case .raiseCapacity: return .unknown(.capacityUnknown)
        case .move, .plan, .growStorage, .lowerCapacity, .stay, .unknown: return .unknown(.rule(rule: rule.name))
        }
    }

    /// Whether more storage ends an alarm on storage; the threshold grows with the allocation. nil for any other metric.
    private func verdict(_ finding: Finding, grown: Recommendation.Step) -> ProjectedOutcome.Verdict? {
        guard let before = grown.from?.storage, let after = grown.to?.storage else { return nil }
        return Self.verdict(finding, storageFrom: before, to: after)
    }

    /// Whether an alarm on storage ends where the allocation grows from and to so many GiB; nil for any other metric.
    static func verdict(_ finding: Finding, storageFrom before: Double, to after: Double) -> ProjectedOutcome.Verdict? {
        guard finding.expression == nil, let metric = finding.metric?.id, metric == .storageUsed || metric == .freeStorage,
            before > 0, let value = finding.value, let threshold = finding.threshold
        else { return nil }
        let limit = threshold * after / before
        let isEnough =
            metric == .storageUsed ? value <= limit : value + (after - before) * 1_073_741_824 >= limit
        return isEnough
            ? .clears(.alarmEnds(rule: finding.rule.name)) : .stands(.alarmExpected(rule: finding.rule.name))
    }
}
