import Foundation

/// The assumptions for the coming months.
public struct WhatIf: Hashable, Sendable {
    /// The source of a number.
    public enum Source: String, Hashable, Sendable {
        case given, measured, assumed
    }

    /// The id of the first tier.
    public var tier: String
    /// The current number of active users; nil if unknown.
    public var users: Double?
    /// The source of `users`.
    public var usersSource: Source
    /// The monthly growth, 0.1 for 10 %; more than -1.
    public var growth: Double
    /// The source of `growth`.
    public var growthSource: Source
    /// The number of months, including this one; at least 1.
    public var months: Int

    /// Creates assumptions; missing ones are taken from the history, and growth is zero if it is unknown.
    public init(
        tier: String, given: (users: Double?, growth: Double?), months: Int, target: EvaluationTarget?, vocabulary: Vocabulary,
        now: Timestamp
    ) {
        (self.tier, self.months) = (tier, max(1, months))
        let datapointSeries = target.flatMap { target in
            Datapoints(
                .activeUsers, .maximum, of: target, vocabulary: vocabulary, from: now - .seconds(14 * 86_400), to: now)
        }
        let measured = datapointSeries?.known.last?.value
        users = given.users ?? measured
        usersSource = given.users != nil ? .given : measured != nil ? .measured : .assumed
        if let growth = given.growth {
            (self.growth, growthSource) = (growth, .given)
        } else if let weekly = datapointSeries.flatMap({ Self.weekly($0, now: now) }) {
            // A month has 30 days here; weekly growth is compounded.
            (self.growth, growthSource) = (pow(weekly, 30.0 / 7) - 1, .measured)
        } else {
            (self.growth, growthSource) = (0, .assumed)
        }
    }

    /// The last seven days compared with the seven before; nil without both.
    private static func weekly(_ datapointSeries: Datapoints, now: Timestamp) -> Double? {
        let middle = now - .seconds(7 * 86_400)
        let (before, after) = (
            datapointSeries.known.filter { $0.start < middle }, datapointSeries.known.filter { $0.start >= middle }
        )
        let days = { (points: [Datapoints.Point]) in Double(points.count) * datapointSeries.period.seconds / 86_400 }
        guard days(before) >= 5, days(after) >= 5 else { return nil }
        let mean = { (points: [Datapoints.Point]) in points.reduce(0) { $0 + $1.value } / Double(points.count) }
        return mean(before) > 0 ? mean(after) / mean(before) : nil
    }
}
