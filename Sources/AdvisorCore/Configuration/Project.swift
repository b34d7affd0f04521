/// Everything that evaluating needs besides samples: rules, prices, names and the stack.
public struct Project: Sendable {
    /// All rules loaded that are evaluated.
    public var rules: [Rule]
    /// Rules that the stack file disables: known, and evaluated nowhere.
    public var disabledRules: [Rule] = []
    /// The stack file; an empty stack without one.
    public var stack: Stack
    /// Tiers and prices.
    public var catalog: Catalog
    /// Names of metrics.
    public var vocabulary: Vocabulary
    /// Names of services, and presets.
    public var services: ServiceCatalog
    /// What may be used without paying.
    public var freeTier = FreeTier()

    /// A project by its parts.
    public init(rules: [Rule], stack: Stack, catalog: Catalog, vocabulary: Vocabulary, services: ServiceCatalog) {
        (self.rules, self.stack, self.catalog, self.vocabulary, self.services) = (rules, stack, catalog, vocabulary, services)
    }

    /// The metrics whose series are needed to evaluate a kind of resource.
    public func neededMetrics(for kind: ResourceKind) -> Set<String> {
        var result: Set<String> = kind == .account || kind == .service ? ["estimated_charges"] : []
        if kind == .database { result = TierProjector.metrics }
        for rule in rules where rule.appliesTo == kind {
            result.formUnion(vocabulary.seriesMetrics(of: rule.when))
            if let clear = rule.clear { result.formUnion(vocabulary.seriesMetrics(of: clear)) }
        }
        return result
    }

    /// A resource with its facts and history.
    public func target(_ resource: Stack.Resource, history: ResourceHistory) -> EvaluationTarget {
        EvaluationTarget(
            resource: resource, facts: stack.facts(of: resource, catalog: catalog, services: services), history: history)
    }
}
