public import AdvisorCore
public import AdvisorStore

/// Evaluates every rule on every resource of a store.
///
///     load(Snapshot) → Evaluation → Analysis → Recommendations → Review → commit(EvaluationCommit) → Report
///
/// Each stage is a pure function of the value before it (AdvisorCore/Pipeline); only load and commit touch the store.
public struct EvaluationPipeline: Sendable {
    /// What an evaluation goes on from, and what becomes of it.
    public enum Mode: Hashable, Sendable {
        /// It goes on from what is stored, and is stored itself.
        case record
        /// It goes on from what is stored; nothing is stored.
        case report
        /// It begins with the first sample, as if nothing were stored; nothing is stored.
        case replay
    }

    /// Which resources are evaluated.
    public enum Scope: Hashable, Sendable {
        /// All resources.
        case all
        /// The one of that id.
        case resource(String)

        /// The id of the only one; nil for all.
        var resource: String? { if case .resource(let id) = self { id } else { nil } }
    }

    /// How much of the samples is read.
    public enum Recall: Hashable, Sendable {
        /// As far back as the result depends on them.
        case bounded
        /// All of them, to compare with.
        case whole
    }

    private static let attempts = 5
    private let store: Store
    private let project: Project
    private let now: Timestamp
    private let scope: Scope
    private let recall: Recall

    /// Creates a pipeline that evaluates a store as of `now`.
    public init(store: Store, project: Project, now: Timestamp, scope: Scope = .all, recall: Recall = .bounded) {
        (self.store, self.project, self.now, self.scope, self.recall) = (store, project, now, scope, recall)
    }

    /// Evaluates; begins again when the store changes before the evaluation is stored.
    /// - Parameters:
    ///   - mode: What becomes of it.
    ///   - sections: What the report shows besides what to do and why.
    /// - Returns: The report, and everything that changed.
    /// - Throws: `StoreFailure`.
    public func run(_ mode: Mode, showing sections: Set<ReportSection> = []) throws -> EvaluationOutcome {
        for _ in 0..<Self.attempts {
            let snapshot = try EvaluationSnapshot(
                store: store, project: project, now: now, scope: scope, mode: mode, recall: recall)
            let context = snapshot.context
            let recommendations = try snapshot.evaluate()
            let review = Review(of: recommendations, memory: snapshot.recommendations, in: context)
            let spend = SpendReview(of: try snapshot.spend(), in: context)
            let notifications = try snapshot.notifications().map { memory in
                NotificationPlan(of: review, spend, memory: memory, in: context)
            }
            guard try commit(review, spend, notifications, from: snapshot) == .committed else { continue }
            let report = review.report(
                spend, newestSample: snapshot.newestSample, ignoredResources: snapshot.ignoredResources,
                procedures: sections.contains(.procedures) ? review.procedures(in: context) : nil,
                history: sections.contains(.history) ? try snapshot.history() : nil, in: context)
            return EvaluationOutcome(
                report: report, review: review, spend: spend, notificationRequests: notifications?.requests ?? [],
                recording: snapshot.recording)
        }
        throw StoreFailure.busy(path: store.path)
    }

    /// Stores an evaluation that is recorded.
    private func commit(
        _ review: Review, _ spend: SpendReview, _ notifications: NotificationPlan?, from snapshot: EvaluationSnapshot
    ) throws -> CommitOutcome {
        guard case .recorded(let generation) = snapshot.recording else { return .committed }
        return try store.commit(
            EvaluationCommit(of: review, spend, notifications, at: now, generation: generation))
    }
}
