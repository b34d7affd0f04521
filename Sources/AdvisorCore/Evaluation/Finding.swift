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

    /// Why the state is INSUFFICIENT_DATA.
    public enum Gap: Reason {
        /// The expression has no value.
        case noValue(reason: UnknownReason)
        /// No sample of this metric, ever.
        case noSeries(metric: String)
        /// None since: the start of the last one.
        case noData(metric: String, since: Timestamp)
        /// The samples do not hold what the statistic needs.
        case statisticUnavailable(metric: String, statistic: Statistic)
        /// The metric is too new for a range function: how much of it is stored, and how much is needed.
        case insufficientHistory(metric: String, has: Quantity, needs: Quantity)
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

extension Finding {
    /// The value with what it measures; nil when there is none.
    public var quantity: Quantity? { value.flatMap { value in measure.map { Quantity(value, $0) } } }
    /// The threshold with what it measures; nil when there is none.
    public var thresholdQuantity: Quantity? { threshold.flatMap { value in measure.map { Quantity(value, $0) } } }

    /// The value as a share of the threshold; nil where either is unknown or the threshold is no upper bound.
    public var nearness: Double? {
        guard let value, let threshold, threshold > 0, sign == ">" || sign == ">=" else { return nil }
        return value / threshold
    }
}

extension Evidence.Gap {
    /// The code that says most: `fact_not_set` rather than `no_value`.
    public var innermostCode: String {
        switch self {
        case .noValue(let reason): reason.code
        case .noSeries, .noData, .statisticUnavailable, .insufficientHistory, .tooFewDatapoints: code
        }
    }

    /// The metric or the fact that is missing; nil when neither is.
    public var subject: String? {
        switch self {
        case .noValue(.factNotSet(let fact)): fact
        case .noValue(.divisionByZero): nil
        case .noSeries(let metric), .noData(let metric, _), .statisticUnavailable(let metric, _),
            .insufficientHistory(let metric, _, _), .tooFewDatapoints(let metric):
            metric
        }
    }

    /// Every code that `innermostCode` gives.
    public static let codes = [
        "division_by_zero", "fact_not_set", "insufficient_history", "no_data", "no_series", "statistic_unavailable",
        "too_few_datapoints",
    ]
}
