public import AdvisorCore
internal import AdvisorFormats
public import AdvisorStore

/// The series that `store forget` removes: those of a resource, or those of a name.
public struct ForgottenSeries {
    /// Whose series are removed.
    public enum Choice: Hashable, Sendable {
        /// Those of any resource.
        case all
        /// Those of some resources, by their ids.
        case resources([String])
        /// Those of the resources that are not declared, except account, services and project.
        case undeclared
    }

    /// The series.
    public let series: [StoredSeries]
    /// The number of their samples.
    public let samples: Int
    private let resources: [ResourceKey]
    private let store: Store

    /// Finds the series.
    /// - Parameters:
    ///   - choice: Of which resources.
    ///   - names: `AWS/RDS CPUUtilization`, with or without dimensions as messages show them; empty for any.
    ///   - store: Where they are.
    ///   - project: What says which series belong to which resource.
    /// - Throws: `ExitError` when there is no such series, else `StoreFailure`.
    public init(of choice: Choice, names: [String], in store: Store, project: Project) throws {
        self.store = store
        let all = try store.allSeries(before: Timestamp(milliseconds: .max), limit: .max)
        let matched = SeriesMatcher(
            metrics: project.vocabulary.metrics, declared: project.stack.resources, projectName: project.stack.name,
            series: all.map(\.key)
        ).resources().all
        var chosen = Set(all.indices)
        switch choice {
        case .all: break
        case .undeclared:
            let whole: Set<ResourceKind> = [.account, .service, .project]
            let kept = matched.filter { $0.resource.isDeclared || whole.contains($0.resource.kind) }
            let ids = Set(matched.map(\.resource.id)).subtracting(kept.map(\.resource.id))
            chosen = Set(all.indices.filter { all[$0].key.dimensions.contains { ids.contains($0.value) } })
            chosen.subtract(kept.flatMap { $0.series.values.joined() })
            guard !chosen.isEmpty else {
                throw ExitError(.noInput, "advisor: all resources with samples are declared in advisor.yaml")
            }
        case .resources(let ids):
            chosen = []
            for id in ids {
                let declared = matched.filter { $0.resource.id == id }.flatMap { $0.series.values.joined() }
                let own = Set(declared).union(all.indices.filter { all[$0].key.dimensions.contains { $0.value == id } })
                let known = matched.filter { !$0.series.isEmpty }.map(\.resource.id)
                guard !own.isEmpty else {
                    throw ExitError(
                        .noInput, "advisor: no samples of a resource '\(id)'\(DidYouMean.hint(for: id, among: known))")
                }
                chosen.formUnion(own)
            }
        }
        for name in names where !all.contains(where: { Self.isNamed($0.key, name) }) {
            throw ExitError(
                .noInput, "advisor: no series '\(name)'\(DidYouMean.hint(for: name, among: all.map { Self.name($0.key) }))")
        }
        if !names.isEmpty { chosen = chosen.filter { index in names.contains { Self.isNamed(all[index].key, $0) } } }
        series = chosen.sorted().map { all[$0] }
        samples = try store.sampleCount(of: series.map(\.id))
        resources = matched.filter { !chosen.isDisjoint(with: $0.series.values.joined()) }.map {
            ResourceKey(kind: $0.resource.kind, resource: $0.resource.id)
        }
    }

    /// Removes them.
    /// - Returns: The number of samples removed.
    /// - Throws: `StoreFailure`; then nothing is removed.
    public func remove(at now: Timestamp) throws -> Int { try store.forget(series.map(\.id), of: resources, at: now) }

    private static func name(_ key: SeriesKey) -> String { "\(key.namespace) \(key.name)" }

    private static func isNamed(_ key: SeriesKey, _ name: String) -> Bool { name == Self.name(key) || name == key.text }
}
