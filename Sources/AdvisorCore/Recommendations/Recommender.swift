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
        let tier = resource.tier.flatMap(catalog.tier)
        let candidates = Candidates(catalog: catalog, tier: tier, context: context, now: now).all(resource, fired: fired)
        var plan = RecommendationBuilder(resource: resource, tier: tier, catalog: catalog, now: now)
        let requests = fired.compactMap { finding in finding.rule.recommend.map { Request(action: $0, rule: finding.rule) } }
        for request in requests.sorted(by: { Self.order($0.action) < Self.order($1.action) }) {
            plan.add(request.action, by: request.rule)
        }
        plan.joinPlans()
        let gaps = findings.filter { $0.rule.recommend != nil && $0.state == .insufficientData }
        var advice = ProjectionAdvisor(
            resource: resource, context: context, tier: tier, candidates: candidates, fired: fired, catalog: catalog)
        advice.shape(&plan, gaps: gaps)
        plan.dropNeedless()
        var result = Recommendation(
            kind: .stay, steps: plan.steps, rules: fired.map(\.rule.id), reasons: [], candidates: candidates)
        result.before = tier?.monthlyCost(plan.present)
        if let first = plan.steps.first {
            result.kind = first.kind
            result.after = plan.tierAfter?.monthlyCost(plan.configuration)
            if plan.tierAfter?.capacity != nil {
                result.afterMaximum = plan.tierAfter?.monthlyCost(plan.configuration, atMaximum: true)
            }
            result.reasons = advice.reasons(of: plan) + plan.dropped
            if plan.tierAfter?.id != tier?.id { result.reasons += advice.remarks(of: plan.tierAfter) }
            if plan.steps.contains(where: { $0.kind == .growStorage }) {
                result.reasons.append(.storageNeverShrinks)
            }
        } else {
            result.kind = gaps.isEmpty && resource.tier != nil && !findings.isEmpty ? .stay : .unknown
            result.after = result.before
            result.reasons =
                advice.reasons(of: plan) + plan.dropped + whyNothing(resource, tier: tier, findings: findings, gaps: gaps)
        }
        result.doBy = advice.deadline(of: plan)
        result.effect = advice.effect(of: plan, followed: findings.filter { isFollowed($0, context) }, after: result.after)
        (result.outlook, result.cheapestThatClears) = (context?.outlook, advice.asksForTier ? advice.cheapest?.tier : nil)
        return result
    }

    private func isFollowed(_ finding: Finding, _ context: RecommendationContext?) -> Bool {
        !finding.isInhibited && (context?.isFollowed(finding) ?? (finding.state == .alarm))
    }

    /// Why nothing is recommended.
    private func whyNothing(_ resource: Stack.Resource, tier: Tier?, findings: [Finding], gaps: [Finding])
        -> [RecommendationReason]
    {
        var reasons: [RecommendationReason] = []
        if resource.kind == .database, resource.tier == nil { reasons.append(.tierNotSet) }
        reasons += gaps.compactMap { finding in
            finding.evidence.gap.map { .dataMissing(rule: finding.rule.name, reason: $0) }
        }
        if let tier, !tier.isOnGuidePath {
            reasons.append(.notInGuide(tier: tier.id))
        } else if gaps.isEmpty, let nearest = nearest(findings) {
            reasons.append(nearest)
        }
        return reasons
    }

    /// The nearest threshold, and its distance.
    private func nearest(_ findings: [Finding]) -> RecommendationReason? {
        let shares = findings.compactMap { finding in
            finding.state == .ok ? finding.nearness.map { (share: $0, finding: finding) } : nil
        }
        guard let closest = shares.max(by: { $0.share < $1.share })?.finding, let value = closest.quantity,
            let threshold = closest.thresholdQuantity
        else { return nil }
        return .nearestThreshold(rule: closest.rule.name, value: value, threshold: threshold)
    }

    private static func order(_ action: Action) -> Int {
        switch action {
        case .move: 0
        case .plan: 1
        case .growStorage: 2
        case .enableMultiAZ: 3
        case .addReplica: 4
        case .raiseCapacity: 5
        case .anyOf: 6
        }
    }
}
