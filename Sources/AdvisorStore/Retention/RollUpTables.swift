internal import AdvisorCore
internal import GRDB

/// How far each series is summed up, so that nothing is summed up twice and late samples find what they belong to.
enum RollUpTables {
    static func create(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE rollUp(
                    seriesId INTEGER NOT NULL REFERENCES series(id),
                    period INTEGER NOT NULL,    -- milliseconds of what was made
                    upTo INTEGER NOT NULL,      -- before it there may be such samples
                    next INTEGER NOT NULL,      -- where the next pass goes on: at most upTo
                    PRIMARY KEY (seriesId, period)
                ) STRICT, WITHOUT ROWID;
                """)
    }
}

/// How far one series is summed up.
struct RollUpProgress {
    struct Step {
        var period: Int64
        var upTo: Int64
    }

    /// Coarsest first; empty when it never was.
    let steps: [Step]
    private let series: Int64

    init(of series: Int64, _ database: Database) throws {
        self.series = series
        let statement = try database.cachedStatement(
            sql: "SELECT period, upTo FROM rollUp WHERE seriesId = ? ORDER BY period DESC")
        steps = try Row.fetchAll(statement, arguments: [series]).map { Step(period: $0["period"], upTo: $0["upTo"]) }
    }

    /// Takes those samples out of a run that belong to samples which were summed up before.
    ///
    /// An interval of them is looked at as one record of that sample: it replaces it when it knows at least as many
    /// observations, and is a late, older record otherwise. What belongs to no such sample stays, and is summed up by the
    /// next pass.
    /// - Returns: What stays of the run, and what stands for the rest, each to be stored as a later record.
    func sorted(
        _ run: ArraySlice<Int32>, of records: ContiguousArray<SampleBatch.Record>, _ select: SampleStatement,
        _ database: Database
    ) throws -> (run: ArraySlice<Int32>, replacements: [Sample]) {
        guard let furthest = steps.map(\.upTo).max(), let first = run.first,
            records[Int(first)].sample.start.milliseconds < furthest
        else { return (run, []) }
        var taken: [Bucket: [Sample]] = [:]
        var known: [Bucket: Sample?] = [:]
        var rest: [Int32] = []
        var late: [Int64: Int64] = [:]
        for number in run {
            let sample = records[Int(number)].sample
            var home: Bucket?
            for step in steps where sample.start.milliseconds < step.upTo && sample.periodMilliseconds < step.period {
                let bucket = Bucket(start: sample.start.floored(to: .milliseconds(step.period)), period: step.period)
                if known[bucket] == nil {
                    known[bucket] = try select.sample(
                        seriesID: series, start: bucket.start.milliseconds, period: bucket.period)?.sample
                }
                if let found = known[bucket], found != nil {
                    home = bucket
                    break
                }
                late[step.period] = min(late[step.period] ?? .max, bucket.start.milliseconds)
            }
            if let home { taken[home, default: []].append(sample) } else { rest.append(number) }
        }
        for (period, from) in late {
            try database.execute(
                sql: "UPDATE rollUp SET next = ?1 WHERE seriesId = ?2 AND period = ?3 AND next > ?1",
                arguments: [from, series, period])
        }
        let replacements = taken.sorted { $0.key.start < $1.key.start }.compactMap { bucket, samples -> Sample? in
            guard let stands = known[bucket] ?? nil else { return nil }
            return Self.replacement(bucket, samples, of: stands)
        }
        return (rest[...], replacements)
    }

    private struct Bucket: Hashable {
        var start: Timestamp
        var period: Int64
    }

    private static func replacement(_ bucket: Bucket, _ samples: [Sample], of stands: Sample) -> Sample? {
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
        return whole.isNearlySame(as: stands) ? nil : whole
    }
}

extension Sample {
    /// Whether it differs by no more than the order in which sums were added.
    func isNearlySame(as other: Sample) -> Bool {
        func isNear(_ left: Double?, _ right: Double?) -> Bool {
            guard let left, let right else { return left == right }
            return abs(left - right) <= 1e-12 * max(abs(left), abs(right))
        }
        return known == other.known && unit == other.unit && count == other.count && isNear(sum, other.sum)
            && isNear(average, other.average) && minimum == other.minimum && maximum == other.maximum
    }
}
