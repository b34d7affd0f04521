/// Whether a tier ends the rules that are in ALARM.
extension TierEvaluator {
    /// A rule in ALARM: its metric is evaluated on the candidate, whichever tier its `where` names.
    func fired(_ finding: Finding, _ candidate: Tier, _ there: EvaluationTarget, factor: Double?) -> ProjectedOutcome {
        let rule = finding.rule
        func outcome(_ verdict: ProjectedOutcome.Verdict) -> ProjectedOutcome {
            ProjectedOutcome(rule: rule.id, verdict: verdict, hasFired: true)
        }
        if candidate.id == tier.id { return outcome(.stands(.alarmActive(rule: rule.name))) }
        if !Self.isOfTier(rule) { return outcome(together(finding, candidate)) }
        let reads = project.vocabulary.seriesMetrics(of: rule.when)
        if reads.isEmpty {
            if let asked = target(rule.recommend), candidate.rank < asked.rank {
                return outcome(.stands(.belowTarget(rule: rule.name, tier: asked.id)))
            }
            return outcome(.clears(.targetMet(rule: rule.name)))
        }
        if reads.isSubset(of: ProjectedHistory.demand) { return outcome(demand(rule, finding, candidate)) }
        if candidate.family.storageBilling != .allocated, !reads.isDisjoint(with: MetricID.ofVolume) {
            return outcome(.unknown(.rule(rule: rule.name)))
        }
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
    func lacks(_ metrics: Set<MetricID>, _ candidate: Tier) -> Bool {
        candidate.credits == nil && metrics.isSubset(of: MetricID.credits)
            || candidate.capacity == nil && metrics.isSubset(of: [.serverlessCapacity, .capacityUtilization])
    }

    /// A rule on CPU: its highest sustained value within the window counts, not the one of now.
    func cpu(
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
    var briefHistory: Quantity? {
        days.flatMap { $0 < ColdStart.day * 0.95 ? Quantity(.seconds(Int64($0 * 86_400))) : nil }
    }

    /// The highest value of CPU that lasts as long as a rule asks; nil without data of the last day.
    func sustainedPeak(_ rule: Rule, _ there: EvaluationTarget) -> Quantity? {
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
    func demand(_ rule: Rule, _ finding: Finding, _ candidate: Tier) -> ProjectedOutcome.Verdict {
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
    func latency(_ rule: Rule, factor: Double?) -> ProjectedOutcome.Verdict {
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
        // Without time in which CPU was not busy there is nothing to compare with.
        let calm = slow.known.count { point in busy[point.start].map { $0 < 0.8 } ?? false }
        guard calm >= 6, over.count >= 6, Double(over.count { $0 >= 0.8 }) >= 0.9 * Double(over.count) else { return unknown }
        if factor >= 1 { return .stands(.latencyUnchanged) }
        guard let highest = over.max(), highest * factor < 0.7 else { return unknown }
        return .clears(.latencyImproves(load: .ratio(highest * factor)))
    }

    /// A rule in ALARM that asks for something else than a tier: it ends where that is changed together with the tier, or where
    /// the tier makes it needless.
    private func together(_ finding: Finding, _ candidate: Tier) -> ProjectedOutcome.Verdict {
        let rule = finding.rule
        let alone = ProjectedOutcome.Verdict.stands(.tierAlone(rule: rule.name))
        let isAllocated = candidate.family.storageBilling == .allocated
        switch rule.recommend {
        case .growStorage: return storage(finding, candidate)
        case .enableMultiAZ:
            if !isAllocated { return candidate.capacity == nil ? .unknown(.rule(rule: rule.name)) : .clears(.readerInOtherZone) }
            return changes.asksForTier ? .clears(.alarmEnds(rule: rule.name)) : alone
        case .addReplica:
            guard isAllocated, changes.asksForTier else { return alone }
            return rule.when.readings.isEmpty ? .clears(.alarmEnds(rule: rule.name)) : .unknown(.replicaReadsOnly)
        case .raiseCapacity: return .unknown(.capacityUnknown)
        case .convertStorage: return isAllocated ? alone : .unknown(.rule(rule: rule.name))
        case .upgradeEngine:
            let isOther = target.resource.engine?.counterpart(on: DatabaseEngine(rawValue: candidate.engine)) == nil
            if isOther { return .clears(.notApplicable(rule: rule.name)) }
            return changes.version == nil ? alone : .clears(.alarmEnds(rule: rule.name))
        case .move, .moveUp, .plan, .anyOf, nil: return alone
        }
    }

    /// A rule on storage in ALARM.
    private func storage(_ finding: Finding, _ candidate: Tier) -> ProjectedOutcome.Verdict {
        let rule = finding.rule.name
        switch candidate.family.storageBilling {
        case .used: return .clears(.storageGrows)
        case .included:
            guard let stored = usage.storage, let limit = candidate.maximumStorage else { return .unknown(.rule(rule: rule)) }
            let (size, used) = (Quantity.bytes(limit), Quantity.bytes(stored))
            return stored < limit ? .clears(.storageLimit(limit: size)) : .stands(.storage(limit: size, stored: used))
        case .allocated:
            guard changes.asksForTier, let after = changes.storage, let before = target.resource.allocatedStorage else {
                return .stands(.tierAlone(rule: rule))
            }
            return EffectEvaluator.verdict(finding, storageFrom: before, to: after) ?? .unknown(.rule(rule: rule))
        }
    }
}
