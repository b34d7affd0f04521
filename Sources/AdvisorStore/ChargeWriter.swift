public import AdvisorCore
internal import Foundation
internal import GRDB

/// What became of one bill of an ingest.
public struct BillImport: Hashable, Sendable {
    /// How it went.
    public enum Outcome: String, Sendable {
        /// The store had nothing of it.
        case new
        /// It took the place of what was there.
        case replaced
        /// It brought fewer days than were there, and took the place of those alone.
        case replacedDays = "replaced_days"
        /// It says what was there already.
        case unchanged
        /// Its file is broken and brings fewer lines than were there; what was there stands.
        case kept
    }

    /// Which bill.
    public var key: BillKey
    /// The first and last day that the input told of.
    public var days: ClosedRange<CivilDate>
    /// Lines that the input brought.
    public var lines: Int
    /// What they add up to, one amount a currency.
    public var totals: [Money]
    /// How it went.
    public var outcome: Outcome
}

/// Stores bills: all of an ingest's files are gathered first, then each month is replaced at once.
public final class ChargeWriter {
    private let store: Store
    private let now: Timestamp
    private var file = 0
    private var broken: Set<Int> = []

    /// Begins an ingest.
    /// - Throws: `StoreFailure`.
    public init(store: Store, at now: Timestamp) throws {
        (self.store, self.now) = (store, now)
        try store.write { try $0.execute(sql: BillTables.temporary) }
    }

    /// Begins a file.
    public func beginFile() { file += 1 }

    /// Gathers a batch of the file.
    public func write(_ batch: ChargeBatch) throws {
        let file = file
        try store.write { database in
            let statement = try database.cachedStatement(
                sql: "INSERT INTO incoming VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            for line in batch.lines {
                try statement.execute(arguments: [
                    file, line.bill.month.description, line.bill.source.rawValue, line.bill.provider, line.bill.payer ?? "",
                    line.day, line.account, line.service, line.usageType, line.category.rawValue, line.currency,
                    String(line.cost), line.usage.map { String($0) }, line.unit, line.count, line.isLong,
                ])
            }
            for (key, days) in batch.covered {
                try database.execute(
                    sql: "INSERT INTO covered VALUES (?, ?, ?, ?, ?, ?, ?)",
                    arguments: [
                        file, key.month.description, key.source.rawValue, key.provider, key.payer ?? "", days.lowerBound,
                        days.upperBound,
                    ])
            }
        }
    }

    /// Ends a file.
    /// - Parameter isWhole: Whether every line of it could be read.
    public func endFile(isWhole: Bool) { if !isWhole { broken.insert(file) } }

    /// Forgets the file just read: it was given twice.
    public func dropFile() throws {
        let file = file
        try store.write { database in
            for table in ["incoming", "covered"] {
                try database.execute(sql: "DELETE FROM \(table) WHERE file = ?", arguments: [file])
            }
        }
        broken.remove(file)
    }

    /// Puts every bill gathered into its place, all or none.
    /// - Returns: What became of each, by month.
    public func finish() throws -> [BillImport] {
        try store.write { database in
            var results: [BillImport] = []
            for (number, bill) in try self.gathered(database).enumerated() {
                results.append(try self.place(bill, number: number, database))
            }
            try database.execute(sql: "DELETE FROM incoming; DELETE FROM covered; DELETE FROM merged")
            return results.sorted { $0.key < $1.key }
        }
    }

    private struct Gathered {
        var key: BillKey
        var days: ClosedRange<Int>
        var isWhole: Bool
    }

    private static let names = "month, source, provider, payer"

    /// The bills that the files brought.
    private func gathered(_ database: Database) throws -> [Gathered] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT \(Self.names), min(firstDay) AS firstDay, max(lastDay) AS lastDay, group_concat(DISTINCT file) AS files FROM (
                    SELECT \(Self.names), file, min(day) AS firstDay, max(day) AS lastDay FROM incoming GROUP BY \(Self.names), file
                    UNION ALL SELECT \(Self.names), file, firstDay, lastDay FROM covered) GROUP BY \(Self.names)
                """)
        return rows.compactMap { row in
            guard let month = BillingMonth(text: row["month"]), let source = BillSource(rawValue: row["source"]) else {
                return nil
            }
            let payer: String = row["payer"]
            let key = BillKey(source: source, provider: row["provider"], payer: payer.isEmpty ? nil : payer, month: month)
            let files = (row["files"] as String).split(separator: ",").compactMap { Int($0) }
            return Gathered(
                key: key, days: (row["firstDay"] as Int)...(row["lastDay"] as Int), isWhole: broken.isDisjoint(with: files))
        }
    }

    private func arguments(_ key: BillKey) -> [any DatabaseValueConvertible] {
        [key.month.description, key.source.rawValue, key.provider, key.payer ?? ""]
    }

    private static let isBill = "month = ? AND source = ? AND provider = ? AND payer = ?"

    /// Adds a bill's lines up, and stores them as the law of replacing has it.
    private func place(_ bill: Gathered, number: Int, _ database: Database) throws -> BillImport {
        let (lines, totals) = try merge(bill.key, number: number, database)
        func result(_ outcome: BillImport.Outcome) -> BillImport {
            BillImport(
                key: bill.key,
                days: CivilDate(daysSinceEpoch: bill.days.lowerBound)...CivilDate(daysSinceEpoch: bill.days.upperBound),
                lines: lines, totals: totals, outcome: outcome)
        }
        let old = try Row.fetchOne(
            database, sql: "SELECT * FROM statement WHERE \(Self.isBill)", arguments: StatementArguments(arguments(bill.key)))
        guard let old else {
            try database.execute(
                sql: """
                    INSERT INTO statement(\(Self.names), firstDay, lastDay, isDaily, isWhole, lines, readAt) VALUES (?, ?, ?, ?, ?, ?, 1, ?, 0, ?)
                    """,
                arguments: StatementArguments(
                    arguments(bill.key) + [bill.days.lowerBound, bill.days.upperBound, bill.isWhole, now.milliseconds]))
            try insert(number, into: database.lastInsertedRowID, database)
            return result(.new)
        }
        let (id, oldLines): (Int64, Int) = (old["id"], old["lines"])
        let oldDays = (old["firstDay"] as Int)...(old["lastDay"] as Int)
        // A broken file takes the place of less alone.
        if !bill.isWhole, lines < oldLines { return result(.kept) }
        let bringsAll =
            lines >= oldLines || bill.days.lowerBound <= oldDays.lowerBound && bill.days.upperBound >= oldDays.upperBound
        let isWhole = bringsAll ? bill.isWhole : bill.isWhole && (old["isWhole"] as Bool)
        let days =
            bringsAll
            ? bill.days
            : min(bill.days.lowerBound, oldDays.lowerBound)...max(bill.days.upperBound, oldDays.upperBound)
        try database.execute(
            sql: "UPDATE statement SET firstDay = ?, lastDay = ?, isWhole = ?, readAt = ? WHERE id = ?",
            arguments: [days.lowerBound, days.upperBound, isWhole, now.milliseconds, id])
        let range = bringsAll ? Int.min...Int.max : bill.days
        let isSame = try isSame(number, id, range, database)
        try database.execute(
            sql: "DELETE FROM charge WHERE statementId = ? AND day BETWEEN ? AND ?",
            arguments: [id, range.lowerBound, range.upperBound])
        try insert(number, into: id, database)
        let wasWhole: Bool = old["isWhole"]
        if isSame, wasWhole == isWhole { return result(.unchanged) }
        return result(bringsAll ? .replaced : .replacedDays)
    }

    private func insert(_ number: Int, into id: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO charge SELECT ?, day, account, service, usageType, category, currency, cost, usage, unit, lines, isLong
                    FROM merged WHERE bill = ?
                """, arguments: [id, number])
        // Dated by days unless most of what was used is for longer.
        try database.execute(
            sql: """
                UPDATE statement SET (lines, isDaily) = (SELECT ifnull(sum(lines), 0),
                    ifnull(sum(CASE WHEN category IN ('usage', 'net') THEN iif(isLong, -lines, lines) END), 1) >= 0
                    FROM charge WHERE statementId = ?1) WHERE id = ?1
                """, arguments: [id])
    }

    /// Whether the store has exactly these charges in these days.
    private func isSame(_ number: Int, _ id: Int64, _ days: ClosedRange<Int>, _ database: Database) throws -> Bool {
        let columns = "day, account, service, usageType, category, currency, cost, usage, unit, lines, isLong"
        let (new, old) = (
            "SELECT \(columns) FROM merged WHERE bill = :bill",
            "SELECT \(columns) FROM charge WHERE statementId = :id AND day BETWEEN :first AND :last"
        )
        let differences = try Int.fetchOne(
            database,
            sql: "SELECT (SELECT count(*) FROM (\(new) EXCEPT \(old))) + (SELECT count(*) FROM (\(old) EXCEPT \(new)))",
            arguments: ["bill": number, "id": id, "first": days.lowerBound, "last": days.upperBound])
        return differences == 0
    }

    /// Adds up what was gathered of a bill, key by key.
    private func merge(_ key: BillKey, number: Int, _ database: Database) throws -> (lines: Int, totals: [Money]) {
        let names = "day, account, service, usageType, category, currency"
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM incoming WHERE \(Self.isBill) ORDER BY \(names)",
            arguments: StatementArguments(arguments(key)))
        var count = 0
        var totals: [String: Int128] = [:]
        var current: Sum?
        while let row = try rows.next() {
            let next = Sum(row)
            count += next.lines
            totals[next.names[4], default: 0] += next.cost
            if current?.add(next) == true { continue }
            try current?.insert(bill: number, database)
            current = next
        }
        try current?.insert(bill: number, database)
        let amounts = totals.sorted { $0.key < $1.key }.compactMap { currency, units in
            Money(text: FixedPoint.text(units, digits: FixedPoint.moneyDigits)).map { Money($0.amount, currency: currency) }
        }
        return (count, amounts)
    }

    /// What one key adds up to.
    private struct Sum {
        let day: Int
        let names: [String]
        var cost: Int128
        var usage: Int128?
        var unit: String
        var lines: Int
        var isLong: Bool

        init(_ row: Row) {
            day = row["day"]
            names = ["account", "service", "usageType", "category", "currency"].map { row[$0] }
            cost = Int128(row["cost"] as String) ?? 0
            usage = (row["usage"] as String?).flatMap { Int128($0) }
            unit = row["unit"]
            lines = row["lines"]
            isLong = row["isLong"]
        }

        /// False, and nothing added, for another key.
        mutating func add(_ other: Sum) -> Bool {
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
            try database.cachedStatement(sql: "INSERT INTO merged VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").execute(
                arguments: [
                    bill, day, names[0], names[1], names[2], names[3], names[4],
                    FixedPoint.text(cost, digits: FixedPoint.moneyDigits),
                    usage.map { FixedPoint.text($0, digits: FixedPoint.usageDigits) }, unit, lines, isLong,
                ])
        }
    }
}
