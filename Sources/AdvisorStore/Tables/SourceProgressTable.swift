public import AdvisorCore
internal import GRDB

/// How far a source of a series is complete.
struct SourceProgressRecord: Hashable {
    /// The fingerprint of what identifies the source.
    var source: String
    var series: Int64
    var progress: SourceProgress
}

/// How far the sources of series are complete.
enum SourceProgressTable: StoredTable {
    static let name = "sourceProgress"
    static let keyColumns = ["source", "seriesId"]

    static func decode(_ row: StoredRow) throws -> SourceProgressRecord {
        let cadence: Int64 = try row.value("cadence")
        guard cadence > 0 else { throw row.failure("cadence", "\(cadence) is not positive") }
        return SourceProgressRecord(
            source: try row.name("source"), series: try row.value("seriesId"),
            progress: SourceProgress(completeUpTo: try row.time("completeUpTo"), cadence: .milliseconds(cadence)))
    }

    /// The progress of each series; of one with several sources the one that is complete least far.
    static func bySeries(_ database: Database) throws -> [Int64: SourceProgress] {
        Dictionary(try fetchAll(database).map { ($0.series, $0.progress) }) { $0.completeUpTo < $1.completeUpTo ? $0 : $1 }
    }

    static func remove(_ series: Int64, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM sourceProgress WHERE seriesId = ?", arguments: [series])
    }

    static func save(
        _ source: String, _ series: Set<Int64>, _ database: Database, progress: (SeriesKey, Duration?) -> SourceProgress
    ) throws {
        let source = Fingerprint.of([source])
        let recorded = try fetchAll(database, "WHERE source = ?", arguments: [source])
        let cadences = Dictionary(recorded.map { ($0.series, $0.progress.cadence) }) { max($0, $1) }
        for id in series.union(cadences.keys) {
            guard let key = try SeriesTable.fetchAll(database, "WHERE id = ?", arguments: [id]).first?.key else { continue }
            let progress = progress(key, cadences[id])
            try database.execute(
                sql: """
                    INSERT INTO sourceProgress(source, seriesId, cadence, completeUpTo) VALUES (?, ?, ?, ?)
                    ON CONFLICT (source, seriesId) DO UPDATE SET cadence = excluded.cadence, completeUpTo = excluded.completeUpTo
                    """,
                arguments: [source, id, progress.cadence.milliseconds, progress.completeUpTo.milliseconds])
        }
    }
}

extension Store {
    /// Records how far the series of a source are complete: those it gave now, and those it gave before.
    /// - Parameters:
    ///   - source: What identifies it.
    ///   - series: The series that it gave now.
    ///   - progress: The progress of a series; its second argument is the cadence recorded before, nil without one.
    /// - Throws: `StoreFailure`.
    public func saveProgress(
        of source: String, series: Set<Int64>, progress: (SeriesKey, Duration?) -> SourceProgress
    ) throws {
        try write { try SourceProgressTable.save(source, series, $0, progress: progress) }
    }
}
