public import AdvisorCore
public import AdvisorStore

extension Store {
    /// The resources that the stored series name, for a stack file to begin with.
    /// - Throws: `StoreFailure`.
    public func discoveredResources(_ metrics: MetricCatalog, before now: Timestamp) throws -> [Stack.Resource] {
        let series = try allSeries(before: now).map(\.key)
        return SeriesMatcher(metrics: metrics, declared: [], projectName: nil, series: series).resources().all.map(\.resource)
            .filter { $0.kind != .account && $0.kind != .project && $0.kind != .service }
    }
}
