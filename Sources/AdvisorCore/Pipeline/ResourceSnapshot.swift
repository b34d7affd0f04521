/// One resource with its samples and with what is stored about its rules: the input of an evaluation.
public struct ResourceSnapshot: Sendable {
    /// Late samples that a stored alarm has not seen.
    public struct Backfill: Hashable, Sendable {
        /// The start of the first of them.
        public var from: Timestamp
        /// The stored transitions of the alarm.
        public var recorded: [Transition]

        /// Creates a backfill.
        public init(from: Timestamp, recorded: [Transition]) { (self.from, self.recorded) = (from, recorded) }
    }

    /// The resource with its facts and samples.
    public var target: EvaluationTarget
    /// The stored alarms by rule id; those of rules whose definition has changed are left out.
    public var alarms: [String: Alarm]
    /// By rule id; absent for rules whose alarms have seen all samples.
    public var backfills: [String: Backfill]
    /// The ids of rules whose samples all arrived after the previous evaluation.
    public var arrivals: Set<String> = []
    /// From the first to the previous evaluation of the store; nil before the first.
    public var evaluated: ClosedRange<Timestamp>?
    /// When the resource came to its tier; nil when unknown.
    public var tierSince: Timestamp?
    /// Its recommendation that was done and is not verified yet; nil without one.
    public var completed: CompletedRecommendation?

    /// Creates a snapshot; without alarms every rule is evaluated from the first sample on.
    public init(
        target: EvaluationTarget, alarms: [String: Alarm] = [:], backfills: [String: Backfill] = [:],
        tierSince: Timestamp? = nil, completed: CompletedRecommendation? = nil
    ) {
        (self.target, self.alarms, self.backfills) = (target, alarms, backfills)
        (self.tierSince, self.completed) = (tierSince, completed)
    }
}

/// A recommendation that was done, with what its service was charged since.
public struct CompletedRecommendation: Hashable, Sendable {
    /// The rules that had asked for it.
    public var rules: [String]
    /// What its service was charged before and after; nil without bills, and while it is too early.
    public var measured: MeasuredCostChange?

    /// Creates a completed recommendation.
    public init(rules: [String], measured: MeasuredCostChange? = nil) { (self.rules, self.measured) = (rules, measured) }
}
