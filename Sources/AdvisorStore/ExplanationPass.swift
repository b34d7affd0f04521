public import AdvisorCore

/// Explains verdicts from a store's samples; records nothing.
public struct ExplanationPass {
    private let store: Store
    private let project: Project
    private let now: Timestamp

    /// Explanations as of `now`.
    public init(store: Store, project: Project, now: Timestamp) { (self.store, self.project, self.now) = (store, project, now) }

    /// A rule's verdicts of every resource of its kind, or of the one of that id, in the report's order.
    /// - Throws: `StoreFailure`.
    public func explanations(of rule: Rule, resource: String? = nil) throws -> [Explanation] {
        var alone = project
        // What it gives way to is judged besides.
        alone.rules = [rule] + project.rules.filter { $0.id == rule.unlessAlarm }
        alone.disabledRules = []
        let recall = try Recall(store: store, project: alone, now: now)
        let all = try store.allSeries(before: Timestamp(milliseconds: .max))
        return try recall.resources.filter {
            $0.resource.kind == rule.appliesTo && (resource ?? $0.resource.id) == $0.resource.id
        }
        .map { bound in
            let subject = try recall.subject(bound)
            var result = Evaluator(rule: rule, subject: subject, vocabulary: project.vocabulary)
                .explanation(asOf: now, keys: recall.keys(of: bound), strays: recall.strays(for: bound))
            if let silence = project.disabling(rule) {
                result.silence = silence
            } else if result.finding?.state == .alarm {
                let line = VerdictLine.lines(of: subject, project: alone, strays: [], asOf: now).first { $0.rule.id == rule.id }
                result.silence = line?.silence ?? result.silence
            }
            result.silence = result.silence.map { dated($0, all) }
            result.overrides = project.stack.language.overrides
            return result
        }
    }

    /// Every rule and resource in a line each, by resource in the report's order, then by rule; at the end the rules for which
    /// there is no resource.
    /// - Throws: `StoreFailure`.
    public func lines(resource: String? = nil) throws -> [VerdictLine] {
        let recall = try Recall(store: store, project: project, now: now)
        let all = try store.allSeries(before: Timestamp(milliseconds: .max))
        var result: [VerdictLine] = []
        for bound in recall.resources where (resource ?? bound.resource.id) == bound.resource.id {
            let (subject, strays) = (try recall.subject(bound), recall.strays(for: bound))
            result += VerdictLine.lines(of: subject, project: project, strays: strays, asOf: now).map { line in
                var line = line
                line.silence = line.silence.map { dated($0, all) }
                return line
            }
        }
        let kinds = Set(recall.resources.map(\.resource.kind))
        if resource == nil {
            result += (project.rules + project.disabledRules).filter { !kinds.contains($0.appliesTo) }.map(
                VerdictLine.init(withoutResource:))
        }
        return result
    }

    /// A series that is not there now may come later in the store.
    private func dated(_ silence: Silence, _ all: [StoredSeries]) -> Silence {
        guard case .neverHadData(let metric, let wanted) = silence,
            let first = all.first(where: { series in
                series.key.namespace == wanted.namespace && series.key.name == wanted.name
                    && series.key.dimensions == wanted.dimensions
            })?.first, first >= now
        else { return silence }
        return .beginsLater(metric: metric, first)
    }

    /// Every resource that there is: what `--resource` may name.
    /// - Throws: `StoreFailure`.
    public func resources() throws -> [Stack.Resource] {
        try Recall(store: store, project: project, now: now).resources.map(\.resource)
    }
}
