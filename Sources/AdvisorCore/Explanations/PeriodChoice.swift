/// How long a rule's datapoints are, and why.
public struct PeriodChoice: Hashable, Sendable {
    /// How a series' own period is known.
    public enum Source: Hashable, Sendable {
        /// Its samples say so.
        case stated
        /// The median distance of its last samples, this many of them, snapped to a usual length.
        case median(stamps: Int)
        /// The metric's usual one, for want of samples.
        case native
    }

    /// One series with its own period.
    public struct Own: Hashable, Sendable {
        /// The metric's name.
        public var metric: String
        /// In milliseconds.
        public var milliseconds: Int64
        /// How it is known.
        public var source: Source
    }

    /// The effective period in milliseconds: the coarsest of all.
    public var milliseconds: Int64
    /// What the rule asks for, in milliseconds.
    public var asked: Int64
    /// Every series that is read, coarsest first.
    public var series: [Own]

    /// The series that makes it coarser than the rule asks; nil when the rule's own period stands.
    public var decisive: Own? { series.first { $0.milliseconds > asked && $0.milliseconds == milliseconds } }
}

extension PeriodChoice.Own {
    /// The period that a series has in the datapoint that ends at a time.
    init(_ history: SeriesHistory, endingAt end: Timestamp) {
        let samples = history.samples[..<history.index(at: end)]
        metric = history.metric.id
        milliseconds = PeriodTimeline(history).milliseconds(endingAt: end)
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
