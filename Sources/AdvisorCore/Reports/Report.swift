/// What is shown to people and programs.
public struct Report: Hashable, Sendable {
    /// One resource with what is said of it.
    public struct Entry: Hashable, Sendable {
        /// The resource as declared or discovered.
        public var resource: Stack.Resource
        /// The title of its storage: `gp3`; empty when unknown.
        public var storageType: String
        /// What it costs a month now; nil when unknown or nothing is billed for it alone.
        public var cost: CostEstimate?
        /// In the order of severity, then of rule id.
        public var findings: [Finding]
        /// nil for kinds for which nothing can be done.
        public var recommendation: Recommendation?
        /// The recommendation's life so far, as this judgement moves it; nil without one that lasts.
        public var life: RecommendationLife?
    }

    /// A budget and where it stands.
    public struct BudgetLine: Hashable, Sendable {
        /// `monthly`, or the service's id.
        public var name: String
        /// US dollars a calendar month.
        public var limit: Money
        /// Spent this month; nil when unknown.
        public var actual: Money?
        /// Expected at the month's end; nil while nobody forecasts.
        public var forecast: Money?
        /// OK, ALARM when spent above the limit, INSUFFICIENT_DATA.
        public var state: AlarmState
    }

    /// The instant it judges as of.
    public var asOf: Timestamp
    /// Start of the newest sample; nil without any.
    public var newestSample: Timestamp?
    /// The stack it is of.
    public var stack: Stack
    /// Declared resources in the file's order, then discovered ones.
    public var entries: [Entry]
    /// Empty without a budget.
    public var budgets: [BudgetLine]
    /// What happened to recommendations; nil when nobody asked for it.
    public var history: RecommendationHistory?

    /// An empty report.
    public init(asOf: Timestamp, stack: Stack = Stack()) {
        (self.asOf, self.stack) = (asOf, stack)
        entries = []
        budgets = []
    }

    /// Builds a report of what was judged.
    public init(
        asOf: Timestamp, newestSample: Timestamp?, stack: Stack, subjects: [Subject], findings: [Finding], catalog: Catalog,
        services: ServiceCatalog
    ) {
        (self.asOf, self.newestSample, self.stack) = (asOf, newestSample, stack)
        let recommender = Recommender(catalog: catalog)
        let findings = findings.holding(stack.language.mutes, at: asOf)
        let byResource = Dictionary(grouping: findings) { "\($0.rule.appliesTo.rawValue) \($0.resource)" }
        entries = subjects.map { subject in
            let resource = subject.resource
            let own = (byResource["\(resource.kind.rawValue) \(resource.id)"] ?? []).sorted {
                ($1.rule.severity, $0.rule.id) < ($0.rule.severity, $1.rule.id)
            }
            let tier = resource.tier.flatMap(catalog.tier)
            return Entry(
                resource: resource, storageType: tier?.storageType ?? "", cost: tier?.monthlyCost(Configuration(resource)),
                findings: own,
                recommendation: resource.kind == .database ? recommender.recommendation(for: resource, findings: own) : nil)
        }
        budgets = Self.budgets(stack: stack, subjects: subjects, services: services, asOf: asOf)
    }

    private static func budgets(stack: Stack, subjects: [Subject], services: ServiceCatalog, asOf: Timestamp) -> [BudgetLine] {
        guard let budget = stack.budget else { return [] }
        func spent(_ isWanted: (Stack.Resource) -> Bool) -> Money? {
            let samples = subjects.first { isWanted($0.resource) }?.history.series["estimated_charges"]?.samples ?? []
            let ofMonth = samples.filter { $0.start >= (asOf - .milliseconds(1)).startOfMonth && $0.start < asOf }
            return ofMonth.last.flatMap { $0.maximum ?? $0.average }.flatMap { Money(sample: $0) }
        }
        func line(_ name: String, _ limit: Money, _ actual: Money?) -> BudgetLine {
            let state: AlarmState = actual.map { $0.amount > limit.amount ? .alarm : .ok } ?? .insufficientData
            return BudgetLine(name: name, limit: limit, actual: actual, forecast: nil, state: state)
        }
        var lines: [BudgetLine] = []
        if let monthly = budget.monthly { lines.append(line("monthly", Money(monthly), spent { $0.kind == .account })) }
        for (id, limit) in budget.services.sorted(by: { $0.key < $1.key }) {
            lines.append(line(id, Money(limit), spent { $0.kind == .service && services.id(of: $0.id) == id }))
        }
        return lines
    }
}
