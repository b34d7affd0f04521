public import AdvisorCore
internal import GRDB

/// Every sample, without its extra statistics; `SampleStatement` reads them where it has to be fast.
enum SampleTable: StoredTable {
    static let name = "sample"
    static let keyColumns = ["seriesId", "start", "period"]

    static func decode(_ row: StoredRow) throws -> Sample {
        var sample = Sample(start: try row.time("start"))
        sample.periodMilliseconds = Int64(try row.count("period"))
        if let number: Int = try row.optional("unit") {
            guard let unit = UInt8(exactly: number).flatMap(MetricUnit.init(rawValue:)) else {
                throw row.failure("unit", "unknown unit \(number)")
            }
            sample.unit = unit
        }
        sample.count = try row.optional("count")
        sample.sum = try row.optional("sum")
        sample.average = try row.optional("average")
        sample.minimum = try row.optional("minimum")
        sample.maximum = try row.optional("maximum")
        return sample
    }

    /// Only the rows that look wrong are decoded: the table is large.
    static func undecodableRows(_ database: Database) throws -> [UndecodableRow] {
        let units = MetricUnit.allCases.map { "\($0.rawValue)" }.joined(separator: ", ")
        let (first, last) = (StoredRow.times.lowerBound, StoredRow.times.upperBound)
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT * FROM sample WHERE unit NOT IN (\(units)) OR period < 0 OR start NOT BETWEEN \(first) AND \(last)")
        return try undecodable(rows)
    }
}

/// Percentiles and other statistics beyond the five of a sample.
enum ExtraStatisticTable: StoredTable {
    static let name = "extraStatistic"
    static let keyColumns = ["seriesId", "start", "period", "name"]

    static func decode(_ row: StoredRow) throws -> ExtraStatistic {
        ExtraStatistic(name: try row.name("name"), value: try row.value("value"))
    }

    static func save(_ statistic: ExtraStatistic, of sample: Sample, series: Int64, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO extraStatistic(seriesId, start, period, name, value) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (seriesId, start, period, name) DO UPDATE SET value = excluded.value
                """
        ).execute(arguments: [
            series, sample.start.milliseconds, sample.periodMilliseconds, statistic.name, statistic.value,
        ])
    }
}

extension Store {
    /// The samples of a series from `begin` to `end`, excluding the end, by start and period.
    /// - Throws: `StoreFailure`.
    public func samples(of series: Int64, from begin: Timestamp, to end: Timestamp) throws -> [Sample] {
        try read { try samples(of: series, from: begin, to: end, $0) }
    }

    /// The same within a transaction.
    func samples(of series: Int64, from begin: Timestamp, to end: Timestamp, _ database: Database) throws -> [Sample] {
        var result = try SampleStatement(range: database).samples(of: series, from: begin, to: end)
        try addExtras(to: &result, series, begin, end, database)
        return result
    }

    /// The start of the sample from which samples of a series begin at so many different times before another one.
    /// - Returns: That of the first sample if there are fewer; `time` without any.
    /// - Throws: `StoreFailure`.
    public func start(ofStamps stamps: Int, of series: Int64, before time: Timestamp) throws -> Timestamp {
        try read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT min(start) FROM (
                        SELECT DISTINCT start FROM sample WHERE seriesId = ? AND start < ? ORDER BY start DESC LIMIT ?)
                    """)
            let start = try Int64.fetchOne(statement, arguments: [series, time.milliseconds, stamps])
            return start.map(Timestamp.init(milliseconds:)) ?? time
        }
    }

    private func addExtras(
        to samples: inout [Sample], _ series: Int64, _ begin: Timestamp, _ end: Timestamp, _ database: Database
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql: """
                SELECT seriesId, start, period, name, value FROM extraStatistic
                WHERE seriesId = ? AND start >= ? AND start < ? ORDER BY start, period
                """,
            arguments: [series, begin.milliseconds, end.milliseconds])
        var index = 0
        while let row = try rows.next() {
            let (start, period): (Int64, Int64) = (row["start"], row["period"])
            while index < samples.count, (samples[index].start.milliseconds, samples[index].periodMilliseconds) < (start, period)
            { index += 1 }
            guard index < samples.count, samples[index].start.milliseconds == start, samples[index].periodMilliseconds == period
            else { continue }
            samples[index].extras.append(try ExtraStatisticTable.decode(row))
        }
    }

    /// The names of all extra statistics, in order.
    /// - Throws: `StoreFailure`.
    public func percentileNames() throws -> [String] {
        try read { try String.fetchAll($0, sql: "SELECT DISTINCT name FROM extraStatistic ORDER BY name") }
    }

    /// The number of samples.
    /// - Throws: `StoreFailure`.
    public func sampleCount() throws -> Int { try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sample") ?? 0 } }
}
