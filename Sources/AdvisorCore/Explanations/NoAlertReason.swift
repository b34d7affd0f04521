/// Why a rule says nothing of a resource.
public enum NoAlertReason: Hashable, Sendable {
    /// Its `where` is false: what was asked, and the facts that stand against it.
    case doesNotApply([FailedFact])
    /// Nothing of the kind is declared or stored.
    case noResource(ResourceKind)
    /// Nobody said this fact.
    case unknownFact(String)
    /// Its newest datapoints have no value, since they divide by zero.
    case dividesByZero
    /// The store holds no series of that name for the resource, and none that looks like it.
    case neverHadData(metric: String, wanted: SeriesKey)
    /// The series begins after the time asked for: the start of its first sample.
    case beginsLater(metric: String, Timestamp)
    /// The store holds no such series, but some that look like it.
    case noSuchSeries(metric: String, wanted: SeriesKey, alike: [SeriesKey])
    /// Nothing came since: the start of the last sample.
    case noDataSince(metric: String, Timestamp)
    /// The samples do not hold what the statistic needs.
    case statisticUnavailable(metric: String, Statistic)
    /// The metric is too new for a function over time: what there is of it, and what is needed.
    case insufficientHistory(metric: String, has: Duration, needs: Duration)
    /// Some datapoints, but not enough of them.
    case tooFewDatapoints(metric: String)
    /// Somebody switched the rule off: where it says so.
    case disabled(by: String)
    /// It is in ALARM, but nobody is told until then, and why.
    case muted(until: Timestamp, reason: String?)
    /// It is in ALARM, but another rule's alarm on the same resource stands above it.
    case inhibited(by: String)

    /// A comparison in a `where` that is false.
    public struct FailedFact: Hashable, Sendable {
        /// As the rule has it: `tier == "db.t4g.micro"`.
        public var asked: String
        /// The fact's name.
        public var fact: String
        /// What it is.
        public var value: String
    }

    /// A word for programs.
    public var code: String {
        switch self {
        case .doesNotApply: "does_not_apply"
        case .noResource: "no_resource"
        case .unknownFact: "unknown_fact"
        case .dividesByZero: "divides_by_zero"
        case .neverHadData: "never_had_data"
        case .beginsLater: "begins_later"
        case .noSuchSeries: "no_such_series"
        case .noDataSince: "no_data_since"
        case .statisticUnavailable: "statistic_unavailable"
        case .insufficientHistory: "insufficient_history"
        case .tooFewDatapoints: "too_few_datapoints"
        case .disabled: "disabled"
        case .muted: "muted"
        case .inhibited: "inhibited"
        }
    }

    /// As one sentence without its full stop, with what to do where something can be done.
    public var words: String {
        switch self {
        case .doesNotApply(let facts):
            "does not apply: "
                + facts.map { "\($0.fact) is \($0.value), the rule asks \($0.asked)" }.joined(separator: "; ")
        case .noResource(let kind): "nothing of the kind \(kind.rawValue) in stack file or store"
        case .unknownFact(let fact): "nobody said `\(fact)`; \(Self.whoSays(fact))"
        case .dividesByZero: "\(UnknownReason.divisor.words), and so has no value"
        case .neverHadData(let metric, let wanted): "never had data of \(metric): no series \(wanted.words) in the store"
        case .beginsLater(let metric, let first): "no data of \(metric) yet: the first is of \(first)"
        case .noSuchSeries(let metric, let wanted, let alike):
            "no series of \(metric): \(wanted.words) is not in the store; did you mean "
                + alike.map(\.words).joined(separator: ", or ") + "?"
        case .noDataSince(let metric, let since): "no data of \(metric) since \(since)"
        case .statisticUnavailable(let metric, let statistic):
            "the samples of \(metric) do not hold \(statistic.word); a column of CSV, or CloudWatch's Stat of that name, brings it"
        case .insufficientHistory(let metric, let has, let needs):
            Evidence.Gap.insufficientHistory(metric: metric, has: has, needs: needs).words
        case .tooFewDatapoints(let metric): "not enough data of \(metric) yet"
        case .disabled(let place): "disabled by \(place)"
        case .muted(let until, let reason): "muted until \(until)\(reason.map { ": \($0)" } ?? "")"
        case .inhibited(let rule): "gives way to \(rule), which is in ALARM"
        }
    }

    private static func whoSays(_ fact: String) -> String {
        fact.hasPrefix("tier.") || fact == "expected_monthly_cost"
            ? "it comes from the catalogue or the budget's preset" : "advisor.yaml can say it"
    }
}

extension SeriesKey {
    /// `AWS/RDS CPUUtilization {DBInstanceIdentifier=db}`.
    public var words: String {
        let names = dimensions.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
        return "\(namespace) \(name)\(names.isEmpty ? "" : " {\(names)}")"
    }
}
