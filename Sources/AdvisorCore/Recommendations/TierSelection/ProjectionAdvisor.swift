import Foundation

/// Adds the projection to the actions of the rules.
struct ProjectionAdvisor {
    let resource: Stack.Resource
    let context: RecommendationContext?
    let tier: Tier?
    let candidates: [Recommendation.Candidate]
    /// The followed rules.
    let fired: [Finding]
    let catalog: Catalog
    private(set) var notes: [RecommendationReason] = []
    private(set) var isDownward = false

    init(
        resource: Stack.Resource, context: RecommendationContext?, tier: Tier?, candidates: [Recommendation.Candidate],
        fired: [Finding],
        catalog: Catalog
    ) {
        self.resource = resource
        (self.context, self.tier, self.candidates, self.fired, self.catalog) = (context, tier, candidates, fired, catalog)
    }

    var outlook: TierAnalysis? { context?.outlook }

    /// The cheapest tier that clears everything, except the current one.
    var cheapest: Recommendation.Candidate? { context?.choice(among: candidates.filter { $0.tier != tier?.id }) }

    /// Whether a followed rule recommends a tier.
    var asksForTier: Bool { fired.contains { $0.rule.recommend.map(TierEvaluator.asksForTier) ?? false } }

    /// Whether CPU is the only reason for a tier, and only in bursts that credits cover.
    var isOnlyBurst: Bool {
        guard outlook?.isBurst == true else { return false }
        let asking = fired.filter { $0.rule.recommend.map(Self.asksForMove) ?? false }
        return !asking.isEmpty && asking.allSatisfy { $0.metric?.id == .cpu }
    }

    private static func asksForMove(_ action: Action) -> Bool {
        switch action {
        case .move, .moveUp: true
        case .anyOf(let actions): actions.contains(where: asksForMove)
        case .plan, .growStorage, .addReplica, .raiseCapacity, .enableMultiAZ, .upgradeEngine, .convertStorage: false
        }
    }

    /// Changes the actions according to policy, stabilization window and history.
    mutating func shape(_ plan: inout RecommendationBuilder, gaps: [Finding]) {
        guard let context, let tier else { return }
        let moves = plan.steps.filter { $0.kind == .move }
        if !moves.isEmpty {
            let rules = moves.flatMap(\.rules) + plan.steps.filter { $0.kind == .plan }.flatMap(\.rules)
            if let until = context.coolsUntil {
                plan.dropMoves()
                notes.append(.coolingDown(tier: tier.id, since: context.outlook.tierSince, until: until))
            } else if context.stack.moves == .projected {
                project(&plan, rules: rules, context)
            }
        } else if plan.steps.isEmpty, fired.isEmpty, context.coolsUntil == nil, let down = downward(gaps) {
            plan.choose(down, rules: [])
            isDownward = true
        } else if plan.steps.isEmpty, fired.isEmpty, gaps.isEmpty, context.coolsUntil == nil, var capacity = tier.capacity {
            capacity.minimum = resource.minimumCapacity ?? capacity.minimum
            capacity.maximum = resource.maximumCapacity ?? capacity.maximum
            let instances = TierConfiguration(resource).instances ?? capacity.instances
            guard let minimum = AuroraAdvice(context: context, capacity: capacity).lowerMinimum(instances: instances) else {
                return
            }
            plan.lowerMinimum(from: capacity.minimum, to: minimum)
            isDownward = true
        }
    }

    private mutating func project(_ plan: inout RecommendationBuilder, rules: [String], _ context: RecommendationContext) {
        if isOnlyBurst {
            plan.dropMoves()
            return
        }
        let others = candidates.filter { $0.tier != tier?.id }
        guard let choice = context.choice(among: others, priority: context.stack.priority), let target = catalog.tier(choice.tier)
        else {
            notes.append(.guideTargetKept)
            return
        }
        plan.choose(target, rules: rules)
        let hasHeadroom = context.stack.priority == .headroom && choice.projection?.hasHeadroom == true
        notes.append(.cheapestChosen(cost: choice.cost, headroom: hasHeadroom))
    }

    /// The cheapest smaller tier that 14 days of history would have fit with 20 % headroom; nil if there is none.
    private func downward(_ gaps: [Finding]) -> Tier? {
        guard let context, let tier, let now = outlook?.projection(tier.id)?.expected,
            context.outlook.days >= RecommendationContext.daysBeforeDown * 0.95
        else { return nil }
        // Data that never existed speaks for neither tier; data that stopped may hide something.
        let isHarmless = gaps.allSatisfy { finding in
            switch finding.evidence.gap {
            case .noSeries, .noValue(.factNotSet): true
            case .noValue(.divisionByZero), .noValue(.factOutOfDate), .noData, .statisticUnavailable, .unitMismatch,
                .insufficientHistory,
                .tooFewDatapoints, nil:
                false
            }
        }
        guard isHarmless else { return nil }
        let smaller = candidates.filter { candidate in
            guard let other = catalog.tier(candidate.tier), let projection = candidate.projection, let cost = projection.expected
            else { return false }
            return other.rank < tier.rank && other.isSibling(of: tier) && projection.clears == true
                && projection.hasHeadroom == true && cost.amount < now.amount
        }
        return smaller.min { ($0.expectedAmount, $0.tier) < ($1.expectedAmount, $1.tier) }.flatMap { catalog.tier($0.tier) }
    }

    /// Thresholds with an action that will be reached within half a year, soonest first.
    func upcoming(_ context: RecommendationContext) -> [ThresholdCrossing] {
        context.outlook.crossings.filter { crossing in
            crossing.expected.map { $0 - context.now < .seconds(180 * 86_400) } ?? false
        }
    }

    /// By when the plan is to be done: now where a rule that asks for a move is in ALARM, else before anything more can be reached.
    func deadline(of plan: RecommendationBuilder) -> Timestamp? {
        guard let context, !isDownward, !plan.steps.isEmpty else { return nil }
        let begins = catalog.timeToExtendedSupport(resource.engine, at: context.now)
        if plan.steps.contains(where: { $0.kind != .plan && ($0.kind != .upgradeEngine || begins == nil) }) { return context.now }
        if let begins, plan.steps.contains(where: { $0.kind == .upgradeEngine }) { return context.now + begins }
        guard case .expected(let expected, let earliest, _)? = upcoming(context).first?.when else { return nil }
        return earliest ?? expected
    }
}

extension Recommendation.Candidate {
    /// What it costs with the measured load; at its floor where that is unknown, nil when both are.
    var cost: Money? { projection?.expected ?? monthlyCost }
}

extension Stack {
    /// The minimum monthly cost of the rest of the stack: the other databases, and the services.
    func monthlyRest(without resource: Stack.Resource, catalog: Catalog, now: Timestamp) -> Decimal {
        var rest = self
        rest.resources.removeAll { $0.id == resource.id && $0.kind == resource.kind }
        return StackBill(stack: rest, catalog: catalog, now: now).atLeast.amount
    }
}
