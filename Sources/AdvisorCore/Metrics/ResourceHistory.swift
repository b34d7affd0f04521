internal import Algorithms

/// The samples of one metric of one resource, in time order.
public struct SeriesHistory: Sendable {
    /// The metric they are values of.
    public var metric: Metric
    /// Ordered by start, then by period.
    public var samples: [Sample]

    /// A history; samples in any order.
    public init(metric: Metric, samples: [Sample]) {
        self.metric = metric
        let precedes: (Sample, Sample) -> Bool = { ($0.start, $0.periodMilliseconds) < ($1.start, $1.periodMilliseconds) }
        let isSorted = zip(samples, samples.dropFirst()).allSatisfy { !precedes($1, $0) }
        self.samples = isSorted ? samples : samples.sorted(by: precedes)
    }

    /// The index of the first sample at or after the time.
    func index(at time: Timestamp) -> Int { samples.partitioningIndex { $0.start >= time } }
}

/// All that is known of one resource's past.
public struct ResourceHistory: Sendable {
    /// By metric name; a metric without any sample is absent.
    public var series: [String: SeriesHistory]
    /// Start of the first sample of any of the resource's series; nil without one.
    public var firstSample: Timestamp?

    /// End of the last sample of any of these series; nil without one.
    public var lastSample: Timestamp? {
        series.values.compactMap { $0.samples.last.map { $0.start + ($0.period ?? .zero) } }.max()
    }

    /// A history of these series; the first sample is theirs unless said.
    public init(series: [SeriesHistory], firstSample: Timestamp? = nil) {
        self.series = Dictionary(series.map { ($0.metric.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.firstSample = firstSample ?? series.compactMap(\.samples.first?.start).min()
    }
}
