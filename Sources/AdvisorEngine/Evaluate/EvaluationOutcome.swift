public import AdvisorCore
public import AdvisorStore

/// What came of an evaluation.
public struct EvaluationOutcome: Sendable {
    /// What became of it in the store.
    public enum Recording: Hashable, Sendable {
        /// It is stored, on top of this generation of the store.
        case recorded(on: StoreGeneration)
        /// It is not stored: a later time was evaluated before.
        case past
        /// It is not stored, as was asked.
        case notRequested
    }

    /// The report.
    public var report: Report
    /// Changes since the last evaluation; all of them where a rule is evaluated on a resource for the first time.
    public var transitions: [Transition]
    /// Those of rules that were evaluated on their resource before: all of them are new.
    public var laterTransitions: [Transition]
    /// Changes of alarms up to the last evaluation that late samples reveal.
    public var lateTransitions: [Transition]
    /// The changes of recommendations, in report order.
    public var recommendationChanges: [RecommendationChange]
    /// Intervals in ALARM.
    public var episodes: [Episode]
    /// What late samples changed of earlier evaluations.
    public var corrections: [BackfillCorrection]
    /// The budget changes since the last evaluation.
    public var budgetChanges: [BudgetChange]
    /// What is notified, in order; enqueued when the evaluation is stored.
    public var notificationRequests: [AlertPolicy.NotificationRequest]
    /// What became of it in the store.
    public var recording: Recording

    /// Whether it is stored; an evaluation as of an earlier time than the last one is not.
    public var isRecorded: Bool { if case .recorded = recording { true } else { false } }

    init(
        report: Report, review: Review, spend: SpendReview, notificationRequests: [AlertPolicy.NotificationRequest],
        recording: Recording
    ) {
        let outcomes = review.recommendations.analyses.flatMap(\.outcomes)
        (self.report, self.notificationRequests, self.recording) = (report, notificationRequests, recording)
        transitions = outcomes.flatMap(\.newTransitions)
        laterTransitions = outcomes.filter(\.wasEvaluated).flatMap(\.newTransitions)
        lateTransitions = outcomes.flatMap(\.lateTransitions)
        episodes = outcomes.flatMap(\.result.episodes)
        corrections = outcomes.compactMap(\.correction)
        (recommendationChanges, budgetChanges) = (review.changes, spend.changes)
    }
}
