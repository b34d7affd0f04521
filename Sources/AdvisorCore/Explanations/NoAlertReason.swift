/// Why a rule raises no alert for a resource.
public enum NoAlertReason: Reason {
    /// Its `where` is false: the comparisons that fail, with the facts.
    case doesNotApply(facts: [FailedFact])
    /// No resource of the kind is declared or stored.
    case noResource(kind: ResourceKind)
    /// The fact is neither declared nor measured.
    case unknownFact(fact: String)
    /// Its newest datapoints have no value because of a division by zero.
    case dividesByZero
    /// The samples contradict the declared fact.
    case factOutOfDate(fact: String)
    /// The store has no series of the expected name for the resource, and no similar one.
    case neverHadData(metric: MetricID, wanted: SeriesKey)
    /// The series begins after the requested time: the start of its first sample.
    case beginsLater(metric: MetricID, first: Timestamp)
    /// The store has no such series, but similar ones.
    case noSuchSeries(metric: MetricID, wanted: SeriesKey, alike: [SeriesKey])
    /// There is no newer data: the start of the last sample.
    case noDataSince(metric: MetricID, since: Timestamp)
    /// The samples lack what the statistic needs.
    case statisticUnavailable(metric: MetricID, statistic: Statistic)
    /// The samples state a unit of another kind than the metric's, both by their CloudWatch names.
    case unitMismatch(metric: MetricID, unit: String, expected: String)
    /// The metric is too new for a range function: the available and the required history.
    case insufficientHistory(metric: MetricID, has: Quantity, needs: Quantity)
    /// There are too few datapoints.
    case tooFewDatapoints(metric: MetricID)
    /// The rule is disabled: where that is configured.
    case disabled(by: String)
    /// It is in ALARM, but muted until then, and why.
    case muted(until: Timestamp, reason: String?)
    /// It is in ALARM, but inhibited by another rule on the same resource.
    case inhibited(by: String)

    /// A false comparison in a `where`.
    public struct FailedFact: Hashable, Sendable, Codable {
        /// The text in the rule: `tier == "db.t4g.micro"`.
        public var asked: String
        /// The name of the fact.
        public var fact: String
        /// The value.
        public var value: String
    }
}
