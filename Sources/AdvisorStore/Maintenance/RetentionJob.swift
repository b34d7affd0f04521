public import AdvisorCore
internal import GRDB

/// Rolls up and deletes samples by their age, a bounded number in each transaction.
///
/// It changes no evaluation: rolled-up samples give the same results, and samples that were not evaluated yet are kept. It can
/// be stopped at any time, and continues where it stopped.
public struct RetentionJob {
    /// An interval of some series that is kept as it is.
    public struct RetentionPin: Hashable, Sendable {
        /// The numbers of the series.
        public var series: Set<Int64>
        /// The start of the month.
        public var from: Timestamp
        /// The end, excluded.
        public var to: Timestamp

        /// Creates a pin.
        public init(series: Set<Int64>, from: Timestamp, to: Timestamp) {
            (self.series, self.from, self.to) = (series, from, to)
        }
    }

    /// The result of a retention run.
    public struct Result: Hashable, Sendable {
        /// Samples that were rolled up into longer ones.
        public var summedUp = 0
        /// The longer samples.
        public var made = 0
        /// Samples deleted for their age.
        public var dropped = 0
        /// Percentiles lost, because they cannot be rolled up.
        public var percentilesDropped = 0
        /// Intervals kept as they are, because rolling them up would lose information.
        public var left = 0
        /// Whether it was stopped before everything was done.
        public var isStopped = false

        /// Creates an empty result.
        public init() {}
    }

    private let store: Store
    private let retention: Retention
    private let now: Timestamp
    private let holds: [RetentionPin]
    private let isStopped: () -> Bool
    /// How many samples are read in one transaction.
    private static let chunk = 20_000

    /// Creates a job for a store.
    /// - Parameters:
    ///   - store: The store.
    ///   - retention: How long samples of each period are kept.
    ///   - now: The present time; ages are counted from the newest sample before it.
    ///   - holds: Intervals that are kept, however old.
    ///   - isStopped: Called before each transaction; true stops there.
    public init(
        store: Store, retention: Retention, now: Timestamp, holds: [RetentionPin] = [],
        isStopped: @escaping () -> Bool = { false }
    ) {
        (self.store, self.retention, self.now, self.holds, self.isStopped) = (store, retention, now, holds, isStopped)
    }

    /// Rolls up and deletes all that is due.
    /// - Throws: `StoreFailure`; earlier transactions stay committed.
    public func run() throws -> Result {
        var result = Result()
        // Ages are counted from the newest sample: a clock that is wrong deletes nothing. Samples that were not evaluated yet are
        // kept.
        let asOf = min(now, try store.lastEvaluation() ?? now, try store.newestSampleEnd(before: now) ?? now)
        let series = try store.read { try Int64.fetchAll($0, sql: "SELECT id FROM series ORDER BY id") }
        for id in series {
            let held = holds.filter { $0.series.contains(id) }
            for step in retention.steps(asOf: asOf) {
                try rollUp(id, step.period.milliseconds, before: step.before.milliseconds, held, &result)
            }
            if let end = retention.end(asOf: asOf) {
                try drop(id, before: end.milliseconds, held, &result)
            }
            if result.isStopped { break }
        }
        return result
    }

    /// Whether any sample is left to look at: a job that is stopped after each transaction makes progress nevertheless.
    private func isDue(_ series: Int64, _ period: Int64, before end: Int64) throws -> Bool {
        try store.read { database in
            let next = try RollUpTable.step(of: series, period: period, database)?.next
            return try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM sample WHERE seriesId = ? AND start >= ? AND start < ?)",
                arguments: [series, next ?? .min, end]) ?? false
        }
    }

    private func rollUp(_ series: Int64, _ period: Int64, before end: Int64, _ held: [RetentionPin], _ result: inout Result)
        throws
    {
        var isDone = try !isDue(series, period, before: end)
        // Pinned intervals are skipped, and looked at again by the next pass.
        var kept: Int64?
        var position: Int64?
        while !isDone {
            guard !isStopped() else {
                result.isStopped = true
                return
            }
            isDone = try store.write { database in
                let next = try RollUpTable.step(of: series, period: period, database)?.next
                let first = try Int64.fetchOne(
                    database, sql: "SELECT min(start) FROM sample WHERE seriesId = ? AND start >= ?",
                    arguments: [series, position ?? next ?? .min])
                guard let first, first < end else {
                    try RollUpTable.save(RollUpTable.Step(period: period, upTo: end, next: kept ?? end), of: series, database)
                    return true
                }
                let begin = DatapointSpan.floor(first, period)
                let beyond = try Int64.fetchOne(
                    database,
                    sql: "SELECT start FROM sample WHERE seriesId = ? AND start >= ? ORDER BY start LIMIT 1 OFFSET \(Self.chunk)",
                    arguments: [series, begin])
                let limit = min(end, max(begin + period, beyond.map { DatapointSpan.floor($0, period) } ?? end))
                let skipped = try rollUp(series, period, DatapointSpan(begin: begin, end: limit), held, &result, database)
                kept = kept ?? skipped
                position = limit
                try RollUpTable.save(RollUpTable.Step(period: period, upTo: limit, next: kept ?? limit), of: series, database)
                return limit == end
            }
        }
    }

    /// - Returns: Where the first pinned interval begins; nil when none was skipped.
    private func rollUp(
        _ series: Int64, _ period: Int64, _ span: DatapointSpan, _ held: [RetentionPin], _ result: inout Result,
        _ database: Database
    ) throws -> Int64? {
        let samples = try store.samples(
            of: series, from: Timestamp(milliseconds: span.begin), to: Timestamp(milliseconds: span.end), database)
        var skipped: Int64?
        var index = 0
        let remover = try SampleRemover(database)
        let insert = try SampleStatement(insert: database)
        while index < samples.count {
            let start = DatapointSpan.floor(samples[index].start.milliseconds, period)
            let first = index
            while index < samples.count, samples[index].start.milliseconds < start + period { index += 1 }
            let parts = samples[first..<index].filter { $0.periodMilliseconds <= period }
            guard parts.contains(where: { $0.periodMilliseconds < period }) else { continue }
            if held.contains(where: { $0.from.milliseconds < start + period && $0.to.milliseconds > start }) {
                skipped = skipped ?? start
                continue
            }
            guard let sum = RollUp.sample(of: parts, from: Timestamp(milliseconds: start), period: period) else {
                result.left += 1
                continue
            }
            for part in parts { try remover.remove(part, series) }
            _ = try insert.insert(sum, seriesID: series, ingest: 0)
            result.summedUp += parts.count
            result.made += 1
            result.percentilesDropped += parts.reduce(0) { $0 + $1.extras.count } - sum.extras.count
        }
        return skipped
    }

    private func drop(_ series: Int64, before end: Int64, _ held: [RetentionPin], _ result: inout Result) throws {
        var from = Int64.min
        let isDue = try store.read {
            try Bool.fetchOne(
                $0, sql: "SELECT EXISTS (SELECT 1 FROM sample WHERE seriesId = ? AND start < ?)", arguments: [series, end])
                ?? false
        }
        while isDue {
            guard !isStopped() else {
                result.isStopped = true
                return
            }
            let next: Int64? = try store.write { database in
                let starts = try Int64.fetchAll(
                    database,
                    sql: "SELECT start FROM sample WHERE seriesId = ? AND start >= ? AND start < ? ORDER BY start LIMIT ?",
                    arguments: [series, from, end, Self.chunk])
                guard let first = starts.first, let last = starts.last else { return nil }
                let spans = DatapointSpan(begin: first, end: last + 1).without(
                    held.map { DatapointSpan(begin: $0.from.milliseconds, end: $0.to.milliseconds) })
                for span in spans {
                    for table in ["extraStatistic", "sample"] {
                        try database.execute(
                            sql: "DELETE FROM \(table) WHERE seriesId = ? AND start >= ? AND start < ?",
                            arguments: [series, span.begin, span.end])
                    }
                    result.dropped += database.changesCount
                }
                return starts.count < Self.chunk ? nil : last + 1
            }
            guard let next else { return }
            from = next
        }
    }
}

/// Deletes single samples with their percentiles.
private struct SampleRemover {
    private let sample: Statement
    private let extras: Statement

    init(_ database: Database) throws {
        let condition = "WHERE seriesId = ? AND start = ? AND period = ?"
        sample = try database.cachedStatement(sql: "DELETE FROM sample \(condition)")
        extras = try database.cachedStatement(sql: "DELETE FROM extraStatistic \(condition)")
    }

    func remove(_ part: Sample, _ series: Int64) throws {
        try sample.execute(arguments: [series, part.start.milliseconds, part.periodMilliseconds])
        if !part.extras.isEmpty {
            try extras.execute(arguments: [series, part.start.milliseconds, part.periodMilliseconds])
        }
    }
}
