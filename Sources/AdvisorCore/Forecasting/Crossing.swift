/// When a metric is expected to reach a bound.
public enum Crossing: Hashable, Sendable {
    /// Expected then; `earliest` and `latest` bound four of five courses, nil for later than anybody can say.
    case expected(Timestamp, earliest: Timestamp?, latest: Timestamp?)
    /// Not expected at all, and not even an unlikely course reaches it before that time.
    case notBefore(Timestamp)
    /// What there is, and what is needed.
    case insufficientHistory(has: Duration, needs: Duration)
}

extension Forecast {
    /// Nobody asks for more than two years.
    static let horizon = Duration.seconds(730 * 86_400)

    /// When the metric reaches the bound, from `now` on.
    /// - Parameters:
    ///   - matched: In the base of the metric's measure.
    ///   - isRising: Whether it is reached from below.
    ///   - now: Nothing earlier is answered.
    /// - Returns: `now` where the bound is reached at it already; never `insufficientHistory`.
    public func crossing(of matched: Double, isRising: Bool, from now: Timestamp) -> Crossing {
        let earliest = first(of: matched, isRising, from: now) { $0 + self.margin(at: $1, isRising ? self.above : self.below) }
        guard var expected = first(of: matched, isRising, from: now, { value, _ in value }) else {
            return .notBefore(earliest ?? reference + Self.horizon)
        }
        let latest = first(of: matched, isRising, from: now) { $0 - self.margin(at: $1, isRising ? self.below : self.above) }
        expected = withSeason(expected, matched, isRising)
        // A daily peak that comes later than the rest of the day moves all three.
        return .expected(expected, earliest: earliest.map { min($0, expected) }, latest: latest.map { max($0, expected) })
    }

    /// The first time at which the trend, with the season at its worst, reaches the bound; nil beyond two years.
    ///
    /// `edge` moves a value at a time toward the bound, or away from it.
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

    /// The first hour from there within a week whose own season reaches the bound.
    private func withSeason(_ time: Timestamp, _ matched: Double, _ isRising: Bool) -> Timestamp {
        guard !season.day.isEmpty || !season.week.isEmpty else { return time }
        for hour in 0..<168 {
            let later = time + .seconds(hour * 3600)
            if isRising ? value(at: later) >= matched : value(at: later) <= matched { return later }
        }
        return time
    }
}
