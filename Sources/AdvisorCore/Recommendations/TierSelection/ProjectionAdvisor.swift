import Foundation

/// What a resource's own history adds to what the rules ask for.
struct ProjectionAdvisor {
    let resource: Stack.Resource
    let context: RecommendationContext?
    let tier: Tier?
    let candidates: [Recommendation.Candidate]
    /// Rules that are followed.
    let fired: [Finding]
    let catalog: Catalog
    private var notes: [String] = []
    private var isDownward = false

    init(
        resource: Stack.Resource, context: RecommendationContext?, tier: Tier?, candidates: [Recommendation.Candidate],
        fired: [Finding],
        catalog: Catalog
    ) {
        self.resource = resource
        (self.context, self.tier, self.candidates, self.fired, self.catalog) = (context, tier, candidates, fired, catalog)
    }

    private var outlook: TierAnalysis? { context?.outlook }

    /// The cheapest tier that clears everything, the present one left out.
    var cheapest: Recommendation.Candidate? { context?.choice(among: candidates.filter { $0.tier != tier?.id }) }

    /// Whether a rule that is followed asks for a tier.
    var asksForTier: Bool { fired.contains { $0.rule.recommend.map(TierEvaluator.asksForTier) ?? false } }

    /// Whether CPU is all that asks for a tier, and only in bursts that credits carry.
    private var isOnlyBurst: Bool {
        guard outlook?.isBurst == true else { return false }
        let asking = fired.filter { $0.rule.recommend.map(Self.asksForMove) ?? false }
        return !asking.isEmpty && asking.allSatisfy { $0.metric?.id == "cpu" }
    }

    private static func asksForMove(_ action: Action) -> Bool {
        switch action {
        case .move: true
        case .anyOf(let actions): actions.contains(where: asksForMove)
        case .plan, .growStorage, .addReplica, .raiseCapacity, .enableMultiAZ: false
        }
    }

    /// Changes a plan as policy, cool-down and history have it.
    mutating func shape(_ plan: inout RecommendationBuilder, gaps: [Finding]) {
        guard let context, let tier else { return }
        let moves = plan.steps.filter { $0.kind == .move }
        if !moves.isEmpty {
            let rules = moves.flatMap(\.rules) + plan.steps.filter { $0.kind == .plan }.flatMap(\.rules)
            if let until = context.coolsUntil {
                plan.dropMoves()
                notes.append(
                    "On \(tier.id) only since \(Self.minute(context.outlook.tierSince)): nothing further is recommended before \(Self.minute(until))."
                )
            } else if context.stack.moves == .projected {
                project(&plan, rules: rules, context)
            }
        } else if plan.steps.isEmpty, fired.isEmpty, context.coolsUntil == nil, let down = downward(gaps) {
            plan.choose(down, rules: [])
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
            notes.append("No tier is known to clear everything; this is the guide's own target.")
            return
        }
        plan.choose(target, rules: rules)
        notes.append(
            context.stack.priority == .headroom && choice.projection?.hasHeadroom == true
                ? "The cheapest that clears everything with a fifth to spare (\(choice.cost) a month with this load)."
                : "The cheapest that clears everything (\(choice.cost) a month with this load).")
    }

    /// The cheapest smaller tier that 14 days of history would have fitted with a fifth to spare; nil when there is none.
    private func downward(_ gaps: [Finding]) -> Tier? {
        guard let context, let tier, let now = outlook?.projection(tier.id)?.expected,
            context.outlook.days >= RecommendationContext.daysBeforeDown * 0.95
        else { return nil }
        // What was never said or measured speaks for neither tier; what stopped may be hiding something.
        let isHarmless = gaps.allSatisfy { finding in
            switch finding.evidence.gap {
            case .noSeries, .unknownReason(.fact): true
            case .unknownReason(.divisor), .noData, .statisticUnavailable, .insufficientHistory, .tooFewDatapoints, nil: false
            }
        }
        guard isHarmless else { return nil }
        let smaller = candidates.filter { candidate in
            guard let other = catalog.tier(candidate.tier), let projection = candidate.projection, let cost = projection.expected
            else { return false }
            return other.rank < tier.rank && other.engine == tier.engine && projection.clears == true
                && projection.hasHeadroom == true && cost.amount < now.amount
        }
        return smaller.min { ($0.expectedAmount, $0.tier) < ($1.expectedAmount, $1.tier) }.flatMap { catalog.tier($0.tier) }
    }

    /// What the history says of a plan, the most important first.
    func reasons(of plan: RecommendationBuilder) -> [String] {
        guard let context, let tier else { return [] }
        var reasons = notes + held(context)
        let target = plan.steps.first { $0.kind == .move || $0.kind == .plan }?.to.flatMap { candidate($0) }
        if isDownward, let target {
            let fits = target.projection?.fits.joined(separator: ", ") ?? ""
            reasons.append("14 days of history fit \(target.tier) with a fifth to spare: \(fits).")
        } else if let target {
            reasons += stands(target)
        }
        let isBurst = isOnlyBurst
        reasons += credits(target, tier: tier)
        let there = target.flatMap { catalog.tier($0.tier) } ?? tier
        if var capacity = there.capacity {
            if there.id == tier.id {
                capacity.minimum = resource.minimumCapacity ?? capacity.minimum
                capacity.maximum = resource.maximumCapacity ?? capacity.maximum
            }
            reasons += AuroraAdvice(context: context, capacity: capacity).sentences
        }
        if isBurst { reasons.append("It is a burst that CPU credits carry: staying costs nothing more.") }
        if let target, !isDownward, !isBurst || target.clears == true { reasons += clearing(target, context) }
        if let target { reasons += budget(target, context) }
        reasons += dates(context)
        if !plan.steps.isEmpty, plan.steps.allSatisfy({ $0.kind == .plan }), let due = deadline(of: plan) {
            reasons.append("To be done before \(Self.day(due)).")
        }
        return reasons
    }

    private static func day(_ time: Timestamp) -> String { String(time.description.prefix(10)) }

    /// What comes within half a year and asks for something, the soonest first.
    private func upcoming(_ context: RecommendationContext) -> [ThresholdCrossing] {
        context.outlook.crossings.filter { crossing in
            crossing.expected.map { $0 - context.now < .seconds(180 * 86_400) } ?? false
        }
    }

    /// By when the plan is to be done: now where a rule that asks for a move stands, else before anything more can be reached.
    func deadline(of plan: RecommendationBuilder) -> Timestamp? {
        guard let context, !isDownward, !plan.steps.isEmpty else { return nil }
        let isStanding = plan.steps.contains { $0.kind != .plan }
        if isStanding { return context.now }
        guard case .expected(let expected, let earliest, _)? = upcoming(context).first?.when else { return nil }
        return earliest ?? expected
    }

    /// When thresholds are reached at this pace.
    private func dates(_ context: RecommendationContext) -> [String] {
        let texts = upcoming(context).prefix(2).compactMap { crossing -> String? in
            guard case .expected(let expected, let earliest, let latest) = crossing.when else { return nil }
            let range =
                switch (earliest.map(Self.day), latest.map(Self.day)) {
                case (let first?, let last?): " (\(first) to \(last))"
                case (let first?, nil): " (\(first) at the earliest)"
                case (nil, let last?): " (\(last) at the latest)"
                case (nil, nil): ""
                }
            let value = ValueText.text(crossing.threshold, crossing.metric.measure)
            return "\(crossing.metric.title) \(value) about \(Self.day(expected))\(range)"
        }
        return texts.isEmpty ? [] : ["At this pace: \(texts.joined(separator: "; "))."]
    }

    /// A tier's remarks, where the history does not say it better.
    func remarks(of tier: Tier?) -> [String] {
        guard let tier, !isDownward else { return [] }
        return outlook?.credits != nil && tier.credits != nil ? [] : tier.remarks
    }

    private func candidate(_ tier: String) -> Recommendation.Candidate? { candidates.first { $0.tier == tier } }

    private func held(_ context: RecommendationContext) -> [String] {
        fired.filter { $0.state != .alarm }.compactMap { finding in
            finding.leftAlarm.map {
                "\(finding.rule.title) is quiet since \(Self.minute($0)); the advice stands until it has been so for a day."
            }
        }
    }

    private func stands(_ target: Recommendation.Candidate) -> [String] {
        (target.projection?.outcomes ?? []).filter { $0.state == .stands || $0.state == .unknown && $0.hasFired }
            .map { "On \(target.tier): \($0.words)." }
    }

    /// What CPU credits cost, now and there.
    private func credits(_ target: Recommendation.Candidate?, tier: Tier) -> [String] {
        guard let credits = outlook?.credits, let monthly = credits.monthly, let charged = credits.charged else { return [] }
        if credits.suffices {
            // Of a machine that hardly touches its credits there is nothing to say.
            guard !fired.isEmpty || credits.lowestBalance < credits.maximumBalance * 0.9 else { return [] }
            // A replay begins without any: that nothing was left then says nothing.
            guard credits.lowestBalance >= 1 else { return ["CPU credits suffice: nothing was charged in 30 days."] }
            let lowest = ValueText.number(credits.lowestBalance.rounded())
            return [
                "CPU credits suffice: never under \(lowest) of \(ValueText.number(credits.maximumBalance)) in 7 days, nothing charged."
            ]
        }
        if monthly.amount == 0, charged.amount > 0 {
            return ["Surplus CPU credits cost \(charged) in the last 30 days, none of it in the last 7."]
        }
        var text = "Surplus CPU credits cost \(monthly) a month at the pace of the last 7 days"
        if let target, target.tier != tier.id {
            if let there = target.projection?.surplus {
                text += ", \(there) on \(target.tier)"
                if let now = outlook?.projection(tier.id)?.expected, let then = target.projection?.expected {
                    text += "; in all \(now) now, \(then) there"
                }
            } else if catalog.tier(target.tier)?.credits == nil {
                text += ", none on \(target.tier)"
            }
        }
        return [text + "."]
    }

    /// Which tier clears everything, where that is not the target or is cheaper than it.
    private func clearing(_ target: Recommendation.Candidate, _ context: RecommendationContext) -> [String] {
        // Without CPU nothing is known to clear anything, which need not be said.
        guard asksForTier, context.stack.moves == .guide, context.outlook.days > 0 else { return [] }
        guard let cheapest else {
            return target.clears == true ? [] : ["No tier of the catalogue is known to clear everything."]
        }
        if target.clears == true {
            guard cheapest.tier != target.tier, cheapest.expectedAmount < target.expectedAmount else { return [] }
            return ["\(cheapest.tier) would clear everything too, at \(cheapest.cost) a month."]
        }
        return ["\(cheapest.tier) would clear everything: \(cheapest.cost) a month."]
    }

    /// Whether the move breaks the budget, and what fits into it.
    private func budget(_ target: Recommendation.Candidate, _ context: RecommendationContext) -> [String] {
        guard let limit = context.stack.budget?.monthly, let cost = target.projection?.expected else { return [] }
        let rest = context.stack.monthlyRest(without: resource, catalog: catalog, now: context.now)
        guard rest + cost.amount > limit else { return [] }
        let then = Money(rest) + cost
        if let now = outlook?.projection(tier?.id ?? "")?.expected, rest + now.amount > limit {
            return ["Over the budget of \(Money(limit)) either way: about \(Money(rest) + now) now, \(then) with it."]
        }
        let within = context.choice(
            among: candidates.filter { candidate in
                candidate.tier != tier?.id && rest + candidate.expectedAmount <= limit
            })
        let text = "With it everything declared bills about \(then) a month, over the budget of \(Money(limit))"
        if let within { return ["\(text); \(within.tier) clears everything within it, at \(within.cost)."] }
        return ["\(text); no tier that clears everything fits into it."]
    }

    private static func minute(_ time: Timestamp?) -> String {
        time.map { String($0.description.prefix(16)) + "Z" } ?? "unknown"
    }
}

extension Recommendation.Candidate {
    /// What it costs by the load that there is, as people read it.
    var cost: String { (projection?.expected ?? monthlyCost)?.description ?? "unknown" }
}

extension Stack {
    /// What the rest of the declared stack bills a month at least: the other databases, and the services.
    func monthlyRest(without resource: Stack.Resource, catalog: Catalog, now: Timestamp) -> Decimal {
        var rest = self
        rest.resources.removeAll { $0.id == resource.id && $0.kind == resource.kind }
        return StackBill(stack: rest, catalog: catalog, now: now).atLeast.amount
    }
}
