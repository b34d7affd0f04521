internal import Algorithms

/// The samples of a metric of a resource, in time order.
public struct SeriesHistory: Sendable {
    /// The metric.
    public let metric: Metric
    /// The samples, ordered by start and period.
    public let samples: [Sample]
    /// The period of the samples at each time.
    let timeline: PeriodTimeline
    /// A sample for each unit, with the largest magnitude of all values in it.
    let largest: [Sample]

    /// Creates a history from samples in any order.
    public init(metric: Metric, samples: [Sample]) {
        self.metric = metric
        let precedes: (Sample, Sample) -> Bool = { ($0.start, $0.periodMilliseconds) < ($1.start, $1.periodMilliseconds) }
        let isSorted = zip(samples, samples.dropFirst()).allSatisfy { !precedes($1, $0) }
        self.samples = isSorted ? samples : samples.sorted(by: precedes)
        timeline = PeriodTimeline(self.samples, native: metric.nativePeriod)
        largest = Self.largest(self.samples)
    }

    private init(metric: Metric, samples: [Sample], timeline: PeriodTimeline) {
        (self.metric, self.samples, self.timeline) = (metric, samples, timeline)
        largest = Self.largest(samples)
    }

    private static func largest(_ samples: [Sample]) -> [Sample] {
        var result: [Sample] = []
        for sample in samples {
            let value = max(
                max(abs(sample.rawSum), abs(sample.rawAverage)), max(abs(sample.rawMinimum), abs(sample.rawMaximum)))
            if let index = result.firstIndex(where: { $0.unit == sample.unit }) {
                if value > result[index].rawMaximum { result[index].rawMaximum = value }
            } else {
                var first = Sample(start: sample.start, unit: sample.unit)
                first.maximum = value
                result.append(first)
            }
        }
        return result
    }

    /// Changes the values of each sample; their starts and periods stay.
    func mappingSamples(_ change: (Sample) -> Sample) -> SeriesHistory {
        SeriesHistory(metric: metric, samples: samples.map(change), timeline: timeline)
    }

    /// The samples from a time on.
    func suffix(from time: Timestamp) -> SeriesHistory {
        let first = index(at: time)
        guard first > 0 else { return self }
        let rest = Array(samples[first...])
        return SeriesHistory(metric: metric, samples: rest, timeline: PeriodTimeline(rest, native: metric.nativePeriod))
    }

    /// The longest period that it has had.
    var longestPeriod: Duration { .milliseconds(timeline.changes.map(\.milliseconds).max() ?? 0) }

    /// The index of the first sample at or after a time.
    func index(at time: Timestamp) -> Int { samples.partitioningIndex { $0.start >= time } }
}

/// The history of one resource.
public struct ResourceHistory: Sendable {
    /// The series by metric name; a metric without samples is absent.
    public var series: [MetricID: SeriesHistory]
    /// The start of the first sample of all series; nil without samples.
    public var firstSample: Timestamp?

    /// The end of the last sample of all series; nil without samples.
    public var lastSample: Timestamp? {
        series.values.compactMap { $0.samples.last.map { $0.start + ($0.period ?? .zero) } }.max()
    }

    /// Creates a history; the first sample is that of the series by default.
    public init(series: [SeriesHistory], firstSample: Timestamp? = nil) {
        self.series = Dictionary(series.map { ($0.metric.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.firstSample = firstSample ?? series.compactMap(\.samples.first?.start).min()
    }
}
