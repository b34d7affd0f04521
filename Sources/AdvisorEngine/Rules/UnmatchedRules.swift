public import AdvisorCore
public import AdvisorFormats
public import AdvisorStore

extension Project {
    /// A note for each rule of whose metrics a store has no series.
    /// - Throws: `StoreFailure`.
    public func notesOnUnmatchedRules(in store: Store, at now: Timestamp) throws -> [Diagnostic] {
        let stored = Set(try store.allSeries(before: now).map { "\($0.key.namespace) \($0.key.name)" })
        return rules.compactMap { rule in
            let metrics = vocabulary.seriesMetrics(of: rule.when)
            let series = metrics.compactMap { metric -> String? in
                guard case .series(let namespace, let name)? = vocabulary.metrics.metrics[metric]?.origin else { return nil }
                return "\(namespace) \(name)"
            }
            guard !metrics.isEmpty, !series.contains(where: stored.contains) else { return nil }
            return Diagnostic(
                file: rule.file, line: rule.line,
                problem:
                    "the store has no series of \(metrics.map(\.rawValue).sorted().joined(separator: ", ")), so '\(rule.id)' cannot be evaluated",
                isNote: true)
        }
    }
}
