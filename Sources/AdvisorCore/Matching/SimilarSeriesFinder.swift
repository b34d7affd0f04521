/// Finds stored series with a name similar to a missing one.
struct SimilarSeriesFinder {
    private static let most = 3
    let known: [SeriesKey]

    /// The three most similar series; only those with a small misspelling, or with one dimension too many or too few.
    func series(like wanted: SeriesKey) -> [SeriesKey] {
        let near = known.compactMap { key in distance(from: wanted, to: key).map { (distance: $0, key: key) } }
        return near.sorted { ($0.distance, $0.key) < ($1.distance, $1.key) }.prefix(Self.most).map(\.key)
    }

    /// nil if they are not similar.
    private func distance(from wanted: SeriesKey, to key: SeriesKey) -> Int? {
        guard let namespace = Self.distance(wanted.namespace, key.namespace), let name = Self.distance(wanted.name, key.name)
        else {
            return nil
        }
        let dimensions = dimensions(wanted.dimensions, key.dimensions)
        // A different dimension is accepted if namespace and metric name are right.
        guard let dimensions, dimensions < Self.otherDimension || namespace + name == 0 else { return nil }
        return namespace + name + dimensions
    }

    private static let otherDimension = 100

    private func dimensions(_ wanted: [SeriesKey.Dimension], _ found: [SeriesKey.Dimension]) -> Int? {
        var total = 0
        var rest = found
        for dimension in wanted {
            let nearest = rest.indices.compactMap { index -> (Int, Int)? in
                guard let value = Self.distance(dimension.value, rest[index].value) else { return nil }
                let name = Self.distance(dimension.name, rest[index].name) ?? Self.otherDimension
                return (value + name, index)
            }.min { $0 < $1 }
            guard let (distance, index) = nearest else { return nil }
            total += distance
            rest.remove(at: index)
        }
        return total + rest.count * Self.otherDimension
    }

    /// The edit distance, if it is small; a difference in case only counts as one.
    private static func distance(_ left: String, _ right: String) -> Int? {
        if left == right { return 0 }
        if left.lowercased() == right.lowercased() { return 1 }
        let distance = DidYouMean.distance(left, right)
        return distance <= max(1, min(left.count, right.count) / 3) ? distance + 1 : nil
    }
}

extension Metric {
    /// The series in which a metric of a resource is expected; nil for a derived metric.
    func wantedSeries(of resource: Stack.Resource) -> SeriesKey? {
        if let reference = resource.metrics[id] {
            return SeriesKey(namespace: reference.namespace, name: reference.name, dimensions: reference.dimensions)
        }
        guard case .series(let namespace, let name) = origin else { return nil }
        let own = resource.kind == .account ? nil : dimension.map { SeriesKey.Dimension($0, resource.id) }
        return SeriesKey(namespace: namespace, name: name, dimensions: otherDimensions + [own].compactMap { $0 })
    }
}
