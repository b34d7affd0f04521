extension DatapointSource {
    private static let mostSamples = 2000

    /// The datapoints `first` to `last`, each with its samples.
    ///
    /// `measure` is the kind of quantity, `period` the length of a datapoint in milliseconds, `keys` the stored series by
    /// metric.
    func explained(_ measure: QuantityKind, _ first: Int64, _ last: Int64, period: Int64, keys: [MetricID: [SeriesKey]])
        -> Explanation.Selector
    {
        var provenance = Provenance.exact
        let values = values(first, last, period: period, provenance: &provenance)
        var result = Explanation.Selector(
            text: reading.text, metric: storedMetric, measure: measure, statistic: reading.statistic,
            function: reading.overTime?.word, window: reading.window.map { max($0, .milliseconds(period)) }, datapoints: [],
            series: [], inner: [], assumesUnit: false)
        let window = reading.window.map { max($0.milliseconds, period) }
        result.datapoints = values.enumerated().map { index, value in
            let end = (first + Int64(index) + 1) * period
            return Explanation.Datapoint(
                start: Timestamp(milliseconds: end - (window ?? period)), end: Timestamp(milliseconds: end), value: value,
                sampleCount: 0, samples: [])
        }
        switch kind {
        case .absent: break
        case .series(let series, _) where reading.overTime != nil: result.series = keys[series.metric.id] ?? []
        case .derived(_, let sources) where reading.overTime != nil:
            result.series = sources.flatMap(\.series).flatMap { keys[$0.metric.id] ?? [] }
        case .series(let series, let aggregation):
            result.series = keys[series.metric.id] ?? []
            fill(&result, series, aggregation, period: period)
        case .derived(let root, let sources):
            result.inner = sources.enumerated().map { index, source in
                source.explained(root.measure(ofReading: index) ?? .count, first, last, period: period, keys: keys)
            }
            let columns = result.inner.map { $0.datapoints.map(\.value) }
            result.derived = ExplainedParts(facts: facts, texts: result.inner.map(\.text), columns: columns).part(root)
            result.assumesUnit = result.inner.contains(where: \.assumesUnit)
        }
        result.derivation = derivation(shownProvenance(provenance, values, first, period: period), result)
        return result
    }

    /// How the value that is shown, the newest, was computed; `all` is the least exact of all values.
    private func shownProvenance(_ all: Provenance, _ values: [Double?], _ first: Int64, period: Int64) -> Provenance {
        guard all != .exact, reading.overTime == nil, let index = values.lastIndex(where: { $0 != nil }) else { return all }
        var provenance = Provenance.exact
        _ = self.values(first + Int64(index), first + Int64(index), period: period, provenance: &provenance)
        return provenance
    }

    private func fill(
        _ result: inout Explanation.Selector, _ series: SeriesHistory, _ aggregation: Aggregation, period: Int64
    ) {
        var slices = result.datapoints.map {
            aggregation.contributing(series.samples[series.index(at: $0.start)..<series.index(at: $0.end)])
        }
        let newest = slices.last { !$0.isEmpty }?.last
        result.assumesUnit = newest.map { $0.unit == nil || $0.unit == MetricUnit.none } ?? false
        for index in slices.indices {
            result.datapoints[index].sampleCount = slices[index].count
            guard let window = reading.window.map({ max($0.milliseconds, period) }) else { continue }
            let periods = max(1, (window + period - 1) / period)
            let end = result.datapoints[index].end.milliseconds
            result.datapoints[index].periods = Int(periods)
            result.datapoints[index].covered = covered(series, from: end / period - periods, to: end / period, period)
        }
        if slices.reduce(0, { $0 + $1.count }) > Self.mostSamples {
            for index in slices.indices.dropLast() { slices[index] = [] }
        }
        let own = PeriodChoice.Own(series, endingAt: result.datapoints.last?.end ?? Timestamp(milliseconds: .max)).milliseconds
        for index in slices.indices {
            // Beside samples with a stated period, a sample without one has the weight of the metric's native period.
            let isMixed = slices[index].contains { $0.periodMilliseconds > 0 }
            result.datapoints[index].samples = slices[index].map { sample in
                aggregation.contribution(sample, unstated: isMixed ? aggregation.length(sample) : own)
            }
        }
    }

    /// The number of datapoints from `first` up to, excluding, `last` that contain a sample or a part of one.
    private func covered(_ series: SeriesHistory, from first: Int64, to last: Int64, _ period: Int64) -> Int {
        let begin = Timestamp(milliseconds: first * period - SegmentTree.longest)
        let range = series.index(at: begin)..<series.index(at: Timestamp(milliseconds: last * period))
        var present: Set<Int64> = []
        for sample in series.samples[range] {
            let number = sample.start.milliseconds.floorDiv(period)
            let end = number + max(1, sample.periodMilliseconds / period)
            if max(number, first) < min(end, last) { present.formUnion(max(number, first)..<min(end, last)) }
        }
        return present.count
    }

    /// How the values are computed; nil without data.
    private func derivation(_ provenance: Provenance, _ result: Explanation.Selector) -> StatisticDerivation? {
        guard result.datapoints.contains(where: { $0.value != nil }) else { return nil }
        if let overTime = reading.overTime { return .function(name: overTime.word, statistic: reading.statistic) }
        guard case .series(let series, let aggregation) = kind else { return nil }
        let lengths = Set(result.datapoints.flatMap(\.samples).map(\.period))
        let period = lengths.count == 1 ? lengths.first.map { Quantity(.milliseconds($0)) } : nil
        switch (aggregation.statistic, provenance) {
        case (.average, .meanOfAverages): return .meanOfAverages(period: period)
        case (.average, _):
            let isStated = result.datapoints.contains { $0.samples.contains { $0.sum == nil || ($0.count ?? 0) <= 0 } }
            return isStated ? .storedAverages(period: period) : .sumOverCount(period: period)
        case (.minimum, .averageInPlace), (.maximum, .averageInPlace):
            let newest = result.datapoints.last { $0.value != nil }?.samples.map(\.start) ?? []
            let isMixed = series.samples.contains { sample in
                newest.contains(sample.start) && aggregation.plain(sample)?.isAverage == false
            }
            return isMixed
                ? .partlyAverages(statistic: aggregation.statistic, period: period)
                : .averageInPlace(statistic: aggregation.statistic, period: period)
        case (.minimum, _): return .minimum(period: period)
        case (.maximum, _): return .maximum(period: period)
        case (.latest, _): return .latest(period: period)
        case (.sum, _): return .sum(period: period)
        case (.count, _): return .count(period: period)
        case (.percentile, .exact): return .storedPercentile(statistic: aggregation.statistic)
        case (.percentile, .percentileOfValues): return .percentileOfValues(statistic: aggregation.statistic)
        case (.percentile, _): return .percentileOfAverages(statistic: aggregation.statistic, period: period)
        }
    }

    private var storedMetric: Metric? {
        if case .series(let series, _) = kind { return series.metric }
        return nil
    }
}

extension Aggregation {
    /// The samples of a datapoint that count, without those that finer samples replace.
    func contributing(_ samples: ArraySlice<Sample>) -> [Sample] { Array(RollUp.unshadowed(samples, length: length)) }

    /// The contribution of a sample; `unstated` is the period of a sample that states none, in milliseconds.
    func contribution(_ sample: Sample, unstated: Int64) -> Explanation.Contribution {
        var value: Double?
        if case .percentile = statistic, let stored = sample.extras.first(where: { $0.name == statistic.word })?.value {
            value = stored
        } else {
            value = plain(sample)?.value
        }
        return Explanation.Contribution(
            start: sample.start, period: sample.periodMilliseconds > 0 ? sample.periodMilliseconds : unstated,
            value: value.flatMap { base($0, sample) },
            sum: sample.sum.flatMap { base($0, sample) }, count: sample.count)
    }
}
