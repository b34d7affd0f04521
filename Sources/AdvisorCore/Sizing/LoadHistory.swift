/// The load of a resource, in equal intervals.
public struct LoadHistory: Hashable, Sendable {
    /// The loads in time order; intervals without samples are absent.
    public var loads: [Load]
    /// The length of an interval.
    public var step: Duration

    /// Creates a history.
    public init(loads: [Load], step: Duration) { (self.loads, self.step) = (loads, step) }

    /// The CPU load of a resource between two times, in intervals of five minutes, or of its samples if they are longer.
    /// - Returns: nil without samples, or if they are too long (over an hour) to replay credits.
    public init?(_ target: EvaluationTarget, vocabulary: Vocabulary, from begin: Timestamp, to end: Timestamp) {
        guard let datapoints = Datapoints(.cpu, .average, of: target, vocabulary: vocabulary, from: begin, to: end),
            datapoints.period <= .seconds(3600)
        else { return nil }
        step = datapoints.period
        loads = datapoints.known.map { Load(start: $0.start, length: datapoints.period, share: $0.value) }
        if loads.isEmpty { return nil }
    }

    /// The same work on a machine with `factor` times as many vCPUs.
    public func spread(over factor: Double) -> LoadHistory {
        LoadHistory(
            loads: loads.map { Load(start: $0.start, length: $0.length, share: min(1, $0.share / factor)) }, step: step)
    }

    /// The shares of the loads that begin at or after a time.
    public func shares(from begin: Timestamp) -> [Double] { loads.lazy.filter { $0.start >= begin }.map(\.share) }

    /// The mean share of the loads that begin at or after a time; nil if there are none.
    public func mean(from begin: Timestamp) -> Double? {
        let shares = shares(from: begin)
        return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
    }
}

/// The datapoints of one metric of a resource, in its base unit.
struct Datapoints {
    struct Point: Hashable {
        var start: Timestamp
        var value: Double
    }

    /// The datapoints with data, in time order.
    let known: [Point]
    /// The length of an interval.
    let period: Duration

    /// Reads datapoints of five minutes, or of the samples' own length if it is longer.
    /// - Returns: nil without samples in the range.
    init?(
        _ metric: MetricID, _ statistic: Statistic, of target: EvaluationTarget, vocabulary: Vocabulary, from begin: Timestamp,
        to end: Timestamp
    ) {
        let selector = Formula.MetricSelector(metric: metric, statistic: statistic)
        self.init(selector, of: target, vocabulary: vocabulary, from: begin, to: end, atLeast: .seconds(300))
    }

    /// Datapoints of a length, or of the samples' own length where it is longer.
    /// - Returns: nil without samples in the range.
    init?(
        _ selector: Formula.MetricSelector, of target: EvaluationTarget, vocabulary: Vocabulary, from begin: Timestamp,
        to end: Timestamp, atLeast least: Duration
    ) {
        let source = DatapointSource(
            selector, history: target.history, facts: target.facts, vocabulary: vocabulary)
        guard source.gap == nil, let first = source.series.compactMap(\.samples.first?.start).max() else { return nil }
        let timeline = PeriodTimeline.coarsest(source.timelines, atLeast: least)
        let from = max(begin, first)
        guard from < end else { return nil }
        let inside = timeline.changes.filter { $0.from > from && $0.from < end }.map(\.milliseconds)
        let length = max(timeline.milliseconds(at: from), inside.max() ?? 0)
        period = .milliseconds(length)
        let low = from.milliseconds.ceilDiv(length)
        let high = end.milliseconds.floorDiv(length) - 1
        guard low <= high else { return nil }
        var provenance = Provenance.exact
        let values = source.values(low, high, period: length, provenance: &provenance)
        known = values.enumerated().compactMap { index, value in
            value.map { Point(start: Timestamp(milliseconds: (low + Int64(index)) * length), value: $0) }
        }
        if known.isEmpty { return nil }
    }

    var values: [Double] { known.map(\.value) }
}
