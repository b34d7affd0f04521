public import AdvisorCore
internal import GRDB

/// What the samples of several series come to over an interval.
public struct SeriesTotal: Hashable, Sendable {
    /// The sum of all samples, or the greatest, in the samples' own unit.
    public var value: Double
    /// Start of the last sample.
    public var last: Timestamp
}

extension Store {
    /// The sum of the samples of several series from `begin` up to, but not at, `end`.
    ///
    /// Where a series holds samples of several lengths, the finest of every interval count.
    /// - Returns: nil without a sample.
    /// - Throws: `StoreFailure`.
    public func sum(of series: [Int64], from begin: Timestamp, to end: Timestamp) throws -> SeriesTotal? {
        guard !series.isEmpty else { return nil }
        guard try holdsSeveralPeriods(series, from: begin, to: end) else {
            return try total("sum(coalesce(sum, average * coalesce(count, 1)))", of: series, from: begin, to: end)
        }
        var result: SeriesTotal?
        for id in series {
            let samples = try samples(of: id, from: begin, to: end)
            guard let last = samples.last?.start else { continue }
            let before = result ?? SeriesTotal(value: 0, last: last)
            result = SeriesTotal(value: before.value + RollUp.sum(of: samples), last: max(before.last, last))
        }
        return result
    }

    /// The greatest value of several series from `begin` up to, but not at, `end`.
    /// - Returns: nil without a sample.
    /// - Throws: `StoreFailure`.
    public func maximum(of series: [Int64], from begin: Timestamp, to end: Timestamp) throws -> SeriesTotal? {
        guard !series.isEmpty else { return nil }
        return try total("max(coalesce(maximum, average))", of: series, from: begin, to: end)
    }

    private func total(_ aggregate: String, of series: [Int64], from begin: Timestamp, to end: Timestamp) throws -> SeriesTotal? {
        let row = try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT \(aggregate) AS value, max(start) AS last FROM sample
                    WHERE seriesId IN (\(Self.list(series))) AND start >= ? AND start < ?
                    """, arguments: [begin.milliseconds, end.milliseconds])
        }
        guard let row, let value = row["value"] as Double?, let last = row["last"] as Int64?, value.isFinite else { return nil }
        return SeriesTotal(value: value, last: Timestamp(milliseconds: last))
    }

    /// Whether one of them holds samples of several lengths, so that an hour may be there twice.
    private func holdsSeveralPeriods(_ series: [Int64], from begin: Timestamp, to end: Timestamp) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM sample WHERE seriesId IN (\(Self.list(series))) AND start >= ? AND start < ?
                        GROUP BY seriesId HAVING min(period) <> max(period))
                    """, arguments: [begin.milliseconds, end.milliseconds])
        } ?? false
    }

    private static func list(_ series: [Int64]) -> String { series.map { "\($0)" }.joined(separator: ", ") }
}
