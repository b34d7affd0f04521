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
        alone.rules = [rule]
        let recall = try Recall(store: store, project: alone, now: now)
        return try recall.resources.filter {
            $0.resource.kind == rule.appliesTo && (resource ?? $0.resource.id) == $0.resource.id
        }
        .map { bound in
            var result = Evaluator(rule: rule, subject: try recall.subject(bound), vocabulary: project.vocabulary)
                .explanation(asOf: now, keys: recall.keys(of: bound), strays: recall.strays(for: bound))
            if let silence = project.silence(of: rule, for: bound.resource, at: now) { result.silence = silence }
            return result
        }
    }

    /// Every rule and resource in a line each, by resource in the report's order, then by rule; at the end the rules for which
    /// there is no resource.
    /// - Throws: `StoreFailure`.
    public func lines(resource: String? = nil) throws -> [VerdictLine] {
        let recall = try Recall(store: store, project: project, now: now)
        var result: [VerdictLine] = []
        for bound in recall.resources where (resource ?? bound.resource.id) == bound.resource.id {
            let rules = project.rules.filter { $0.appliesTo == bound.resource.kind }
            guard !rules.isEmpty else { continue }
            let (subject, strays) = (try recall.subject(bound), recall.strays(for: bound))
            result += rules.map { VerdictLine(rule: $0, subject: subject, project: project, strays: strays, asOf: now) }
        }
        let kinds = Set(recall.resources.map(\.resource.kind))
        if resource == nil {
            result += project.rules.filter { !kinds.contains($0.appliesTo) }.map(VerdictLine.init(withoutResource:))
        }
        return result
    }

    /// Every resource that there is: what `--resource` may name.
    /// - Throws: `StoreFailure`.
    public func resources() throws -> [Stack.Resource] {
        try Recall(store: store, project: project, now: now).resources.map(\.resource)
    }
}
