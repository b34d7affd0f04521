/// The optional sections of a report.
public enum ReportSection: Hashable, Sendable {
    /// How each recommended step is done.
    case procedures
    /// What happened to recommendations.
    case history
}

extension Review {
    /// Last stage: what is shown of the review, with the bill before and after.
    /// - Parameters:
    ///   - spend: Budgets and bills.
    ///   - newestSample: The start of the newest sample; nil without any.
    ///   - ignoredResources: How many resources were not evaluated, because they are not declared and too many.
    ///   - procedures: How the recommended steps are done, by resource; nil when not requested.
    ///   - history: What happened to recommendations; nil when not requested.
    ///   - context: Project and time.
    /// - Returns: The report.
    public func report(
        _ spend: SpendReview, newestSample: Timestamp?, ignoredResources: Int = 0, procedures: [String: [Procedure]]? = nil,
        history: RecommendationHistory? = nil, in context: EvaluationContext
    ) -> Report {
        let (project, now, tips) = (context.project, context.now, recommendations.tips)
        let bill = BillComparison(reviews: resources, stack: project.stack, catalog: project.catalog, now: now)
        return Report(
            asOf: now, newestSample: newestSample, stack: project.stack, billing: project.billing, entries: resources,
            money: spend.report, bill: bill, quietHours: lowestLoads, procedures: procedures, history: history, tips: tips,
            stalePrices: PriceBook(project.catalog).stalePrices(in: resources, tips, at: now),
            freePlanEnd: project.freeTier.planEnd(for: project.stack),
            reconciliation: BillReconciliation(bill.before, spend.report, of: resources),
            ignoredResources: ignoredResources)
    }

    /// When each resource has the least load, by its id; absent where its history does not say.
    public var lowestLoads: [String: LowestLoadHour] {
        let all = recommendations.analyses.compactMap { analysis in analysis.lowestLoad.map { (analysis.resource.id, $0) } }
        return Dictionary(all, uniquingKeysWith: { first, _ in first })
    }

    /// How the recommended steps are done, by the resource's id.
    public func procedures(in context: EvaluationContext) -> [String: [Procedure]] {
        let runbook = Runbook(stack: context.project.stack, catalog: context.project.catalog)
        let lowestLoads = lowestLoads
        return resources.reduce(into: [:]) { result, review in
            guard let summary = RecommendationSummary(review) else { return }
            let id = review.resource.id
            result[id] = runbook.procedures(summary.steps, for: review.resource, quiet: lowestLoads[id])
        }
    }
}
