internal import AdvisorCore
internal import AdvisorStore

/// Evaluates budgets and the bill: recall, decide; the evaluation pass records.
struct SpendStage {
    let store: Store
    let project: Project
    let now: Timestamp

    /// What came of it.
    struct Outcome {
        var report: SpendReport
        var changes: [BudgetChange]
        var memory: [BudgetNotificationState]
    }

    /// As far back as forecasts and anomalies look.
    private static let history: Duration = .seconds(200 * 86_400)

    func evaluate(_ series: [StoredSeries]) throws -> Outcome {
        let begin = (now - Self.history).startOfMonth
        let charges = try series.filter { ChargeLedger.holds($0.key) }.map { series in
            (key: series.key, samples: try store.samples(of: series.id, from: begin, to: now))
        }
        let book = ChargeLedger(charges, services: project.services, asOf: now)
        let months = BillingMonth(begin)...max(BillingMonth(begin), BillingMonth(now))
        let bills = try store.charges(in: months, services: project.services)
        let statement = SpendSummary(book: book, charges: bills, asOf: now)
        let budgets = Budget.all(of: project.stack, services: project.services)
        let statuses = budgets.flatMap { budget in
            BudgetTracker.months(budget, at: now).map {
                BudgetStatus(budget, statement.ledger(budget.scope), month: $0, asOf: now)
            }
        }
        let (changes, memory) = BudgetTracker.changes(statuses, memory: try store.budgetNotificationStates(), at: now)
        return Outcome(
            report: SpendReport(statement, statuses: statuses, stack: project.stack, services: project.services, asOf: now),
            changes: changes, memory: memory)
    }
}
