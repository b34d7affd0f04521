internal import AdvisorCore
internal import GRDB

/// Up to where each series is rolled up, so that nothing is rolled up twice and late samples find their longer sample.
enum RollUpTable: StoredTable {
    /// A period of samples made, and how far they reach.
    struct Step {
        var period: Int64
        /// Such samples may exist before it.
        var upTo: Int64
        /// Where the next pass continues.
        var next: Int64
    }

    static let name = "rollUp"
    static let keyColumns = ["seriesId", "period"]

    static func decode(_ row: StoredRow) throws -> Step {
        let step = Step(period: try row.value("period"), upTo: try row.value("upTo"), next: try row.value("next"))
        guard step.period > 0 else { throw row.failure("period", "\(step.period) is not positive") }
        guard step.next <= step.upTo else { throw row.failure("next", "is after upTo") }
        return step
    }

    static func step(of series: Int64, period: Int64, _ database: Database) throws -> Step? {
        try fetchAll(database, "WHERE seriesId = ? AND period = ?", arguments: [series, period]).first
    }

    /// Records how far a series is rolled up; `upTo` never goes back.
    static func save(_ step: Step, of series: Int64, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO rollUp(seriesId, period, upTo, next) VALUES (?, ?, ?, ?)
                ON CONFLICT (seriesId, period) DO UPDATE SET
                    upTo = CASE WHEN rollUp.upTo > excluded.upTo THEN rollUp.upTo ELSE excluded.upTo END, next = excluded.next
                """, arguments: [series, step.period, step.upTo, step.next])
    }
}

/// Up to where one series is rolled up.
struct RollUpProgress {
    /// Longest period first; empty when it never was rolled up.
    let steps: [RollUpTable.Step]
    private let series: Int64

    init(of series: Int64, _ database: Database) throws {
        self.series = series
        let statement = try database.cachedStatement(sql: "SELECT * FROM rollUp WHERE seriesId = ? ORDER BY period DESC")
        steps = try Row.fetchAll(statement, arguments: [series]).map(RollUpTable.decode)
    }

    /// Takes out of a run the samples that belong to a rolled-up sample.
    ///
    /// Those of one interval count as one record of that sample: it replaces the sample when it has at least as many
    /// observations, and is a late, older record otherwise. The other samples stay in the run, and are rolled up by the next
    /// pass.
    /// - Returns: The rest of the run, and the records for rolled-up samples, to be stored as later records.
    func separate(
        _ run: ArraySlice<Int32>, of records: ContiguousArray<SampleBatch.Record>, _ select: SampleStatement,
        _ database: Database
    ) throws -> (run: ArraySlice<Int32>, replacements: [Sample]) {
        guard let end = steps.map(\.upTo).max(), let first = run.first,
            records[Int(first)].sample.start.milliseconds < end
        else { return (run, []) }
        var samplesByBucket: [Bucket: [Sample]] = [:]
        var storedByBucket: [Bucket: Sample?] = [:]
        var rest: [Int32] = []
        var lateByPeriod: [Int64: Int64] = [:]
        for number in run {
            let sample = records[Int(number)].sample
            var home: Bucket?
            for step in steps where sample.start.milliseconds < step.upTo && sample.periodMilliseconds < step.period {
                let bucket = Bucket(start: sample.start.floored(to: .milliseconds(step.period)), period: step.period)
                if storedByBucket[bucket] == nil {
                    storedByBucket[bucket] = try select.sample(
                        seriesID: series, start: bucket.start.milliseconds, period: bucket.period)?.sample
                }
                if let found = storedByBucket[bucket], found != nil {
                    home = bucket
                    break
                }
                lateByPeriod[step.period] = min(lateByPeriod[step.period] ?? .max, bucket.start.milliseconds)
            }
            if let home { samplesByBucket[home, default: []].append(sample) } else { rest.append(number) }
        }
        for (period, from) in lateByPeriod {
            try database.execute(
                sql: "UPDATE rollUp SET next = ?1 WHERE seriesId = ?2 AND period = ?3 AND next > ?1",
                arguments: [from, series, period])
        }
        let replacements = samplesByBucket.sorted { $0.key.start < $1.key.start }.compactMap { bucket, samples -> Sample? in
            guard let stored = storedByBucket[bucket] ?? nil else { return nil }
            return Self.replacement(bucket, samples, of: stored)
        }
        return (rest[...], replacements)
    }

    private struct Bucket: Hashable {
        var start: Timestamp
        var period: Int64
    }

    private static func replacement(_ bucket: Bucket, _ samples: [Sample], of stored: Sample) -> Sample? {
        var parts: [Sample] = []
        for sample in samples.sorted(by: { $0.precedes($1) }) {
            if let last = parts.last, last.isOfSameTime(as: sample) {
                parts[parts.count - 1] = last.united(with: sample)
            } else {
                parts.append(sample)
            }
        }
        let isWhole =
            parts.allSatisfy { $0.known.contains(.count) } || RollUp.isFilled(by: parts, bucket.start, bucket.period)
        guard isWhole, let whole = RollUp.sample(of: parts, from: bucket.start, period: bucket.period) else { return nil }
        return whole.isNearlySame(as: stored) ? nil : whole
    }
}

extension Sample {
    /// Whether it differs only by the rounding of sums added in another order.
    func isNearlySame(as other: Sample) -> Bool {
        func isNear(_ left: Double?, _ right: Double?) -> Bool {
            guard let left, let right else { return left == right }
            return abs(left - right) <= 1e-12 * max(abs(left), abs(right))
        }
        return known == other.known && unit == other.unit && count == other.count && isNear(sum, other.sum)
            && isNear(average, other.average) && minimum == other.minimum && maximum == other.maximum
    }
}
