/// Combines all findings of a resource into one recommendation.
public struct Recommender: Sendable {
    let catalog: Catalog
    let now: Timestamp?

    /// Creates a recommender with tiers and prices; `now` is the time of the prices, nil leaves out Extended Support.
    public init(catalog: Catalog, now: Timestamp? = nil) { (self.catalog, self.now) = (catalog, now) }

    /// An action recommended by a rule.
    private struct Request {
        var action: Action
        var rule: Rule
    }

    /// Recommends what to do about a resource.
    ///
    /// Of several moves the target with the highest rank wins; a target at or below the current tier is dropped with a
    /// reason.
    /// - Parameters:
    ///   - resource: The kind of alert.
    ///   - findings: All findings of the resource.
    ///   - context: Its projection and the stack's policy; without them only the rules decide.
    /// - Returns: Always one recommendation; `stay` or `unknown` if there is nothing to do.
    public func recommendation(for resource: Stack.Resource, findings: [Finding], context: RecommendationContext? = nil)
        -> Recommendation
    {
        let fired = findings.filter { $0.rule.recommend != nil && isFollowed($0, context) }
        let catalog = catalog.adapted(to: resource)
        let tier = catalog.tier(of: resource)
        let candidates = Candidates(catalog: catalog, tier: tier, context: context, now: now).all(resource, fired: fired)
        var plan = RecommendationBuilder(
            resource: resource, tier: tier, outlook: context?.outlook, catalog: catalog, now: now)
        let requests = fired.compactMap { finding in
            finding.rule.recommend.map {
                Request(
                    action: CompanionChanges.grown(
                        resolved($0, finding.rule, tier, candidates), finding, resource.allocatedStorage),
                    rule: finding.rule)
            }
        }
        let isBilled = plan.present.extendedSupport != nil
        for request in requests.sorted(by: { Self.order($0.action, isBilled) < Self.order($1.action, isBilled) }) {
            plan.add(request.action, by: request.rule)
        }
        plan.joinPlans()
        let gaps = findings.filter { $0.rule.recommend != nil && $0.state == .insufficientData && !Self.isYoung($0) }
        var advice = ProjectionAdvisor(
            resource: resource, context: context, tier: tier, candidates: candidates, fired: fired, catalog: catalog)
        advice.shape(&plan, gaps: gaps)
        plan.dropNeedless()
        var result = Recommendation(
            kind: .stay, steps: plan.steps, rules: fired.map(\.rule.id), reasons: [], candidates: candidates)
        result.before = tier?.monthlyCost(plan.present)
        let support = SupportReasons(resource: resource, tier: tier, catalog: catalog, now: now, present: plan.present).all
        if let first = plan.steps.first {
            result.kind = first.kind
            result.after = plan.tierAfter?.monthlyCost(plan.configuration)
            if plan.tierAfter?.capacity != nil {
                result.afterMaximum = plan.tierAfter?.monthlyCost(plan.configuration, atMaximum: true)
            }
            result.reasons = support + advice.reasons(of: plan) + plan.dropped
            if plan.tierAfter?.id != tier?.id { result.reasons += advice.remarks(of: plan.tierAfter) }
            result.reasons += storageReasons(plan, catalog)
        } else {
            result.after = result.before
            result.reasons = support + advice.reasons(of: plan) + plan.dropped
            stay(&result, resource, findings, gaps: gaps, isBurst: advice.isOnlyBurst, context)
        }
        if let tier, let context { result.reasons += coldStart(tier, context, findings, catalog) }
        result.doBy = advice.deadline(of: plan)
        result.effect = advice.effect(of: plan, followed: findings.filter { isFollowed($0, context) }, after: result.after)
        result.steps = advice.measured(result.steps, before: result.effect.expectedBefore, list: result.before)
        if let tier, let context {
            addOptions(
                to: &result,
                OptionFinder(
                    resource: resource, tier: tier, recommendation: result, findings: findings, context: context, catalog: catalog
                ))
        }
        (result.outlook, result.cheapestThatClears) = (context?.outlook, advice.asksForTier ? advice.cheapest?.tier : nil)
        return result
    }

    /// Says why nothing is to be done, or why nothing can be.
    private func stay(
        _ result: inout Recommendation, _ resource: Stack.Resource, _ findings: [Finding], gaps: [Finding], isBurst: Bool,
        _ context: RecommendationContext?
    ) {
        let helpless = Self.helpless(findings, context: context, isBurst: isBurst)
        let isSettled = gaps.isEmpty && resource.tier != nil && !findings.isEmpty && helpless.isEmpty
        result.kind = isSettled ? .stay : .unknown
        if !helpless.isEmpty { result.reasons += noAction(for: helpless, of: resource.engine?.engine) }
        result.reasons += whyNothing(resource, tier: catalog.adapted(to: resource).tier(of: resource), gaps: gaps)
        // Where something is missing, only a limit that is close is worth a sentence.
        if helpless.isEmpty, let nearest = nearest(findings, context, atLeast: gaps.isEmpty ? 0 : 0.8) {
            result.reasons.append(nearest)
        }
    }

    /// Adds the options, and says where one ends an alarm for which the guide has no step.
    private func addOptions(to result: inout Recommendation, _ finder: OptionFinder) {
        result.options = finder.all
        guard result.options.contains(where: \.kind.addsOperations) else { return }
        result.reasons = result.reasons.map { reason in
            if case .noActionKnown(let rules) = reason { .optionEnds(rules: rules) } else { reason }
        }
    }

    /// What growing storage means besides its cost.
    private func storageReasons(_ plan: RecommendationBuilder, _ catalog: Catalog) -> [RecommendationReason] {
        guard plan.steps.contains(where: { $0.kind == .growStorage }) else { return [] }
        guard let before = plan.present.storage, let after = plan.configuration.storage,
            let operations = StorageGrowth.addedOperations(from: before, to: after, on: catalog.storageShape(of: plan.tierAfter))
        else { return [.storageNeverShrinks] }
        return [.storageNeverShrinks, .moreOperations(gibibytes: after, operations: operations)]
    }

    /// What is known later, where there are only hours of data.
    private func coldStart(_ tier: Tier, _ context: RecommendationContext, _ findings: [Finding], _ catalog: Catalog)
        -> [RecommendationReason]
    {
        let hasSmaller = catalog.tiers.contains { $0.rank < tier.rank && $0.isSibling(of: tier) }
        let start = ColdStart(outlook: context.outlook, tier: tier, now: context.now, hasSmaller: hasSmaller)
        return [start.reason(findings)].compactMap { $0 }
    }

    /// The action with the tier that it leads to: the smallest one of the engine that ends the rule's alarm, else the next one.
    private func resolved(_ action: Action, _ rule: Rule, _ tier: Tier?, _ candidates: [Recommendation.Candidate]) -> Action {
        guard case .moveUp = action, let tier else { return action }
        // A class without a price is not known to exist for the engine in the region.
        let all = catalog.tiers.filter { $0.rank > tier.rank && $0.isSibling(of: tier) }
        let priced = all.filter { other in candidates.contains { $0.tier == other.id && $0.monthlyCost != nil } }
        let larger = priced.isEmpty ? all : priced
        let ending = larger.first { other in
            let outcomes = candidates.first { $0.tier == other.id }?.projection?.outcomes ?? []
            return outcomes.contains { $0.rule == rule.id && $0.state == .clears }
        }
        return (ending ?? larger.first).map { .move(to: $0.id) } ?? action
    }

    private func isFollowed(_ finding: Finding, _ context: RecommendationContext?) -> Bool {
        !finding.isInhibited && (context?.isFollowed(finding) ?? (finding.state == .alarm))
    }

    /// The rules in ALARM on a metric for which no action is left, so that to stay is no advice; a burst that credits carry, and
    /// a move that was just made, are none.
    private static func helpless(_ findings: [Finding], context: RecommendationContext?, isBurst: Bool) -> [Finding] {
        guard !isBurst, context?.coolsUntil == nil else { return [] }
        return findings.filter {
            $0.state == .alarm && !$0.isInhibited && EffectEvaluator.concerns($0) && $0.rule.severity > .info
                && !$0.rule.when.readings.isEmpty
        }
    }

    /// Whether an optional rule only needs more history than there is yet: that makes no recommendation inconclusive.
    private static func isYoung(_ finding: Finding) -> Bool {
        guard finding.rule.isOptional else { return false }
        return switch finding.evidence.gap {
        case .insufficientHistory, .tooFewDatapoints: true
        case .noValue, .noSeries, .noData, .statisticUnavailable, .unitMismatch, nil: false
        }
    }

    private func noAction(for alarms: [Finding], of engine: DatabaseEngine?) -> [RecommendationReason] {
        let free = EffectEvaluator(steps: [], target: nil, alarms: alarms, engine: engine).freeRemedies
        return [.noActionKnown(rules: alarms.map(\.rule.name))] + (free.isEmpty ? [] : [.tryFirst(remedies: free)])
    }

    /// Why nothing is recommended.
    private func whyNothing(_ resource: Stack.Resource, tier: Tier?, gaps: [Finding]) -> [RecommendationReason] {
        var reasons: [RecommendationReason] = []
        if resource.kind == .database, resource.tier == nil { reasons.append(.tierNotSet) }
        reasons += gaps.compactMap { finding in
            finding.evidence.gap.map { .dataMissing(rule: finding.rule.name, reason: $0) }
        }
        if let tier, !tier.isOnGuidePath { reasons.append(.notInGuide(tier: tier.id)) }
        return reasons
    }

    /// The limit that is nearest by risk: the one that is reached first at the present pace, otherwise the one of which most is
    /// used. Plans and tips are no risk.
    private func nearest(_ findings: [Finding], _ context: RecommendationContext?, atLeast least: Double) -> RecommendationReason?
    {
        let limits = findings.filter {
            $0.state == .ok && $0.nearness != nil && $0.rule.tip == nil && $0.rule.severity > .info && !$0.isInhibited
        }
        let coming = context?.outlook.crossings.compactMap { $0.expected == nil ? nil : $0.limit.rule?.id } ?? []
        let soonest = coming.lazy.compactMap { id in limits.first { $0.rule.id == id } }.first
        guard let closest = soonest ?? limits.max(by: { ($0.nearness ?? 0) < ($1.nearness ?? 0) }), let value = closest.quantity,
            closest.nearness ?? 0 >= least,
            let threshold = closest.thresholdQuantity
        else { return nil }
        return .nearestThreshold(rule: closest.rule.name, value: value, threshold: threshold)
    }

    /// An upgrade comes first where Extended Support is billed already, otherwise last.
    private static func order(_ action: Action, _ isBilled: Bool) -> Int {
        switch action {
        case .upgradeEngine: isBilled ? -1 : 7
        case .move, .moveUp: 0
        case .plan: 1
        case .growStorage: 2
        case .enableMultiAZ: 3
        case .addReplica: 4
        case .raiseCapacity: 5
        case .convertStorage: 2
        case .anyOf: 6
        }
    }
}
