/// What is shown to people and programs: a plain value that an evaluation fills in.
public struct Report: Hashable, Sendable {
    /// The time of the evaluation.
    public var asOf: Timestamp
    /// The start of the newest sample; nil without any.
    public var newestSample: Timestamp?
    /// The stack.
    public var stack: Stack
    /// What bills and metrics say of its spend.
    public var billing: BillingFacts
    /// The declared resources in file order, then the discovered ones.
    public var entries: [ResourceReview]
    /// How many resources were not evaluated, because they are not declared and too many.
    public var ignoredResources: Int
    /// This month's bill, against budgets and forecast; nil where it was not evaluated.
    public var money: SpendReport?
    /// The stack's bill now, and after the recommendations.
    public var bill: BillComparison?
    /// AWS's charges of this month, and what the bill explains of them; nil without charges.
    public var reconciliation: BillReconciliation?
    /// When each resource has the least load, by its id; absent where its history does not say.
    public var quietHours: [String: LowestLoadHour]
    /// How the recommended steps are done, by the resource's id; nil when not requested.
    public var procedures: [String: [Procedure]]?
    /// What happened to recommendations; nil when not requested.
    public var history: RecommendationHistory?
    /// The tips, largest savings first.
    public var tips: [Tip]
    /// The prices used that are older than 180 days.
    public var stalePrices: [PriceBook.Entry]
    /// The day on which the free plan of an AWS account of the new kind ends; nil for others.
    public var freePlanEnd: CivilDate?

    /// Creates a report; everything but its time may be left out.
    public init(
        asOf: Timestamp, newestSample: Timestamp? = nil, stack: Stack = Stack(), billing: BillingFacts = BillingFacts(),
        entries: [ResourceReview] = [], money: SpendReport? = nil, bill: BillComparison? = nil,
        quietHours: [String: LowestLoadHour] = [:], procedures: [String: [Procedure]]? = nil,
        history: RecommendationHistory? = nil, tips: [Tip] = [], stalePrices: [PriceBook.Entry] = [],
        freePlanEnd: CivilDate? = nil, reconciliation: BillReconciliation? = nil,
        ignoredResources: Int = 0
    ) {
        (self.asOf, self.newestSample, self.stack, self.billing) = (asOf, newestSample, stack, billing)
        (self.entries, self.money, self.bill, self.quietHours) = (entries, money, bill, quietHours)
        (self.procedures, self.history, self.tips) = (procedures, history, tips)
        (self.stalePrices, self.freePlanEnd, self.reconciliation) = (stalePrices, freePlanEnd, reconciliation)
        self.ignoredResources = ignoredResources
    }
}
