public import AdvisorCore
internal import GRDB

/// How many samples an ingest changed.
public struct IngestCounts: Hashable, Sendable {
    /// Samples that differ afterwards from before.
    public var accepted = 0
    /// Those of them that existed before.
    public var replaced = 0

    /// Nothing changed yet.
    public init() {}
}

/// Stores batches, each whole or not at all.
public final class SampleWriter {
    private let store: Store
    private let ingest: Int64
    private var seriesIDs: [Int64] = []
    private var known: [SeriesKey: Int64] = [:]
    private var touched: Set<Int64> = []
    private var isFileCompared = true
    /// What was added or changed since the file began, and since the ingest began.
    private var fileInserted = 0
    private var ingestInserted = 0

    /// Begins an ingest.
    /// - Parameters:
    ///   - store: Where samples go.
    ///   - now: The time it is recorded with.
    /// - Throws: `StoreFailure`.
    public init(store: Store, at now: Timestamp) throws {
        self.store = store
        ingest = try store.write { database in
            try database.execute(
                sql: """
                    CREATE TEMP TABLE IF NOT EXISTS earlier(
                        scope INTEGER, seriesId INTEGER, start INTEGER, period INTEGER, unit INTEGER, count REAL, sum REAL, average REAL,
                        minimum REAL, maximum REAL, extras TEXT, existed INTEGER, PRIMARY KEY (scope, seriesId, start, period)) WITHOUT ROWID;
                    DELETE FROM earlier
                    """)
            try database.execute(sql: "INSERT INTO ingest(at, records) VALUES (?, 0)", arguments: [now.milliseconds])
            return database.lastInsertedRowID
        }
    }

    /// Begins a file: its batches number their series anew.
    public func beginFile() throws {
        seriesIDs = []
        fileInserted = 0
        try store.write { try $0.execute(sql: "DELETE FROM earlier WHERE scope = 1") }
    }

    /// What the file changed.
    public func finishFile() throws -> IngestCounts {
        ingestInserted += fileInserted
        return try store.read { try self.counts($0, scope: 1, inserted: self.fileInserted) }
    }

    /// What the whole ingest changed, and how many series it named.
    public func finish() throws -> (counts: IngestCounts, series: Int) {
        let counts = try store.read { try self.counts($0, scope: 0, inserted: self.ingestInserted) }
        try store.write { try $0.execute(sql: "DELETE FROM earlier") }
        return (counts, touched.count)
    }

    private func counts(_ database: Database, scope: Int, inserted: Int) throws -> IngestCounts {
        var result = IngestCounts()
        result.accepted = inserted
        let rows = try Row.fetchCursor(database, sql: "SELECT * FROM earlier WHERE scope = ?", arguments: [scope])
        let statement = try SampleStatement(select: database)
        while let row = try rows.next() {
            let before = Self.sample(row)
            let now = try statement.sample(
                seriesID: row["seriesId"], start: before.start.milliseconds, period: before.periodMilliseconds)?.sample
            let existed: Bool = row["existed"]
            guard existed, now.map({ !$0.isSame(as: before) }) ?? true else { continue }
            result.accepted += 1
            result.replaced += 1
        }
        return result
    }

    private static func sample(_ row: Row) -> Sample {
        var sample = Sample(start: Timestamp(milliseconds: row["start"]))
        sample.periodMilliseconds = row["period"]
        sample.unit = (row["unit"] as Int?).flatMap { MetricUnit(rawValue: UInt8($0)) }
        sample.count = row["count"]
        sample.sum = row["sum"]
        sample.average = row["average"]
        sample.minimum = row["minimum"]
        sample.maximum = row["maximum"]
        let parts = (row["extras"] as String? ?? "").split(separator: "\n").map(String.init)
        for part in parts {
            let pair = part.split(separator: "\t").map(String.init)
            if pair.count == 2, let value = Double(pair[1]) { sample.extras.append(ExtraStatistic(name: pair[0], value: value)) }
        }
        return sample
    }

    /// Stores a batch in one transaction.
    /// - Throws: `StoreFailure`; then nothing of the batch is stored.
    public func write(_ batch: consuming SampleBatch) throws {
        let newSeries = batch.newSeries
        let total = batch.records.count
        let records = batch.records
        var added = 0
        let before = (seriesIDs, known, touched)
        do {
            try store.write { database in
                while self.seriesIDs.count < batch.firstNewSeries { self.seriesIDs.append(0) }
                self.seriesIDs.removeSubrange(batch.firstNewSeries...)
                for key in newSeries { self.seriesIDs.append(try self.seriesID(key, database)) }
                added = try self.store(records, database)
                try database.execute(
                    sql: "UPDATE ingest SET records = records + ? WHERE id = ?", arguments: [total, self.ingest])
            }
        } catch {
            // The series that the batch made went with it.
            (seriesIDs, known, touched) = before
            throw error
        }
        fileInserted += added
    }

    private func seriesID(_ key: SeriesKey, _ database: Database) throws -> Int64 {
        if let id = known[key] { return id }
        let dimensions = DimensionText.json(key.dimensions)
        let found = try Int64.fetchOne(
            database,
            sql: """
                SELECT id FROM series WHERE namespace = ? AND name = ? AND dimensions = ? AND ifnull(account, '') = ?
                    AND ifnull(region, '') = ?
                """,
            arguments: [key.namespace, key.name, dimensions, key.account ?? "", key.region ?? ""])
        if let found {
            known[key] = found
            return found
        }
        try database.execute(
            sql: "INSERT INTO series(account, region, namespace, name, dimensions) VALUES (?, ?, ?, ?, ?)",
            arguments: [key.account, key.region, key.namespace, key.name, dimensions])
        known[key] = database.lastInsertedRowID
        return database.lastInsertedRowID
    }

    private func store(_ records: ContiguousArray<SampleBatch.Record>, _ database: Database) throws -> Int {
        let insert = try SampleStatement(insert: database)
        let select = try SampleStatement(select: database)
        var added = 0
        for (series, all) in Self.runs(records) where !all.isEmpty {
            let id = seriesIDs[series]
            touched.insert(id)
            var changedFrom: Int64?
            let (run, replacements) = try RollUpProgress(of: id, database).sorted(all, of: records, select, database)
            for sample in replacements where try resolve(sample, id, false, select, database) {
                changedFrom = min(changedFrom ?? .max, sample.start.milliseconds)
            }
            var index = run.startIndex
            while index < run.endIndex {
                let record = records[Int(run[index])]
                var sample = record.sample
                index += 1
                while index < run.endIndex, case let other = records[Int(run[index])], other.sample.isOfSameTime(as: sample) {
                    let isSum = record.isObservation && other.isObservation
                    sample = isSum ? sample.added(to: other.sample) : sample.united(with: other.sample)
                    index += 1
                }
                if try insert.insert(sample, seriesID: id, ingest: ingest) {
                    added += 1
                } else if try !resolve(sample, id, record.isObservation, select, database) {
                    continue
                }
                changedFrom = min(changedFrom ?? .max, sample.start.milliseconds)
            }
            let removed = try removeOverlapped(run.map { records[Int($0)].sample }, id, database)
            if let removed { changedFrom = min(changedFrom ?? .max, removed) }
            if let changedFrom {
                try database.cachedStatement(
                    sql: "UPDATE series SET changedFrom = ?1 WHERE id = ?2 AND ifnull(changedFrom, ?1) >= ?1"
                ).execute(arguments: [changedFrom, id])
            }
        }
        return added
    }

    /// The numbers of the records of each series, by start and period: the order in which the table grows fastest.
    private static func runs(_ records: ContiguousArray<SampleBatch.Record>) -> [(series: Int, run: ArraySlice<Int32>)] {
        let count = (records.lazy.map { Int($0.series) }.max() ?? -1) + 1
        var ends = [Int](repeating: 0, count: count + 1)
        for record in records { ends[Int(record.series) + 1] += 1 }
        for series in 0..<count { ends[series + 1] += ends[series] }
        var next = ends
        var order = [Int32](repeating: 0, count: records.count)
        for number in records.indices {
            let series = Int(records[number].series)
            order[next[series]] = Int32(number)
            next[series] += 1
        }
        return (0..<count).map { series in
            let run = order[ends[series]..<ends[series + 1]]
            let isOrdered = zip(run, run.dropFirst()).allSatisfy { !records[Int($1)].sample.precedes(records[Int($0)].sample) }
            return (series, isOrdered ? run : run.sorted { records[Int($0)].sample.precedes(records[Int($1)].sample) }[...])
        }
    }

    /// The sample exists: of one ingest the greater stands, of an earlier one the new replaces.
    private func resolve(_ sample: Sample, _ id: Int64, _ isObservation: Bool, _ select: SampleStatement, _ database: Database)
        throws -> Bool
    {
        guard let found = try select.sample(seriesID: id, start: sample.start.milliseconds, period: sample.periodMilliseconds)
        else {
            return false
        }
        let result: Sample
        if found.ingest == ingest {
            result = isObservation ? found.sample.added(to: sample) : found.sample.united(with: sample)
        } else {
            guard let replaced = found.sample.replaced(by: sample) else { return false }
            result = replaced
        }
        let isSame = result.isSame(as: found.sample)
        if isSame, found.ingest == ingest { return false }
        if !isSame { try saveCheckpoint(found.sample, id, isOfThisIngest: found.ingest == ingest, database) }
        try database.cachedStatement(
            sql: """
                UPDATE sample SET unit = ?, ingestId = ?, count = ?, sum = ?, average = ?, minimum = ?, maximum = ?
                WHERE seriesId = ? AND start = ? AND period = ?
                """
        ).execute(arguments: [
            result.unit.map { Int($0.rawValue) }, ingest, result.count, result.sum, result.average, result.minimum,
            result.maximum, id,
            result.start.milliseconds, result.periodMilliseconds,
        ])
        for extra in result.extras {
            try database.execute(
                sql: "INSERT OR REPLACE INTO extraStatistic VALUES (?, ?, ?, ?, ?)",
                arguments: [id, result.start.milliseconds, result.periodMilliseconds, extra.name, extra.value])
        }
        return !isSame
    }

    /// Keeps what a sample was before the file, and before the ingest, the first time it changes.
    private func saveCheckpoint(_ sample: Sample, _ id: Int64, isOfThisIngest: Bool, _ database: Database) throws {
        let extras = sample.extras.map { "\($0.name)\t\($0.value)" }.joined(separator: "\n")
        for scope in [0, 1] {
            // A sample that this very ingest made is counted already.
            try database.cachedStatement(sql: "INSERT OR IGNORE INTO earlier VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .execute(
                    arguments: [
                        scope, id, sample.start.milliseconds, sample.periodMilliseconds, sample.unit.map { Int($0.rawValue) },
                        sample.count,
                        sample.sum, sample.average, sample.minimum, sample.maximum, extras, !isOfThisIngest,
                    ])
        }
    }

    /// Removes earlier ingests' samples of the same stated period in another phase.
    /// - Returns: The start of the first one removed; nil when there was none.
    private func removeOverlapped(_ run: [Sample], _ id: Int64, _ database: Database) throws -> Int64? {
        guard let first = run.first, let last = run.last else { return nil }
        var earliest: Int64?
        for period in Set(run.map(\.periodMilliseconds)) where period > 0 {
            let starts = try Int64.fetchAll(
                database,
                sql: "SELECT start FROM sample WHERE seriesId = ? AND start > ? AND start < ? AND period = ? AND ingestId <> ?",
                arguments: [id, first.start.milliseconds - period, last.start.milliseconds + period, period, ingest])
            guard !starts.isEmpty else { continue }
            let own = run.filter { $0.periodMilliseconds == period }.map(\.start.milliseconds)
            var next = 0
            for start in starts {
                while next < own.count, own[next] <= start - period { next += 1 }
                guard next < own.count, abs(own[next] - start) < period, own[next] != start else { continue }
                earliest = min(earliest ?? .max, start)
                try database.execute(
                    sql: "DELETE FROM sample WHERE seriesId = ? AND start = ? AND period = ?", arguments: [id, start, period])
                try database.execute(
                    sql: "DELETE FROM extraStatistic WHERE seriesId = ? AND start = ? AND period = ?",
                    arguments: [id, start, period])
            }
        }
        return earliest
    }
}
