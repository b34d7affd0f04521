/// When a metric is expected to reach a bound.
public enum Crossing: Hashable, Sendable {
    /// Expected at a time, with the limits of the 80 % range; a limit is nil if it is later than can be said.
    case expected(Timestamp, earliest: Timestamp?, latest: Timestamp?)
    /// Not expected, and not even within the 80 % range before a time.
    case notBefore(Timestamp)
    /// The available and the required history.
    case insufficientHistory(has: Duration, needs: Duration)
}

extension Forecast {
    /// Crossings beyond two years are not reported.
    static let horizon = Duration.seconds(730 * 86_400)

    /// Computes when the metric reaches a bound after `now`.
    /// - Parameters:
    ///   - matched: The bound, in the base unit of the metric.
    ///   - isRising: Whether the bound is reached from below.
    ///   - now: The earliest time of the result.
    /// - Returns: `now` if the bound is already reached; never `insufficientHistory`.
    public func crossing(of matched: Double, isRising: Bool, from now: Timestamp) -> Crossing {
        let earliest = first(of: matched, isRising, from: now) { $0 + self.margin(at: $1, isRising ? self.above : self.below) }
        guard var expected = first(of: matched, isRising, from: now, { value, _ in value }) else {
            return .notBefore(earliest ?? reference + Self.horizon)
        }
        let latest = first(of: matched, isRising, from: now) { $0 - self.margin(at: $1, isRising ? self.below : self.above) }
        expected = withSeason(expected, matched, isRising)
        // A daily peak that comes later in the day moves all three times.
        return .expected(expected, earliest: earliest.map { min($0, expected) }, latest: latest.map { max($0, expected) })
    }

    /// The first time at which the trend, with the season at its extreme, reaches the bound; nil beyond two years.
    ///
    /// `edge` shifts a value toward the bound, or away from it.
    private func first(of matched: Double, _ isRising: Bool, from now: Timestamp, _ edge: (Double, Timestamp) -> Double)
        -> Timestamp?
    {
        let sign: Double = isRising ? 1 : -1
        let worst = sign * season.extreme(isLeast: !isRising)
        func reaches(_ seconds: Double) -> Bool {
            let time = now + .milliseconds(Int64(seconds * 1000))
            let trend = sign * (level + slope * (time - reference).seconds) + worst
            return edge(trend, time) >= sign * matched
        }
        if reaches(0) { return now }
        var (low, high) = (0.0, 3600.0)
        while !reaches(high) {
            guard high < Self.horizon.seconds else { return nil }
            (low, high) = (high, high * 1.25)
        }
        while high - low > 60 {
            let middle = (low + high) / 2
            if reaches(middle) { high = middle } else { low = middle }
        }
        return now + .milliseconds(Int64(high) * 1000)
    }

    /// The first hour within a week whose season reaches the bound.
    private func withSeason(_ time: Timestamp, _ matched: Double, _ isRising: Bool) -> Timestamp {
        guard !season.day.isEmpty || !season.week.isEmpty else { return time }
        for hour in 0..<168 {
            let later = time + .seconds(hour * 3600)
            if isRising ? value(at: later) >= matched : value(at: later) <= matched { return later }
        }
        return time
    }
}
