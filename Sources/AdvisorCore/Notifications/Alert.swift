/// What is notified, as data, as it was when it became due; ``AlertMessage`` is the same in words.
///
/// It never changes afterwards: each attempt at each receiver has this `id`.
public struct Alert: Hashable, Sendable, Codable {
    /// The kind of alert.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        /// A rule went into ALARM, or is still in it.
        case alarm
        /// A rule that was notified left ALARM.
        case resolved
        /// The recommendation for a resource changed.
        case recommendation
        /// A budget exceeded one of its thresholds.
        case budget
        /// A service costs more than its own past suggests.
        case anomaly
        /// Data that rules need has stopped.
        case stale
        /// A run failed.
        case runFailed = "run_failed"
        /// A receiver was disabled.
        case endpointDisabled = "endpoint_disabled"
        /// A test alert.
        case test
    }

    /// What an alert says about one rule.
    public struct Reason: Hashable, Sendable, Codable {
        /// The id of the rule; nil if there is none.
        public var rule: String?
        /// What is so, with its values.
        public var content: AlertReason
        /// The source of the rule; nil if it does not give one.
        public var cite: String?
        /// The severity of the rule; nil if there is none.
        public var severity: Severity?
        /// When it began; nil if there is no rule.
        public var startsAt: Timestamp?
        /// When it ended; nil while it lasts.
        public var endsAt: Timestamp?

        /// Creates a reason.
        public init(rule: String? = nil, content: AlertReason, cite: String? = nil) {
            (self.rule, self.content, self.cite) = (rule, content, cite)
        }
    }

    /// What is recommended for the resource, and what it does.
    public struct Advice: Hashable, Sendable, Codable {
        /// The actions in order.
        public var steps: [RecommendationSummary.Step]
        /// What they do about the alarms and the bill.
        public var effect: RecommendationEffect

        /// The advice of a recommendation; nil if its effect is not known.
        init?(_ summary: RecommendationSummary) {
            guard let effect = summary.effect else { return nil }
            (steps, self.effect) = (summary.steps, effect)
        }
    }

    /// The id, the same on every attempt and for every receiver: letters, digits, `_` and `-`, at most 64.
    public var id: String
    /// The kind of alert.
    public var kind: Kind
    /// The severity.
    public var severity: Severity
    /// The key of the group, the same from the first alert to *resolved*: `rule/resource`. Receivers fold messages by it.
    public var key: String
    /// The id of the rule; nil if there is none, or several.
    public var rule: String?
    /// The id of the resource; nil for the whole stack.
    public var resource: String?
    /// The kind of the resource; nil with `resource`.
    public var resourceKind: ResourceKind?
    /// The name of the project; nil if it is not set.
    public var project: String?
    /// The stage, `mvp`, `launch` or `growth`; nil if it is not set.
    public var stage: Stage?
    /// What it says.
    public var content: AlertContent
    /// When its content became true, UTC; for a resolved alert, when it ended.
    public var at: Timestamp
    /// When the reported state began.
    public var startsAt: Timestamp
    /// When the reported state ended; nil while it lasts.
    public var endsAt: Timestamp?
    /// The value; nil if no metric is compared.
    public var value: AlertValue?
    /// The threshold; nil with `value`.
    public var threshold: AlertValue?
    /// The monthly cost before the recommended actions; nil if unknown or nothing is recommended.
    public var monthlyBefore: Money?
    /// The monthly cost after them.
    public var monthlyAfter: Money?
    /// What is recommended; nil if nothing is.
    public var advice: Advice?
    /// The reasons, most important first.
    public var reasons: [Reason]
    /// What the rule compared; nil if there is no rule, or it compares no metric.
    public var trigger: Trigger?

    /// Creates an alert from its required parts.
    public init(
        id: String, kind: Kind, severity: Severity, key: String, content: AlertContent, at: Timestamp, startsAt: Timestamp
    ) {
        (self.id, self.kind, self.severity, self.key) = (id, kind, severity, key)
        (self.content, self.at, self.startsAt) = (content, at, startsAt)
        reasons = []
    }
}
