/// All tiers of the catalog, with their cost and the reasons against them.
struct Candidates {
    let catalog: Catalog
    let tier: Tier?
    let context: RecommendationContext?
    /// The time of the prices; nil leaves out what depends on it.
    let now: Timestamp?

    func all(_ resource: Stack.Resource, fired: [Finding]) -> [Recommendation.Candidate] {
        guard resource.kind == .database else { return [] }
        return catalog.tiers.map { candidate in
            let projection = context?.outlook.projection(candidate.id)
            var sized = candidate
            if let maximum = projection?.maximumCapacity { sized.capacity?.maximum = maximum }
            let together = candidate.id == tier?.id ? nil : changes(fired, resource)
            let configuration = TierConfiguration(
                resource, on: sized, from: tier, in: catalog, at: now, changes: together)
            var result = Recommendation.Candidate(
                tier: candidate.id, monthlyCost: sized.monthlyCost(configuration).total,
                maximumMonthlyCost: sized.capacity == nil ? nil : sized.monthlyCost(configuration, atMaximum: true).total,
                clears: nil, unclear: [], whyNot: [])
            result.changes =
                (together?.targets(on: candidate) ?? [])
                + [projection?.maximumCapacity.map(StepTarget.capacity(units:))].compactMap { $0 }
            if let tier, candidate.rank < tier.rank { result.whyNot.append(.smaller(present: tier.id)) }
            if let projection {
                evaluate(&result, by: projection)
            } else {
                evaluate(&result, candidate, fired: fired)
            }
            if !candidate.isOnGuidePath { result.whyNot.append(.notInGuide) }
            return result
        }
    }

    /// What rules in ALARM ask for besides a tier.
    private func changes(_ fired: [Finding], _ resource: Stack.Resource) -> CompanionChanges {
        context?.outlook.changes ?? CompanionChanges(fired, resource: resource, tier: tier, in: catalog, at: now)
    }

    private func evaluate(_ result: inout Recommendation.Candidate, by projection: Projection) {
        result.projection = projection
        (result.clears, result.unclear) = (projection.clears, projection.unclear)
        for rejection in projection.outcomes.compactMap(\.rejection) where !result.whyNot.contains(rejection) {
            result.whyNot.append(rejection)
        }
        // If nothing fired there is nothing to clear.
        if projection.clears == true, !projection.outcomes.contains(where: \.hasFired) { result.clears = nil }
    }

    /// Without history only facts decide.
    private func evaluate(_ result: inout Recommendation.Candidate, _ candidate: Tier, fired: [Finding]) {
        var stands = false
        if candidate.id == tier?.id, let first = fired.first {
            result.whyNot.append(.alarmActive(rule: first.rule.name))
            stands = true
        }
        for finding in fired {
            let isUsers = finding.metric?.id == .activeUsers
            if isUsers, let users = finding.value, let rating = candidate.maximumUsers {
                if users > rating {
                    result.whyNot.append(.userRating(limit: rating))
                    stands = true
                }
            } else if finding.metric?.id == .cpu, let now = tier?.vcpu, let then = candidate.vcpu, then <= now {
                result.whyNot.append(.cpuUnchanged(load: nil, cpus: then))
                stands = true
            } else {
                result.unclear.append(finding.rule.id)
            }
        }
        result.clears = stands ? false : result.unclear.isEmpty && !fired.isEmpty ? true : nil
    }
}
