internal import GRDB

/// A table of the store: its key, and how its rows decode.
protocol StoredTable {
    associatedtype Record
    static var name: String { get }
    /// The columns of its primary key, by which errors name a row.
    static var keyColumns: [String] { get }
    /// - Throws: `UndecodableRow`.
    static func decode(_ row: StoredRow) throws -> Record
    /// Every row that does not decode, as `store check` lists them.
    static func undecodableRows(_ database: Database) throws -> [UndecodableRow]
}

extension StoredTable {
    /// - Throws: `UndecodableRow`.
    static func decode(_ row: Row) throws -> Record { try decode(StoredRow(row: row, table: name, keyColumns: keyColumns)) }

    /// The records of a query that selects all columns of the table.
    /// - Throws: `UndecodableRow` for the first row that does not decode, else SQLite's own errors.
    static func fetchAll(
        _ database: Database, _ clauses: String = "", arguments: StatementArguments = StatementArguments()
    ) throws -> [Record] {
        var records: [Record] = []
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM \(name) \(clauses)", arguments: arguments)
        while let row = try rows.next() { records.append(try decode(row)) }
        return records
    }

    static func undecodableRows(_ database: Database) throws -> [UndecodableRow] {
        let order = keyColumns.joined(separator: ", ")
        return try undecodable(try Row.fetchCursor(database, sql: "SELECT * FROM \(name) ORDER BY \(order)"))
    }

    static func undecodable(_ rows: RowCursor) throws -> [UndecodableRow] {
        var result: [UndecodableRow] = []
        while let row = try rows.next() {
            do { _ = try decode(row) } catch let error as UndecodableRow { result.append(error) }
        }
        return result
    }
}

/// Every table of the schema.
enum StoredTables {
    static var all: [any StoredTable.Type] {
        [
            UnitTable.self, IngestTable.self, SeriesTable.self, SampleTable.self, ExtraStatisticTable.self, RollUpTable.self,
            EvaluationTable.self, AlarmTable.self, TransitionTable.self, TierChangeTable.self, RecommendationTable.self,
            RecommendationChangeTable.self, RecommendationEvidenceTable.self, AlertGroupTable.self, ReceiverTable.self,
            OutboxEntryTable.self, DeliveryAttemptTable.self, BudgetNotificationTable.self, BillStatementTable.self,
            BillPartTable.self, ChargeTable.self, CheckpointTable.self, FileFingerprintTable.self, RunTable.self,
            SampleChecksumTable.self, RowChecksumTable.self, SourceProgressTable.self, WatchedResourceTable.self,
        ]
    }
}
