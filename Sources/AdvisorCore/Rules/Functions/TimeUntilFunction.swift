/// `time_until(m > 15GB)`: the time until a condition is expected to hold.
///
/// 0 if it already holds; infinite if no trend leads there. With less than a week of history it reports only crossings within
/// ten times that history.
public struct TimeUntilFunction: RangeFunction {
    /// A comparison.
    public static let shape = RangeFunctionSignature.comparison
    /// A time.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric.isNumber ? .time : nil }

    private let call: RangeFunctionCall
    private var fitting: ForecastFitter
    private var crossed: (reference: Timestamp, crossing: Crossing)?

    /// Uses up to four weeks of history.
    public init(_ call: RangeFunctionCall) {
        self.call = call
        fitting = ForecastFitter(history: Forecast.longestHistory, period: call.period, needs: Forecast.leastHistory)
    }

    /// The data to fit.
    public var lookback: Duration { fitting.lookback }

    /// Seconds from the end of the datapoint.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        if let value = datapointSeries.value(number), call.isMet(by: value) { return .value(0) }
        switch fitting.outcome(at: number, of: datapointSeries) {
        case .noData: return .noData
        case .insufficientHistory(let has, let needs): return .insufficientHistory(has: has, needs: needs)
        case .forecast(let forecast):
            switch crossing(forecast) {
            case .expected(let time, _, _): return .value(max(0, (time - datapointSeries.end(of: number)).seconds))
            case .notBefore: return .value(.infinity)
            case .insufficientHistory(let has, let needs): return .insufficientHistory(has: has, needs: needs)
            }
        }
    }

    /// When the bound is reached, with the earliest and the latest time.
    public mutating func outlook(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastEvidence? {
        switch fitting.outcome(at: number, of: datapointSeries) {
        case .noData: return nil
        case .insufficientHistory(let has, let needs): return .crossing(.insufficientHistory(has: has, needs: needs), basis: nil)
        case .forecast(let forecast):
            if let value = datapointSeries.value(number), call.isMet(by: value) { return nil }
            return .crossing(crossing(forecast), basis: forecast)
        }
    }

    private mutating func crossing(_ forecast: Forecast) -> Crossing {
        if let crossed, crossed.reference == forecast.reference { return crossed.crossing }
        let crossing = forecast.trustedCrossing(of: call.matched ?? 0, isRising: call.isRising, from: forecast.reference)
        crossed = (forecast.reference, crossing)
        return crossing
    }
}

extension Forecast {
    /// The crossing, or insufficient history if it is further ahead than a short history allows.
    public func trustedCrossing(of matched: Double, isRising: Bool, from now: Timestamp) -> Crossing {
        let crossing = crossing(of: matched, isRising: isRising, from: now)
        guard span < Self.wholeWeek else { return crossing }
        let limit = reference + .milliseconds(Int64(span.seconds * Self.reach * 1000))
        if case .expected(let time, _, _) = crossing, time <= limit { return crossing }
        return .insufficientHistory(has: span, needs: Self.wholeWeek)
    }
}
