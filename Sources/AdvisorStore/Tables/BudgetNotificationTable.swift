public import AdvisorCore
internal import GRDB

/// The steps of budgets that were notified, a row each.
enum BudgetNotificationTable: StoredTable {
    /// A step of a budget in a month.
    struct Step {
        var budget: String
        var month: Timestamp
        var limit: Money
        /// Thousandths of the limit; 0 is a forecast over it.
        var step: Int
        var at: Timestamp
    }

    static let name = "budgetNotification"
    static let keyColumns = ["budget", "month", "step"]

    static func decode(_ row: StoredRow) throws -> Step {
        Step(
            budget: try row.value("budget"), month: try row.time("month"), limit: Money(try row.amount("limitAmount")),
            step: try row.count("step"), at: try row.time("at"))
    }

    /// Replaces the steps of these budgets and months; others stay.
    static func save(_ states: [BudgetNotificationState], _ database: Database) throws {
        for state in states {
            try database.execute(
                sql: "DELETE FROM budgetNotification WHERE budget = ? AND month = ?",
                arguments: [state.budget, state.month.milliseconds])
            var steps = state.steps
            steps[0] = state.forecastSince
            for (step, at) in steps.sorted(by: { $0.key < $1.key }) {
                try database.execute(
                    sql: "INSERT INTO budgetNotification(budget, month, step, limitAmount, at) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        state.budget, state.month.milliseconds, step, state.limit.text(minimumFraction: 0), at.milliseconds,
                    ])
            }
        }
    }
}

extension Store {
    /// What was notified about budgets, oldest month first.
    /// - Throws: `StoreFailure`.
    public func budgetNotificationStates() throws -> [BudgetNotificationState] {
        var result: [BudgetNotificationState] = []
        for row in try read({ try BudgetNotificationTable.fetchAll($0, "ORDER BY month, budget, step") }) {
            if result.last?.budget != row.budget || result.last?.month != row.month {
                result.append(BudgetNotificationState(budget: row.budget, month: row.month, limit: row.limit.amount))
            }
            if row.step == 0 {
                result[result.count - 1].forecastSince = row.at
            } else {
                result[result.count - 1].steps[row.step] = row.at
            }
        }
        return result
    }
}
