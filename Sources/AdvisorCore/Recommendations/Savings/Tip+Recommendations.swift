extension [ResourceReview] {
    /// The reviews without contradictory tips: a tip on a smaller database is inhibited while a larger one is recommended.
    func inhibitingTips(_ catalog: Catalog) -> [ResourceReview] {
        map { review in
            guard let rank = review.resource.tier.flatMap(catalog.tier)?.rank,
                let step = review.recommendation?.steps.first(where: { step in
                    step.to?.tier.flatMap(catalog.tier).map { $0.rank > rank } ?? false
                }), let reason = step.rules.first
            else { return review }
            var review = review
            for index in review.findings.indices where review.findings[index].rule.tip?.saving == .smallerDatabase {
                review.findings[index].held = .inhibited(by: reason)
            }
            return review
        }
    }
}
