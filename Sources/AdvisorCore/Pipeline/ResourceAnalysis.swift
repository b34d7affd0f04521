/// Second stage: what the history of one resource says besides its rules. The samples are not kept.
public struct ResourceAnalysis: Sendable {
    /// The resource.
    public var resource: Stack.Resource
    /// What came of its rules.
    public var outcomes: [ResourceEvaluation.Outcome]
    /// What its history says of every tier; nil unless it is a database with a known tier.
    public var tiers: TierAnalysis?
    /// When it has the least load; nil unless it is a database whose history says so.
    public var lowestLoad: LowestLoadHour?
    /// Of a recommendation that was done: what its rules say of the resource as it is now, by id; nil without one.
    public var verification: [String: AlarmState]?
    /// Of a recommendation that was done: what its service was charged before and after.
    public var measured: MeasuredCostChange?

    /// Its key if it had no samples, so that its first evaluation is to be recorded; nil otherwise.
    public var watched: ResourceKey?

    /// What is said about the resource, in the order of the rules.
    public var findings: [Finding] { outcomes.compactMap(\.result.finding) }
    /// The states of its rules, by id.
    public var states: [String: AlarmState] {
        Dictionary(findings.map { ($0.rule.id, $0.state) }, uniquingKeysWith: { first, _ in first })
    }

    /// Analyzes a resource whose rules are evaluated.
    public init(of evaluation: ResourceEvaluation, in context: EvaluationContext) {
        let (snapshot, project, now) = (evaluation.snapshot, context.project, context.now)
        (resource, outcomes) = (snapshot.target.resource, evaluation.outcomes)
        if snapshot.target.watchedSince != nil, snapshot.target.history.firstSample == nil {
            watched = ResourceKey(kind: resource.kind, resource: resource.id)
        }
        if resource.kind == .database {
            tiers = TierProjector(project: project.adapted(to: resource), now: now).outlook(
                snapshot.target, findings: evaluation.findings.applyingSuppressions(project.stack.language.mutes, at: now),
                tierSince: snapshot.tierSince)
            lowestLoad = LowestLoadHour(snapshot.target.history, now: now)
        }
        guard let completed = snapshot.completed else { return }
        measured = completed.measured
        verification = PostChangeVerification.states(
            of: completed.rules, target: snapshot.target, rules: project.rules, states: states,
            vocabulary: project.vocabulary, now: now)
    }
}
