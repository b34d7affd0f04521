/// Why a rule raises no alert for a resource.
public enum NoAlertReason: Reason {
    /// Its `where` is false: the comparisons that fail, with the facts.
    case doesNotApply(facts: [FailedFact])
    /// Nothing of the kind is declared or stored.
    case noResource(kind: ResourceKind)
    /// The fact is neither declared nor measured.
    case unknownFact(fact: String)
    /// Its newest datapoints have no value, since they divide by zero.
    case dividesByZero
    /// The store holds no series of that name for the resource, and none that looks like it.
    case neverHadData(metric: String, wanted: SeriesKey)
    /// The series begins after the time asked for: the start of its first sample.
    case beginsLater(metric: String, first: Timestamp)
    /// The store holds no such series, but some that look like it.
    case noSuchSeries(metric: String, wanted: SeriesKey, alike: [SeriesKey])
    /// Nothing came since: the start of the last sample.
    case noDataSince(metric: String, since: Timestamp)
    /// The samples do not hold what the statistic needs.
    case statisticUnavailable(metric: String, statistic: Statistic)
    /// The metric is too new for a function over time: what there is of it, and what is needed.
    case insufficientHistory(metric: String, has: Quantity, needs: Quantity)
    /// Some datapoints, but not enough of them.
    case tooFewDatapoints(metric: String)
    /// The rule is disabled: where that is configured.
    case disabled(by: String)
    /// It is in ALARM, but muted until then, and why.
    case muted(until: Timestamp, reason: String?)
    /// It is in ALARM, but another rule's alarm on the same resource stands above it.
    case inhibited(by: String)

    /// A comparison in a `where` that is false.
    public struct FailedFact: Hashable, Sendable, Codable {
        /// As the rule has it: `tier == "db.t4g.micro"`.
        public var asked: String
        /// The fact's name.
        public var fact: String
        /// What it is.
        public var value: String
    }
}
