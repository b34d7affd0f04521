/// One thing that somebody should be told, as it was when it became due.
///
/// It never changes afterwards: every attempt at every endpoint sends this value with this `id`.
public struct Alert: Hashable, Sendable, Codable {
    /// What an alert is about.
    public enum Kind: String, CaseIterable, Sendable, Codable {
        /// A rule went into ALARM, or stands in it still.
        case alarm
        /// A rule that somebody was told of left ALARM.
        case resolved
        /// The recommendation for a resource changed.
        case recommendation
        /// A budget passed one of its steps.
        case budget
        /// A service costs more than its own past lets expect.
        case anomaly
        /// A series that rules need has stopped.
        case stale
        /// A run failed.
        case runFailed = "run_failed"
        /// An endpoint is not sent to any longer.
        case endpointDisabled = "endpoint_disabled"
        /// Somebody tries an endpoint.
        case test
    }

    /// What one alert says of one rule.
    public struct Reason: Hashable, Sendable, Codable {
        /// The rule's id; nil where no rule speaks.
        public var rule: String?
        /// In plain words, one sentence.
        public var text: String
        /// Where the rule comes from; nil when it does not say.
        public var cite: String?
        /// How much the rule matters; nil where no rule speaks.
        public var severity: Severity?
        /// Since when it stands; nil where no rule speaks.
        public var startsAt: Timestamp?
        /// When it was over; nil while it stands.
        public var endsAt: Timestamp?

        /// A reason by its parts.
        public init(rule: String? = nil, text: String, cite: String? = nil) {
            (self.rule, self.text, self.cite) = (rule, text, cite)
        }
    }

    /// The same on every attempt and for every receiver: letters, digits, `_` and `-`, at most 64.
    public var id: String
    /// What it is about.
    public var kind: Kind
    /// How much it matters.
    public var severity: Severity
    /// Names what it is about from the first alert to the resolved one: `rule/resource`. Receivers fold by it.
    public var key: String
    /// The rule's id; nil where none is behind it, or several.
    public var rule: String?
    /// The resource's id; nil when it is about the whole stack.
    public var resource: String?
    /// The resource's kind; nil with `resource`.
    public var resourceKind: ResourceKind?
    /// The project's name; nil when the stack file gives none.
    public var project: String?
    /// `mvp`, `launch` or `growth`; nil when the stack file does not say.
    public var stage: Stage?
    /// One line, without markup: `prod-db: CPU above 80 % for 5 minutes`.
    public var title: String
    /// One sentence, without markup.
    public var summary: String
    /// When what it says became true, UTC; of a resolved one, when it ended.
    public var at: Timestamp
    /// When the state that it tells of began.
    public var startsAt: Timestamp
    /// When that state ended; nil while it stands.
    public var endsAt: Timestamp?
    /// The value with its unit; nil where no metric is compared.
    public var value: String?
    /// The threshold with its unit; nil with `value`.
    public var threshold: String?
    /// The resource's bill a month before the recommended steps; nil when unknown or none is recommended.
    public var monthlyBefore: Money?
    /// The bill after them.
    public var monthlyAfter: Money?
    /// Why, the most important first.
    public var reasons: [Reason]
    /// What the rule compared; nil where no rule is behind it, or it compares no metric.
    public var trigger: Trigger?

    /// An alert by the parts it cannot do without.
    public init(
        id: String, kind: Kind, severity: Severity, key: String, title: String, summary: String, at: Timestamp,
        startsAt: Timestamp
    ) {
        (self.id, self.kind, self.severity, self.key) = (id, kind, severity, key)
        (self.title, self.summary, self.at, self.startsAt) = (title, summary, at, startsAt)
        reasons = []
    }
}
