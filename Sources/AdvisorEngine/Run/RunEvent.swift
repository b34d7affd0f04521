public import AdvisorCore
public import AdvisorStore

/// What a run did or found, in the order in which it happened.
public enum RunEvent: Sendable {
    /// Samples of an input are stored.
    case ingested(input: String, accepted: Int, rejected: Int)
    /// A rule changed its state.
    case transition(Transition)
    /// A recommendation changed.
    case recommendation(RecommendationChange)
    /// What would be notified, if the run were not a rehearsal.
    case wouldNotify(AlertPolicy.NotificationRequest)
    /// Old samples were rolled up or dropped.
    case retained(RetentionJob.Result)
    /// Something is wrong.
    case problem(RunProblem)
    /// The run is over.
    case finished(RunSummary)
}

/// A problem of a run, with the status that it ends the run with.
public struct RunProblem: Sendable {
    /// The status.
    public var status: ExitStatus
    /// The problem and what to do, in one line.
    public var message: String
    /// Whether it is notified: it needs attention although no one watches the run.
    public var isFailure: Bool

    /// Creates a problem.
    public init(_ status: ExitStatus, _ message: String, isFailure: Bool = true) {
        (self.status, self.message, self.isFailure) = (status, message, isFailure)
    }

    /// The problem behind an error; `step` is what failed, where the error does not say it.
    init(_ error: any Error, in step: String) {
        let message = (error as? ExitError).map { $0.message ?? "\(step) failed" } ?? ExitStatus.words(error)
        let prefix = "advisor: "
        self.init(ExitStatus.of(error), message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : message)
    }
}

/// What a run did, as it is stored and shown at its end; a number is nil when its step did not take place.
public struct RunSummary: Sendable {
    /// The time of the evaluation.
    public var asOf: Timestamp
    /// Samples that are new or changed.
    public var accepted: Int?
    /// Changes of rules and recommendations.
    public var changes: Int?
    /// Rules in ALARM.
    public var alarms: Int?
    /// Alerts enqueued by the evaluation.
    public var notified: Int?
    /// Resources that were not evaluated, because they are not declared and too many.
    public var ignoredResources = 0
    /// Start of the newest sample.
    public var newestSample: Timestamp?
    /// Alerts delivered.
    public var delivered: Int?
    /// What is wrong, in order.
    public var problems: [RunProblem] = []
    /// The duration.
    public var seconds = 0.0

    /// The status of the run: of several problems the most important one's.
    public var status: ExitStatus { ExitStatus.combined(problems.map(\.status)) }

    init(asOf: Timestamp) { self.asOf = asOf }
}
