public import AdvisorCore
internal import GRDB

/// One run of `advisor run`.
public struct RunRecord: Hashable, Sendable {
    /// The number.
    public var id: Int64
    /// The start.
    public var startedAt: Timestamp
    /// When it ended; nil while it runs, or if it was killed.
    public var finishedAt: Timestamp?
    /// Its exit code; nil while it has not ended.
    public var status: Int?
    /// What it did, as JSON; nil while it has not ended.
    public var summary: String?
    /// Whether it evaluated the rules; false for one that was killed.
    public var hasEvaluated = false
}

/// The last runs.
enum RunTable: StoredTable {
    static let name = "run"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> RunRecord {
        let run = RunRecord(
            id: try row.value("id"), startedAt: try row.time("startedAt"), finishedAt: try row.optionalTime("finishedAt"),
            status: try row.optional("exitCode"), summary: try row.optional("summary"),
            hasEvaluated: try row.flag("hasEvaluated"))
        guard run.status.map((0...255).contains) ?? true else { throw row.failure("exitCode", "is not an exit code") }
        guard (run.finishedAt == nil) == (run.status == nil) else {
            throw row.failure("exitCode", "a finished run needs one, and no other has one")
        }
        guard run.summary.map(StoredJSON.isValid) ?? true else { throw row.failure("summary", "is not JSON") }
        return run
    }
}

extension Store {
    private static let runsKept = 1000

    /// Records that a run begins.
    /// - Returns: The number.
    /// - Throws: `StoreFailure`.
    public func beginRun(at now: Timestamp) throws -> Int64 {
        try write { database in
            try database.execute(sql: "INSERT INTO run(startedAt) VALUES (?)", arguments: [now.milliseconds])
            let id = database.lastInsertedRowID
            try database.execute(sql: "DELETE FROM run WHERE id <= ?", arguments: [id - Int64(Self.runsKept)])
            return id
        }
    }

    /// Records how a run ended.
    /// - Parameters:
    ///   - id: The number.
    ///   - now: Its end.
    ///   - status: Its exit code.
    ///   - summary: What it did, as JSON.
    ///   - hasEvaluated: Whether it evaluated the rules.
    /// - Throws: `StoreFailure`.
    public func finishRun(_ id: Int64, at now: Timestamp, status: Int, summary: String, hasEvaluated: Bool) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE run SET finishedAt = ?, exitCode = ?, summary = ?, hasEvaluated = ? WHERE id = ?",
                arguments: [now.milliseconds, status, summary, hasEvaluated, id])
        }
    }

    /// The last runs, newest first.
    /// - Throws: `StoreFailure`.
    public func runs(limit: Int) throws -> [RunRecord] {
        try read { try RunTable.fetchAll($0, "ORDER BY id DESC LIMIT ?", arguments: [limit]) }
    }
}
