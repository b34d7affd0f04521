public import AdvisorCore
public import AdvisorStore

/// Loads resources with their history, one at a time; each series once, whatever the number of rules.
public struct HistoryLoader {
    private let store: Store
    /// The project, with what bills say of its spend.
    let project: Project
    private let now: Timestamp
    private let watched: [ResourceKey: Timestamp]
    /// All series with a sample before `now`, in numerical order.
    public let series: [StoredSeries]
    /// All resources of advisor.yaml and of the store.
    public let resources: [MatchedResource]

    /// The resources with data before `now`.
    /// - Throws: `StoreFailure`.
    public init(store: Store, project: Project, now: Timestamp) throws {
        (self.store, self.now) = (store, now)
        var series = try store.allSeries(before: now)
        series.removeAll { $0.first == nil }
        self.series = series
        watched = try store.watchedResources()
        var known = project
        known.asOf = now
        let matched = SeriesMatcher(
            metrics: project.vocabulary.metrics, declared: project.stack.resources,
            projectName: project.stack.name, series: series.map(\.key)
        )
        .resources()
        known.billing = try store.money(project, matched, series, at: now)
        self.project = known
        let allowances = known.billing.allowances.map {
            MatchedResource(resource: Stack.Resource(id: $0.allowance.id, kind: .allowance, isDeclared: false), series: [:])
        }
        resources = matched + allowances
    }

    /// A resource with its facts and the history of the metrics that rules of its kind read.
    /// - Throws: `StoreFailure`.
    public func target(_ matched: MatchedResource, metrics needed: Set<MetricID>? = nil) throws -> EvaluationTarget {
        let needed = needed ?? project.neededMetrics(for: matched.resource.kind)
        var histories: [SeriesHistory] = []
        for (name, numbers) in matched.series where needed.contains(name) {
            guard let metric = project.vocabulary.metrics.metrics[name] else { continue }
            var samples: [Sample] = []
            for number in numbers {
                samples += try store.samples(of: series[number].id, from: Timestamp(milliseconds: .min), to: now)
            }
            histories.append(SeriesHistory(metric: metric, samples: samples))
        }
        let first = matched.series.values.joined().compactMap { series[$0].first }.min()
        var target = project.target(matched.resource, history: ResourceHistory(series: histories, firstSample: first))
        target.watchedSince = watched[ResourceKey(kind: matched.resource.kind, resource: matched.resource.id)]
        // A source that is overdue is not waited for.
        target.completeUpTo = matched.series.compactMapValues { numbers in
            numbers.compactMap { series[$0].progress }.filter { !$0.isStale(at: now) }.map(\.completeUpTo).min()
        }
        return target
    }

    /// The same for an evaluation at `now`: a declared resource without samples is watched from the first one on.
    func watchedTarget(_ matched: MatchedResource) throws -> EvaluationTarget {
        var target = try target(matched)
        if target.watchedSince == nil, matched.resource.isDeclared, target.history.firstSample == nil {
            target.watchedSince = now
        }
        return target
    }

    /// The stored series of each metric of a resource.
    public func keys(of matched: MatchedResource) -> [MetricID: [SeriesKey]] {
        matched.series.mapValues { $0.map { series[$0].key }.sorted() }
    }

    /// Series that may be a misspelt one of the resource: those that belong to no declared resource, and for a resource that
    /// is not declared those that belong to none at all.
    public func unmatchedSeries(for matched: MatchedResource) -> [SeriesKey] {
        var taken: Set<Int> = []
        for other in resources where other.resource.isDeclared || !matched.resource.isDeclared {
            taken.formUnion(other.series.values.joined())
        }
        return series.indices.filter { !taken.contains($0) }.map { series[$0].key }
    }
}
