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
    private let metrics: [Metric]
    private let kindOfDimension: [String: ResourceKind]
    private let declared: [Stack.Resource]
    private let projectName: String?
    private let known: [SeriesKey]
    private let byName: [String: [Int]]

    /// Creates a matcher over these series.
    /// - Parameters:
    ///   - metrics: The metrics, with the series that hold them.
    ///   - declared: The stack file's resources.
    ///   - projectName: The stack file's name; nil without one.
    ///   - series: Every series known.
    public init(metrics: MetricCatalog, declared: [Stack.Resource], projectName: String?, series: [SeriesKey]) {
        self.metrics = metrics.metrics.values.sorted { $0.id < $1.id }
        (kindOfDimension, self.declared, self.projectName, known) = (metrics.kindOfDimension, declared, projectName, series)
        byName = Dictionary(grouping: series.indices, by: { "\(series[$0].namespace) \(series[$0].name)" })
    }

    /// The declared resources in file order, then those discovered in the store by name, then the services, the account and
    /// the project.
    public func resources() -> [MatchedResource] {
        var result = declared
        var seen = Set(result.map { "\($0.kind.rawValue) \($0.id)" })
        let clusters = Set(result.compactMap(\.cluster))
        var discovered: [Stack.Resource] = []
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
                guard !clusters.contains(dimension.value), seen.insert("\(kind.rawValue) \(dimension.value)").inserted else {
                    continue
                }
                discovered.append(Stack.Resource(id: dimension.value, kind: kind, isDeclared: false))
            }
        }
        result += discovered.sorted { ($0.kind.order, $0.id) < ($1.kind.order, $1.id) }
        if seen.insert("account account").inserted {
            result.append(Stack.Resource(id: "account", kind: .account, isDeclared: false))
        }
        let project = projectName ?? "project"
        if seen.insert("project \(project)").inserted {
            result.append(Stack.Resource(id: project, kind: .project, isDeclared: false))
        }
        return result.map { resource in
            var series: [MetricID: [Int]] = [:]
            for metric in metrics where resource.metrics[metric.id] != nil || metric.kinds.contains(resource.kind) {
                let found = numbers(of: metric, resource)
                if !found.isEmpty { series[metric.id] = found }
            }
            return MatchedResource(resource: resource, series: series)
        }
    }

    private func numbers(of metric: Metric, _ resource: Stack.Resource) -> [Int] {
        if let reference = resource.metrics[metric.id] {
            return candidates(reference.namespace, reference.name).filter {
                known[$0].dimensions == reference.dimensions.sorted()
            }
        }
        guard case .series(let namespace, let name) = metric.origin else { return [] }
        let wanted = wantedDimensions(of: metric, resource)
        return candidates(namespace, name).filter { number in
            let series = known[number]
            guard resource.account == nil || series.account == nil || series.account == resource.account else { return false }
            return wanted.contains { $0 == series.dimensions }
        }
    }

    private func candidates(_ namespace: String, _ name: String) -> [Int] { byName["\(namespace) \(name)"] ?? [] }

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
