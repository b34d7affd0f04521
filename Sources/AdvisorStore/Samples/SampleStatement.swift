internal import AdvisorCore
internal import GRDB
internal import GRDBSQLite

/// One prepared statement on SQLite's C API, for the loops over all samples.
final class SampleStatement {
    private let statement: OpaquePointer
    private let connection: OpaquePointer
    private let database: Database

    private init(_ database: Database, _ sql: String) throws {
        self.database = database
        guard let connection = database.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v2(connection, sql, -1, &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        (self.connection, statement) = (connection, prepared)
    }

    convenience init(insert database: Database) throws {
        try self.init(
            database,
            """
            INSERT INTO sample(seriesId, start, period, unit, ingestId, count, sum, average, minimum, maximum)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (seriesId, start, period) DO NOTHING
            """)
    }

    convenience init(select database: Database) throws {
        try self.init(
            database,
            """
            SELECT unit, ingestId, count, sum, average, minimum, maximum FROM sample
            WHERE seriesId = ? AND start = ? AND period = ?
            """)
    }

    /// Selects the samples of a series in an interval, in order.
    convenience init(range database: Database) throws {
        try self.init(
            database,
            """
            SELECT start, period, unit, count, sum, average, minimum, maximum FROM sample
            WHERE seriesId = ? AND start >= ? AND start < ? ORDER BY start, period
            """)
    }

    deinit { sqlite3_finalize(statement) }

    /// The samples of a statement created with `init(range:)`, without extra statistics.
    func samples(of series: Int64, from begin: Timestamp, to end: Timestamp) throws -> [Sample] {
        sqlite3_bind_int64(statement, 1, series)
        sqlite3_bind_int64(statement, 2, begin.milliseconds)
        sqlite3_bind_int64(statement, 3, end.milliseconds)
        defer { sqlite3_reset(statement) }
        var result: [Sample] = []
        var code = sqlite3_step(statement)
        while code == SQLITE_ROW {
            var sample = Sample(start: Timestamp(milliseconds: sqlite3_column_int64(statement, 0)))
            sample.periodMilliseconds = sqlite3_column_int64(statement, 1)
            sample.unit = try unit(2, of: sample, series)
            sample.count = number(3)
            sample.sum = number(4)
            sample.average = number(5)
            sample.minimum = number(6)
            sample.maximum = number(7)
            result.append(sample)
            code = sqlite3_step(statement)
        }
        guard code == SQLITE_DONE else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        return result
    }

    private func number(_ column: Int32) -> Double? {
        sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : sqlite3_column_double(statement, column)
    }

    private func unit(_ column: Int32, of sample: Sample, _ series: Int64) throws -> MetricUnit? {
        guard sqlite3_column_type(statement, column) != SQLITE_NULL else { return nil }
        let number = sqlite3_column_int(statement, column)
        guard let unit = UInt8(exactly: number).flatMap(MetricUnit.init(rawValue:)) else {
            throw UndecodableRow(
                table: SampleTable.name,
                key: "seriesId=\(series) start=\(sample.start.milliseconds) period=\(sample.periodMilliseconds)",
                problem: "unit: unknown unit \(number)")
        }
        return unit
    }

    /// False if the sample exists.
    func insert(_ sample: Sample, seriesID: Int64, ingest: Int64) throws -> Bool {
        sqlite3_bind_int64(statement, 1, seriesID)
        sqlite3_bind_int64(statement, 2, sample.start.milliseconds)
        sqlite3_bind_int64(statement, 3, sample.periodMilliseconds)
        if let unit = sample.unit {
            sqlite3_bind_int64(statement, 4, Int64(unit.rawValue))
        } else {
            sqlite3_bind_null(statement, 4)
        }
        sqlite3_bind_int64(statement, 5, ingest)
        bind(6, sample.rawCount, sample.known.contains(.count))
        bind(7, sample.rawSum, sample.known.contains(.sum))
        bind(8, sample.rawAverage, sample.known.contains(.average))
        bind(9, sample.rawMinimum, sample.known.contains(.minimum))
        bind(10, sample.rawMaximum, sample.known.contains(.maximum))
        let code = sqlite3_step(statement)
        sqlite3_reset(statement)
        guard code == SQLITE_DONE else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(connection)))
        }
        guard sqlite3_changes(connection) > 0 else { return false }
        for extra in sample.extras { try ExtraStatisticTable.save(extra, of: sample, series: seriesID, database) }
        return true
    }

    private func bind(_ column: Int32, _ value: Double, _ isKnown: Bool) {
        if isKnown { sqlite3_bind_double(statement, column, value) } else { sqlite3_bind_null(statement, column) }
    }

    func sample(seriesID: Int64, start: Int64, period: Int64) throws -> (sample: Sample, ingest: Int64)? {
        sqlite3_bind_int64(statement, 1, seriesID)
        sqlite3_bind_int64(statement, 2, start)
        sqlite3_bind_int64(statement, 3, period)
        defer { sqlite3_reset(statement) }
        guard sqlite3_step(statement) == SQLITE_ROW else { return nil }
        var sample = Sample(start: Timestamp(milliseconds: start))
        sample.periodMilliseconds = period
        sample.unit = try unit(0, of: sample, seriesID)
        sample.count = number(2)
        sample.sum = number(3)
        sample.average = number(4)
        sample.minimum = number(5)
        sample.maximum = number(6)
        let rows = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT * FROM extraStatistic WHERE seriesId = ? AND start = ? AND period = ?"),
            arguments: [seriesID, start, period])
        sample.extras = try rows.map(ExtraStatisticTable.decode)
        return (sample, sqlite3_column_int64(statement, 1))
    }
}
