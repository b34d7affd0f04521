public import AdvisorCore
internal import GRDB

/// The evidence of recommendations that were claimed or done; rows are never changed: SQLite itself refuses it.
enum RecommendationEvidenceTable: StoredTable {
    static let name = "recommendationEvidence"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> (at: Timestamp, document: String) {
        let document: String = try row.value("document")
        do { _ = try EvidenceSnapshot(json: document) } catch {
            throw row.failure("document", "cannot be decoded as EvidenceSnapshot")
        }
        return (try row.time("at"), document)
    }

    static func add(_ evidence: EvidenceSnapshot, of recommendation: Int64, at now: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO recommendationEvidence(recommendationId, at, document) VALUES (?, ?, ?)",
            arguments: [recommendation, now.milliseconds, try evidence.json()])
    }
}

extension Store {
    /// The evidence snapshots of a recommendation, oldest first: each is a JSON document, as it was written.
    /// - Throws: `StoreFailure`.
    public func recommendationEvidence(of id: Int64) throws -> [(at: Timestamp, document: String)] {
        try read { database in
            try RecommendationEvidenceTable.fetchAll(database, "WHERE recommendationId = ? ORDER BY id", arguments: [id])
        }
    }
}
