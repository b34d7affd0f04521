internal import AdvisorCore

/// Every ingest: when it began, and how many records it read.
enum IngestTable: StoredTable {
    static let name = "ingest"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> (at: Timestamp, records: Int) {
        (try row.time("at"), try row.count("records"))
    }
}
