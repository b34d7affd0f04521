public import AdvisorCore
internal import GRDB

/// A stored series.
public struct StoredSeries: Sendable {
    /// The number in the store.
    public var id: Int64
    /// Its account, region, namespace, name and dimensions.
    public var key: SeriesKey
    /// The start of its first sample; nil without any.
    public var first: Timestamp?
    /// The start of its last sample before the requested time; nil without any.
    public var last: Timestamp?
    /// Start of the first sample that changed since the last evaluation; nil when none did.
    public var changedFrom: Timestamp?
    /// How far its source is complete; nil if it is not pulled.
    public var progress: SourceProgress?
}

/// Every series.
enum SeriesTable: StoredTable {
    static let name = "series"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> StoredSeries {
        let text: String = try row.value("dimensions")
        let plain = StoredJSON.plainTexts(text)?.map { SeriesKey.Dimension($0.name, $0.value) }
        let key = SeriesKey(
            account: try row.optional("account"), region: try row.optional("region"), namespace: try row.value("namespace"),
            name: try row.name("name"), dimensions: try plain ?? parsedDimensions(row))
        return StoredSeries(id: try row.value("id"), key: key, changedFrom: try row.optionalTime("changedFrom"))
    }

    private static func parsedDimensions(_ row: StoredRow) throws -> [SeriesKey.Dimension] {
        let dimensions: [String: String] = try row.document("dimensions")
        return dimensions.map { SeriesKey.Dimension($0.key, $0.value) }
    }

    /// The dimensions as they are stored: a JSON object, its keys in order.
    static func text(_ dimensions: [SeriesKey.Dimension]) throws -> String {
        try StoredJSON.text(Dictionary(dimensions.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
    }

    /// The number of a series, with its dimensions as they are stored; nil if it is not stored.
    static func existingID(of key: SeriesKey, dimensions: String, _ database: Database) throws -> Int64? {
        try Int64.fetchOne(
            database.cachedStatement(
                sql: """
                    SELECT id FROM series WHERE namespace = ? AND name = ? AND dimensions = ? AND coalesce(account, '') = ?
                        AND coalesce(region, '') = ?
                    """),
            arguments: [key.namespace, key.name, dimensions, key.account ?? "", key.region ?? ""])
    }

    /// Adds a series, with its dimensions as they are stored; gives its number.
    static func add(_ key: SeriesKey, dimensions: String, _ database: Database) throws -> Int64 {
        try database.cachedStatement(
            sql: "INSERT INTO series(account, region, namespace, name, dimensions) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [key.account, key.region, key.namespace, key.name, dimensions])
        return database.lastInsertedRowID
    }

    /// Samples of a series changed from a time on.
    static func recordChange(of series: Int64, from start: Int64, _ database: Database) throws {
        try database.cachedStatement(
            sql: "UPDATE series SET changedFrom = ?1 WHERE id = ?2 AND coalesce(changedFrom, ?1) >= ?1"
        ).execute(arguments: [start, series])
    }

    /// Everything up to a time was evaluated.
    static func clearChanges(before now: Timestamp, _ database: Database) throws {
        try database.execute(sql: "UPDATE series SET changedFrom = NULL WHERE changedFrom < ?", arguments: [now.milliseconds])
    }
}

extension Store {
    /// Every series with the range of its samples.
    /// - Parameters:
    ///   - end: Samples at or after it are ignored.
    ///   - limit: The maximum number of series.
    /// - Returns: The series in numerical order.
    /// - Throws: `StoreFailure`, also if there are more than `limit`.
    public func allSeries(before end: Timestamp, limit: Int = SeriesKey.limit) throws -> [StoredSeries] {
        try read { database in
            let count = try Int.fetchOne(database, sql: "SELECT count(*) FROM series") ?? 0
            guard count <= limit else { throw StoreFailure.tooManySeries(path: self.path, count: count) }
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT *, (SELECT min(start) FROM sample WHERE seriesId = series.id AND start < ?1) AS first,
                        (SELECT max(start) FROM sample WHERE seriesId = series.id AND start < ?1) AS last FROM series ORDER BY id
                    """, arguments: [end.milliseconds])
            let progress = try SourceProgressTable.bySeries(database)
            var result: [StoredSeries] = []
            result.reserveCapacity(count)
            while let row = try rows.next() {
                var series = try SeriesTable.decode(row)
                series.first = (row["first"] as Int64?).map(Timestamp.init(milliseconds:))
                series.progress = progress[series.id]
                series.last = (row["last"] as Int64?).map(Timestamp.init(milliseconds:))
                result.append(series)
            }
            return result
        }
    }

    /// The end of the newest sample that begins before a time; nil without any.
    /// - Throws: `StoreFailure`.
    public func newestSampleEnd(before end: Timestamp) throws -> Timestamp? {
        try read { database in
            let time = try Int64.fetchOne(
                database,
                sql: """
                    SELECT max((SELECT start + period FROM sample WHERE seriesId = series.id AND start < ?
                        ORDER BY start DESC LIMIT 1)) FROM series
                    """, arguments: [end.milliseconds])
            return time.map(Timestamp.init(milliseconds:))
        }
    }
}
