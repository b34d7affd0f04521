internal import AdvisorCore
internal import GRDB

extension Store {
    /// Looks for everything that must not be in a store.
    ///
    /// SQLite's own check of the file and of its references, then what this program promises: a sample says something, no
    /// percentile stands without its sample, an alarm is in the state that its last transition led to, and transitions
    /// follow one another.
    /// - Returns: One line a problem; empty when the store is sound.
    /// - Throws: `StoreFailure` when it cannot be read.
    public func problems() throws -> [String] {
        try read { database in
            let integrity = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
            guard integrity.isEmpty else { return integrity.map { "the file is damaged: \($0)" } }
            var problems: [String] = []
            let orphans = try Row.fetchAll(
                database, sql: "SELECT \"table\" AS name, count(*) AS n FROM pragma_foreign_key_check GROUP BY 1")
            for row in orphans {
                problems.append("\(row["n"] as Int) rows of \(row["name"] as String) refer to what is not there")
            }
            for invariant in Invariant.all where try database.tableExists(invariant.table) {
                let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM (\(invariant.sql))") ?? 0
                if count > 0 { problems.append("\(count) \(invariant.words)") }
            }
            return problems
        }
    }
}

/// Something that no store may hold.
private struct Invariant {
    var table: String
    var words: String
    /// Finds the rows that break it.
    var sql: String

    static let all = [
        Invariant(
            table: "sample", words: "samples know no statistic at all",
            sql: """
                SELECT 1 FROM sample s WHERE coalesce(count, sum, average, minimum, maximum) IS NULL AND NOT EXISTS
                    (SELECT 1 FROM extraStatistic e WHERE e.seriesId = s.seriesId AND e.start = s.start AND e.period = s.period)
                """),
        Invariant(
            table: "sample", words: "samples have a minimum above their maximum",
            sql: "SELECT 1 FROM sample WHERE minimum > maximum"),
        Invariant(
            table: "sample", words: "samples state a negative period", sql: "SELECT 1 FROM sample WHERE period < 0"),
        Invariant(
            table: "extraStatistic", words: "percentiles stand without their sample",
            sql: """
                SELECT 1 FROM extraStatistic e WHERE NOT EXISTS
                    (SELECT 1 FROM sample s WHERE s.seriesId = e.seriesId AND s.start = e.start AND s.period = e.period)
                """),
        Invariant(
            table: "series", words: "series have dimensions that are no JSON object",
            sql: "SELECT 1 FROM series WHERE NOT json_valid(dimensions) OR json_type(dimensions) <> 'object'"),
        Invariant(
            table: "transition", words: "transitions lead nowhere: from a state to itself",
            sql: "SELECT 1 FROM transition WHERE before = after"),
        Invariant(
            table: "transition", words: "transitions begin in another state than the one before them led to",
            sql: """
                SELECT 1 FROM (SELECT before, lag(after) OVER (PARTITION BY rule, kind, resource ORDER BY at) AS led FROM transition)
                WHERE led <> before
                """),
        Invariant(
            table: "transition", words: "alarms are in another state than their last transition led to",
            sql: """
                SELECT 1 FROM alarm a JOIN transition t ON t.rule = a.rule AND t.kind = a.kind AND t.resource = a.resource
                WHERE t.after <> a.state AND t.at = (SELECT max(at) FROM transition u
                    WHERE u.rule = a.rule AND u.kind = a.kind AND u.resource = a.resource)
                """),
        Invariant(
            table: "rollUp", words: "series are said to be summed up further than they are",
            sql: "SELECT 1 FROM rollUp WHERE next > upTo"),
    ]
}
