/// What a plan does about the alarms and the bill.
extension ProjectionAdvisor {
    /// The effect of a plan; without actions only the present bill is known.
    /// - Parameters:
    ///   - plan: The actions.
    ///   - followed: The findings in ALARM, or that left it less than a day ago.
    ///   - after: The monthly cost after all actions, at list prices.
    /// - Returns: Without alarms nothing is said of them.
    func effect(of plan: RecommendationBuilder, followed: [Finding], after: CostEstimate?) -> RecommendationEffect {
        var effect = RecommendationEffect()
        effect.expectedBefore = tier.flatMap { outlook?.projection($0.id)?.expected }
        guard let step = plan.steps.first(where: { $0.kind == .move }) ?? plan.steps.first else {
            effect.expectedAfter = effect.expectedBefore
            addCredits(to: &effect, target: nil)
            return effect
        }
        let target = (step.kind == .move || step.kind == .plan ? step.to?.tier : nil).flatMap { id in
            candidates.first { $0.tier == id }
        }
        effect.expectedAfter = expected(after, on: step.kind == .move ? target : candidates.first { $0.tier == tier?.id })
        addCredits(to: &effect, target: step.kind == .move ? target?.tier : nil)
        effect.basis = target.flatMap { basis(of: $0) }
        let evaluator = EffectEvaluator(
            steps: plan.steps, target: target, alarms: isDownward ? [] : followed.filter(EffectEvaluator.concerns),
            needless: plan.needlessRules, engine: resource.engine?.engine)
        effect.caveats = evaluator.caveats
        effect.clears = evaluator.clears(effect.caveats)
        if isOnlyBurst, effect.clears != true { effect.caveats.append(.burstCarried) }
        effect.tryFirst = evaluator.freeRemedies
        if effect.clears != true, !isOnlyBurst, asksForTier, let cheapest, cheapest.tier != target?.tier {
            effect.remedy = RecommendationEffect.Remedy(tier: cheapest.tier, cost: cheapest.cost)
        }
        return effect
    }

    /// Says where a bill is unknown for want of what CPU credits cost, on the present tier or on the target.
    private func addCredits(to effect: inout RecommendationEffect, target: String?) {
        guard effect.expectedBefore == nil || effect.expectedAfter == nil, let tier else { return }
        let lacking = [tier, target.flatMap { catalog.tier($0) } ?? tier].contains { candidate in
            candidate.credits != nil && outlook?.projection(candidate.id)?.surplus == nil
        }
        guard lacking else { return }
        effect.lacksCredits = true
        if let context, let outlook, outlook.days > 0, outlook.days < ColdStart.day {
            effect.creditsFrom = context.now + .seconds(Int64(((ColdStart.day - outlook.days) * 86_400).rounded()))
        }
    }

    /// The changes of cost where a move leads to or from capacity that scales: by its use, not by its floor.
    func measured(_ steps: [Recommendation.Step], before: Money?, list: CostEstimate?) -> [Recommendation.Step] {
        guard let index = steps.firstIndex(where: { $0.kind == .move }), var change = steps[index].monthlyChange,
            let id = steps[index].to?.tier, let target = candidates.first(where: { $0.tier == id })
        else { return steps }
        if target.maximumMonthlyCost != nil, let floor = target.monthlyCost, let expected = target.projection?.expected {
            change = change + (expected - floor)
        }
        if tier?.capacity != nil, let before, let floor = list?.total { change = change - (before - floor) }
        var result = steps
        result[index].monthlyChange = change
        return result
    }

    /// List prices with what the measured load adds on a tier; nil if unknown.
    private func expected(_ list: CostEstimate?, on candidate: Recommendation.Candidate?) -> Money? {
        guard let total = list?.total, let candidate, let floor = candidate.monthlyCost,
            let expected = candidate.projection?.expected
        else { return nil }
        return total + (expected - floor)
    }

    private func basis(of target: Recommendation.Candidate) -> RecommendationEffect.Basis? {
        if isDownward { return .smaller }
        if context?.stack.moves == .projected, !notes.contains(.guideTargetKept) { return .projected }
        return catalog.tier(target.tier)?.isOnGuidePath == true ? .guide : nil
    }
}
