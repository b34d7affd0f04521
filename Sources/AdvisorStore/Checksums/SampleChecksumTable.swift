internal import AdvisorCore
internal import GRDB

/// The checksum of the samples of each series on each day.
///
/// New samples add theirs; a day of which a sample changed or went is computed again at the end of the transaction.
enum SampleChecksumTable: StoredTable {
    static let name = "sampleChecksum"
    static let keyColumns = ["seriesId", "day"]
    private static let day: Int64 = 86_400_000

    static func decode(_ row: StoredRow) throws { _ = try row.count("day") }

    /// What the samples of a batch add.
    struct Additions {
        private struct Key: Hashable { var (series, day): (Int64, Int64) }
        private var sums: [Key: Int64] = [:]
        private var (last, sum) = (Key(series: -1, day: 0), Int64(0))

        mutating func add(_ sample: Sample, series: Int64) {
            let key = Key(series: series, day: sample.start.milliseconds / SampleChecksumTable.day)
            if key != last {
                flush()
                (last, sum) = (key, 0)
            }
            sum &+= Checksum.of(sample)
        }

        private mutating func flush() { if last.series >= 0 { sums[last, default: 0] &+= sum } }

        mutating func save(_ database: Database) throws {
            flush()
            let statement = try database.cachedStatement(
                sql: """
                    INSERT INTO sampleChecksum(seriesId, day, checksum) VALUES (?, ?, ?)
                    ON CONFLICT (seriesId, day) DO UPDATE SET checksum = advisorSum(checksum, excluded.checksum)
                    """)
            for (key, sum) in sums { try statement.execute(arguments: [key.series, key.day, sum]) }
            self = Additions()
        }
    }

    /// Notes the days whose samples change otherwise than by new ones.
    static func createTriggers(_ database: Database) throws {
        try database.execute(
            sql: "CREATE TEMP TABLE changedDay(seriesId INTEGER, day INTEGER, PRIMARY KEY (seriesId, day)) WITHOUT ROWID")
        let events = [
            ("sample", "UPDATE", "NEW"), ("sample", "DELETE", "OLD"), ("extraStatistic", "INSERT", "NEW"),
            ("extraStatistic", "UPDATE", "NEW"), ("extraStatistic", "DELETE", "OLD"),
        ]
        // Not OR IGNORE: a trigger does as the statement that it follows does.
        for (table, event, row) in events {
            try database.execute(
                sql: """
                    CREATE TEMP TRIGGER \(table)\(event) AFTER \(event) ON main.\(table)
                    BEGIN INSERT INTO changedDay SELECT \(row).seriesId, \(row).start / \(day) WHERE NOT EXISTS
                        (SELECT 1 FROM changedDay WHERE seriesId = \(row).seriesId AND day = \(row).start / \(day)); END
                    """)
        }
    }

    /// Computes the noted days again, before the transaction ends.
    static func settle(_ database: Database) throws {
        let days = try Row.fetchAll(database.cachedStatement(sql: "SELECT seriesId, day FROM changedDay"))
        guard !days.isEmpty else { return }
        let samples = try SampleStatement(range: database)
        for row in days {
            guard let series = Int64.fromDatabaseValue(row[0]), let day = Int64.fromDatabaseValue(row[1]) else { continue }
            try save(series, day, try sums(of: series, days: day..<day + 1, samples, database)[day], database)
        }
        try database.execute(sql: "DELETE FROM changedDay")
    }

    private static func save(_ series: Int64, _ day: Int64, _ sum: Int64?, _ database: Database) throws {
        guard let sum else {
            return try database.cachedStatement(sql: "DELETE FROM sampleChecksum WHERE seriesId = ? AND day = ?")
                .execute(arguments: [series, day])
        }
        try database.cachedStatement(
            sql: """
                INSERT INTO sampleChecksum(seriesId, day, checksum) VALUES (?, ?, ?)
                ON CONFLICT (seriesId, day) DO UPDATE SET checksum = excluded.checksum
                """
        ).execute(arguments: [series, day, sum])
    }

    /// The checksums of a series by day.
    private static func sums(
        of series: Int64, days: Range<Int64>, _ samples: SampleStatement, _ database: Database
    ) throws -> [Int64: Int64] {
        let (begin, end) = (days.lowerBound * day, days.upperBound * day)
        var result: [Int64: Int64] = [:]
        for sample in try samples.samples(
            of: series, from: Timestamp(milliseconds: begin), to: Timestamp(milliseconds: end))
        {
            result[sample.start.milliseconds / day, default: 0] &+= Checksum.of(sample)
        }
        let extras = try Row.fetchCursor(
            database.cachedStatement(
                sql: """
                    SELECT seriesId, start, period, name, value FROM extraStatistic
                    WHERE seriesId = ? AND start >= ? AND start < ?
                    """),
            arguments: [series, begin, end])
        while let row = try extras.next() {
            let (start, period) = (Int64.fromDatabaseValue(row[1]) ?? 0, Int64.fromDatabaseValue(row[2]) ?? 0)
            let extra = try ExtraStatisticTable.decode(row)
            result[start / day, default: 0] &+= Checksum.of(extra, start: start, period: period)
        }
        return result
    }

    private static let allDays = Int64(0)..<Int64(4_000_000)

    static func recomputeAll(_ database: Database) throws {
        try database.execute(sql: "DELETE FROM sampleChecksum")
        let samples = try SampleStatement(range: database)
        for series in try Int64.fetchAll(database, sql: "SELECT id FROM series") {
            // A row that does not decode is an error where it is met, and listed by `store check`.
            let sums = try? sums(of: series, days: allDays, samples, database)
            for (day, sum) in sums ?? [:] { try save(series, day, sum, database) }
        }
    }

    /// One line a series whose samples are not those that were written.
    static func problems(_ database: Database) throws -> [String] {
        var problems: [String] = []
        let samples = try SampleStatement(range: database)
        let stored = try database.makeStatement(sql: "SELECT day, checksum FROM sampleChecksum WHERE seriesId = ?")
        for series in try Int64.fetchAll(database, sql: "SELECT id FROM series") {
            let actual = try sums(of: series, days: allDays, samples, database)
            var wanted: [Int64: Int64] = [:]
            let rows = try Row.fetchCursor(stored, arguments: [series])
            while let row = try rows.next() {
                wanted[Int64.fromDatabaseValue(row[0]) ?? -1] = Int64.fromDatabaseValue(row[1])
            }
            guard actual != wanted else { continue }
            let days = Set(actual.keys).union(wanted.keys).filter { actual[$0] != wanted[$0] }
            guard let first = days.min() else { continue }
            let date = Timestamp(milliseconds: first * day).description.prefix(10)
            let rest = days.count > 1 ? " and \(days.count - 1) more days" : ""
            problems.append("table sample: seriesId=\(series) on \(date)\(rest): not as it was written")
        }
        return problems
    }
}
