import Foundation

/// What is supposed of the months to come.
public struct WhatIf: Hashable, Sendable {
    /// Where a number comes from.
    public enum Source: String, Hashable, Sendable {
        case given, measured, assumed
    }

    /// An id of the catalog to begin with.
    public var tier: String
    /// Active users now; nil when nobody knows.
    public var users: Double?
    /// Where `users` comes from.
    public var usersSource: Source
    /// A month's growth, 0.1 for a tenth; more than -1.
    public var growth: Double
    /// Where `growth` comes from.
    public var growthSource: Source
    /// How many months, this one included; at least 1.
    public var months: Int

    /// Suppositions; what is not given is taken from the history where it tells, else growth is none.
    public init(
        tier: String, given: (users: Double?, growth: Double?), months: Int, target: EvaluationTarget?, vocabulary: Vocabulary,
        now: Timestamp
    ) {
        (self.tier, self.months) = (tier, max(1, months))
        let datapointSeries = target.flatMap { target in
            Datapoints(
                "active_users", .maximum, of: target, vocabulary: vocabulary, from: now - .seconds(14 * 86_400), to: now)
        }
        let measured = datapointSeries?.known.last?.value
        users = given.users ?? measured
        usersSource = given.users != nil ? .given : measured != nil ? .measured : .assumed
        if let growth = given.growth {
            (self.growth, growthSource) = (growth, .given)
        } else if let weekly = datapointSeries.flatMap({ Self.weekly($0, now: now) }) {
            // A month has 30 days here; growth of a week, so many times over.
            (self.growth, growthSource) = (pow(weekly, 30.0 / 7) - 1, .measured)
        } else {
            (self.growth, growthSource) = (0, .assumed)
        }
    }

    /// The last seven days against the seven before; nil without both.
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
