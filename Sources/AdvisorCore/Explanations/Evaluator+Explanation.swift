extension Evaluator {
    /// Explains a rule's state at a time, number by number.
    /// - Parameters:
    ///   - now: The history must not contain samples at or after this time.
    ///   - keys: The stored series of each metric of the resource.
    ///   - unmatchedSeries: Stored series that belong to no other resource; misspelled ones are searched among them.
    /// - Returns: Includes the samples.
    public func explanation(asOf now: Timestamp, keys: [MetricID: [SeriesKey]], unmatchedSeries: [SeriesKey]) -> Explanation {
        let evaluation = evaluate(upTo: now)
        var result = Explanation(rule: rule, resource: target.resource, asOf: now, finding: evaluation.finding)
        result.silence = silence(evaluation, unmatchedSeries: unmatchedSeries)
        let facts = ExplainedParts(facts: target.facts, texts: [], columns: [])
        result.condition = rule.condition.map { facts.part($0.root) }
        guard evaluation.finding != nil, rule.condition.map({ $0.holds(of: target.facts) == .known(true) }) ?? true else {
            return result
        }
        result.threshold = rule.when.shownComparison.map { shown in
            Explanation.Threshold(
                text: shown.right.text(rule.when.readings.map(\.text)), value: when.threshold, measure: shown.right.measure,
                variables: rule.when.variables.filter { shown.right.contains($0.value) }, facts: shown.right.factsUsed,
                readsSamples: shown.right.readsSamples)
        }
        guard !rule.when.readings.isEmpty else {
            result.when = Explanation.Side(
                root: facts.part(rule.when.root), readings: [], starts: [], holds: [], missing: rule.missing)
            result.step = lastStep(evaluation.alarm)
            return result
        }
        let at = evaluation.alarm.evaluatedUpTo ?? now
        let choice = periodChoice(endingAt: at)
        let datapoints = rule.sustain.datapoints(effective: .milliseconds(choice.milliseconds))
        result.period = choice
        result.when = side(when, at: at, choice.milliseconds, datapoints, rule.missing, keys)
        result.clear = clear.map { side($0, at: at, choice.milliseconds, datapoints, rule.missing.opposite, keys) }
        result.step = lastStep(evaluation.alarm)
        result.step?.datapoints = datapoints
        result.step?.holding = rule.keepFiringFor.map {
            ($0.milliseconds + choice.milliseconds - 1) / choice.milliseconds * choice.milliseconds
        }
        return result
    }

    /// The result of the last evaluation.
    private func lastStep(_ after: Alarm) -> Explanation.Step? {
        guard let at = after.evaluatedUpTo else { return nil }
        let before = evaluate(upTo: at - .milliseconds(1)).alarm
        return Explanation.Step(at: at, before: before, after: after)
    }

    private func side(
        _ formula: ResolvedExpression, at: Timestamp, _ period: Int64, _ datapoints: Sustain.Datapoints, _ missing: MissingData,
        _ keys: [MetricID: [SeriesKey]]
    ) -> Explanation.Side {
        let last = at.milliseconds.floorDiv(period) - 1
        let first = last - Int64(datapoints.evaluated + 1)
        let root = formula.formula.root
        let readings = formula.sources.enumerated().map { index, source in
            source.explained(root.measure(ofReading: index) ?? .count, first, last, period: period, keys: keys)
        }
        let parts = ExplainedParts(
            facts: target.facts, texts: readings.map(\.text), columns: readings.map { $0.datapoints.map(\.value) })
        let holds = formula.conditions(first, last, period: period).holds
        return Explanation.Side(
            root: parts.part(root), readings: readings,
            starts: (first...last).map { Timestamp(milliseconds: $0 * period) }, holds: holds, missing: missing,
            table: MissingDataTable.reading(over: holds, datapoints, missing: missing))
    }

    private func periodChoice(endingAt end: Timestamp) -> PeriodChoice {
        let sources = when.sources + (clear?.sources ?? [])
        let length = PeriodTimeline.coarsest(sources.flatMap(\.timelines), atLeast: rule.sustain.period)
            .milliseconds(endingAt: end)
        var own: [PeriodChoice.Own] = []
        for series in sources.flatMap(\.series) where !own.contains(where: { $0.metric == series.metric.id }) {
            own.append(PeriodChoice.Own(series, endingAt: end))
        }
        return PeriodChoice(
            milliseconds: length, asked: rule.sustain.period.milliseconds,
            series: own.sorted { ($1.milliseconds, $0.metric) < ($0.milliseconds, $1.metric) })
    }

    /// Why there is no alert; nil if datapoints or facts decided.
    public func silence(_ evaluation: EvaluationResult, unmatchedSeries: [SeriesKey]) -> NoAlertReason? {
        guard let finding = evaluation.finding else {
            return .doesNotApply(facts: rule.condition?.failedFacts(target.facts) ?? [])
        }
        switch finding.evidence.gap {
        case nil: return nil
        case .noValue(.factNotSet(let fact)): return .unknownFact(fact: fact)
        case .noValue(.divisionByZero): return .dividesByZero
        case .noValue(.factOutOfDate(let fact)): return .factOutOfDate(fact: fact)
        case .unitMismatch(let metric, let unit, let expected):
            return .unitMismatch(metric: metric, unit: unit, expected: expected)
        case .statisticUnavailable(let metric, let statistic): return .statisticUnavailable(metric: metric, statistic: statistic)
        case .noData(let metric, let since): return .noDataSince(metric: metric, since: since)
        case .tooFewDatapoints(let metric): return .tooFewDatapoints(metric: metric)
        case .insufficientHistory(let metric, let has, let needs):
            return .insufficientHistory(metric: metric, has: has, needs: needs)
        case .noSeries(let name):
            guard let wanted = vocabulary.metrics.metrics[name]?.wantedSeries(of: target.resource) else {
                return .tooFewDatapoints(metric: name)
            }
            let alike = SimilarSeriesFinder(known: unmatchedSeries).series(like: wanted)
            return alike.isEmpty
                ? .neverHadData(metric: name, wanted: wanted) : .noSuchSeries(metric: name, wanted: wanted, alike: alike)
        }
    }
}
