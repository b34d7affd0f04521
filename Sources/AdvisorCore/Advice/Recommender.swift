/// Makes one recommendation of all that fired for a resource; pure.
public struct Recommender: Sendable {
    let catalog: Catalog

    /// A recommender with these tiers and prices.
    public init(catalog: Catalog) { self.catalog = catalog }

    /// One thing that a rule asked for.
    private struct Request {
        var action: Action
        var rule: Rule
    }

    /// What to do about a resource.
    ///
    /// Of several moves the target of highest rank wins; a target at or below the present tier is dropped, and said.
    /// - Parameters:
    ///   - resource: What it is about.
    ///   - findings: All findings of the resource.
    /// - Returns: Always one; `stay` or `unknown` when nothing is to be done.
    public func recommendation(for resource: Stack.Resource, findings: [Finding]) -> Recommendation {
        let fired = findings.filter { $0.state == .alarm && $0.rule.recommend != nil && !$0.isInhibited }
        let tier = resource.tier.flatMap(catalog.tier)
        var plan = Plan(resource: resource, tier: tier, catalog: catalog)
        let requests = fired.compactMap { finding in finding.rule.recommend.map { Request(action: $0, rule: finding.rule) } }
        for request in requests.sorted(by: { Self.order($0.action) < Self.order($1.action) }) {
            plan.add(request.action, by: request.rule)
        }
        plan.joinPlans()
        var result = Recommendation(
            kind: .stay, steps: plan.steps, rules: fired.map(\.rule.id), reasons: [], candidates: [])
        result.before = tier?.monthlyCost(Configuration(resource))
        if let first = plan.steps.first {
            result.kind = first.kind
            result.after = plan.tierAfter?.monthlyCost(plan.configuration)
            if plan.tierAfter?.capacity != nil {
                result.afterMaximum = plan.tierAfter?.monthlyCost(plan.configuration, atMaximum: true)
            }
            result.reasons = plan.dropped + (plan.tierAfter?.id == tier?.id ? [] : plan.tierAfter?.remarks ?? [])
            if plan.steps.contains(where: { $0.kind == .growStorage }) {
                result.reasons.append("RDS storage can grow, never shrink.")
            }
        } else {
            let gaps = findings.filter { $0.rule.recommend != nil && $0.state == .insufficientData }
            result.kind = gaps.isEmpty && resource.tier != nil && !findings.isEmpty ? .stay : .unknown
            result.after = result.before
            result.reasons = plan.dropped + silence(resource, tier: tier, findings: findings, gaps: gaps)
        }
        result.candidates = candidates(resource, tier: tier, fired: fired)
        return result
    }

    /// Why nothing is recommended.
    private func silence(_ resource: Stack.Resource, tier: Tier?, findings: [Finding], gaps: [Finding]) -> [String] {
        var reasons: [String] = []
        if resource.kind == .database, resource.tier == nil {
            reasons.append("Nobody declared its tier; put `tier:` into advisor.yaml (`advisor init` writes one).")
        }
        reasons += gaps.compactMap { finding in finding.evidence.gap.map { "\(finding.rule.title): \($0.words)." } }
        if let tier, !tier.isOnGuidePath {
            reasons.append(
                "The guide says nothing about \(tier.id); AWS itself advises to look at sustained CPU, freeable memory, storage above 85 %, and connections."
            )
        } else if gaps.isEmpty, let nearest = nearest(findings) {
            reasons.append(nearest)
        }
        return reasons
    }

    /// The threshold that is nearest, and how near.
    private func nearest(_ findings: [Finding]) -> String? {
        let shares = findings.compactMap { finding in
            finding.state == .ok ? finding.nearness.map { (share: $0, finding: finding) } : nil
        }
        guard let closest = shares.max(by: { $0.share < $1.share }), let value = closest.finding.shownValue,
            let threshold = closest.finding.shownThreshold
        else { return nil }
        return
            "The nearest threshold: \(closest.finding.rule.title), \(value) of \(threshold) (\(Int((closest.share * 100).rounded(.down))) %)."
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

    /// Every tier of the catalogue with its bill; what it would do to the rules is known only where facts decide.
    private func candidates(_ resource: Stack.Resource, tier: Tier?, fired: [Finding]) -> [Recommendation.Candidate] {
        guard resource.kind == .database else { return [] }
        return catalog.tiers.map { candidate in
            let configuration = Configuration(resource)
            var whyNot: [String] = []
            var unclear: [String] = []
            if let tier, candidate.rank < tier.rank { whyNot.append("smaller than \(tier.id)") }
            if candidate.id == tier?.id, let first = fired.first { whyNot.append("\(first.rule.title) stands") }
            if !candidate.isOnGuidePath { whyNot.append("the guide does not speak of it") }
            for finding in fired {
                let isUsers = finding.metric?.id == "active_users"
                if isUsers, let users = finding.value, let rating = candidate.maximumUsers {
                    if users > rating { whyNot.append("rated for \(Int(rating)) users") }
                } else if finding.metric?.id == "cpu", let now = tier?.vcpu, let then = candidate.vcpu, then <= now {
                    whyNot.append("\(then) vCPUs as now: CPU stays where it is")
                } else {
                    unclear.append(finding.rule.id)
                }
            }
            let isBlocked = whyNot.contains { $0.hasPrefix("rated") || $0.contains("vCPUs") || $0.hasSuffix("stands") }
            return Recommendation.Candidate(
                tier: candidate.id, monthlyCost: candidate.monthlyCost(configuration).total,
                maximumMonthlyCost: candidate.capacity == nil ? nil : candidate.monthlyCost(configuration, atMaximum: true).total,
                clears: isBlocked ? false : unclear.isEmpty && !fired.isEmpty ? true : nil, unclear: unclear, whyNot: whyNot)
        }
    }
}
