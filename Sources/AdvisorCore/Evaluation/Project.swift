/// Everything that evaluation needs besides samples: rules, prices, names and the stack.
public struct Project: Sendable {
    /// The rules that are evaluated.
    public var rules: [Rule]
    /// The disabled rules.
    public var disabledRules: [Rule] = []
    /// The stack; an empty one without advisor.yaml.
    public var stack: Stack
    /// What bills and metrics say of its spend.
    public var billing = BillingFacts()
    /// Tiers and prices.
    public var catalog: Catalog
    /// The metrics.
    public var vocabulary: Vocabulary
    /// The services and presets.
    public var services: ServiceCatalog
    /// The free allowances.
    public var freeTier = FreeTier()
    /// The time of facts that depend on the calendar; nil leaves them unknown.
    public var asOf: Timestamp?

    /// Creates a project without bills.
    public init(rules: [Rule], stack: Stack, catalog: Catalog, vocabulary: Vocabulary, services: ServiceCatalog) {
        (self.rules, self.stack, self.catalog, self.vocabulary, self.services) = (rules, stack, catalog, vocabulary, services)
    }

    /// The metrics that projecting a database onto other tiers reads, besides those of its rules.
    private static let projectionMetrics: Set<MetricID> = [
        .cpu, .freeableMemory, .connections, .activeUsers, .databaseSize, .freeStorage, .queryLatency, .creditBalance,
        .surplusCreditsCharged, .serverlessCapacity, .volumeBytesUsed,
    ]

    /// The metrics needed to evaluate a kind of resource.
    public func neededMetrics(for kind: ResourceKind) -> Set<MetricID> {
        var result: Set<MetricID> = kind == .account || kind == .service ? [.estimatedCharges] : []
        if kind == .database { result = Self.projectionMetrics }
        for rule in rules where rule.appliesTo == kind {
            result.formUnion(vocabulary.seriesMetrics(of: rule.when))
            if let clear = rule.clear { result.formUnion(vocabulary.seriesMetrics(of: clear)) }
        }
        return result
    }

    /// The project with the catalog as it is for a database.
    public func adapted(to resource: Stack.Resource) -> Project {
        var result = self
        result.catalog = catalog.adapted(to: resource)
        return result
    }

    /// Combines a resource with its facts and history.
    public func target(_ resource: Stack.Resource, history: ResourceHistory) -> EvaluationTarget {
        EvaluationTarget(resource: resource, facts: facts(about: resource), history: history)
    }

    /// What is known of a resource without any sample.
    public func facts(about resource: Stack.Resource) -> Facts {
        FactGatherer(stack: stack, billing: billing, catalog: catalog, services: services, asOf: asOf).facts(about: resource)
    }
}
