/// `forecast(m, 30d)`: the value expected after a time.
public struct ForecastFunction: RangeFunction {
    /// A metric, and how far ahead.
    public static let shape = RangeFunctionSignature.metricAndTime
    /// As the metric.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric.isNumber ? metric : nil }

    private let ahead: Duration
    private var fitting: ForecastFitter

    /// History is looked at 24 times as far as ahead, between a day and four weeks.
    public init(_ call: RangeFunctionCall) {
        ahead = call.time ?? call.period
        let history = min(max(ahead * 24, .seconds(86_400)), Forecast.longestHistory)
        fitting = ForecastFitter(history: history, period: call.period, needs: Forecast.neededHistory(ahead: ahead))
    }

    /// What is fitted.
    public var lookback: Duration { fitting.lookback }

    /// The trend with its seasons.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        switch fitting.outcome(at: number, of: datapointSeries) {
        case .forecast(let forecast): .value(forecast.value(at: datapointSeries.end(of: number) + ahead))
        case .noData: .noData
        case .insufficientHistory(let has, let needs): .insufficientHistory(has: has, needs: needs)
        }
    }

    /// The value with its interval.
    public mutating func outlook(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastEvidence? {
        guard case .forecast(let forecast) = fitting.outcome(at: number, of: datapointSeries) else { return nil }
        let time = datapointSeries.end(of: number) + ahead
        return .value(forecast.value(at: time), range: forecast.interval(at: time), at: time, basis: forecast)
    }
}
