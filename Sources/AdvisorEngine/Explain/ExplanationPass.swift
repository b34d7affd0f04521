public import AdvisorCore
public import AdvisorStore

/// Explains states from a store's samples; records nothing.
public struct ExplanationPass {
    private let store: Store
    private let project: Project
    private let now: Timestamp

    /// Creates explanations as of `now`.
    public init(store: Store, project: Project, now: Timestamp) { (self.store, self.project, self.now) = (store, project, now) }

    /// Explains a rule on all resources of its kind, or on one, in report order.
    /// - Throws: `StoreFailure`.
    public func explanations(of rule: Rule, resource: String? = nil) throws -> [Explanation] {
        var alone = project
        // The inhibiting rule is evaluated too.
        alone.rules = [rule] + project.rules.filter { $0.id == rule.unlessAlarm }
        alone.disabledRules = []
        let loader = try HistoryLoader(store: store, project: alone, now: now, resource: resource)
        let all = try store.allSeries(before: Timestamp(milliseconds: .max))
        return try loader.resources.filter {
            $0.resource.kind == rule.appliesTo && (resource ?? $0.resource.id) == $0.resource.id
        }
        .map { matched in
            let target = try loader.watchedTarget(matched)
            var result = Evaluator(rule: rule, target: target, vocabulary: project.vocabulary)
                .explanation(asOf: now, keys: loader.keys(of: matched), unmatchedSeries: loader.unmatchedSeries(for: matched))
            if let silence = project.disabling(rule) {
                result.silence = silence
            } else if result.finding?.state == .alarm {
                let line = RuleStatusRow.lines(of: target, project: alone, unmatchedSeries: [], asOf: now).first {
                    $0.rule.id == rule.id
                }
                result.silence = line?.silence ?? result.silence
            }
            result.silence = result.silence.map { dated($0, all) }
            result.overrides = project.stack.language.overrides
            return result
        }
    }

    /// One row per rule and resource, by resource in report order, then by rule; rules without a resource are last.
    /// - Throws: `StoreFailure`.
    public func lines(resource: String? = nil) throws -> [RuleStatusRow] {
        let loader = try HistoryLoader(store: store, project: project, now: now, resource: resource)
        let all = try store.allSeries(before: Timestamp(milliseconds: .max))
        var result: [RuleStatusRow] = []
        for matched in loader.resources where (resource ?? matched.resource.id) == matched.resource.id {
            let (target, unmatchedSeries) = (try loader.watchedTarget(matched), loader.unmatchedSeries(for: matched))
            result += RuleStatusRow.lines(of: target, project: project, unmatchedSeries: unmatchedSeries, asOf: now).map { line in
                var line = line
                line.silence = line.silence.map { dated($0, all) }
                return line
            }
        }
        let kinds = Set(loader.resources.map(\.resource.kind))
        if resource == nil {
            result += (project.rules + project.disabledRules).filter { !kinds.contains($0.appliesTo) }.map(
                RuleStatusRow.init(withoutResource:))
        }
        return result
    }

    /// A missing series may be stored later.
    private func dated(_ silence: NoAlertReason, _ all: [StoredSeries]) -> NoAlertReason {
        guard case .neverHadData(let metric, let wanted) = silence,
            let first = all.first(where: { series in
                series.key.namespace == wanted.namespace && series.key.name == wanted.name
                    && series.key.dimensions == wanted.dimensions
            })?.first, first >= now
        else { return silence }
        return .beginsLater(metric: metric, first: first)
    }

    /// Checks that there is a resource of that id.
    /// - Throws: `ExitError` when there is none, else `StoreFailure`.
    public func requireResource(_ id: String) throws {
        let known = try HistoryLoader(store: store, project: project, now: now, resource: id).resources.map(\.resource.id)
        guard known.contains(id) else {
            throw ExitError(
                .noInput, "advisor: no resource '\(id)' in stack file or store\(DidYouMean.hint(for: id, among: known))")
        }
    }
}
