public import AdvisorCore

/// What a parser needs to know besides the bytes.
public struct IngestContext: Sendable {
    /// A series by the name rules use for it.
    public struct Target: Sendable {
        /// The series.
        public var key: SeriesKey
        /// What its values mean when they state no unit.
        public var metric: Metric

        /// A target by its parts.
        public init(key: SeriesKey, metric: Metric) { (self.key, self.metric) = (key, metric) }
    }

    /// One query of `get-metric-data`.
    public struct Query: Sendable {
        /// The series it asks for.
        public var key: SeriesKey
        /// `Average`, `p99`.
        public var statistic: String
        /// Length of a datapoint.
        public var period: Duration
        /// nil when the query states none.
        public var unit: MetricUnit?
    }

    /// The current time; times later than a day after it are impossible.
    public var now: Timestamp
    /// The metrics that names refer to.
    public var metrics: MetricCatalog
    /// What `--metric` and `--resource` name; nil without them.
    public var target: Target?
    /// What `--resource` names; nil without it.
    public var resource: String?
    /// Queries by their id; empty without `--queries`.
    public var queries: [String: Query]
    /// Ids of queries that are expressions over others.
    public var expressions: Set<String>
    /// The namespace of bare PutMetricData arrays; nil without `--namespace`.
    public var namespace: String?
    /// The services that bills name; empty without.
    public var services = ServiceCatalog()
    /// The account that bills without one are of; nil when it is not known.
    public var account: String?
    /// Records a batch.
    public var batchSize: Int

    /// A context with no help but the metrics.
    public init(now: Timestamp, metrics: MetricCatalog, batchSize: Int = 50_000) {
        (self.now, self.metrics, self.batchSize) = (now, metrics, batchSize)
        queries = [:]
        expressions = []
    }

    /// The series of a metric of a resource.
    public func target(metric name: String, resource: String) -> Target? {
        guard
            let metric = metrics.metrics[name]
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

    /// Why a time cannot be a sample's; nil when it can.
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

/// One thing wrong with an input.
public struct IngestProblem: Hashable, Sendable {
    /// From 1.
    public var line: Int
    /// From 1, in bytes; nil when the whole line is meant.
    public var column: Int?
    /// What is wrong and what would be right.
    public var problem: String

    /// A problem by its parts.
    public init(line: Int, column: Int?, problem: String) { (self.line, self.column, self.problem) = (line, column, problem) }
}

/// Collects what parsers make of an input: batches on their way, and problems.
public final class IngestCollector {
    /// The first hundred problems.
    public private(set) var problems: [IngestProblem] = []
    /// How many records were rejected.
    public private(set) var rejected = 0
    private var batch = SampleBatch()
    private var numbers: [SeriesKey: Int32] = [:]
    private let context: IngestContext
    private let sink: (SampleBatch) throws -> Void
    private static let listed = 100

    /// A collector that hands full batches on.
    public init(context: IngestContext, sink: @escaping (SampleBatch) throws -> Void) {
        (self.context, self.sink) = (context, sink)
    }

    /// Notes a problem; `isRejection` says whether a record was lost by it.
    func note(_ problem: String, line: Int, column: Int? = nil, isRejection: Bool = true) {
        if isRejection { rejected += 1 }
        if problems.count < Self.listed { problems.append(IngestProblem(line: line, column: column, problem: problem)) }
    }

    /// The number of a series in this input.
    func number(of key: SeriesKey) -> Int32 {
        if let number = numbers[key] { return number }
        let number = Int32(numbers.count)
        numbers[key] = number
        batch.newSeries.append(key)
        return number
    }

    /// Adds a record, and hands the batch on when it is full.
    func add(_ record: SampleBatch.Record) throws {
        batch.records.append(record)
        if batch.records.count >= context.batchSize { try flush() }
    }

    /// Hands on what is left.
    func flush() throws {
        guard !batch.records.isEmpty else { return }
        let full = batch
        batch = SampleBatch(firstNewSeries: numbers.count)
        batch.records.reserveCapacity(context.batchSize)
        try sink(full)
    }
}
