extension Evaluator {
    private static let trendSteps: Int64 = 8

    /// The current finding of the rule, with its evidence.
    ///
    /// `period` is the effective period in milliseconds; nil for a rule on facts.
    func finding(_ evaluation: EvaluationResult, period: Int64?, now: Timestamp) -> Finding {
        var evidence = Evidence()
        for name in rule.when.facts + (rule.condition?.facts ?? []) { evidence.facts[name] = target.facts[name] }
        let shown = rule.when.shownComparison
        var result = Finding(
            rule: rule, resource: target.resource.id, state: evaluation.alarm.state, since: evaluation.alarm.since,
            evidence: evidence)
        result.leftAlarm = evaluation.alarm.leftAlarm
        (result.measure, result.sign) = (shown?.left.measure, shown?.sign.rawValue)
        result.metric = when.shownSource.flatMap { vocabulary.metrics.metrics[$0.reading.metric] }
        result.threshold = when.threshold
        guard let period else { return result }
        let datapoints = rule.sustain.datapoints(effective: .milliseconds(period))
        let last = (evaluation.alarm.evaluatedUpTo ?? now).milliseconds.floorDiv(period) - 1
        let first = last - Int64(datapoints.evaluated + 1)
        let conditions = when.conditions(first, last, period: period)
        result.evidence.period = .milliseconds(period)
        result.evidence.datapoints = datapoints
        // That of the datapoints that decide, not of those before them.
        result.evidence.provenance =
            conditions.provenance == .exact
            ? .exact : when.conditions(last - Int64(datapoints.evaluated) + 1, last, period: period).provenance
        result.evidence.range = conditions.holds.indices.map { index in
            Evidence.Datapoint(
                start: Timestamp(milliseconds: (first + Int64(index)) * period), value: conditions.shown[index],
                isBreaching: conditions.holds[index])
        }
        result.value = conditions.shown.last { $0 != nil } ?? nil
        let samples = when.sources.flatMap(\.series)
        result.evidence.newestSample = samples.compactMap { series in series.samples.last { $0.start <= now }?.start }.min()
        result.evidence.assumesUnit = samples.contains { series in
            series.samples.last.map { $0.unit == nil || $0.unit == MetricUnit.none } ?? false
        }
        // A state decided by datapoints has no missing input, even if no value is shown.
        if evaluation.alarm.state == .insufficientData || (conditions.holds.last ?? nil) == nil {
            result.evidence.gap = gap(conditions, at: last, period: period, now: now)
        }
        result.evidence.outlook = when.shownSource?.outlook(at: last, period: period)
        result.expression = when.shownSource?.reading.overTime?.text
        result.evidence.trend = trend(now: now, since: evaluation.alarm.since)
        return result
    }

    /// The first reason for insufficient data.
    private func gap(_ conditions: ResolvedExpression.Conditions, at last: Int64, period: Int64, now: Timestamp) -> Evidence.Gap?
    {
        if let gap = when.sources.lazy.compactMap(\.gap).first { return gap }
        if let unknownReason = conditions.unknownReason ?? when.unknownReason { return .noValue(reason: unknownReason) }
        if let fact = when.sources.lazy.compactMap({ $0.contradictedFact(at: last, period: period) }).first {
            return .noValue(reason: .factOutOfDate(fact: fact))
        }
        for source in when.sources {
            if let gap = source.seriesGap(at: last, period: period) { return missingStatistic(source, now: now) ?? gap }
        }
        for source in when.sources {
            for series in source.series {
                guard let newest = series.samples.last(where: { $0.start <= now }) else {
                    return .noSeries(metric: series.metric.id)
                }
                if let gap = missingStatistic(source, now: now) { return gap }
                // Data that is recent, but too sparse for a window, is too little, not too old.
                if let start = conditions.holds.last, start == nil, newest.start.milliseconds < last * period {
                    return .noData(metric: series.metric.id, since: newest.start)
                }
            }
        }
        return when.sources.first.map { .tooFewDatapoints(metric: $0.reading.metric) }
    }

    /// Whether the newest sample of a series has another unit or lacks the required statistic; nil if none does.
    private func missingStatistic(_ source: DatapointSource, now: Timestamp) -> Evidence.Gap? {
        switch source.kind {
        case .absent: return nil
        case .derived(_, let sources): return sources.lazy.compactMap { missingStatistic($0, now: now) }.first
        case .series(let series, _):
            guard let newest = series.samples.last(where: { $0.start <= now }) else { return nil }
            if let stated = newest.unit, stated != .none, stated.conversion.measure != series.metric.measure {
                let expected = series.metric.unit.name
                return .unitMismatch(metric: series.metric.id, unit: stated.name, expected: expected)
            }
            let statistic = source.reading.statistic
            return Aggregation(metric: series.metric, statistic: statistic, fallback: rule.fallback).value(of: [newest]) == nil
                ? .statisticUnavailable(metric: series.metric.id, statistic: statistic) : nil
        }
    }

    /// The history of the shown value: two and a half times the duration of the state, between a day and 30 days.
    private func trend(now: Timestamp, since: Timestamp?) -> [Double?] {
        guard let source = when.shownSource, source.gap == nil else { return [] }
        let hour: Int64 = 3_600_000
        let standing = since.map { now.milliseconds - $0.milliseconds } ?? 0
        let span = min(max(standing * 5 / 2, 24 * hour), 720 * hour)
        let step = max(span / Self.trendSteps / hour, 1) * hour
        let last = (now.milliseconds - 1).floorDiv(step)
        var provenance = Provenance.exact
        return source.withoutWindow.values(last - Self.trendSteps + 1, last, period: step, provenance: &provenance)
    }
}
