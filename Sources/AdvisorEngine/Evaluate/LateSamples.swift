internal import AdvisorCore
internal import AdvisorStore

/// From when on a resource's series hold other samples than the last evaluation saw.
struct LateSamples {
    /// By the metric that the series measure.
    private var starts: [String: Timestamp] = [:]
    private let first: Timestamp?

    init(_ matched: MatchedResource, of series: [StoredSeries], first: Timestamp?) {
        self.first = first
        for (metric, numbers) in matched.series {
            starts[metric] = numbers.compactMap { series[$0].changedFrom }.min()
        }
    }

    /// Start of the first sample that came after a time was evaluated, and that the rule's verdicts up to then depend on; nil
    /// without any.
    func start(for rule: Rule, evaluatedUpTo end: Timestamp, _ vocabulary: Vocabulary) -> Timestamp? {
        guard let earliest = starts.values.min(), earliest < end, !rule.when.readings.isEmpty else { return nil }
        // Every rule is evaluated from the resource's first sample on.
        if first.map({ earliest <= $0 }) ?? true { return earliest }
        var metrics = vocabulary.seriesMetrics(of: rule.when)
        if let clear = rule.clear { metrics.formUnion(vocabulary.seriesMetrics(of: clear)) }
        return metrics.compactMap { starts[$0] }.min().flatMap { $0 < end ? $0 : nil }
    }
}
