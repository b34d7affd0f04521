public import AdvisorCore
public import AdvisorStore

/// Evaluates a store's history with today's rules; records nothing.
public struct BacktestPass {
    /// The result.
    public struct Result: Sendable {
        /// The results of the rules.
        public var backtest: Backtest
        /// The results of another rule set; nil without one.
        public var other: Backtest?
    }

    /// Which rules are evaluated.
    public struct Selection: Sendable {
        /// The project with the selected rules alone.
        public var project: Project
        /// The selected rules of another pack; nil without one.
        public var other: [Rule]?

        /// Selects rules by id.
        /// - Parameters:
        ///   - project: The project with all its rules.
        ///   - other: The rules of another pack to compare with; nil for none.
        ///   - ids: The rules to select; empty for all.
        /// - Throws: `ExitError` when neither pack has a rule of an id.
        public init(of project: Project, against other: [Rule]?, rules ids: [String]) throws {
            let known = project.rules.map(\.id) + (other ?? []).map(\.id)
            for id in ids where !known.contains(id) {
                throw ExitError(.usage, "advisor: unknown rule '\(id)'\(DidYouMean.hint(for: id, among: known))")
            }
            (self.project, self.other) = (project, other)
            guard !ids.isEmpty else { return }
            self.project.rules = project.rules.filter { ids.contains($0.id) }
            self.other = other?.filter { ids.contains($0.id) }
        }
    }

    private let store: Store
    private let project: Project
    private let from: Timestamp?
    private let to: Timestamp
    private let resource: String?

    /// Creates a backtest from a time, or from the first sample, up to another; of one resource, or of all.
    public init(store: Store, project: Project, from: Timestamp?, to: Timestamp, resource: String? = nil) {
        (self.store, self.project, self.from, self.to, self.resource) = (store, project, from, to, resource)
    }

    /// Evaluates resource by resource; each history is read once for all rules and rule sets.
    /// - Parameters:
    ///   - other: Another rule set; nil without one.
    ///   - progress: Called after each resource with the number of finished ones and the total.
    /// - Returns: The results of both.
    /// - Throws: `ExitError` when no rule evaluates the resource asked for, else `StoreFailure`.
    public func run(other: [Rule]? = nil, progress: (Int, Int) -> Void = { _, _ in }) throws -> Result {
        var both = project
        both.rules += other ?? []
        let loader = try HistoryLoader(store: store, project: both, now: to, resource: resource)
        let kinds = Set(both.rules.map(\.appliesTo))
        let evaluated = loader.resources.filter {
            kinds.contains($0.resource.kind) && (resource ?? $0.resource.id) == $0.resource.id
        }
        let first = evaluated.flatMap { $0.series.values.joined() }.compactMap { loader.series[$0].first }.min()
        let begin = min(from ?? first ?? to, to)
        var result = Result(backtest: Backtest(from: begin, to: to, rules: project.rules, mutes: project.stack.language.mutes))
        result.other = other.map { Backtest(from: begin, to: to, rules: $0, mutes: project.stack.language.mutes) }
        for (number, matched) in evaluated.enumerated() {
            let target = try loader.target(matched)
            result.backtest.evaluate(target, vocabulary: project.vocabulary, catalog: project.catalog)
            result.other?.evaluate(target, vocabulary: project.vocabulary, catalog: project.catalog)
            progress(number + 1, evaluated.count)
        }
        if let resource, result.backtest.tracks.isEmpty, result.other?.tracks.isEmpty ?? true {
            throw ExitError(.noInput, "advisor: no rule applies to a resource '\(resource)'; `advisor rules explain` lists both")
        }
        return result
    }
}
