/// A resource with the series of its metrics.
public struct MatchedResource: Sendable {
    /// The resource, as declared or as discovered in the store.
    public var resource: Stack.Resource
    /// The indices of its series by metric name.
    public var series: [MetricID: [Int]]

    /// A resource with its own series.
    public init(resource: Stack.Resource, series: [MetricID: [Int]]) { (self.resource, self.series) = (resource, series) }
}

/// The resources of a stack and of its store.
public struct MatchedResources: Sendable {
    /// The declared ones in file order, then the discovered ones.
    public var all: [MatchedResource]
    /// How many were discovered besides, and left out because they are too many.
    public var ignored = 0
}

/// Assigns series to resources.
public struct SeriesMatcher: Sendable {
    /// The maximum number of resources of one kind that are not declared.
    public static let discoveryLimit = 500

    /// A series without its account and region.
    private struct Name: Hashable {
        var namespace: String
        var name: String
        var dimensions: [SeriesKey.Dimension]
    }

    private let metrics: [Metric]
    /// Those of which there is a series of any resource under their own name.
    private let stored: [Metric]
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
        (kindOfDimension, self.declared, self.projectName, known) = (metrics.kindOfDimension, declared, projectName, series)
        let present = Set(series.map { Name(namespace: $0.namespace, name: $0.name, dimensions: []) })
        self.metrics = metrics.metrics.values.sorted { $0.id < $1.id }
        stored = self.metrics.filter { metric in
            guard case .series(let namespace, let name) = metric.origin else { return false }
            return present.contains(Name(namespace: namespace, name: name, dimensions: []))
        }
        numbers = Dictionary(grouping: series.indices) { number in
            Name(namespace: series[number].namespace, name: series[number].name, dimensions: series[number].dimensions)
        }
    }

    /// The declared resources in file order, then those discovered in the store by name, then the services, the account and
    /// the project.
    /// - Parameters:
    ///   - limit: The maximum number of discovered resources of each kind: those whose series were stored first.
    ///   - wanted: The id of a resource that is never left out.
    /// - Returns: The resources with their series.
    public func resources(limit: Int = .max, including wanted: String? = nil) -> MatchedResources {
        let (discovered, ignored) = discovered(limit: limit, including: wanted)
        var result: [MatchedResource] = []
        result.reserveCapacity(declared.count + discovered.count)
        var metricsOfKind: [ResourceKind: [Metric]] = [:]
        for kind in ResourceKind.allCases { metricsOfKind[kind] = stored.filter { $0.kinds.contains(kind) } }
        for resource in declared {
            let usual = metricsOfKind[resource.kind] ?? []
            let own = resource.metrics.isEmpty ? [] : metrics.filter { resource.metrics[$0.id] != nil }
            result.append(matched(resource, usual.filter { resource.metrics[$0.id] == nil } + own))
        }
        for key in discovered {
            let resource = Stack.Resource(id: key.resource, kind: key.kind, isDeclared: false)
            result.append(matched(resource, metricsOfKind[key.kind] ?? []))
        }
        return MatchedResources(all: result, ignored: ignored)
    }

    /// The resources that series name and that are not declared, by kind and name, with account and project.
    private func discovered(limit: Int, including wanted: String?) -> (keys: [ResourceKey], ignored: Int) {
        var seen = Set(declared.map { ResourceKey(kind: $0.kind, resource: $0.id) })
        let clusters = Set(declared.compactMap(\.cluster))
        var discovered: [ResourceKey] = []
        var counts: [ResourceKind: Int] = [:]
        var ignored = 0
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
                guard !clusters.contains(dimension.value), seen.insert(key).inserted else { continue }
                counts[kind, default: 0] += 1
                if counts[kind, default: 0] <= limit || key.resource == wanted {
                    discovered.append(key)
                } else {
                    ignored += 1
                }
            }
        }
        discovered.sort { ($0.kind.order, $0.resource) < ($1.kind.order, $1.resource) }
        for key in [
            ResourceKey(kind: .account, resource: "account"), ResourceKey(kind: .project, resource: projectName ?? "project"),
        ] where seen.insert(key).inserted {
            discovered.append(key)
        }
        return (discovered, ignored)
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
