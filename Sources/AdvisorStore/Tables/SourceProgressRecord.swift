public import AdvisorCore
internal import GRDB

/// How far the sources of series are complete: a checkpoint of each series, named after its source and the cadence.
enum SourceProgressRecord {
    private static let prefix = "complete\t"

    private struct Entry {
        var name: String
        var series: Int64
        var progress: SourceProgress
    }

    private static func entries(_ prefix: String, _ database: Database) throws -> [Entry] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT name, at FROM checkpoint WHERE substr(name, 1, ?) = ?", arguments: [prefix.count, prefix])
        return rows.compactMap { row in
            let (name, at): (String, Int64) = (row["name"], row["at"])
            let parts = name.split(separator: "\t")
            guard parts.count == 4, let series = Int64(parts[2]), let cadence = Int64(parts[3]) else { return nil }
            return Entry(
                name: name, series: series,
                progress: SourceProgress(completeUpTo: Timestamp(milliseconds: at), cadence: .milliseconds(cadence)))
        }
    }

    /// The progress of each series; of one with several sources the one that is complete least far.
    static func bySeries(_ database: Database) throws -> [Int64: SourceProgress] {
        Dictionary(try entries(prefix, database).map { ($0.series, $0.progress) }) { $0.completeUpTo < $1.completeUpTo ? $0 : $1 }
    }

    static func remove(_ series: Int64, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM checkpoint WHERE name GLOB ?", arguments: ["\(prefix)*\t\(series)\t*"])
    }

    static func save(
        _ source: String, _ series: Set<Int64>, _ database: Database, progress: (SeriesKey, Duration?) -> SourceProgress
    ) throws {
        let own = "\(prefix)\(Fingerprint.of([source]))\t"
        let known = try entries(own, database)
        for entry in known { try database.execute(sql: "DELETE FROM checkpoint WHERE name = ?", arguments: [entry.name]) }
        let cadences = Dictionary(known.map { ($0.series, $0.progress.cadence) }) { max($0, $1) }
        for id in series.union(cadences.keys) {
            guard let key = try SeriesTable.fetchAll(database, "WHERE id = ?", arguments: [id]).first?.key else { continue }
            let progress = progress(key, cadences[id])
            try database.execute(
                sql: "INSERT INTO checkpoint(name, at) VALUES (?, ?)",
                arguments: ["\(own)\(id)\t\(progress.cadence.milliseconds)", progress.completeUpTo.milliseconds])
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
        try write { try SourceProgressRecord.save(source, series, $0, progress: progress) }
    }
}
