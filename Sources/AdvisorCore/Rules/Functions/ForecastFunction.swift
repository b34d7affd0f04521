/// `forecast(m, 30d)`: the expected value after a time.
public struct ForecastFunction: RangeFunction {
    /// A metric and a time.
    public static let shape = RangeFunctionSignature.metricAndTime
    /// A tenth of the time is needed as history, of which four weeks are used.
    public static var longestTime: Duration? { .seconds(Int64(Forecast.longestHistory.seconds * Forecast.reach)) }
    /// The unit of the metric.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric.isNumber ? metric : nil }

    private let ahead: Duration
    private var fitting: ForecastFitter

    /// The history is 24 times the time ahead, between one day and four weeks.
    public init(_ call: RangeFunctionCall) {
        ahead = call.time ?? call.period
        let history = min(max(ahead * 24, .seconds(86_400)), Forecast.longestHistory)
        fitting = ForecastFitter(history: history, period: call.period, needs: Forecast.neededHistory(ahead: ahead))
    }

    /// The data to fit.
    public var lookback: Duration { fitting.lookback }

    /// The fitted trend and seasons.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        switch fitting.outcome(at: number, of: datapointSeries) {
        case .forecast(let forecast): .value(forecast.value(at: datapointSeries.end(of: number) + ahead))
        case .noData: .noData
        case .insufficientHistory(let has, let needs): .insufficientHistory(has: has, needs: needs)
        }
    }

    /// The value and its 80 % range.
    public mutating func outlook(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastEvidence? {
        guard case .forecast(let forecast) = fitting.outcome(at: number, of: datapointSeries) else { return nil }
        let time = datapointSeries.end(of: number) + ahead
        return .value(forecast.value(at: time), range: forecast.interval(at: time), at: time, basis: forecast)
    }
}
