public import AdvisorCore
internal import GRDB

/// Every change of a recommendation; rows are never changed: SQLite itself refuses it.
enum RecommendationChangeTable: StoredTable {
    static let name = "recommendationChange"
    static let keyColumns = ["id"]

    /// A change without the resource, which is the recommendation's.
    struct Record {
        var id: Int64
        var recommendation: Int64
        var at: Timestamp
        var kind: RecommendationChange.Kind
        var from: RecommendationRecord.State?
        var to: RecommendationRecord.State
        var reason: RecommendationChangeReason
        var steps: [RecommendationSummary.Step]
    }

    static func decode(_ row: StoredRow) throws -> Record {
        Record(
            id: try row.value("id"), recommendation: try row.value("recommendationId"), at: try row.time("at"),
            kind: try row.code("kind"), from: try row.optionalCode("fromState"), to: try row.code("toState"),
            reason: try row.reason("reason"), steps: try row.document("steps"))
    }

    /// Adds a change of a recommendation whose number is known.
    static func add(_ change: RecommendationChange, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO recommendationChange(recommendationId, at, kind, fromState, toState, reason, steps)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                change.life.id, change.at.milliseconds, change.kind.rawValue, change.from?.rawValue,
                change.life.state.rawValue, try change.reason.json(), try StoredJSON.text(change.life.summary.steps),
            ])
    }
}

extension Store {
    /// The changes of one recommendation, or of all, oldest first.
    /// - Throws: `StoreFailure`.
    public func recommendationHistory(of id: Int64? = nil) throws -> [RecommendationEntry] {
        try read { database in
            let filter: (clause: String, arguments: StatementArguments) = id.map { ("WHERE id = ?", [$0]) } ?? ("", [])
            let records = try RecommendationTable.fetchAll(database, filter.clause, arguments: filter.arguments)
            let byID = Dictionary(uniqueKeysWithValues: records.compactMap { record in record.id.map { ($0, record) } })
            let changes = try RecommendationChangeTable.fetchAll(
                database, id == nil ? "ORDER BY id" : "WHERE recommendationId = ? ORDER BY id", arguments: filter.arguments)
            return try changes.map { change in
                guard let record = byID[change.recommendation] else {
                    throw UndecodableRow(
                        table: RecommendationChangeTable.name, key: "id=\(change.id)",
                        problem: "recommendationId: no recommendation \(change.recommendation)")
                }
                return RecommendationEntry(
                    recommendation: change.recommendation, kind: record.kind, resource: record.resource, at: change.at,
                    what: change.kind, before: change.from, after: change.to, reason: change.reason, steps: change.steps)
            }
        }
    }
}
