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

    /// The newest times up to which rules were evaluated, newest first.
    /// - Throws: `StoreFailure`.
    public func lastEvaluations(_ count: Int) throws -> [Timestamp] {
        try read { try EvaluationTable.fetchAll($0, "ORDER BY at DESC LIMIT ?", arguments: [count]) }
    }
}
