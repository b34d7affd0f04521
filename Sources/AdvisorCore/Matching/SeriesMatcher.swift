/// A resource with the series of its metrics.
public struct MatchedResource: Sendable {
    /// The resource, as declared or as discovered in the store.
    public var resource: Stack.Resource
    /// The indices of its series by metric name.
    public var series: [MetricID: [Int]]

    /// A resource with its own series.
    public init(resource: Stack.Resource, series: [MetricID: [Int]]) { (self.resource, self.series) = (resource, series) }
}

/// Assigns series to resources.
public struct SeriesMatcher: Sendable {
    /// A series without its account and region.
    private struct Name: Hashable {
        var namespace: String
        var name: String
        var dimensions: [SeriesKey.Dimension]
    }

    private let metrics: [Metric]
    private let kindOfDimension: [String: ResourceKind]
    private let declared: [Stack.Resource]
    private let projectName: String?
    private let known: [SeriesKey]
    private let numbers: [Name: [Int]]

    /// Creates a matcher over these series.
    /// - Parameters:
    ///   - metrics: The metrics, with the series that hold them.
    ///   - declared: The stack file's resources.
    ///   - projectName: The stack file's name; nil without one.
    ///   - series: Every series known.
    public init(metrics: MetricCatalog, declared: [Stack.Resource], projectName: String?, series: [SeriesKey]) {
        self.metrics = metrics.metrics.values.sorted { $0.id < $1.id }
        (kindOfDimension, self.declared, self.projectName, known) = (metrics.kindOfDimension, declared, projectName, series)
        numbers = Dictionary(grouping: series.indices) { number in
            Name(namespace: series[number].namespace, name: series[number].name, dimensions: series[number].dimensions)
        }
    }

    /// The declared resources in file order, then those discovered in the store by name, then the services, the account and
    /// the project.
    public func resources() -> [MatchedResource] {
        var seen = Set(declared.map { ResourceKey(kind: $0.kind, resource: $0.id) })
        let clusters = Set(declared.compactMap(\.cluster))
        var discovered: [ResourceKey] = []
        for series in known {
            for dimension in series.dimensions {
                let kind: ResourceKind
                if let known = kindOfDimension[dimension.name] {
                    kind = known
                } else if dimension.name == "ServiceName", series.name == "EstimatedCharges" {
                    kind = .service
                } else {
                    continue
                }
                let key = ResourceKey(kind: kind, resource: dimension.value)
                if !clusters.contains(dimension.value), seen.insert(key).inserted { discovered.append(key) }
            }
        }
        discovered.sort { ($0.kind.order, $0.resource) < ($1.kind.order, $1.resource) }
        for key in [
            ResourceKey(kind: .account, resource: "account"), ResourceKey(kind: .project, resource: projectName ?? "project"),
        ] where seen.insert(key).inserted {
            discovered.append(key)
        }
        var result: [MatchedResource] = []
        result.reserveCapacity(declared.count + discovered.count)
        var metricsOfKind: [ResourceKind: [Metric]] = [:]
        for kind in ResourceKind.allCases { metricsOfKind[kind] = metrics.filter { $0.kinds.contains(kind) } }
        for resource in declared {
            let own = metrics.filter { resource.metrics[$0.id] != nil || $0.kinds.contains(resource.kind) }
            result.append(matched(resource, own))
        }
        for key in discovered {
            let resource = Stack.Resource(id: key.resource, kind: key.kind, isDeclared: false)
            result.append(matched(resource, metricsOfKind[key.kind] ?? []))
        }
        return result
    }

    private func matched(_ resource: Stack.Resource, _ metrics: [Metric]) -> MatchedResource {
        var series: [MetricID: [Int]] = [:]
        for metric in metrics {
            let found = numbers(of: metric, resource)
            if !found.isEmpty { series[metric.id] = found }
        }
        return MatchedResource(resource: resource, series: series)
    }

    private func numbers(of metric: Metric, _ resource: Stack.Resource) -> [Int] {
        if let reference = resource.metrics[metric.id] {
            return numbers[
                Name(namespace: reference.namespace, name: reference.name, dimensions: reference.dimensions.sorted())] ?? []
        }
        guard case .series(let namespace, let name) = metric.origin else { return [] }
        let found = Set(wantedDimensions(of: metric, resource)).flatMap { dimensions in
            numbers[Name(namespace: namespace, name: name, dimensions: dimensions)] ?? []
        }
        guard let account = resource.account else { return found.sorted() }
        return found.filter { known[$0].account == nil || known[$0].account == account }.sorted()
    }

    /// The sets of dimensions that a series of the resource may have.
    private func wantedDimensions(of metric: Metric, _ resource: Stack.Resource) -> [[SeriesKey.Dimension]] {
        guard let dimension = metric.dimension else { return [metric.otherDimensions.sorted()] }
        if resource.kind == .account { return [metric.otherDimensions.sorted(), []] }
        var names = [resource.id]
        if let cluster = resource.cluster { names.append(cluster) }
        return names.flatMap { name in
            let own = SeriesKey.Dimension(dimension, name)
            return metric.otherDimensions.isEmpty ? [[own]] : [([own] + metric.otherDimensions).sorted(), [own]]
        }
    }
}

extension ResourceKind {
    /// The order of kinds in a report.
    var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
