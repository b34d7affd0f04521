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
        /// The recommendation's life so far, as this evaluation moves it; nil without one that lasts.
        public var life: RecommendationRecord?
    }

    /// The time it evaluates as of.
    public var asOf: Timestamp
    /// Start of the newest sample; nil without any.
    public var newestSample: Timestamp?
    /// The stack it is of.
    public var stack: Stack
    /// Declared resources in the file's order, then discovered ones.
    public var entries: [Entry]
    /// This month's bill, against budgets and forecast; nil where nobody looked at it.
    public var money: SpendReport?
    /// The whole stack's bill now and after what is recommended.
    public var bill: BillComparison?
    /// When each resource has least to do, by its id; absent where its history does not say.
    public var quietHours: [String: LowestLoadHour] = [:]
    /// How the recommended steps are done, by the resource's id; nil when nobody asked for it.
    public var procedures: [String: [Procedure]]?
    /// What happened to recommendations; nil when nobody asked for it.
    public var history: RecommendationHistory?

    /// What saves money, the most first.
    public var tips: [Tip] = []
    /// Prices that the report uses and that are older than 180 days.
    public var stalePrices: [PriceBook.Entry] = []
    /// The free plan of an AWS account of the new kind ends on that day; nil for others.
    public var freePlanEnd: CivilDate?

    /// An empty report.
    public init(asOf: Timestamp, stack: Stack = Stack()) {
        (self.asOf, self.stack) = (asOf, stack)
        entries = []
    }

    /// Builds a report of what was evaluated; `outlooks` are what the histories of databases say, by resource.
    public init(
        asOf: Timestamp, newestSample: Timestamp?, stack: Stack, targets: [EvaluationTarget], findings: [Finding],
        catalog: Catalog,
        services: ServiceCatalog, outlooks: [String: TierAnalysis] = [:]
    ) {
        (self.asOf, self.newestSample, self.stack) = (asOf, newestSample, stack)
        let recommender = Recommender(catalog: catalog, now: asOf)
        let findings = findings.applyingSuppressions(stack.language.mutes, at: asOf)
        let byResource = Dictionary(grouping: findings) { "\($0.rule.appliesTo.rawValue) \($0.resource)" }
        entries = targets.map { target in
            let resource = target.resource
            let own = (byResource["\(resource.kind.rawValue) \(resource.id)"] ?? []).sorted {
                ($1.rule.severity, $0.rule.id) < ($0.rule.severity, $1.rule.id)
            }
            let tier = resource.tier.flatMap(catalog.tier)
            return Entry(
                resource: resource, storageType: tier?.storageType ?? "",
                cost: tier?.monthlyCost(Configuration(resource, in: catalog, at: asOf)),
                findings: own,
                recommendation: resource.kind == .database
                    ? recommender.recommendation(
                        for: resource, findings: own,
                        context: outlooks[resource.id].map { RecommendationContext(outlook: $0, stack: stack, now: asOf) }) : nil)
        }
        bill = BillComparison(entries: entries, stack: stack, catalog: catalog, now: asOf)
    }
}
