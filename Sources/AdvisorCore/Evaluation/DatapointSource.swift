/// Reads the datapoints of one selector of one resource.
struct DatapointSource {
    /// A series, or an expression over several.
    indirect enum Kind {
        case series(SeriesHistory, Aggregation)
        case derived(TypedNode, [DatapointSource])
        case absent(Evidence.Gap)
    }

    var reading: Formula.MetricSelector
    let kind: Kind
    let facts: Facts
    /// What the metric is at least; nil for no limit.
    private let minimum: Double?

    /// `fallback` is what a minimum or maximum becomes where only the average is stored.
    init(
        _ reading: Formula.MetricSelector, history: ResourceHistory, facts: Facts, vocabulary: Vocabulary,
        fallback: StatisticFallback = .average
    ) {
        (self.reading, self.facts) = (reading, facts)
        let metric = vocabulary.metrics.metrics[reading.metric]
        minimum = metric?.limits.minimum
        guard let metric else {
            kind = .absent(.noSeries(metric: reading.metric))
            return
        }
        switch metric.origin {
        case .series:
            if let series = history.series[metric.id], !series.samples.isEmpty {
                kind = .series(series, Aggregation(metric: metric, statistic: reading.statistic, fallback: fallback))
            } else {
                kind = .absent(.noSeries(metric: metric.id))
            }
        case .derived(let texts):
            var engine = "*"
            if case .text(let name)? = facts["engine"] { engine = name }
            guard let text = texts[engine] ?? texts["*"],
                let formula = vocabulary.derivedFormula(text)
            else {
                kind = .absent(.noSeries(metric: metric.id))
                return
            }
            let sources = Self.statistics(of: formula, outer: reading.statistic).map { inner in
                var inner = inner
                inner.window = reading.window
                return DatapointSource(
                    inner, history: history, facts: facts, vocabulary: vocabulary, fallback: fallback)
            }
            kind = .derived(formula.root, sources)
        }
    }

    /// Where a metric is subtracted, the maximum of the difference uses its minimum.
    private static func statistics(of formula: Formula, outer: Statistic) -> [Formula.MetricSelector] {
        var readings = formula.readings
        func visit(_ node: TypedNode, isNegative: Bool) {
            switch node {
            case .constant, .fact: break
            case .reading(let index, _):
                // A range function in a derived metric has a statistic of its own.
                guard readings[index].overTime == nil else { return }
                readings[index].statistic =
                    switch outer {
                    case .maximum: isNegative ? .minimum : .maximum
                    case .minimum: isNegative ? .maximum : .minimum
                    case .average, .sum, .count, .percentile, .latest: outer
                    }
            case .negated(let inner): visit(inner, isNegative: !isNegative)
            case .not(let inner): visit(inner, isNegative: isNegative)
            case .binary(let sign, let left, let right, _):
                visit(left, isNegative: isNegative)
                visit(right, isNegative: sign == .minus || sign == .divided ? !isNegative : isNegative)
            }
        }
        visit(formula.root, isNegative: false)
        return readings
    }

    private init(_ reading: Formula.MetricSelector, of source: DatapointSource) {
        (self.reading, kind, facts, minimum) = (reading, source.kind, source.facts, source.minimum)
    }

    /// The same selector without its range function.
    var withoutWindow: DatapointSource {
        var plain = reading
        (plain.window, plain.overTime) = (nil, nil)
        return DatapointSource(plain, of: self)
    }

    /// The period timelines of all series it reads.
    var timelines: [PeriodTimeline] {
        switch kind {
        case .series(let series, _): [series.timeline]
        case .derived(_, let sources): sources.flatMap(\.timelines)
        case .absent: []
        }
    }

    /// The first permanently missing input; nil if there are samples.
    var gap: Evidence.Gap? {
        if let unknownReason = reading.overTime?.unknownReason(facts) { return .noValue(reason: unknownReason) }
        switch kind {
        case .series: return nil
        case .absent(let gap): return gap
        case .derived(let root, let sources):
            if let gap = sources.lazy.compactMap(\.gap).first { return gap }
            if case .unknown(.factNotSet(let fact)) = Interpreter(facts: facts).outcome(root, sources.map { _ in 0 }) {
                return .noValue(reason: .factNotSet(fact: fact))
            }
            return nil
        }
    }

    /// All series it reads.
    var series: [SeriesHistory] {
        switch kind {
        case .series(let series, _): [series]
        case .derived(_, let sources): sources.flatMap(\.series)
        case .absent: []
        }
    }

    /// The values of datapoints `first` to `last` of length `period`, numbered from the Unix epoch.
    func values(_ first: Int64, _ last: Int64, period: Int64, provenance: inout Provenance) -> [Double?] {
        let count = Int(max(0, last - first + 1))
        if let overTime = reading.overTime {
            return alongSeries(overTime, first, last, period: period, provenance: &provenance)
        }
        switch kind {
        case .absent: return [Double?](repeating: nil, count: count)
        case .series(let series, let aggregation):
            if let window = reading.window {
                return windowed(
                    series, aggregation, first..<first + Int64(count), period, max(window.milliseconds, period), &provenance)
            }
            return plain(series, aggregation, first, count, period, &provenance)
        case .derived(let root, let sources):
            return derived(root, sources, first, count, period, &provenance).map { number in
                number.flatMap { $0 >= (minimum ?? -.infinity) ? $0 : nil }
            }
        }
    }

    /// The values of an expression, also those that are less than the metric can be.
    private func derived(
        _ root: TypedNode, _ sources: [DatapointSource], _ first: Int64, _ count: Int, _ period: Int64,
        _ provenance: inout Provenance
    ) -> [Double?] {
        let parts = sources.map { $0.values(first, first + Int64(count) - 1, period: period, provenance: &provenance) }
        let interpreter = Interpreter(facts: facts)
        return (0..<count).map { index in
            let numbers = parts.compactMap { $0[index] }
            guard numbers.count == parts.count, case .value(.number(let number)) = interpreter.outcome(root, numbers) else {
                return nil
            }
            return number.isFinite ? number : nil
        }
    }

    /// The declared fact that samples can contradict, because a derived metric would be less than it can be; nil if there is
    /// none.
    var contradictableFact: String? {
        guard case .derived(let root, _) = kind, minimum != nil else { return nil }
        return root.factsUsed.first
    }

    /// Whether the samples of datapoints `first` to `last` contradict a declared fact; empty where none can.
    func contradictions(_ first: Int64, _ last: Int64, period: Int64) -> [Bool] {
        guard contradictableFact != nil, case .derived(let root, let sources) = kind, let minimum, first <= last else {
            return []
        }
        var provenance = Provenance.exact
        return derived(root, sources, first, Int(last - first + 1), period, &provenance).map { $0.map { $0 < minimum } ?? false }
    }

    /// The declared fact that the samples of a datapoint contradict, or of those before it that a range function reads; nil if
    /// there is none. A volume does not shrink: once the samples showed more, all values computed from the fact are wrong.
    func contradictedFact(at number: Int64, period: Int64) -> String? {
        guard let fact = contradictableFact else { return nil }
        let lookback = reading.overTime?.function(period: .milliseconds(period), facts: facts)?.lookback.milliseconds ?? 0
        return contradictions(number - (lookback + period - 1) / period, number, period: period).contains(true) ? fact : nil
    }

    private func plain(
        _ series: SeriesHistory, _ aggregation: Aggregation, _ first: Int64, _ count: Int, _ period: Int64,
        _ provenance: inout Provenance
    ) -> [Double?] {
        var result = [Double?](repeating: nil, count: count)
        let samples = series.samples
        var index = series.index(at: Timestamp(milliseconds: first * period))
        let limit = (first + Int64(count)) * period
        while index < samples.count, samples[index].start.milliseconds < limit {
            let bucket = samples[index].start.milliseconds.floorDiv(period)
            let begin = index
            let end = (bucket + 1) * period
            while index < samples.count, samples[index].start.milliseconds < end { index += 1 }
            guard let found = aggregation.value(of: samples[begin..<index]) else { continue }
            result[Int(bucket - first)] = found.value
            provenance = max(provenance, found.provenance)
        }
        return result
    }

    private func windowed(
        _ all: SeriesHistory, _ aggregation: Aggregation, _ numbers: Range<Int64>, _ period: Int64, _ window: Int64,
        _ provenance: inout Provenance
    ) -> [Double?] {
        let (first, count) = (numbers.lowerBound, numbers.count)
        let periods = max(1, (window + period - 1) / period)
        guard count > 0 else { return [] }
        let (series, shadowed) = all.split(aggregation)
        // Not that of the first sample, which depends on how far back samples are read.
        let unit = series.samples.last.map(aggregation.length) ?? 1
        let tree = SegmentTree(
            series, aggregation, all: all, first: first - periods + 1, last: first + Int64(count) - 1, period: period)
        let samples = series.samples
        var order: SlidingQuantile?
        let reach = shadowed.map { $0.end - $0.begin }.max() ?? 0
        var begun = 0
        var low = series.index(at: Timestamp(milliseconds: (first + 1) * period - window))
        var high = low
        if case .percentile(let percentile) = aggregation.statistic {
            order = SlidingQuantile(aggregation, percentile: percentile, from: low)
        }
        var covered = (0..<periods - 1).count { tree.isPresent(first - periods + 1 + $0) }
        var result = [Double?](repeating: nil, count: count)
        for index in 0..<count {
            let last = first + Int64(index)
            let end = (last + 1) * period
            if tree.isPresent(last) { covered += 1 }
            while high < samples.count, samples[high].start.milliseconds < end { high += 1 }
            while low < high, samples[low].start.milliseconds < end - window { low += 1 }
            if Int64(covered) * 2 >= periods {
                let found: (value: Double, provenance: Provenance)?
                while begun < shadowed.count, shadowed[begun].begin < end { begun += 1 }
                let late = shadowed[..<begun].reversed().prefix { $0.begin > end - reach }
                if late.contains(where: { $0.finer >= end && $0.begin >= end - window }) {
                    // The finer samples that replace it begin after the window.
                    let slice = all.index(at: Timestamp(milliseconds: end - window))..<all.index(at: Timestamp(milliseconds: end))
                    found = aggregation.value(of: all.samples[slice])
                } else if order != nil {
                    found = order?.value(samples, low, high)
                } else {
                    // A window that begins within a datapoint has some samples before its first whole one.
                    var partial = PartialAggregate()
                    let whole = last + 1 - window / period
                    var index = low
                    while index < high, samples[index].start.milliseconds < whole * period {
                        partial.add(PartialAggregate(samples[index], aggregation, unit: unit))
                        index += 1
                    }
                    partial.add(tree.partial(whole, last))
                    found = partial.value(aggregation.statistic)
                }
                if let found {
                    result[index] = found.value
                    provenance = max(provenance, found.provenance)
                }
            }
            if tree.isPresent(last - periods + 1) { covered -= 1 }
        }
        return result
    }
}
