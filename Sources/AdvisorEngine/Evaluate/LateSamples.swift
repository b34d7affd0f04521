internal import AdvisorCore
internal import AdvisorStore

/// The start of the samples of a resource that changed since the last evaluation.
struct LateSamples {
    /// By metric.
    private var starts: [MetricID: Timestamp] = [:]
    private let first: Timestamp?
    private let watchedSince: Timestamp?
    /// The metrics whose samples are all new, or whose first sample is.
    private var begun: Set<MetricID> = []
    private var known: Set<MetricID> = []

    init(_ matched: MatchedResource, of series: [StoredSeries], target: EvaluationTarget) {
        (first, watchedSince) = (target.history.firstSample, target.watchedSince)
        for (metric, numbers) in matched.series {
            known.insert(metric)
            starts[metric] = numbers.compactMap { series[$0].changedFrom }.min()
            if let start = starts[metric], let first = numbers.compactMap({ series[$0].first }).min(), start <= first {
                begun.insert(metric)
            }
        }
    }

    /// Whether all samples of the metrics that a rule reads arrived since the last evaluation.
    func areAll(for rule: Rule, _ vocabulary: Vocabulary) -> Bool {
        let metrics = vocabulary.seriesMetrics(of: rule.when).filter { known.contains($0) }
        return !metrics.isEmpty && begun.isSuperset(of: metrics)
    }

    /// The start of the first late sample that affects the rule's states; nil if there is none.
    func start(for rule: Rule, evaluatedUpTo end: Timestamp, _ vocabulary: Vocabulary) -> Timestamp? {
        guard let earliest = starts.values.min(), !rule.when.readings.isEmpty else { return nil }
        var metrics = vocabulary.seriesMetrics(of: rule.when)
        if let clear = rule.clear { metrics.formUnion(vocabulary.seriesMetrics(of: clear)) }
        // A series decides from its beginning at which period ends the rule is evaluated, even before its first sample.
        if !metrics.isDisjoint(with: begun) { return [earliest, first, watchedSince].compactMap { $0 }.min() }
        guard earliest < end else { return nil }
        // All rules are evaluated from the resource's first sample.
        if first.map({ earliest <= $0 }) ?? true { return earliest }
        return metrics.compactMap { starts[$0] }.min().flatMap { $0 < end ? $0 : nil }
    }
}
