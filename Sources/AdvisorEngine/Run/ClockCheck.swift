public import AdvisorCore
public import AdvisorStore

/// Whether the time of an evaluation can be true, by what is stored: no clock is trusted alone.
public struct ClockCheck: Sendable {
    /// How far an evaluation trusts the clock.
    public enum Trust: Sendable {
        /// A time long after everything that is stored is refused.
        case checked
        /// The time was confirmed by a person.
        case confirmed
    }

    /// The time.
    public let now: Timestamp
    /// The end of the newest sample; nil without any.
    public let newestSample: Timestamp?
    /// The last evaluation; nil before the first.
    public let lastEvaluation: Timestamp?
    /// How much later than them a time may be: a day and three times the usual interval between evaluations.
    private let limit: Duration

    /// Reads what is stored.
    /// - Throws: `StoreFailure`.
    public init(_ store: Store, now: Timestamp) throws {
        self.now = now
        newestSample = try store.newestSampleEnd(before: now)
        let evaluations = try store.lastEvaluations(20)
        lastEvaluation = evaluations.first
        let intervals = zip(evaluations, evaluations.dropFirst()).map { $0 - $1 }.sorted()
        // Fewer intervals say nothing of what is usual.
        let usual = intervals.count < 3 ? Duration.zero : intervals[intervals.count / 2]
        limit = .seconds(86_400) + usual * 3
    }

    /// Whether something may be recorded: the time is not long after both the newest sample and the last evaluation.
    public var isPlausible: Bool { lastEvaluation == nil || isNear(lastEvaluation) || isNear(newestSample) }

    /// Whether samples may be deleted for their age: the time is long after neither.
    public var permitsDeletion: Bool { (lastEvaluation == nil || isNear(lastEvaluation)) && isNear(newestSample) }

    private func isNear(_ time: Timestamp?) -> Bool { time.map { now - $0 <= limit } ?? false }

    /// What is wrong, and what to do.
    public var problem: String {
        let last = lastEvaluation.map { "the last evaluation was \($0)" }
        let newest = newestSample.map { "the newest sample ends \($0)" } ?? "there is no sample"
        return "the clock says \(now), but \([last, newest].compactMap { $0 }.joined(separator: " and ")); "
            + "nothing is recorded. If the clock is right, confirm it once with --accept-clock"
    }
}
