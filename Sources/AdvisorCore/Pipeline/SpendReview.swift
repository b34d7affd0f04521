/// What is stored about charges and budgets.
public struct SpendSnapshot: Sendable {
    /// The month-to-date charges of each series, over the history that forecasts and anomalies look at.
    public var charges: [(key: SeriesKey, samples: [Sample])]
    /// The bills of the same time.
    public var bills: BillingData
    /// What was notified of budgets.
    public var notified: [BudgetNotificationState]

    /// Creates a snapshot.
    public init(
        charges: [(key: SeriesKey, samples: [Sample])] = [], bills: BillingData = BillingData(),
        notified: [BudgetNotificationState] = []
    ) {
        (self.charges, self.bills, self.notified) = (charges, bills, notified)
    }
}

/// Beside the stages of resources: budgets and bills are evaluated.
public struct SpendReview: Sendable {
    /// This month's bill, against budgets and forecast.
    public var report: SpendReport
    /// The budget changes since the last evaluation.
    public var changes: [BudgetChange]
    /// What is notified of budgets, these changes included.
    public var notified: [BudgetNotificationState]

    /// Evaluates budgets and bills.
    public init(of snapshot: SpendSnapshot, in context: EvaluationContext) {
        let (project, now) = (context.project, context.now)
        let ledger = ChargeLedger(snapshot.charges, services: project.services, asOf: now)
        let summary = SpendSummary(book: ledger, charges: snapshot.bills, asOf: now)
        let statuses = Budget.all(of: project.stack, services: project.services).flatMap { budget in
            BudgetTracker.months(budget, at: now).map {
                BudgetStatus(budget, summary.ledger(budget.scope), month: $0, asOf: now)
            }
        }
        (changes, notified) = BudgetTracker.changes(statuses, memory: snapshot.notified, at: now)
        report = SpendReport(summary, statuses: statuses, stack: project.stack, services: project.services, asOf: now)
    }
}
