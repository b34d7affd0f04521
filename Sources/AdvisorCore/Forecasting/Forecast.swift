/// A forecast of a metric: a robust trend, daily and weekly seasons, and the usual deviation.
///
/// The method was chosen by backtest; see `Documentation.docc/Forecasting.md`.
public struct Forecast: Hashable, Sendable {
    /// The end of the known data.
    public let reference: Timestamp
    /// The value at the reference without season, in the base unit of the metric.
    public let level: Double
    /// The slope per second; zero if it is not significant.
    public let slope: Double
    /// The time from the first known cell to the reference.
    public let span: Duration
    let season: Season
    /// The distances of the lowest and highest tenth of values below and above; at least 0.
    let below: Double
    let above: Double
    /// The standard error of the slope, per second.
    let slopeError: Double
    /// The random walk of the level: variance per second.
    let drift: Double
    /// The change of the slope from week to week, per second.
    let bend: Double

    /// The normal quantile of the 80 % range, which Cost Explorer uses too.
    static let quantile = 1.2816

    /// The expected value at a time, in the base unit of the metric.
    public func value(at time: Timestamp) -> Double {
        level + slope * (time - reference).seconds + season.value(at: time)
    }

    /// The 80 % range at a time.
    public func interval(at time: Timestamp) -> ClosedRange<Double> {
        let center = value(at: time)
        let (low, high) = (center - margin(at: time, below), center + margin(at: time, above))
        // An overflow means that anything is possible.
        return low <= high ? low...high : -Double.infinity...Double.infinity
    }

    /// The usual deviation, widened by the drift of the level, the error of the slope and its change.
    func margin(at time: Timestamp, _ usual: Double) -> Double {
        let ahead = max(0, (time - reference).seconds)
        let tilt = slopeError * (ahead + min(span.seconds, Self.trendHistory.seconds) / 2)
        let turn = bend * ahead
        let growing = drift * ahead + tilt * tilt + turn * turn
        return (usual * usual + Self.quantile * Self.quantile * growing).squareRoot()
    }

    /// The seasons that were found, for the evidence: `day`, `week`.
    public var seasons: [String] { (season.day.isEmpty ? [] : ["day"]) + (season.week.isEmpty ? [] : ["week"]) }
}

/// The history that a forecast needs.
extension Forecast {
    /// The maximum history used: four weeks, in which each weekday occurs four times.
    public static let longestHistory = Duration.seconds(28 * 86_400)
    /// The slope is that of the last two full weeks, so that accelerating growth is followed.
    static let trendHistory = Duration.seconds(14 * 86_400)
    /// Less than a day of history allows no forecast.
    public static let leastHistory = Duration.seconds(86_400)
    /// A week includes all weekdays.
    static let wholeWeek = Duration.seconds(7 * 86_400)
    /// A forecast looks ahead at most ten times as far as the history goes back.
    static let reach = 10.0
    static let fewestCells = 8

    /// The history needed for a time ahead: a quarter of it, up to a week, and at least a tenth of it.
    static func neededHistory(ahead: Duration) -> Duration {
        let seconds = ahead.seconds
        return .milliseconds(Int64(max(min(wholeWeek.seconds, seconds / 4), seconds / reach) * 1000))
    }
}

/// A forecast, or why there is none.
public enum ForecastOutcome: Hashable, Sendable {
    case forecast(Forecast)
    /// No recent data.
    case noData
    /// The available and the required history.
    case insufficientHistory(has: Duration, needs: Duration)
}
