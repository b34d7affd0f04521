public import AdvisorCore
public import AdvisorStore

/// Loads resources with their history, one at a time; each series once, whatever the number of rules.
public struct HistoryLoader {
    private let store: Store
    /// The project, with what bills say of its spend.
    let project: Project
    private let now: Timestamp
    private let watched: [ResourceKey: Timestamp]
    /// The metrics that rules of each kind of resource read.
    let needed: [ResourceKind: Set<MetricID>]
    /// The start of the newest sample; nil without any.
    public let newestSample: Timestamp?
    /// All series with a sample before `now`, in numerical order; without those of resources that are left out.
    public let series: [StoredSeries]
    /// All resources of advisor.yaml and of the store.
    public let resources: [MatchedResource]
    /// How many resources are left out: they are not declared, and too many.
    public let ignored: Int

    /// The resources with data before `now`; of those that are not declared the first ones, and the one asked for.
    /// - Throws: `StoreFailure`.
    public init(store: Store, project: Project, now: Timestamp, resource: String? = nil) throws {
        (self.store, self.now) = (store, now)
        var series = try store.allSeries(before: now)
        series.removeAll { $0.first == nil }
        watched = try store.watchedResources()
        var known = project
        known.asOf = now
        newestSample = series.compactMap(\.last).max()
        var matched = SeriesMatcher(
            metrics: project.vocabulary.metrics, declared: project.stack.resources,
            projectName: project.stack.name, series: series.map(\.key)
        )
        .resources(limit: SeriesMatcher.discoveryLimit, including: resource)
        known.billing = try store.money(project, matched.all, series, at: now)
        self.project = known
        needed = Dictionary(uniqueKeysWithValues: ResourceKind.allCases.map { ($0, known.neededMetrics(for: $0)) })
        let allowances = known.billing.allowances.map {
            MatchedResource(resource: Stack.Resource(id: $0.allowance.id, kind: .allowance, isDeclared: false), series: [:])
        }
        if matched.ignored > 0 { matched.dropUnusedSeries(&series) }
        self.series = series
        resources = matched.all + allowances
        ignored = matched.ignored
    }

    /// A resource with its facts and the whole history of the metrics that rules of its kind read.
    /// - Throws: `StoreFailure`.
    public func target(_ matched: MatchedResource) throws -> EvaluationTarget {
        var target = targetWithoutSamples(matched)
        target.history = try history(of: matched) { _ in SampleRecall.all }
        return target
    }

    /// The history of the metrics that rules of a resource's kind read.
    /// - Parameters:
    ///   - matched: The resource.
    ///   - begin: From when on the samples of a metric are read; so many before are read that its period then is known.
    /// - Returns: The history, with the beginning of all of it.
    /// - Throws: `StoreFailure`.
    func history(of matched: MatchedResource, from begin: (MetricID) -> Timestamp) throws -> ResourceHistory {
        let needed = needed[matched.resource.kind] ?? []
        var histories: [SeriesHistory] = []
        for (name, numbers) in matched.series where needed.contains(name) {
            guard let metric = project.vocabulary.metrics.metrics[name] else { continue }
            let ids = numbers.map { series[$0].id }
            var begin = begin(name)
            if begin > SampleRecall.all {
                begin = try ids.map { try store.start(ofStamps: SampleRecall.stamps, of: $0, before: begin) }.min() ?? begin
            }
            let samples = try ids.flatMap { try store.samples(of: $0, from: begin, to: now) }
            histories.append(SeriesHistory(metric: metric, samples: samples))
        }
        return ResourceHistory(series: histories, firstSample: firstSample(of: matched))
    }

    private func firstSample(of matched: MatchedResource) -> Timestamp? {
        matched.series.values.joined().compactMap { series[$0].first }.min()
    }

    /// The metrics of a resource of which there are samples.
    func storedMetrics(of matched: MatchedResource) -> Set<MetricID> { Set(matched.series.filter { !$0.value.isEmpty }.keys) }

    private func targetWithoutSamples(_ matched: MatchedResource) -> EvaluationTarget {
        let history = ResourceHistory(series: [], firstSample: firstSample(of: matched))
        var target = project.target(matched.resource, history: history)
        target.watchedSince = watched[ResourceKey(kind: matched.resource.kind, resource: matched.resource.id)]
        // A source that is overdue is not waited for.
        target.completeUpTo = matched.series.compactMapValues { numbers in
            numbers.compactMap { series[$0].progress }.filter { !$0.isStale(at: now) }.map(\.completeUpTo).min()
        }
        return target
    }

    /// The same for an evaluation at `now`: a declared resource without samples is watched from the first one on.
    func watchedTarget(_ matched: MatchedResource) throws -> EvaluationTarget {
        var target = watchedTargetWithoutSamples(matched)
        target.history = try history(of: matched) { _ in SampleRecall.all }
        return target
    }

    /// The same with the extent of its history alone.
    func watchedTargetWithoutSamples(_ matched: MatchedResource) -> EvaluationTarget {
        var target = targetWithoutSamples(matched)
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

extension MatchedResources {
    /// Removes the series that belong to no resource and hold no charges, and numbers the others anew.
    fileprivate mutating func dropUnusedSeries(_ series: inout [StoredSeries]) {
        var used = Set(all.flatMap { $0.series.values.joined() })
        used.formUnion(series.indices.filter { ChargeLedger.holds(series[$0].key) })
        let kept = used.sorted()
        let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
        series = kept.map { series[$0] }
        for index in all.indices {
            all[index].series = all[index].series.mapValues { old in old.compactMap { numbers[$0] } }
        }
    }
}
