public import AdvisorCore
internal import GRDB

/// Every bill: what one source states for a month.
enum BillStatementTable: StoredTable {
    /// A bill with its number.
    typealias Record = (id: Int64, statement: BillStatement)

    static let name = "billStatement"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> Record {
        let days = try (row.day("firstDay"), row.day("lastDay"))
        guard days.0 <= days.1 else { throw row.failure("lastDay", "is before firstDay") }
        let statement = BillStatement(
            key: try key(row), days: days.0...days.1, granularity: try row.flag("isDaily") ? .daily : .monthly,
            lines: try row.count("lines"), readAt: try row.time("readAt"), isWhole: try row.flag("isWhole"))
        return (try row.value("id"), statement)
    }

    /// The key of a bill, from the four columns that hold it.
    static func key(_ row: StoredRow) throws -> BillKey {
        let (payer, text): (String, String) = try (row.value("payer"), row.value("month"))
        guard let month = BillingMonth(text: text) else { throw row.failure("month", "'\(text)' is not a month") }
        return BillKey(
            source: try row.code("source"), provider: try row.value("provider"), payer: payer.isEmpty ? nil : payer, month: month)
    }

    /// The bills of some months, or of all.
    static func fetch(_ months: ClosedRange<BillingMonth>?, _ database: Database) throws -> [Record] {
        guard let months else { return try fetchAll(database, "ORDER BY month, provider, payer, source") }
        return try fetchAll(
            database, "WHERE month BETWEEN ? AND ? ORDER BY month, provider, payer, source",
            arguments: [months.lowerBound.description, months.upperBound.description])
    }

    /// The bill of a key; nil when there is none.
    static func fetch(_ key: BillKey, _ database: Database) throws -> Record? {
        try fetchAll(
            database, "WHERE month = ? AND source = ? AND provider = ? AND payer = ?",
            arguments: [key.month.description, key.source.rawValue, key.provider, key.payer ?? ""]
        ).first
    }

    /// Adds a bill whose charges follow.
    /// - Returns: The number.
    static func insert(_ statement: BillStatement, _ database: Database) throws -> Int64 {
        let key = statement.key
        try database.execute(
            sql: """
                INSERT INTO billStatement(
                    month, source, provider, payer, firstDay, lastDay, isDaily, isWhole, lines, readAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                key.month.description, key.source.rawValue, key.provider, key.payer ?? "",
                statement.days.lowerBound.daysSinceEpoch, statement.days.upperBound.daysSinceEpoch,
                statement.granularity == .daily, statement.isWhole, statement.lines, statement.readAt.milliseconds,
            ])
        return database.lastInsertedRowID
    }

    /// Derives a bill from its parts: lines, days, whether it is whole, and whether most of its usage is dated by days.
    static func summarize(_ id: Int64, at now: Timestamp, _ database: Database) throws {
        try database.execute(
            sql: """
                UPDATE billPart SET lines = (SELECT coalesce(sum(lines), 0) FROM charge WHERE partId = billPart.id)
                WHERE statementId = ?
                """, arguments: [id])
        try database.execute(
            sql: """
                UPDATE billStatement SET readAt = ?2, (firstDay, lastDay, isWhole) =
                    (SELECT min(firstDay), max(lastDay), min(isWhole) FROM billPart WHERE statementId = ?1) WHERE id = ?1
                """, arguments: [id, now.milliseconds])
        try database.execute(
            sql: """
                UPDATE billStatement SET (lines, isDaily) = (SELECT coalesce(sum(lines), 0),
                    coalesce(sum(CASE WHEN category IN ('usage', 'net')
                        THEN CASE WHEN isLong = 1 THEN -lines ELSE lines END END), 1) >= 0
                    FROM charge WHERE statementId = ?1) WHERE id = ?1
                """, arguments: [id])
    }
}

extension Store {
    /// Every bill of the store, by month, with what it covers, of every source.
    /// - Throws: `StoreFailure`.
    public func statements() throws -> [BillStatement] { try read { try BillStatementTable.fetch(nil, $0).map(\.statement) } }

    /// The bills of some months, each from the source that counts.
    /// - Parameters:
    ///   - months: The first and last month.
    ///   - services: Maps the sources' names of services to ids.
    /// - Returns: Every charge that counts, and which source it is from.
    /// - Throws: `StoreFailure`.
    public func charges(in months: ClosedRange<BillingMonth>, services: ServiceCatalog) throws -> BillingData {
        try read { database in
            let stored = try BillStatementTable.fetch(months, database)
            var names: [String: String] = [:]
            return try BillingData(stored.map(\.statement)) { statement in
                guard let id = stored.first(where: { $0.statement.key == statement.key })?.id else { return [] }
                return try ChargeTable.charges(of: id, services, &names, database)
            }
        }
    }
}
