/// How busy one resource was, in even steps.
public struct LoadHistory: Hashable, Sendable {
    /// In the order of time; what has no sample is not there.
    public var loads: [Load]
    /// The length of each.
    public var step: Duration

    /// A history by its parts.
    public init(loads: [Load], step: Duration) { (self.loads, self.step) = (loads, step) }

    /// The CPU of a subject between two times, in steps of five minutes, or of its samples where they are longer.
    /// - Returns: nil without samples, or when they are too far apart (over an hour) to replay credits.
    public init?(_ target: EvaluationTarget, vocabulary: Vocabulary, from begin: Timestamp, to end: Timestamp) {
        guard let datapoints = Datapoints("cpu", .average, of: target, vocabulary: vocabulary, from: begin, to: end),
            datapoints.period <= .seconds(3600)
        else { return nil }
        step = datapoints.period
        loads = datapoints.known.map { Load(start: $0.start, length: datapoints.period, share: $0.value) }
        if loads.isEmpty { return nil }
    }

    /// The same work on a machine with `factor` times the vCPUs that this one has.
    public func spread(over factor: Double) -> LoadHistory {
        LoadHistory(
            loads: loads.map { Load(start: $0.start, length: $0.length, share: min(1, $0.share / factor)) }, step: step)
    }

    /// The shares of the loads that begin at or after the time.
    public func shares(from begin: Timestamp) -> [Double] { loads.lazy.filter { $0.start >= begin }.map(\.share) }

    /// The mean share of the loads that begin at or after the time; nil without any.
    public func mean(from begin: Timestamp) -> Double? {
        let shares = shares(from: begin)
        return shares.isEmpty ? nil : shares.reduce(0, +) / Double(shares.count)
    }
}

/// The datapoints of one metric of a subject, in the base of its measure.
struct Datapoints {
    struct Point: Hashable {
        var start: Timestamp
        var value: Double
    }

    /// Those that have data, in the order of time.
    let known: [Point]
    /// The length of each.
    let period: Duration

    /// Datapoints of five minutes, or of the samples' own length where it is longer.
    /// - Returns: nil without any sample in the range.
    init?(
        _ metric: String, _ statistic: Statistic, of target: EvaluationTarget, vocabulary: Vocabulary, from begin: Timestamp,
        to end: Timestamp
    ) {
        let selector = Formula.MetricSelector(metric: metric, statistic: statistic)
        self.init(selector, of: target, vocabulary: vocabulary, from: begin, to: end, atLeast: .seconds(300))
    }

    /// Datapoints of a length, or of the samples' own length where it is longer.
    /// - Returns: nil without any sample in the range.
    init?(
        _ selector: Formula.MetricSelector, of target: EvaluationTarget, vocabulary: Vocabulary, from begin: Timestamp,
        to end: Timestamp, atLeast least: Duration
    ) {
        let statistic = selector.statistic
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
        var values = source.values(low, high, period: length, provenance: &provenance)
        if values.allSatisfy({ $0 == nil }), statistic == .minimum || statistic == .maximum {
            // Where only averages are stored they are the best that is known.
            let plain = DatapointSource(
                Formula.MetricSelector(metric: selector.metric, statistic: .average), history: target.history,
                facts: target.facts,
                vocabulary: vocabulary)
            values = plain.values(low, high, period: length, provenance: &provenance)
        }
        known = values.enumerated().compactMap { index, value in
            value.map { Point(start: Timestamp(milliseconds: (low + Int64(index)) * length), value: $0) }
        }
        if known.isEmpty { return nil }
    }

    var values: [Double] { known.map(\.value) }
}
