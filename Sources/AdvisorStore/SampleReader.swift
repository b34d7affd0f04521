public import AdvisorCore
internal import GRDB

/// A series of the store.
public struct StoredSeries: Sendable {
    /// Its number in the store.
    public var id: Int64
    /// What it is known by.
    public var key: SeriesKey
    /// Start of its first sample; nil without any.
    public var first: Timestamp?
    /// Start of its last sample before the time asked for; nil without any.
    public var last: Timestamp?
    /// Start of the first sample that changed since the last evaluation.
    public var changedFrom: Timestamp?
}

extension Store {
    /// Every series, with the extent of its samples.
    /// - Parameter end: Samples at or after it do not count.
    /// - Returns: In the order of their numbers.
    /// - Throws: `StoreFailure`.
    public func allSeries(before end: Timestamp) throws -> [StoredSeries] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT *, (SELECT min(start) FROM sample WHERE seriesId = series.id AND start < ?1) AS first,
                        (SELECT max(start) FROM sample WHERE seriesId = series.id AND start < ?1) AS last FROM series ORDER BY id
                    """, arguments: [end.milliseconds]
            ).map { row in
                func time(_ column: String) -> Timestamp? { (row[column] as Int64?).map(Timestamp.init(milliseconds:)) }
                let key = SeriesKey(
                    account: row["account"], region: row["region"], namespace: row["namespace"], name: row["name"],
                    dimensions: DimensionText.dimensions(row["dimensions"]))
                return StoredSeries(
                    id: row["id"], key: key, first: time("first"), last: time("last"), changedFrom: time("changedFrom"))
            }
        }
    }

    /// A series' samples from `begin` up to, but not at, `end`, by start, then by period.
    public func samples(of series: Int64, from begin: Timestamp, to end: Timestamp) throws -> [Sample] {
        try read { try samples(of: series, from: begin, to: end, $0) }
    }

    /// The same within a transaction.
    func samples(of series: Int64, from begin: Timestamp, to end: Timestamp, _ database: Database) throws -> [Sample] {
        var result = try SampleStatement(range: database).samples(of: series, from: begin, to: end)
        try addExtras(to: &result, series, begin, end, database)
        return result
    }

    private func addExtras(
        to samples: inout [Sample], _ series: Int64, _ begin: Timestamp, _ end: Timestamp, _ database: Database
    ) throws {
        let rows = try Row.fetchCursor(
            database,
            sql:
                "SELECT start, period, name, value FROM extraStatistic WHERE seriesId = ? AND start >= ? AND start < ? ORDER BY start, period",
            arguments: [series, begin.milliseconds, end.milliseconds])
        var index = 0
        while let row = try rows.next() {
            let (start, period): (Int64, Int64) = (row["start"], row["period"])
            while index < samples.count, (samples[index].start.milliseconds, samples[index].periodMilliseconds) < (start, period)
            { index += 1 }
            guard index < samples.count, samples[index].start.milliseconds == start, samples[index].periodMilliseconds == period
            else { continue }
            samples[index].extras.append(ExtraStatistic(name: row["name"], value: row["value"]))
        }
    }

    /// The names of all extra statistics that samples hold, in order.
    public func percentileNames() throws -> [String] {
        try read { try String.fetchAll($0, sql: "SELECT DISTINCT name FROM extraStatistic ORDER BY name") }
    }

    /// How many samples there are.
    public func sampleCount() throws -> Int { try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sample") ?? 0 } }
}
