/// Where a metric is going: a robust trend, what comes back every day and week, and how far off that usually is.
///
/// The method was chosen by backtest; `Documentation.docc/Forecasting.md` has the comparison.
public struct Forecast: Hashable, Sendable {
    /// The last time that anything is known of.
    public let reference: Timestamp
    /// The value at the reference without season, in the base of the metric's measure.
    public let level: Double
    /// Per second; zero where no trend can be told from chance.
    public let slope: Double
    /// The time from the first known cell to the reference.
    public let span: Duration
    let season: Season
    /// How far the lowest and the highest tenth of values lay below and above; at least 0.
    let below: Double
    let above: Double
    /// One standard error of the slope, per second.
    let slopeError: Double
    /// How far the level wanders by itself: the variance per second.
    let drift: Double
    /// How much the slope changes from week to week, per second.
    let bend: Double

    /// The normal quantile of the 80 % interval, the share that Cost Explorer uses too.
    static let quantile = 1.2816

    /// What is expected at a time, in the base of the metric's measure.
    public func value(at time: Timestamp) -> Double {
        level + slope * (time - reference).seconds + season.value(at: time)
    }

    /// Where four of five values are expected to lie.
    public func interval(at time: Timestamp) -> ClosedRange<Double> {
        let center = value(at: time)
        let (low, high) = (center - margin(at: time, below), center + margin(at: time, above))
        // What overflows says nothing, and so is anywhere.
        return low <= high ? low...high : -Double.infinity...Double.infinity
    }

    /// The usual distance, widened by what the level may drift, by what the slope may be off, and by its changing.
    func margin(at time: Timestamp, _ usual: Double) -> Double {
        let ahead = max(0, (time - reference).seconds)
        let tilt = slopeError * (ahead + min(span.seconds, Self.trendHistory.seconds) / 2)
        let turn = bend * ahead
        let growing = drift * ahead + tilt * tilt + turn * turn
        return (usual * usual + Self.quantile * Self.quantile * growing).squareRoot()
    }

    /// Which seasons were found, for the evidence: `day`, `week`.
    public var seasons: [String] { (season.day.isEmpty ? [] : ["day"]) + (season.week.isEmpty ? [] : ["week"]) }
}

/// How much history a forecast wants.
extension Forecast {
    /// What is looked at, at most: four weeks, so that each weekday is there four times.
    public static let longestHistory = Duration.seconds(28 * 86_400)
    /// The slope is that of the last two weeks: both have all their days, and what grows faster and faster is not behind.
    static let trendHistory = Duration.seconds(14 * 86_400)
    /// With less than a day nothing is said of days to come.
    public static let leastHistory = Duration.seconds(86_400)
    /// A week has all its days in it.
    static let wholeWeek = Duration.seconds(7 * 86_400)
    /// Nobody sees farther ahead than ten times as far as behind.
    static let reach = 10.0
    static let fewestCells = 8

    /// What must be known to say something of a time so far ahead: a quarter of it, and at most a week; and a tenth of it.
    static func neededHistory(ahead: Duration) -> Duration {
        let seconds = ahead.seconds
        return .milliseconds(Int64(max(min(wholeWeek.seconds, seconds / 4), seconds / reach) * 1000))
    }
}

/// A forecast, or why there is none.
public enum ForecastOutcome: Hashable, Sendable {
    case forecast(Forecast)
    /// Nothing was measured of late.
    case noData
    /// What there is, and what is needed.
    case insufficientHistory(has: Duration, needs: Duration)
}
