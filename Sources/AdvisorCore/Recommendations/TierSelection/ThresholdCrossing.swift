import Foundation

/// When a metric of a resource is expected to reach a threshold.
public struct ThresholdCrossing: Hashable, Sendable {
    /// What the threshold is of.
    public enum Limit: Reason {
        /// A rule's.
        case rule(rule: RuleName)
        /// The connections that the tier holds.
        case connections(tier: String)
        /// The users that the guide rates the tier for.
        case users(tier: String)

        /// The rule; nil for a limit of the tier itself.
        public var rule: RuleName? { if case .rule(let rule) = self { rule } else { nil } }

        /// Orders limits that are reached at the same time.
        fileprivate var order: String {
            switch self {
            case .rule(let rule): rule.title
            case .connections(let tier): "connections \(tier)"
            case .users(let tier): "users \(tier)"
            }
        }
    }

    /// What the threshold is of.
    public var limit: Limit
    /// The metric.
    public var metric: Metric
    /// The threshold, in the base unit of the metric.
    public var threshold: Double
    /// The expected crossing.
    public var when: Crossing

    /// The expected time; nil if it is not expected.
    public var expected: Timestamp? {
        if case .expected(let time, _, _) = when { return time }
        return nil
    }
}

/// Finds when thresholds that have not been reached will be.
struct CrossingDates {
    let target: EvaluationTarget
    let vocabulary: Vocabulary
    let now: Timestamp
    /// Earlier data is not used: the resource was on another tier.
    let since: Timestamp

    /// The crossings of quiet rules, then of the tier's limits; soonest first, unknown ones last.
    func all(_ findings: [Finding], tier: Tier) -> [ThresholdCrossing] {
        var result: [ThresholdCrossing] = []
        for finding in findings where finding.state == .ok {
            guard let threshold = finding.threshold, let metric = finding.metric,
                let isRising = [">": true, ">=": true, "<": false, "<=": false][finding.sign ?? ""],
                case .reading(let index, _)? = finding.rule.when.shownComparison?.left
            else { continue }
            let reading = finding.rule.when.readings[index]
            guard let when = crossing(reading, of: threshold, isRising: isRising) else { continue }
            result.append(
                ThresholdCrossing(
                    limit: .rule(rule: finding.rule.name), metric: metric, threshold: threshold, when: when))
        }
        for (name, threshold, limit) in [
            (MetricID.connections, tier.maximumConnections, ThresholdCrossing.Limit.connections(tier: tier.id)),
            (.activeUsers, tier.maximumUsers, .users(tier: tier.id)),
        ] {
            guard let threshold, let metric = vocabulary.metrics.metrics[name],
                !result.contains(where: { $0.metric.id == name && $0.threshold == threshold }),
                let when = crossing(Formula.MetricSelector(metric: name, statistic: .maximum), of: threshold, isRising: true)
            else { continue }
            result.append(ThresholdCrossing(limit: limit, metric: metric, threshold: threshold, when: when))
        }
        return result.sorted { left, right in
            let (first, second) = (left.expected?.milliseconds ?? .max, right.expected?.milliseconds ?? .max)
            return (first, left.limit.order) < (second, right.limit.order)
        }
    }

    /// When a selector reaches a bound; nil without data, and if it is already reached.
    private func crossing(_ reading: Formula.MetricSelector, of matched: Double, isRising: Bool) -> Crossing? {
        let begin = max(since, now - Forecast.longestHistory)
        guard
            let points = Datapoints(
                reading.metric, reading.statistic, of: target, vocabulary: vocabulary, from: begin, to: now),
            let last = points.known.last, isRising ? last.value < matched : last.value > matched
        else { return nil }
        let period = points.period.milliseconds
        let cell = SamplingInterval.length(covering: Forecast.longestHistory, in: 672, atLeast: points.period)
        let end = now.floored(to: .milliseconds(cell))
        let first = (points.known.first?.start ?? begin).milliseconds.floorDiv(period)
        let count = last.start.milliseconds.floorDiv(period) - first + 1
        var values = [Double?](repeating: nil, count: Int(count))
        for point in points.known { values[Int(point.start.milliseconds.floorDiv(period) - first)] = point.value }
        var cells = CellMedians(length: cell)
        let medians = cells.medians(
            Int(Forecast.longestHistory.milliseconds / cell), endingAt: end,
            of: DatapointSeries(first: first, period: period, values: values))
        switch Forecast.fit(medians, length: .milliseconds(cell), endingAt: end) {
        case .forecast(let forecast): return forecast.trustedCrossing(of: matched, isRising: isRising, from: now)
        case .insufficientHistory(let has, let needs): return .insufficientHistory(has: has, needs: needs)
        case .noData: return nil
        }
    }
}
