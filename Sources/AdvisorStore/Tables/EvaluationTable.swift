public import AdvisorCore
internal import GRDB

/// The times up to which rules were evaluated.
enum EvaluationTable: StoredTable {
    static let name = "evaluation"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> Timestamp { try row.time("at") }

    /// Evaluating again at the same time is one evaluation.
    static func record(at now: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO evaluation(at) VALUES (?) ON CONFLICT (at) DO NOTHING", arguments: [now.milliseconds])
    }
}

extension Store {
    /// The newest time up to which rules were evaluated; nil before the first evaluation.
    /// - Throws: `StoreFailure`.
    public func lastEvaluation() throws -> Timestamp? {
        try lastEvaluations(1).first
    }

    /// From the first to the newest time up to which rules were evaluated; nil before the first evaluation.
    /// - Throws: `StoreFailure`.
    public func evaluatedRange() throws -> ClosedRange<Timestamp>? {
        try read { database in
            let first = try EvaluationTable.fetchAll(database, "ORDER BY at LIMIT 1", arguments: []).first
            let last = try EvaluationTable.fetchAll(database, "ORDER BY at DESC LIMIT 1", arguments: []).first
            guard let first, let last else { return nil }
            return first...last
        }
    }

    /// The newest times up to which rules were evaluated, newest first.
    /// - Throws: `StoreFailure`.
    public func lastEvaluations(_ count: Int) throws -> [Timestamp] {
        try read { try EvaluationTable.fetchAll($0, "ORDER BY at DESC LIMIT ?", arguments: [count]) }
    }
}
