internal import AdvisorCore
internal import AdvisorStore

extension EvaluationCommit {
    /// Everything that an evaluation writes.
    init(
        of review: Review, _ spend: SpendReview, _ plan: NotificationPlan?, at now: Timestamp, generation: StoreGeneration
    ) {
        self.init(at: now, generation: generation)
        alarms = review.recommendations.analyses.flatMap { analysis in
            analysis.outcomes.filter(\.isStored).map { AlarmRecord($0, of: analysis.resource) }
        }
        (recommendations, recommendationChanges) = (review.changedRecords, review.changes)
        budgets = spend.notified
        resources = review.resources.map(\.resource)
        watched = review.recommendations.analyses.compactMap(\.watched)
        notifications = plan.map { NotificationCommit($0) } ?? NotificationCommit()
    }
}

extension NotificationCommit {
    /// What a plan writes.
    init(_ plan: NotificationPlan) {
        self.init()
        groups = plan.changedGroups
        requests = plan.requests
    }
}

extension AlarmRecord {
    fileprivate init(_ outcome: ResourceEvaluation.Outcome, of resource: Stack.Resource) {
        self.init(
            key: Key(rule: outcome.rule.id, kind: resource.kind, resource: resource.id), definition: outcome.rule.definition)
        (alarm, transitions) = (outcome.result.alarm, outcome.result.transitions)
        isFromBeginning = outcome.history == .replaced
    }
}
