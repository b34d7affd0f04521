internal import AdvisorCore
internal import GRDB

/// A file's share of a bill.
struct BillPart {
    /// The file.
    var file: BillFile
    /// Days since 1970 that it covers.
    var days: ClosedRange<Int>
    /// The number of its lines.
    var lines: Int
}

/// The files of every bill.
enum BillPartTable: StoredTable {
    /// A part with its number.
    typealias Record = (id: Int64, part: BillPart)

    static let name = "billPart"
    static let keyColumns = ["statementId", "path"]

    static func decode(_ row: StoredRow) throws -> Record {
        let days: (Int, Int) = try (row.day("firstDay").daysSinceEpoch, row.day("lastDay").daysSinceEpoch)
        guard days.0 <= days.1 else { throw row.failure("lastDay", "is before firstDay") }
        _ = try row.time("readAt")
        var file = BillFile(path: try row.value("path"), collection: try row.value("collection"))
        (file.form, file.size, file.checksum) = try (row.value("form"), row.count("size"), row.value("checksum"))
        file.isWhole = try row.flag("isWhole")
        return (try row.value("id"), BillPart(file: file, days: days.0...days.1, lines: try row.count("lines")))
    }

    /// The parts of a bill, in order of their paths.
    static func fetch(of statement: Int64, _ database: Database) throws -> [Record] {
        try fetchAll(database, "WHERE statementId = ? ORDER BY path", arguments: [statement])
    }

    /// Adds a part, or updates the one with its path.
    /// - Returns: The number.
    static func save(_ part: BillPart, of statement: Int64, at now: Timestamp, _ database: Database) throws -> Int64 {
        let file = part.file
        let id = try Int64.fetchOne(
            database,
            sql: """
                INSERT INTO billPart(
                    statementId, collection, path, form, size, checksum, firstDay, lastDay, isWhole, lines, readAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (statementId, path) DO UPDATE SET collection = excluded.collection, form = excluded.form,
                    size = excluded.size, checksum = excluded.checksum, firstDay = excluded.firstDay,
                    lastDay = excluded.lastDay, isWhole = excluded.isWhole, readAt = excluded.readAt
                RETURNING id
                """,
            arguments: [
                statement, file.collection, file.path, file.form, file.size, file.checksum, part.days.lowerBound,
                part.days.upperBound, file.isWhole, part.lines, now.milliseconds,
            ])
        guard let id else { throw DatabaseError(message: "billPart: no row was written") }
        return id
    }

    /// Removes parts with their charges.
    static func delete(_ ids: [Int64], _ database: Database) throws {
        for id in ids {
            try database.execute(sql: "DELETE FROM charge WHERE partId = ?", arguments: [id])
            try database.execute(sql: "DELETE FROM billPart WHERE id = ?", arguments: [id])
        }
    }
}
