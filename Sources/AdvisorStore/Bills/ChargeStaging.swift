internal import AdvisorCore
internal import GRDB

/// The charges of one ingest before they replace a month's: `incoming` as they were read, `merged` added up; temporary tables.
enum ChargeStaging {
    /// A file's share of a bill.
    struct Part {
        var key: BillKey
        /// Days since 1970.
        var days: ClosedRange<Int>
        /// The number of the file.
        var file: Int
    }

    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS incoming(
                    file INTEGER, month TEXT, source TEXT, provider TEXT, payer TEXT, day INTEGER, account TEXT, service TEXT,
                    usageType TEXT, category TEXT, currency TEXT, cost TEXT, usage TEXT, unit TEXT, lines INTEGER,
                    isLong INTEGER);
                CREATE TEMP TABLE IF NOT EXISTS covered(
                    file INTEGER, month TEXT, source TEXT, provider TEXT, payer TEXT, firstDay INTEGER, lastDay INTEGER);
                CREATE TEMP TABLE IF NOT EXISTS merged(
                    bill INTEGER, day INTEGER, account TEXT, service TEXT, usageType TEXT, category TEXT, currency TEXT,
                    cost TEXT, usage TEXT, unit TEXT, lines INTEGER, isLong INTEGER);
                """)
        try clear(database)
    }

    static func clear(_ database: Database) throws {
        try database.execute(sql: "DELETE FROM incoming; DELETE FROM covered; DELETE FROM merged")
    }

    static func drop(file: Int, _ database: Database) throws {
        for table in ["incoming", "covered"] {
            try database.execute(sql: "DELETE FROM \(table) WHERE file = ?", arguments: [file])
        }
    }

    static func add(_ batch: ChargeBatch, file: Int, _ database: Database) throws {
        let statement = try database.cachedStatement(
            sql: """
                INSERT INTO incoming(file, month, source, provider, payer, \(ChargeTable.columns))
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for line in batch.lines {
            try statement.execute(arguments: [
                file, line.bill.month.description, line.bill.source.rawValue, line.bill.provider, line.bill.payer ?? "",
                line.day, line.account, line.service, line.usageType, line.category.rawValue, line.currency,
                String(line.cost), line.usage.map { String($0) }, line.unit, line.count, line.isLong,
            ])
        }
        for (key, days) in batch.covered {
            try database.execute(
                sql: """
                    INSERT INTO covered(file, month, source, provider, payer, firstDay, lastDay) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    file, key.month.description, key.source.rawValue, key.provider, key.payer ?? "", days.lowerBound,
                    days.upperBound,
                ])
        }
    }

    /// The bills that the files hold, file by file.
    static func parts(_ database: Database) throws -> [Part] {
        let names = "month, source, provider, payer"
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT \(names), file, min(firstDay) AS firstDay, max(lastDay) AS lastDay FROM (
                    SELECT \(names), file, min(day) AS firstDay, max(day) AS lastDay FROM incoming GROUP BY \(names), file
                    UNION ALL SELECT \(names), file, firstDay, lastDay FROM covered)
                GROUP BY \(names), file ORDER BY file
                """)
        return try rows.map { row in
            let stored = StoredRow(row: row, table: "incoming", keyColumns: ["month", "source", "provider", "payer"])
            return Part(
                key: try BillStatementTable.key(stored), days: (row["firstDay"] as Int)...(row["lastDay"] as Int),
                file: row["file"])
        }
    }

    /// Adds up the incoming lines of a part, key by key.
    /// - Returns: The number of lines, and the total of each currency in units of 1e-18.
    static func merge(_ part: Part, number: Int, _ database: Database) throws -> (lines: Int, totals: [String: Int128]) {
        let key = part.key
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT * FROM incoming WHERE file = ? AND month = ? AND source = ? AND provider = ? AND payer = ?
                ORDER BY day, account, service, usageType, category, currency
                """, arguments: [part.file, key.month.description, key.source.rawValue, key.provider, key.payer ?? ""])
        var count = 0
        var totals: [String: Int128] = [:]
        var current: ChargeSum?
        while let row = try rows.next() {
            let next = try ChargeSum(StoredRow(row: row, table: "incoming", keyColumns: ["file", "day", "service"]))
            count += next.lines
            totals[next.currency, default: 0] += next.cost
            if current?.add(next) == true { continue }
            try current?.insert(bill: number, database)
            current = next
        }
        try current?.insert(bill: number, database)
        return (count, totals)
    }

    /// The totals as money, by currency.
    static func amounts(_ totals: [String: Int128]) -> [Money] {
        totals.sorted { $0.key < $1.key }.compactMap { currency, units in
            Money(text: FixedPoint.text(units, digits: FixedPoint.moneyDigits)).map { Money($0.amount, currency: currency) }
        }
    }

    /// Whether a stored part has exactly the merged charges in these days.
    static func isStored(_ number: Int, as part: Int64, days: ClosedRange<Int>, _ database: Database) throws -> Bool {
        let new = "SELECT \(ChargeTable.columns) FROM merged WHERE bill = ?1"
        let old = "SELECT \(ChargeTable.columns) FROM charge WHERE partId = ?2 AND day BETWEEN ?3 AND ?4"
        let differences = try Int.fetchOne(
            database,
            sql: """
                SELECT (SELECT count(*) FROM (\(new) EXCEPT \(old))) + (SELECT count(*) FROM (\(old) EXCEPT \(new)))
                """, arguments: [number, part, days.lowerBound, days.upperBound])
        return differences == 0
    }

    /// Copies merged charges into a stored part.
    static func insert(_ number: Int, into part: Int64, of statement: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO charge(statementId, partId, \(ChargeTable.columns))
                SELECT ?, ?, \(ChargeTable.columns) FROM merged WHERE bill = ?
                """, arguments: [statement, part, number])
    }
}

/// The sum of the lines of a bill with the same key.
private struct ChargeSum {
    let day: Int
    /// Account, service, usage type, category, currency.
    let names: [String]
    var cost: Int128
    var usage: Int128?
    var unit: String
    var lines: Int
    var isLong: Bool

    var currency: String { names[4] }

    init(_ row: StoredRow) throws {
        day = try row.value("day")
        names = try ["account", "service", "usageType", "category", "currency"].map { try row.value($0) }
        cost = try Self.units("cost", row) ?? 0
        usage = try Self.units("usage", row)
        unit = try row.value("unit")
        lines = try row.count("lines")
        isLong = try row.flag("isLong")
    }

    private static func units(_ column: String, _ row: StoredRow) throws -> Int128? {
        guard let text: String = try row.optional(column) else { return nil }
        guard let units = Int128(text) else { throw row.failure(column, "'\(text)' is not a whole number") }
        return units
    }

    /// False, and nothing is added, for another key.
    mutating func add(_ other: Self) -> Bool {
        guard other.day == day, other.names == names else { return false }
        cost += other.cost
        if let own = usage, let more = other.usage, unit == other.unit {
            usage = own + more
        } else {
            (usage, unit) = (nil, "")
        }
        lines += other.lines
        isLong = isLong || other.isLong
        return true
    }

    func insert(bill: Int, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO merged(bill, \(ChargeTable.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            bill, day, names[0], names[1], names[2], names[3], names[4],
            FixedPoint.text(cost, digits: FixedPoint.moneyDigits),
            usage.map { FixedPoint.text($0, digits: FixedPoint.usageDigits) }, unit, lines, isLong,
        ])
    }
}
