public import AdvisorCore
internal import GRDB

/// The number of samples changed by an ingest.
public struct IngestCounts: Hashable, Sendable {
    /// The samples that differ from before.
    public var accepted = 0
    /// The samples among them that existed before.
    public var replaced = 0
    /// The samples that were stored before, as they are.
    public var unchanged = 0

    /// Creates counts of zero.
    public init() {}
}

/// Stores batches of samples, each in one transaction.
public final class SampleWriter {
    private let store: Store
    private let ingest: Int64
    private let seriesLimit: Int
    /// By number in the file; nil for a series that is too many.
    private var seriesIDs: [Int64?] = []
    /// How many series the store has; nil before the first new one.
    private var seriesCount: Int?
    private var known: [SeriesKey: Int64] = [:]
    /// The series that samples were given of.
    public private(set) var touched: Set<Int64> = []
    /// The series that the store had not before.
    public private(set) var newSeries: [SeriesKey] = []
    /// The numbers of those that the current transaction added: nothing else of them can be stored.
    private var newIDs: Set<Int64> = []
    /// How many samples of the file were not stored, because their series would be too many.
    public private(set) var rejected = 0
    /// What was added or changed since the start of the file, and of the ingest.
    private var fileInserted = 0
    private var ingestInserted = 0
    private var fileUnchanged = 0
    private var ingestUnchanged = 0

    /// Starts an ingest.
    /// - Parameters:
    ///   - store: The store.
    ///   - now: The time of the ingest.
    ///   - seriesLimit: The maximum number of series of the store.
    /// - Throws: `StoreFailure`.
    public init(store: Store, at now: Timestamp, seriesLimit: Int = SeriesKey.limit) throws {
        (self.store, self.seriesLimit) = (store, seriesLimit)
        ingest = try store.write { database in
            try ChangedSampleTable.create(database)
            try database.execute(sql: "INSERT INTO ingest(at, records) VALUES (?, 0)", arguments: [now.milliseconds])
            return database.lastInsertedRowID
        }
    }

    /// Begins a file; its batches number their series from 0.
    public func beginFile() throws {
        seriesIDs = []
        (fileInserted, fileUnchanged, rejected) = (0, 0, 0)
        try store.write { try ChangedSampleTable.clear(.file, $0) }
    }

    /// Ends the file: how many samples it changed.
    public func finishFile() throws -> IngestCounts {
        ingestInserted += fileInserted
        ingestUnchanged += fileUnchanged
        var counts = try store.read { try ChangedSampleTable.counts(.file, inserted: self.fileInserted, $0) }
        counts.unchanged = fileUnchanged
        return counts
    }

    /// Ends the ingest: how many samples it changed, and how many series it named.
    public func finish() throws -> (counts: IngestCounts, series: Int) {
        var counts = try store.read { try ChangedSampleTable.counts(.ingest, inserted: self.ingestInserted, $0) }
        counts.unchanged = ingestUnchanged
        try store.write { database in
            for scope in ChangedSampleTable.Scope.allCases { try ChangedSampleTable.clear(scope, database) }
        }
        return (counts, touched.count)
    }

    /// Stores a batch in one transaction.
    /// - Throws: `StoreFailure`; then nothing of the batch is stored.
    public func write(_ batch: consuming SampleBatch) throws {
        let newSeries = batch.newSeries
        let total = batch.records.count
        let records = batch.records
        var added = 0
        let before = (seriesIDs, known, touched, self.newSeries)
        let countsBefore = (fileUnchanged, rejected, seriesCount)
        newIDs = []
        do {
            try store.write { database in
                while self.seriesIDs.count < batch.firstNewSeries { self.seriesIDs.append(nil) }
                self.seriesIDs.removeSubrange(batch.firstNewSeries...)
                for key in newSeries { self.seriesIDs.append(try self.seriesID(key, database)) }
                added = try self.store(records, database)
                try Store.countWrite(database)
                try database.execute(
                    sql: "UPDATE ingest SET records = records + ? WHERE id = ?", arguments: [total, self.ingest])
            }
        } catch {
            // The series that the batch added were rolled back with it.
            (seriesIDs, known, touched, self.newSeries) = before
            (fileUnchanged, rejected, seriesCount) = countsBefore
            throw error
        }
        fileInserted += added
    }

    /// The number of a series, which is added where it is new; nil if that would be too many.
    private func seriesID(_ key: SeriesKey, _ database: Database) throws -> Int64? {
        if let id = known[key] { return id }
        let dimensions = try SeriesTable.text(key.dimensions)
        if let id = try SeriesTable.existingID(of: key, dimensions: dimensions, database) {
            known[key] = id
            return id
        }
        let count = try seriesCount ?? Int.fetchOne(database, sql: "SELECT count(*) FROM series") ?? 0
        seriesCount = count
        guard count < seriesLimit else { return nil }
        let id = try SeriesTable.add(key, dimensions: dimensions, database)
        seriesCount = count + 1
        known[key] = id
        newSeries.append(key)
        newIDs.insert(id)
        return id
    }

    private func store(_ records: ContiguousArray<SampleBatch.Record>, _ database: Database) throws -> Int {
        let insert = try SampleStatement(insert: database)
        let select = try SampleStatement(select: database)
        var added = 0
        var additions = SampleChecksumTable.Additions()
        for (series, all) in Self.runs(records) where !all.isEmpty {
            guard let id = seriesIDs[series] else {
                rejected += all.count
                continue
            }
            touched.insert(id)
            var changedFrom: Int64?
            let isNew = newIDs.contains(id)
            let (run, replacements) =
                isNew
                ? (all, []) : try RollUpProgress(of: id, database).separate(all, of: records, select, database)
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
                    additions.add(sample, series: id)
                } else if try !resolve(sample, id, record.isObservation, select, database) {
                    continue
                }
                changedFrom = min(changedFrom ?? .max, sample.start.milliseconds)
            }
            if !isNew, let removed = try removeOverlapped(run.map { records[Int($0)].sample }, id, database) {
                changedFrom = min(changedFrom ?? .max, removed)
            }
            if let changedFrom { try SeriesTable.recordChange(of: id, from: changedFrom, database) }
        }
        try additions.save(database)
        return added
    }

    /// The indices of the records by series, start and period: the order in which the table grows fastest.
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

    /// Merges a sample with the stored one: within one ingest the greater wins, a later ingest replaces.
    /// - Returns: Whether the stored sample changed.
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
            guard let replaced = found.sample.replaced(by: sample) else {
                fileUnchanged += 1
                return false
            }
            result = replaced
        }
        let isSame = result.isSame(as: found.sample)
        if isSame, found.ingest == ingest { return false }
        if isSame { fileUnchanged += 1 }
        if !isSame {
            // A sample that this ingest inserted is already counted.
            try ChangedSampleTable.save(found.sample, series: id, existed: found.ingest != ingest, database)
        }
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
        for extra in result.extras { try ExtraStatisticTable.save(extra, of: result, series: id, database) }
        return !isSame
    }

    /// Deletes samples of earlier ingests with the same stated period in another phase.
    /// - Returns: The start of the first one removed; nil when none was.
    private func removeOverlapped(_ run: [Sample], _ id: Int64, _ database: Database) throws -> Int64? {
        guard let first = run.first, let last = run.last else { return nil }
        var earliest: Int64?
        for period in Set(run.map(\.periodMilliseconds)) where period > 0 {
            let starts = try Int64.fetchAll(
                database.cachedStatement(
                    sql: """
                        SELECT start FROM sample
                        WHERE seriesId = ? AND start > ? AND start < ? AND period = ? AND ingestId <> ?
                        """),
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
