/// Third stage: one decision per resource.
public struct Recommendations: Sendable {
    /// What each resource's history says.
    public var analyses: [ResourceAnalysis]
    /// One review per resource that is shown, without the lives of recommendations.
    public var reviews: [ResourceReview]
    /// The tips, largest savings first.
    public var tips: [Tip]

    /// Decides about resources.
    public init(of analyses: [ResourceAnalysis], in context: EvaluationContext) {
        let project = context.project
        let findings = analyses.flatMap(\.findings)
        self.analyses = analyses
        reviews = Recommender(catalog: project.catalog, now: context.now).reviews(
            of: analyses.filter(Self.isShown).map(\.resource), findings: findings,
            analyses: Dictionary(
                analyses.compactMap { analysis in analysis.tiers.map { (analysis.resource.id, $0) } },
                uniquingKeysWith: { first, _ in first }),
            stack: project.stack, at: context.now
        ).inhibitingTips(project.catalog)
        tips = Tip.all(of: findings, project: project).following(reviews)
    }

    /// Of allowances only those with a rule in ALARM are shown among the resources.
    private static func isShown(_ analysis: ResourceAnalysis) -> Bool {
        analysis.resource.kind != .allowance || analysis.findings.contains { $0.state == .alarm }
    }
}
