public import AdvisorCore
public import AdvisorStore

extension RetentionJob {
    /// The evidence of active recommendations: the datapoints of their rules with all that those look back on.
    public static func holds(of store: Store, _ project: Project, at now: Timestamp) throws -> [RetentionPin] {
        let standing = try store.recommendations().filter { $0.isCurrent && ($0.state == .open || $0.state == .claimed) }
        guard !standing.isEmpty else { return [] }
        let series = try store.allSeries(before: now)
        let matcher = SeriesMatcher(
            metrics: project.vocabulary.metrics, declared: project.stack.resources,
            projectName: project.stack.name, series: series.map(\.key))
        return matcher.resources(limit: SeriesMatcher.discoveryLimit).all.flatMap { matched in
            standing.filter { $0.resource == matched.resource.id && $0.kind == matched.resource.kind }.map { recommendation in
                let rules = project.rules.filter { recommendation.summary.rules.contains($0.id) }
                let metrics = rules.reduce(into: Set<MetricID>()) { names, rule in
                    names.formUnion(project.vocabulary.seriesMetrics(of: rule.when))
                }
                let numbers = matched.series.filter { metrics.contains($0.key) }.values.joined()
                let reach = rules.map(\.reach).max() ?? .zero
                return RetentionPin(
                    series: Set(numbers.map { series[$0].id }),
                    from: (recommendation.since - reach).floored(to: .seconds(3600)),
                    to: (recommendation.since + .seconds(3600)).floored(to: .seconds(3600)))
            }
        }
    }
}
