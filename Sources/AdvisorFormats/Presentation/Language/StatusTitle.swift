public import AdvisorCore

/// The rows of `advisor status`.
public enum StatusTitle: String, CaseIterable, Sendable {
    case lastRun, evaluated, newestSample, ignored, stale, receiver, alert, muted, snoozed, suppressed
    /// Before the first run, with what to do.
    case neverRan
    /// Before the first evaluation.
    case never
    /// Without any sample.
    case noSample
    /// A receiver without entries.
    case nothingPending
}

/// Clauses with values of `advisor status`, and what to do next.
public enum StatusPhrase: Sendable {
    /// A time and how long ago it was.
    case at(Timestamp, ago: Quantity)
    /// A time that is later than now.
    case inFuture(Timestamp)
    /// A run and how it ended; nil while it has not.
    case run(String, exitCode: Int?)
    /// Old data of a resource.
    case stale(resource: String, newest: String)
    /// The entries of a receiver that are to be delivered, paused, failed and delivered.
    case entries(pending: Int, paused: Int, failed: Int, delivered: Int)
    /// How old the oldest pending entry is.
    case oldest(Quantity)
    /// Why a receiver is disabled.
    case disabled(String)
    /// Since when a group of alerts is active, and how long ago it was notified.
    case alert(key: String, since: Timestamp?, notified: Quantity?)
    /// Why it is not notified.
    case suppressedBy([String])
    /// Until when, and why.
    case until(Timestamp, reason: String?)
    /// Alerts that were not notified so far.
    case suppressedCount(Int)
    /// What to do, with the command.
    case next(StatusStep, command: String)
}

/// What can be done about a row of `advisor status`.
public enum StatusStep: CaseIterable, Sendable {
    case ingest, deliver, retry, explain
}
