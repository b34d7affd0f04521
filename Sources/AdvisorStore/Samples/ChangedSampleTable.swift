internal import AdvisorCore
internal import GRDB

/// The samples that an ingest changed, as they were before: a temporary table, by which changes are counted at the end.
enum ChangedSampleTable {
    /// Since when: each change is kept once for both.
    enum Scope: Int, CaseIterable {
        case ingest, file
    }

    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TEMP TABLE IF NOT EXISTS changedSample(
                    scope INTEGER, seriesId INTEGER, start INTEGER, period INTEGER, unit INTEGER, count REAL, sum REAL,
                    average REAL, minimum REAL, maximum REAL, extras TEXT, existed INTEGER,
                    PRIMARY KEY (scope, seriesId, start, period)) WITHOUT ROWID;
                DELETE FROM changedSample
                """)
    }

    static func clear(_ scope: Scope, _ database: Database) throws {
        try database.execute(sql: "DELETE FROM changedSample WHERE scope = ?", arguments: [scope.rawValue])
    }

    /// Keeps what a sample was the first time it changes; `existed` is whether it was there before the ingest.
    static func save(_ sample: Sample, series: Int64, existed: Bool, _ database: Database) throws {
        let extras = sample.extras.map { "\($0.name)\t\($0.value)" }.joined(separator: "\n")
        for scope in Scope.allCases {
            try database.cachedStatement(
                sql: """
                    INSERT INTO changedSample(
                        scope, seriesId, start, period, unit, count, sum, average, minimum, maximum, extras, existed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scope, seriesId, start, period) DO NOTHING
                    """
            ).execute(arguments: [
                scope.rawValue, series, sample.start.milliseconds, sample.periodMilliseconds,
                sample.unit.map { Int($0.rawValue) }, sample.count, sample.sum, sample.average, sample.minimum, sample.maximum,
                extras, existed,
            ])
        }
    }

    /// Compares each sample with what it is now; `inserted` is how many samples are new since then.
    static func counts(_ scope: Scope, inserted: Int, _ database: Database) throws -> IngestCounts {
        var result = IngestCounts()
        result.accepted = inserted
        let rows = try Row.fetchCursor(
            database, sql: "SELECT * FROM changedSample WHERE scope = ? AND existed = 1", arguments: [scope.rawValue])
        let statement = try SampleStatement(select: database)
        while let row = try rows.next() {
            let before = try sample(row)
            let now = try statement.sample(
                seriesID: row["seriesId"], start: before.start.milliseconds, period: before.periodMilliseconds)?.sample
            guard now.map({ !$0.isSame(as: before) }) ?? true else { continue }
            result.accepted += 1
            result.replaced += 1
        }
        return result
    }

    private static func sample(_ row: Row) throws -> Sample {
        var sample = try SampleTable.decode(row)
        let extras: String = row["extras"]
        sample.extras = extras.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\t")
            guard parts.count == 2, let value = Double(parts[1]) else { return nil }
            return ExtraStatistic(name: String(parts[0]), value: value)
        }
        return sample
    }
}
