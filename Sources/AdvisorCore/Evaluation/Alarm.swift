/// The state of a rule on a resource, as in CloudWatch.
public enum AlarmState: String, CaseIterable, Sendable, Hashable {
    case ok = "OK"
    case alarm = "ALARM"
    case insufficientData = "INSUFFICIENT_DATA"
}

/// The recorded state of a rule on a resource.
public struct Alarm: Hashable, Sendable {
    /// The id of the rule.
    public var rule: String
    /// The id of the resource.
    public var resource: String
    /// The current state.
    public var state: AlarmState
    /// When the state began; nil before the first evaluation.
    public var since: Timestamp?
    /// The last evaluated time; nil before the first evaluation.
    public var evaluatedUpTo: Timestamp?
    /// While `keep_firing_for` extends the alarm: when it would have ended.
    public var leavingSince: Timestamp?
    /// When it last left ALARM; nil while in ALARM, and if it never was.
    public var leftAlarm: Timestamp?
    /// What notifications were planned for; nil if it is what the recorded transitions say.
    public var planned: PlannedAlarms?

    /// Creates an alarm with insufficient data.
    public init(rule: String, resource: String) {
        (self.rule, self.resource) = (rule, resource)
        state = .insufficientData
    }
}

/// A change of an alarm's state.
public struct Transition: Hashable, Sendable {
    /// The id of the rule.
    public var rule: String
    /// The id of the resource.
    public var resource: String
    /// The end of the period in which the state changed.
    public var at: Timestamp
    /// The previous state.
    public var from: AlarmState
    /// The new state.
    public var to: AlarmState

    /// Creates a transition.
    public init(rule: String, resource: String, at: Timestamp, from: AlarmState, to: AlarmState) {
        (self.rule, self.resource, self.at, self.from, self.to) = (rule, resource, at, from, to)
    }
}

/// An interval in ALARM.
public struct Episode: Hashable, Sendable {
    /// The id of the resource.
    public var resource: String
    /// The id of the rule.
    public var rule: String
    /// When the state became ALARM.
    public var start: Timestamp
    /// When the state changed to any other; nil while it lasts.
    public var end: Timestamp?
    /// The value farthest beyond the threshold, in its base unit; nil if the rule compares no metric.
    public var peak: Double?

    /// Creates an episode.
    public init(resource: String, rule: String, start: Timestamp, end: Timestamp?, peak: Double?) {
        (self.resource, self.rule, self.start, self.end, self.peak) = (resource, rule, start, end, peak)
    }
}
