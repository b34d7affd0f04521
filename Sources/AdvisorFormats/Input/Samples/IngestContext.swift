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
        if let dimension = metric.dimension, !(metric.kinds.contains(.account) && resource == Self.account) {
            dimensions.append(SeriesKey.Dimension(dimension, resource))
        }
        return Target(key: SeriesKey(namespace: namespace, name: seriesName, dimensions: dimensions), metric: metric)
    }

    /// The id of the account as a resource.
    public static let account = "account"

    /// The resource of a metric that is given without one: that of `--resource`, or the account for a metric that it has.
    public func resource(of metric: Metric) -> String? { resource ?? (metric.kinds.contains(.account) ? Self.account : nil) }

    /// The series of a metric that is given without a resource; nil if the metric is unknown, or no resource goes with it.
    func target(metric name: String) -> Target? {
        target(metric: name, resource: "").flatMap { resource(of: $0.metric) }.flatMap { target(metric: name, resource: $0) }
    }

    private static let earliest = Timestamp(seconds: 946_684_800)

    /// Local times that clocks skip are so much earlier, and never valid.
    private static let skipped = Duration.seconds(400 * 366 * 86_400)

    /// What a local time that the clocks skip is read as: no valid time, but one that ``objection(to:)`` recognizes.
    static func skipped(_ shown: Timestamp) -> Timestamp { shown - skipped }

    /// Why a time is invalid for a sample; nil if it is valid.
    func objection(to start: Timestamp) -> String? {
        let shown = start + Self.skipped
        if let zone, shown >= Self.earliest, shown <= now + .seconds(2 * 86_400) {
            return "clocks in \(zone.identifier) skip \(shown.localText); write times with their zone"
        }
        if start < Self.earliest {
            return "impossible time \(start): before 2000; is it in seconds where milliseconds are meant?"
        }
        if start > now + .seconds(86_400) {
            return "impossible time \(start): later than a day after \(now); give `--now` if that is meant"
        }
        return nil
    }
}

extension Timestamp {
    /// A local time, given as if it were UTC: `2026-03-08 02:10`.
    var localText: String { String(description.prefix(16)).replacing("T", with: " ") }
}
