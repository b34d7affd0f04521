public import AdvisorCore
public import Foundation

/// What a parser needs besides the bytes.
public struct IngestContext: Sendable {
    /// A series with its metric name in rules.
    public struct Target: Sendable {
        /// The series.
        public var key: SeriesKey
        /// The unit of values without one.
        public var metric: Metric

        /// Creates a target.
        public init(key: SeriesKey, metric: Metric) { (self.key, self.metric) = (key, metric) }
    }

    /// A query of `get-metric-data`.
    public struct Query: Sendable {
        /// The series.
        public var key: SeriesKey
        /// The statistic: `Average`, `p99`.
        public var statistic: String
        /// The length of a datapoint.
        public var period: Duration
        /// nil if the query has none.
        public var unit: MetricUnit?
    }

    /// The current time; times later than a day after it are impossible.
    public var now: Timestamp
    /// The metrics.
    public var metrics: MetricCatalog
    /// The series of `--metric` and `--resource`; nil without them.
    public var target: Target?
    /// The value of `--resource`; nil without it.
    public var resource: String?
    /// The queries by id; empty without `--queries`.
    public var queries: [String: Query]
    /// The ids of queries with expressions.
    public var expressions: Set<String>
    /// The namespace of bare PutMetricData arrays; nil without `--namespace`.
    public var namespace: String?
    /// The services of bills; empty without.
    public var services = ServiceCatalog()
    /// The account that bills without one are of; nil when it is not known.
    public var account: String?
    /// The zone of times without one; nil for UTC.
    public var zone: TimeZone?
    /// The series that advisor.yaml names in place of the catalog's.
    public var declaredSeries: Set<SeriesKey> = []
    /// The resources that advisor.yaml declares.
    public var declaredResources: [Stack.Resource] = []
    /// The maximum number of series of one input, and of the store.
    public var seriesLimit = SeriesKey.limit
    /// The number of records per batch.
    public var batchSize: Int

    /// Creates a context with metrics only.
    public init(now: Timestamp, metrics: MetricCatalog, batchSize: Int = 50_000) {
        (self.now, self.metrics, self.batchSize) = (now, metrics, batchSize)
        queries = [:]
        expressions = []
    }

    /// The series of a metric of a resource.
    public func target(metric name: String, resource: String) -> Target? {
        guard
            let metric = metrics.metric(named: name)
                ?? metrics.metrics.values.first(where: { metric in
                    if case .series(_, let own) = metric.origin { own == name } else { false }
                }), case .series(let namespace, let seriesName) = metric.origin
        else { return nil }
        var dimensions = metric.otherDimensions
        if let dimension = metric.dimension, !(metric.kinds.contains(.account) && resource == "account") {
            dimensions.append(SeriesKey.Dimension(dimension, resource))
        }
        return Target(key: SeriesKey(namespace: namespace, name: seriesName, dimensions: dimensions), metric: metric)
    }

    private static let earliest = Timestamp(seconds: 946_684_800)

    /// Why a time is invalid for a sample; nil if it is valid.
    func objection(to start: Timestamp) -> String? {
        if start < Self.earliest {
            return "impossible time \(start): before 2000; is it in seconds where milliseconds are meant?"
        }
        if start > now + .seconds(86_400) {
            return "impossible time \(start): later than a day after \(now); give `--now` if that is meant"
        }
        return nil
    }
}
