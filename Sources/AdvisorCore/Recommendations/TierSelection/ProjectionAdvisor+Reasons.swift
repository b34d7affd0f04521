import Foundation

/// Why a plan is as it is, by what the resource's own history says.
extension ProjectionAdvisor {
    /// The reasons from the history, most important first.
    func reasons(of plan: RecommendationBuilder) -> [RecommendationReason] {
        guard let context, let tier else { return [] }
        let step = plan.steps.first { $0.kind == .move || $0.kind == .plan }
        let target = step?.to?.tier.flatMap { tier in candidates.first { $0.tier == tier } }
        var reasons = notes + stabilizing
        if isDownward, let target {
            reasons.append(.fitsSmaller(tier: target.tier, days: 14, fits: target.projection?.fits ?? []))
        } else if let target {
            reasons += objections(to: target)
        }
        let isBurst = isOnlyBurst
        if !plan.steps.isEmpty, !isDownward, !isBurst || target?.clears == true { reasons += clearing(target, context) }
        if !plan.steps.isEmpty, !isDownward, !tryFirst.isEmpty { reasons.append(.tryFirst(remedies: tryFirst)) }
        reasons += credits(target, tier: tier)
        if let credits = outlook?.credits, credits.isFarFromReplay, let measured = credits.monthly,
            let modelled = credits.replayedMonthly
        {
            reasons.append(.surplusCreditsDiffer(measured: measured, modelled: modelled))
        }
        reasons += capacity(on: target.flatMap { catalog.tier($0.tier) } ?? tier, from: tier, context).filter {
            !isContradicted($0, by: target)
        }
        if isBurst { reasons.append(.burstCarried) }
        if let target { reasons += budget(target, context) }
        reasons += dates(context)
        if !plan.steps.isEmpty, plan.steps.allSatisfy({ $0.kind == .plan }), let due = deadline(of: plan) {
            reasons.append(.dueBefore(time: due))
        }
        return reasons
    }

    /// The remarks of a tier, unless the history replaces them.
    func remarks(of tier: Tier?) -> [RecommendationReason] {
        guard let tier, !isDownward else { return [] }
        return outlook?.credits != nil && tier.credits != nil ? [] : tier.remarks.map(RecommendationReason.catalogRemark(text:))
    }

    /// What Aurora's capacity would have to be, by the bounds configured where the resource is on it already.
    private func capacity(on target: Tier, from tier: Tier, _ context: RecommendationContext) -> [RecommendationReason] {
        guard var capacity = target.capacity else { return [] }
        if target.id == tier.id {
            capacity.minimum = resource.minimumCapacity ?? capacity.minimum
            capacity.maximum = resource.maximumCapacity ?? capacity.maximum
        }
        let advice = AuroraAdvice(context: context, capacity: capacity, isPresent: target.id == tier.id)
        guard target.id == tier.id else { return advice.reasons }
        if fired.contains(where: { if case .raiseCapacity? = $0.rule.recommend { true } else { false } }) {
            return [.demandCutOff]
        }
        let instances = TierConfiguration(resource).instances ?? capacity.instances
        return advice.reasons + [advice.floorTooHigh(instances: instances), instanceInstead(of: tier)].compactMap { $0 }
    }

    /// The cheapest class of fixed size that would carry the load of capacity that scales, if it saves a fifth.
    private func instanceInstead(of tier: Tier) -> RecommendationReason? {
        // In ALARM the load may be higher than what was measured.
        guard fired.isEmpty, let outlook, outlook.days >= ColdStart.week * 0.95, let now = outlook.projection(tier.id)?.expected
        else { return nil }
        let instances = candidates.filter { candidate in
            guard let other = catalog.tier(candidate.tier), other.vcpu != nil, let projection = candidate.projection,
                let cost = projection.expected
            else { return false }
            return projection.clears != false && projection.hasHeadroom != false && cost.amount < now.amount * Decimal(8) / 10
        }
        guard let best = instances.min(by: { ($0.expectedAmount, $0.tier) < ($1.expectedAmount, $1.tier) }), let cost = best.cost
        else { return nil }
        return .instanceInstead(tier: best.tier, cost: cost, knowsMemory: outlook.aurora?.memoryUnits != nil)
    }

    /// Up to two thresholds that are reached at this pace.
    private func dates(_ context: RecommendationContext) -> [RecommendationReason] {
        let limits = upcoming(context).prefix(2).compactMap { crossing -> ForeseenLimit? in
            guard case .expected(let expected, let earliest, let latest) = crossing.when else { return nil }
            return ForeseenLimit(
                metric: crossing.metric.id, title: crossing.metric.title,
                threshold: Quantity(crossing.threshold, crossing.metric.measure), expected: expected, earliest: earliest,
                latest: latest)
        }
        return limits.isEmpty ? [] : [.reachedAtThisPace(limits: limits)]
    }

    private var stabilizing: [RecommendationReason] {
        fired.filter { $0.state != .alarm }.compactMap { finding in
            finding.leftAlarm.map { .stabilizing(rule: finding.rule.name, since: $0) }
        }
    }

    /// What speaks against the target, each once: of several rules that say the same with other values the first counts, and
    /// what the capacity needed says is left to it.
    private func objections(to target: Recommendation.Candidate) -> [RecommendationReason] {
        var seen: Set<String> = []
        return (target.projection?.outcomes ?? []).compactMap { outcome in
            switch outcome.verdict {
            case .stands(.capacity): nil
            case .stands(let rejection):
                seen.insert(rejection.subject).inserted ? .targetRejected(tier: target.tier, reason: rejection) : nil
            case .unknown(let uncertainty) where outcome.hasFired:
                seen.insert(uncertainty.subject).inserted ? .targetUncertain(tier: target.tier, reason: uncertainty) : nil
            case .unknown, .clears: nil
            }
        }
    }

    /// Capacity is not called sufficient where an alarm would remain.
    private func isContradicted(_ reason: RecommendationReason, by target: Recommendation.Candidate?) -> Bool {
        guard case .capacityFits = reason else { return false }
        let isAtMaximum = fired.contains { $0.metric?.id == .serverlessCapacity || $0.metric?.id == .capacityUtilization }
        return isAtMaximum || target?.projection?.clears == false
    }

    /// What may end the alarms and costs nothing.
    private var tryFirst: [FreeRemedy] {
        EffectEvaluator(steps: [], target: nil, alarms: fired, engine: resource.engine?.engine).freeRemedies
    }

    /// What CPU credits cost, now and on the target.
    private func credits(_ target: Recommendation.Candidate?, tier: Tier) -> [RecommendationReason] {
        guard let credits = outlook?.credits, let monthly = credits.monthly, let charged = credits.charged else { return [] }
        let days = max(1, Int((credits.coveredHours / 24).rounded()))
        if credits.suffices {
            // A machine that hardly touches its credits is not worth a sentence.
            guard !fired.isEmpty || credits.lowestBalance < credits.maximumBalance * 0.9 else { return [] }
            // A replay starts without credits, so an empty balance at its start says nothing.
            guard credits.lowestBalance >= 1 else {
                return [.creditsSuffice(days: days, isMeasured: credits.isChargeMeasured)]
            }
            return [
                .creditsSufficeWithReserve(
                    lowest: credits.lowestBalance.rounded(), maximum: credits.maximumBalance, days: days,
                    isMeasured: credits.isBalanceMeasured)
            ]
        }
        if monthly.amount == 0, charged.amount > 0 { return [.surplusCreditsEnded(charged: charged)] }
        guard let target, target.tier != tier.id else { return [.surplusCredits(monthly: monthly, days: days)] }
        let there = target.projection?.surplus
        guard there != nil || catalog.tier(target.tier)?.credits == nil else {
            return [.surplusCredits(monthly: monthly, days: days)]
        }
        let (bill, billThere) = (outlook?.projection(tier.id)?.expected, target.projection?.expected)
        let isCompared = there != nil && bill != nil && billThere != nil
        return [
            .surplusCreditsCompared(
                monthly: monthly, tier: target.tier, there: there, bill: isCompared ? bill : nil,
                billThere: isCompared ? billThere : nil, days: days)
        ]
    }

    /// Which tier ends every alarm, where that is not the target or is cheaper than it.
    private func clearing(_ target: Recommendation.Candidate?, _ context: RecommendationContext) -> [RecommendationReason] {
        // Without CPU no tier is known to end any alarm, which need not be said.
        guard asksForTier, context.stack.moves == .guide, context.outlook.days > 0 else { return [] }
        let isBrief = context.outlook.days < ColdStart.day * 0.95
        guard let cheapest else { return target?.clears == true || isBrief ? [] : [.noTierClears] }
        let changes = cheapest.changes.isEmpty ? nil : cheapest.changes
        guard let target, target.clears == true else {
            return [.cheapestThatClears(tier: cheapest.tier, cost: cheapest.cost, changes: changes)]
        }
        guard cheapest.tier != target.tier, cheapest.expectedAmount < target.expectedAmount else { return [] }
        return [.cheaperAlternative(tier: cheapest.tier, cost: cheapest.cost, changes: changes)]
    }

    /// Whether the move exceeds the budget, and what fits into it.
    private func budget(_ target: Recommendation.Candidate, _ context: RecommendationContext) -> [RecommendationReason] {
        guard let limit = context.stack.budget?.monthly, let cost = target.projection?.expected else { return [] }
        let rest = context.stack.monthlyRest(without: resource, catalog: catalog, now: context.now)
        guard rest + cost.amount > limit else { return [] }
        let after = Money(rest) + cost
        if let now = outlook?.projection(tier?.id ?? "")?.expected, rest + now.amount > limit {
            return [.overBudgetEitherWay(limit: Money(limit), before: Money(rest) + now, after: after)]
        }
        let within = context.choice(
            among: candidates.filter { $0.tier != tier?.id && rest + $0.expectedAmount <= limit })
        return [.overBudget(limit: Money(limit), after: after, alternative: within?.tier, cost: within?.cost)]
    }
}
