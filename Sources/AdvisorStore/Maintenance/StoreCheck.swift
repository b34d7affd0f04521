internal import AdvisorCore
internal import GRDB

extension Store {
    /// Checks the file, its foreign keys, every row of every table, and the invariants between rows.
    /// - Returns: One line for each problem: the table, the row's key and what is wrong; empty when the store is sound.
    /// - Throws: `StoreFailure` if it cannot be read.
    public func problems() throws -> [String] {
        try read { database in
            let integrity = try String.fetchAll(database, sql: "PRAGMA integrity_check(100)").filter { $0 != "ok" }
            let checked = integrity.filter { !$0.hasPrefix("CHECK constraint failed") }
            guard checked.isEmpty else { return checked.map { "damaged file: \($0)" } }
            var problems: [String] = []
            for table in StoredTables.all where try database.tableExists(table.name) {
                problems += try table.undecodableRows(database).map(\.description)
            }
            let orphans = try Row.fetchAll(
                database, sql: "SELECT \"table\" AS name, count(*) AS n FROM pragma_foreign_key_check GROUP BY 1")
            for row in orphans {
                problems.append("table \(row["name"] as String): \(row["n"] as Int) rows refer to rows that do not exist")
            }
            // A row that fails a CHECK and decodes nevertheless.
            if problems.isEmpty { problems += integrity }
            for invariant in Invariant.all {
                let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM (\(invariant.sql))") ?? 0
                if count > 0 { problems.append("table \(invariant.table): \(count) \(invariant.problem)") }
            }
            return problems.isEmpty ? try Self.checksumProblems(database) : problems
        }
    }
}

/// A condition between rows that a store always meets.
private struct Invariant {
    var table: String
    /// Follows the number of rows.
    var problem: String
    /// Finds the rows that do not meet it.
    var sql: String

    static let all = [
        Invariant(
            table: "sample", problem: "rows have no statistic",
            sql: """
                SELECT 1 FROM sample s WHERE coalesce(count, sum, average, minimum, maximum) IS NULL AND NOT EXISTS
                    (SELECT 1 FROM extraStatistic e WHERE e.seriesId = s.seriesId AND e.start = s.start AND e.period = s.period)
                """),
        Invariant(
            table: "sample", problem: "rows have a minimum above their maximum",
            sql: "SELECT 1 FROM sample WHERE minimum > maximum"),
        Invariant(
            table: "extraStatistic", problem: "rows belong to no sample",
            sql: """
                SELECT 1 FROM extraStatistic e WHERE NOT EXISTS
                    (SELECT 1 FROM sample s WHERE s.seriesId = e.seriesId AND s.start = e.start AND s.period = e.period)
                """),
        Invariant(
            table: "transition", problem: "rows have the same state before and after",
            sql: "SELECT 1 FROM transition WHERE fromState = toState"),
        Invariant(
            table: "transition", problem: "rows do not begin in the state in which the previous one ended",
            sql: """
                SELECT 1 FROM (SELECT fromState, lag(toState) OVER (PARTITION BY rule, kind, resource ORDER BY at) AS previous
                    FROM transition)
                WHERE previous <> fromState
                """),
        Invariant(
            table: "alarm", problem: "rows are not in the state of their last transition",
            sql: """
                SELECT 1 FROM alarm a JOIN transition t ON t.rule = a.rule AND t.kind = a.kind AND t.resource = a.resource
                WHERE t.toState <> a.state AND t.at = (SELECT max(at) FROM transition u
                    WHERE u.rule = a.rule AND u.kind = a.kind AND u.resource = a.resource)
                """),
        Invariant(
            table: "outboxEntry", problem: "rows hold another alert than their columns say",
            sql: """
                SELECT 1 FROM outboxEntry WHERE json_valid(alert)
                    AND (json_extract(alert, '$.id') <> alertId OR json_extract(alert, '$.key') <> groupKey)
                """),
    ]
}
