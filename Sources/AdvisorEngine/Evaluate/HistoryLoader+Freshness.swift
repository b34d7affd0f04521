internal import AdvisorCore
internal import AdvisorStore

extension HistoryLoader {
    /// The age of the data that the rules of each resource read; resources without data are left out.
    func freshness() -> [AlertGroupBuilder.Freshness] {
        let kinds = Set(project.rules.map(\.appliesTo))
        return resources.compactMap { matched in
            let kind = matched.resource.kind
            guard kinds.contains(kind), let needed = needed[kind] else { return nil }
            let read = matched.series.filter { needed.contains($0.key) && !$0.value.isEmpty }
            guard let newest = read.values.joined().compactMap({ series[$0].last }).max(),
                let period = read.keys.compactMap({ project.vocabulary.metrics.metrics[$0]?.nativePeriod }).min()
            else { return nil }
            let progress = read.values.joined().compactMap { series[$0].progress }.min { $0.completeUpTo < $1.completeUpTo }
            return AlertGroupBuilder.Freshness(
                resource: matched.resource.id, kind: kind, newest: newest, period: period, progress: progress)
        }
    }
}
