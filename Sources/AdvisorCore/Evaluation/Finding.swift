/// The current state of a rule on a resource, with everything needed to verify it by hand.
public struct Finding: Hashable, Sendable {
    /// The rule.
    public var rule: Rule
    /// The id of the resource.
    public var resource: String
    /// The current state.
    public var state: AlarmState
    /// When the state began; nil if it was never evaluated.
    public var since: Timestamp?
    /// Whether `since` is when the state began; false of facts, of which only the first evaluation is known.
    public var isDated = true
    /// When it last left ALARM; nil while in ALARM, and if it never was.
    public var leftAlarm: Timestamp?
    /// The left side of the first comparison of a metric at the newest datapoint with data, in the base unit of `measure`.
    public var value: Double?
    /// The right side of that comparison.
    public var threshold: Double?
    /// The kind of quantity of both; nil if the rule compares no metric.
    public var measure: QuantityKind?
    /// The comparison operator between `value` and `threshold`; nil with `measure`.
    public var sign: String?
    /// The metric on the left; nil with `measure`.
    public var metric: Metric?
    /// The range function on the left, as its author wrote it; nil if the metric's own value is compared.
    public var expression: String?
    /// Why it is not notified; nil if it is. It is evaluated, recorded and shown in any case.
    public var held: Suppression?
    /// The evidence, down to the datapoints.
    public var evidence: Evidence

    /// Creates a finding without values.
    public init(rule: Rule, resource: String, state: AlarmState, since: Timestamp? = nil, evidence: Evidence) {
        (self.rule, self.resource, self.state, self.since, self.evidence) = (rule, resource, state, since, evidence)
    }
}

/// The datapoints behind a state, and how they were computed.
public struct Evidence: Hashable, Sendable {
    /// One datapoint of the evaluation range.
    public struct Datapoint: Hashable, Sendable {
        /// The start of the datapoint.
        public var start: Timestamp
        /// The left side of the comparison; nil if missing.
        public var value: Double?
        /// Whether the condition holds; nil if missing.
        public var isBreaching: Bool?
    }

    /// Why the state is INSUFFICIENT_DATA.
    public enum Gap: Reason {
        /// The expression has no value.
        case noValue(reason: UnknownReason)
        /// There is no sample of the metric.
        case noSeries(metric: MetricID)
        /// There is no sample since the start of the last one.
        case noData(metric: MetricID, since: Timestamp)
        /// The samples lack what the statistic needs.
        case statisticUnavailable(metric: MetricID, statistic: Statistic)
        /// The samples state a unit of another kind than the metric's, both by their CloudWatch names.
        case unitMismatch(metric: MetricID, unit: String, expected: String)
        /// The metric is too new for a range function: how much of it is stored, and how much is needed.
        case insufficientHistory(metric: MetricID, has: Quantity, needs: Quantity)
        /// There are too few datapoints.
        case tooFewDatapoints(metric: MetricID)
    }

    /// The length of a datapoint: the longer of the rule's and the series' own period; nil for facts.
    public var period: Duration?
    /// M of N for this length.
    public var datapoints: Sustain.Datapoints?
    /// The evaluation range, oldest first.
    public var range: [Datapoint]
    /// The least exact provenance of the values.
    public var provenance: Provenance
    /// Whether a sample stated no unit, so that the metric's unit was used.
    public var assumesUnit: Bool
    /// What is missing; nil if nothing is.
    public var gap: Gap?
    /// The start of the newest sample read.
    public var newestSample: Timestamp?
    /// The recent history of the value in eight steps, oldest first; nil without data.
    public var trend: [Double?]
    /// The current values of the facts used.
    public var facts: Facts
    /// The forecast of a range function at the newest datapoint; nil if there is none.
    public var outlook: ForecastEvidence?

    /// Creates empty evidence.
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

    /// How near the value is to the threshold, 1 at the threshold: the value as a share of an upper bound, or a lower bound as
    /// a share of the value; nil if either is unknown, and for a function such as a time until something.
    public var nearness: Double? {
        guard let value, let threshold, threshold > 0, expression == nil else { return nil }
        switch sign {
        case ">", ">=": return value / threshold
        case "<", "<=": return value > 0 ? threshold / value : nil
        default: return nil
        }
    }
}

extension Evidence.Gap {
    /// The code that says most: `fact_not_set` rather than `no_value`.
    public var innermostCode: String {
        switch self {
        case .noValue(let reason): reason.code
        case .noSeries, .noData, .statisticUnavailable, .unitMismatch, .insufficientHistory, .tooFewDatapoints: code
        }
    }

    /// The metric or the fact that is missing; nil when neither is.
    public var subject: String? {
        switch self {
        case .noValue(.factNotSet(let fact)), .noValue(.factOutOfDate(let fact)): fact
        case .noValue(.divisionByZero): nil
        case .noSeries(let metric), .noData(let metric, _), .statisticUnavailable(let metric, _),
            .unitMismatch(let metric, _, _),
            .insufficientHistory(let metric, _, _), .tooFewDatapoints(let metric):
            metric.rawValue
        }
    }

    /// Every code that `innermostCode` gives.
    public static let codes = [
        "division_by_zero", "fact_not_set", "fact_out_of_date", "insufficient_history", "no_data", "no_series",
        "statistic_unavailable",
        "unit_mismatch",
        "too_few_datapoints",
    ]
}
