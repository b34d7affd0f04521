/// What a rule says of a resource; CloudWatch's three states.
public enum AlarmState: String, CaseIterable, Sendable, Hashable {
    case ok = "OK"
    case alarm = "ALARM"
    case insufficientData = "INSUFFICIENT_DATA"
}

/// The memory that a rule has of a resource.
public struct Alarm: Hashable, Sendable {
    /// The rule's id.
    public var rule: String
    /// The resource's id.
    public var resource: String
    /// The state that stands.
    public var state: AlarmState
    /// When it began to stand; nil before the first evaluation.
    public var since: Timestamp?
    /// The last time evaluated; nil before the first.
    public var evaluatedUpTo: Timestamp?
    /// While `keep_firing_for` holds the alarm: when it would have been left.
    public var leavingSince: Timestamp?
    /// When it last left ALARM; nil while in ALARM, and when it never was.
    public var leftAlarm: Timestamp?

    /// A new alarm, which has insufficient data.
    public init(rule: String, resource: String) {
        (self.rule, self.resource) = (rule, resource)
        state = .insufficientData
    }
}

/// One change of an alarm's state.
public struct Transition: Hashable, Sendable {
    /// The rule's id.
    public var rule: String
    /// The resource's id.
    public var resource: String
    /// The end of the period at which the state changed.
    public var at: Timestamp
    /// The state before.
    public var from: AlarmState
    /// The state after.
    public var to: AlarmState

    /// A change by its parts.
    public init(rule: String, resource: String, at: Timestamp, from: AlarmState, to: AlarmState) {
        (self.rule, self.resource, self.at, self.from, self.to) = (rule, resource, at, from, to)
    }
}

/// An interval of time in ALARM.
public struct Episode: Hashable, Sendable {
    /// The resource's id.
    public var resource: String
    /// The rule's id.
    public var rule: String
    /// When the state became ALARM.
    public var start: Timestamp
    /// When it was left, to whatever state; nil while it lasts.
    public var end: Timestamp?
    /// The value farthest beyond the threshold, in the base of its measure; nil when the rule compares no metric.
    public var peak: Double?

    /// An episode by its parts.
    public init(resource: String, rule: String, start: Timestamp, end: Timestamp?, peak: Double?) {
        (self.resource, self.rule, self.start, self.end, self.peak) = (resource, rule, start, end, peak)
    }
}
