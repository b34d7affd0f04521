/// Third stage: one decision per resource.
public struct Recommendations: Sendable {
    /// What each resource's history says; its findings are in the reviews alone.
    public var analyses: [ResourceAnalysis]
    /// One review per resource that is shown, without the lives of recommendations.
    public var reviews: [ResourceReview]
    /// The tips, largest savings first.
    public var tips: [Tip]

    /// The findings in ALARM that may save money.
    private var tipped: [Finding] = []

    /// Decides about resources.
    public init(of analyses: [ResourceAnalysis], in context: EvaluationContext) {
        self.init()
        for analysis in analyses { add(analysis, in: context) }
        finish(in: context)
    }

    /// Nothing is decided yet.
    public init() { (analyses, reviews, tips) = ([], [], []) }

    /// Decides about one more resource.
    public mutating func add(_ analysis: ResourceAnalysis, in context: EvaluationContext) {
        let (project, findings) = (context.project, analysis.findings)
        var own: [ResourceReview] = []
        if Self.isShown(analysis) {
            own = Recommender(catalog: project.catalog, now: context.now).reviews(
                of: [analysis.resource], findings: findings,
                analyses: analysis.tiers.map { [analysis.resource.id: $0] } ?? [:], stack: project.stack, at: context.now
            ).inhibitingTips(project.catalog)
        }
        let inhibited = Set(own.flatMap(\.findings).filter(\.isInhibited).map(\.rule.id))
        tipped += findings.filter { $0.state == .alarm && $0.rule.tip != nil && !inhibited.contains($0.rule.id) }
        reviews += own
        var rest = analysis
        rest.tiers = nil
        for index in rest.outcomes.indices { rest.outcomes[index].result.finding = nil }
        analyses.append(rest)
    }

    /// Adds what was decided about other resources.
    public mutating func append(_ other: Recommendations) {
        analyses += other.analyses
        reviews += other.reviews
        tipped += other.tipped
    }

    /// Orders the tips, after the last resource.
    public mutating func finish(in context: EvaluationContext) {
        tips = Tip.all(of: tipped, project: context.project)
        tipped = []
    }

    /// Of allowances only those with a rule in ALARM are shown among the resources.
    private static func isShown(_ analysis: ResourceAnalysis) -> Bool {
        analysis.resource.kind != .allowance || analysis.findings.contains { $0.state == .alarm }
    }
}
