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
            var configuration = TierConfiguration(resource, in: catalog, at: now)
            if configuration.storage == nil, candidate.id != tier?.id, candidate.minimumStorage > 0 {
                configuration.storage = candidate.minimumStorage
            }
            var result = Recommendation.Candidate(
                tier: candidate.id, monthlyCost: candidate.monthlyCost(configuration).total,
                maximumMonthlyCost: candidate.capacity == nil ? nil : candidate.monthlyCost(configuration, atMaximum: true).total,
                clears: nil, unclear: [], whyNot: [])
            if let tier, candidate.rank < tier.rank { result.whyNot.append(.smaller(present: tier.id)) }
            if let projection = context?.outlook.projection(candidate.id) {
                evaluate(&result, by: projection)
            } else {
                evaluate(&result, candidate, fired: fired)
            }
            if !candidate.isOnGuidePath { result.whyNot.append(.notInGuide) }
            return result
        }
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
