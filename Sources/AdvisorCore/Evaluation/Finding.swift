/// What a rule says of a resource now, with everything needed to check it by hand.
public struct Finding: Hashable, Sendable {
    /// The rule that says it.
    public var rule: Rule
    /// The resource's id.
    public var resource: String
    /// The state that stands.
    public var state: AlarmState
    /// Since when; nil when it was never evaluated.
    public var since: Timestamp?
    /// When it last left ALARM; nil while in ALARM, and when it never was.
    public var leftAlarm: Timestamp?
    /// Left side of the first comparison with a metric on its left, at the newest datapoint that has data; base of `measure`.
    public var value: Double?
    /// Its right side.
    public var threshold: Double?
    /// What both measure; nil when the rule compares no metric.
    public var measure: QuantityKind?
    /// How `threshold` bounds `value`: `>` or another comparison sign; nil with `measure`.
    public var sign: String?
    /// The metric on the left; nil with `measure`.
    public var metric: Metric?
    /// The function over time on the left, as its author wrote it; nil when the metric's own value is compared.
    public var expression: String?
    /// Why nobody is told of it; nil when somebody is. It is evaluated, recorded and shown all the same.
    public var held: Suppression?
    /// Why, down to the datapoint.
    public var evidence: Evidence

    /// A finding that compares nothing yet.
    public init(rule: Rule, resource: String, state: AlarmState, since: Timestamp? = nil, evidence: Evidence) {
        (self.rule, self.resource, self.state, self.since, self.evidence) = (rule, resource, state, since, evidence)
    }
}

/// The datapoints of a verdict, and what was done to get them.
public struct Evidence: Hashable, Sendable {
    /// One datapoint of the evaluation range.
    public struct Datapoint: Hashable, Sendable {
        /// Start of the datapoint.
        public var start: Timestamp
        /// Left side of the comparison; nil when missing.
        public var value: Double?
        /// Whether the condition holds of it; nil when missing.
        public var isBreaching: Bool?
    }

    /// Why there is no verdict.
    public enum Gap: Hashable, Sendable {
        /// What is computed has no value.
        case unknownReason(UnknownReason)
        /// No sample of this metric, ever.
        case noSeries(metric: String)
        /// None since: the start of the last one.
        case noData(metric: String, since: Timestamp)
        /// The samples do not hold what the statistic needs.
        case statisticUnavailable(metric: String, statistic: Statistic)
        /// The metric is too new for a function over time: what there is of it, and what is needed.
        case insufficientHistory(metric: String, has: Duration, needs: Duration)
        /// Some datapoints, but not enough of them yet.
        case tooFewDatapoints(metric: String)
    }

    /// Length of a datapoint: the coarsest of the rule's period and the series' own; nil for facts.
    public var period: Duration?
    /// M of N at that length.
    public var datapoints: Sustain.Datapoints?
    /// Oldest first; the evaluation range.
    public var range: [Datapoint]
    /// The least exact way in which a value was come by.
    public var provenance: Provenance
    /// Whether a sample stated no unit, so that the metric's own was taken.
    public var assumesUnit: Bool
    /// What is missing; nil when nothing is.
    public var gap: Gap?
    /// Start of the newest sample read.
    public var newestSample: Timestamp?
    /// The value's recent course in eight steps, oldest first; nil where there is no data.
    public var trend: [Double?]
    /// The facts that were read, as they are now.
    public var facts: Facts
    /// What a function over time foresees at the newest datapoint; nil when none is compared.
    public var outlook: ForecastEvidence?

    /// Evidence of nothing yet.
    public init() {
        range = []
        provenance = .exact
        assumesUnit = false
        trend = []
        facts = [:]
    }
}
