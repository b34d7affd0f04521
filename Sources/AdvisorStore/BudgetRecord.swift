public import AdvisorCore
internal import Foundation
internal import GRDB

extension Store {
    /// What was told of budgets, oldest month first.
    public func budgetMemory() throws -> [BudgetNotificationState] {
        try read { database in
            var result: [BudgetNotificationState] = []
            for row in try Row.fetchAll(database, sql: "SELECT * FROM budgetStep ORDER BY month, budget, step") {
                guard let limit = Money(text: row["limitAmount"])?.amount else { continue }
                let month = Timestamp(milliseconds: row["month"])
                let at = Timestamp(milliseconds: row["at"])
                if result.last?.budget != row["budget"] || result.last?.month != month {
                    result.append(BudgetNotificationState(budget: row["budget"], month: month, limit: limit))
                }
                let step: Int = row["step"]
                if step == 0 { result[result.count - 1].forecastSince = at } else { result[result.count - 1].steps[step] = at }
            }
            return result
        }
    }

    /// Keeps what was told, in the evaluation's own transaction; other budgets and months stay as they are.
    static func save(_ memory: [BudgetNotificationState], _ database: Database) throws {
        for month in memory {
            try database.execute(
                sql: "DELETE FROM budgetStep WHERE budget = ? AND month = ?", arguments: [month.budget, month.month.milliseconds])
            var rows = month.steps
            rows[0] = month.forecastSince
            for (step, at) in rows.sorted(by: { $0.key < $1.key }) {
                try database.execute(
                    sql: "INSERT INTO budgetStep(budget, month, step, limitAmount, at) VALUES (?, ?, ?, ?, ?)",
                    arguments: [
                        month.budget, month.month.milliseconds, step, month.limit.text(minimumFraction: 0), at.milliseconds,
                    ])
            }
        }
    }
}
