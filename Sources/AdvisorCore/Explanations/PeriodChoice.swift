/// The length of a rule's datapoints, and why.
public struct PeriodChoice: Hashable, Sendable {
    /// How the period of a series is known.
    public enum Source: Hashable, Sendable {
        /// Its samples state it.
        case stated
        /// The median distance of this number of last samples, snapped to a standard period.
        case median(stamps: Int)
        /// The native period of the metric, because there are too few samples.
        case native
    }

    /// A series with its own period.
    public struct Own: Hashable, Sendable {
        /// The name of the metric.
        public var metric: MetricID
        /// The period in milliseconds.
        public var milliseconds: Int64
        /// How it is known.
        public var source: Source
    }

    /// The effective period in milliseconds: the longest of all.
    public var milliseconds: Int64
    /// The rule's period in milliseconds.
    public var asked: Int64
    /// All series that are read, longest period first.
    public var series: [Own]

    /// The series that makes the period longer than the rule's; nil if the rule's own period applies.
    public var decisive: Own? { series.first { $0.milliseconds > asked && $0.milliseconds == milliseconds } }
}

extension PeriodChoice.Own {
    /// The period of a series in the datapoint that ends at a time.
    init(_ history: SeriesHistory, endingAt end: Timestamp) {
        let samples = history.samples[..<history.index(at: end)]
        metric = history.metric.id
        milliseconds = history.timeline.milliseconds(endingAt: end)
        let newest = samples.last?.start
        let isStated = samples.reversed().prefix { $0.start == newest }.contains { $0.periodMilliseconds > 0 }
        var stamps: [Timestamp] = []
        for sample in samples.reversed() where stamps.last != sample.start {
            stamps.append(sample.start)
            if stamps.count == PeriodTimeline.stampsLookedAt { break }
        }
        source = isStated ? .stated : stamps.count >= 3 ? .median(stamps: stamps.count) : .native
    }
}
