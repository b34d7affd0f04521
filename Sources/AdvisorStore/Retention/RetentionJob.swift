public import AdvisorCore
internal import GRDB

/// Sums up and drops what has outlived its step of the retention, a bounded number of samples a transaction.
///
/// It changes no verdict: nothing that it does makes a rule evaluate again, and nothing is touched that was not evaluated yet. It
/// can be stopped at any moment, and goes on where it stopped.
public struct RetentionJob {
    /// An interval of some series that stays exactly as it is.
    public struct RetentionPin: Hashable, Sendable {
        /// Numbers of the series.
        public var series: Set<Int64>
        /// The first time of it.
        public var from: Timestamp
        /// The first time after it.
        public var to: Timestamp

        /// A hold by its parts.
        public init(series: Set<Int64>, from: Timestamp, to: Timestamp) {
            (self.series, self.from, self.to) = (series, from, to)
        }
    }

    /// What was done.
    public struct Result: Hashable, Sendable {
        /// Samples that others stand for now.
        public var summedUp = 0
        /// Those others.
        public var made = 0
        /// Samples dropped for their age.
        public var dropped = 0
        /// Percentiles that no sum can hold.
        public var percentilesDropped = 0
        /// Stretches left as they are, because no sum would say the same.
        public var left = 0
        /// Whether something is still to do: it was stopped.
        public var isStopped = false

        /// Nothing done yet.
        public init() {}
    }

    private let store: Store
    private let retention: Retention
    private let now: Timestamp
    private let holds: [RetentionPin]
    private let isStopped: () -> Bool
    /// So many samples are read a transaction.
    private static let chunk = 20_000

    /// House-keeping of a store as of `now`.
    /// - Parameters:
    ///   - store: The store.
    ///   - retention: What is kept for how long.
    ///   - now: The time that ages are counted from.
    ///   - holds: What stays, however old.
    ///   - isStopped: Asked before each transaction; true ends it there.
    public init(
        store: Store, retention: Retention, now: Timestamp, holds: [RetentionPin] = [],
        isStopped: @escaping () -> Bool = { false }
    ) {
        (self.store, self.retention, self.now, self.holds, self.isStopped) = (store, retention, now, holds, isStopped)
    }

    /// Does all that is due.
    /// - Throws: `StoreFailure`; then the transactions before it stand.
    public func run() throws -> Result {
        var result = Result()
        // What nobody evaluated yet stays as it came.
        let evaluated = try store.lastEvaluation() ?? now
        let series = try store.read { try Int64.fetchAll($0, sql: "SELECT id FROM series ORDER BY id") }
        for id in series {
            let held = holds.filter { $0.series.contains(id) }
            for step in retention.steps(asOf: min(now, evaluated)) {
                try sumUp(id, step.period.milliseconds, before: step.before.milliseconds, held, &result)
            }
            if let end = retention.end(asOf: min(now, evaluated)) {
                try drop(id, before: end.milliseconds, held, &result)
            }
            if result.isStopped { break }
        }
        return result
    }

    /// Whether there is anything to look at: a pass that is stopped after every transaction gets on all the same.
    private func isDue(_ series: Int64, _ period: Int64, before end: Int64) throws -> Bool {
        try store.read { database in
            let next = try Int64.fetchOne(
                database, sql: "SELECT next FROM rollUp WHERE seriesId = ? AND period = ?", arguments: [series, period])
            return try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM sample WHERE seriesId = ? AND start >= ? AND start < ?)",
                arguments: [series, next ?? .min, end]) ?? false
        }
    }

    private func sumUp(_ series: Int64, _ period: Int64, before end: Int64, _ held: [RetentionPin], _ result: inout Result) throws
    {
        var isDone = try !isDue(series, period, before: end)
        // Held intervals are passed over, and looked at again by the next pass.
        var kept: Int64?
        var position: Int64?
        while !isDone {
            guard !isStopped() else {
                result.isStopped = true
                return
            }
            isDone = try store.write { database in
                let next = try Int64.fetchOne(
                    database, sql: "SELECT next FROM rollUp WHERE seriesId = ? AND period = ?", arguments: [series, period])
                let first = try Int64.fetchOne(
                    database, sql: "SELECT min(start) FROM sample WHERE seriesId = ? AND start >= ?",
                    arguments: [series, position ?? next ?? .min])
                guard let first, first < end else {
                    try Self.saveCheckpoint(series, period, upTo: end, next: kept ?? end, database)
                    return true
                }
                let begin = DatapointSpan.floor(first, period)
                let beyond = try Int64.fetchOne(
                    database,
                    sql: "SELECT start FROM sample WHERE seriesId = ? AND start >= ? ORDER BY start LIMIT 1 OFFSET \(Self.chunk)",
                    arguments: [series, begin])
                let limit = min(end, max(begin + period, beyond.map { DatapointSpan.floor($0, period) } ?? end))
                let passed = try sumUp(series, period, DatapointSpan(begin: begin, end: limit), held, &result, database)
                kept = kept ?? passed
                position = limit
                try Self.saveCheckpoint(series, period, upTo: limit, next: kept ?? limit, database)
                return limit == end
            }
        }
    }

    /// - Returns: Where the first held interval begins; nil when none was passed over.
    private func sumUp(
        _ series: Int64, _ period: Int64, _ span: DatapointSpan, _ held: [RetentionPin], _ result: inout Result,
        _ database: Database
    ) throws -> Int64? {
        let samples = try store.samples(
            of: series, from: Timestamp(milliseconds: span.begin), to: Timestamp(milliseconds: span.end), database)
        var passed: Int64?
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
                passed = passed ?? start
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
        return passed
    }

    private static func saveCheckpoint(_ series: Int64, _ period: Int64, upTo: Int64, next: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO rollUp VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT DO UPDATE SET upTo = max(upTo, excluded.upTo), next = excluded.next
                """, arguments: [series, period, upTo, next])
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

/// An interval of time in milliseconds, without its end.
struct DatapointSpan: Hashable {
    var begin: Int64
    var end: Int64

    static func floor(_ time: Int64, _ period: Int64) -> Int64 {
        Timestamp(milliseconds: time).floored(to: .milliseconds(period)).milliseconds
    }

    /// What is left of it without the others, in order.
    func without(_ others: [DatapointSpan]) -> [DatapointSpan] {
        var rest = [self]
        for other in others {
            rest = rest.flatMap { span in
                [
                    DatapointSpan(begin: span.begin, end: min(span.end, other.begin)),
                    DatapointSpan(begin: max(span.begin, other.end), end: span.end),
                ].filter { $0.begin < $0.end }
            }
        }
        return Array(Set(rest)).sorted { $0.begin < $1.begin }
    }
}

/// Removes single samples with their percentiles.
private struct SampleRemover {
    private let sample: Statement
    private let extras: Statement

    init(_ database: Database) throws {
        let place = "WHERE seriesId = ? AND start = ? AND period = ?"
        sample = try database.cachedStatement(sql: "DELETE FROM sample \(place)")
        extras = try database.cachedStatement(sql: "DELETE FROM extraStatistic \(place)")
    }

    func remove(_ part: Sample, _ series: Int64) throws {
        try sample.execute(arguments: [series, part.start.milliseconds, part.periodMilliseconds])
        if !part.extras.isEmpty {
            try extras.execute(arguments: [series, part.start.milliseconds, part.periodMilliseconds])
        }
    }
}
