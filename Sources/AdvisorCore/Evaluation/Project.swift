/// Everything that evaluating needs besides samples: rules, prices, names and the stack.
public struct Project: Sendable {
    /// All rules loaded that are evaluated.
    public var rules: [Rule]
    /// Rules that the stack file disables: known, and evaluated nowhere.
    public var disabledRules: [Rule] = []
    /// The stack file; an empty stack without one.
    public var stack: Stack
    /// What bills and metrics say of its spend.
    public var billing = BillingFacts()
    /// Tiers and prices.
    public var catalog: Catalog
    /// Names of metrics.
    public var vocabulary: Vocabulary
    /// Names of services, and presets.
    public var services: ServiceCatalog
    /// What may be used without paying.
    public var freeTier = FreeTier()

    /// Creates a project without bills.
    public init(rules: [Rule], stack: Stack, catalog: Catalog, vocabulary: Vocabulary, services: ServiceCatalog) {
        (self.rules, self.stack, self.catalog, self.vocabulary, self.services) = (rules, stack, catalog, vocabulary, services)
    }

    /// The metrics that projecting a database onto other tiers reads, besides those of its rules.
    private static let projectionMetrics: Set<String> = [
        "cpu", "freeable_memory", "connections", "active_users", "database_size", "free_storage", "query_latency",
        "cpu_credit_balance", "cpu_surplus_credits_charged", "serverless_capacity", "volume_bytes_used",
    ]

    /// The metrics whose series are needed to evaluate a kind of resource.
    public func neededMetrics(for kind: ResourceKind) -> Set<String> {
        var result: Set<String> = kind == .account || kind == .service ? ["estimated_charges"] : []
        if kind == .database { result = Self.projectionMetrics }
        for rule in rules where rule.appliesTo == kind {
            result.formUnion(vocabulary.seriesMetrics(of: rule.when))
            if let clear = rule.clear { result.formUnion(vocabulary.seriesMetrics(of: clear)) }
        }
        return result
    }

    /// A resource with its facts and history.
    public func target(_ resource: Stack.Resource, history: ResourceHistory) -> EvaluationTarget {
        EvaluationTarget(resource: resource, facts: facts(about: resource), history: history)
    }

    /// What is known of a resource without any sample.
    public func facts(about resource: Stack.Resource) -> Facts {
        FactGatherer(stack: stack, billing: billing, catalog: catalog, services: services).facts(about: resource)
    }
}
