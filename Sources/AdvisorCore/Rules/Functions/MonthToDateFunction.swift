/// `month_to_date(estimated_charges)`: the cost of the calendar month so far, UTC, from a counter that is reset on the first.
///
/// Values are published every six hours, some of them late, so the last value of 36 hours counts. After month end the old
/// month's value counts until the new month's first value.
public struct MonthToDateFunction: RangeFunction {
    /// A metric.
    public static let shape = RangeFunctionSignature.metric
    /// A long datapoint may contain values of two months, of which the newest counts.
    public static let statistic: Statistic? = .latest
    /// Money, for metrics with money.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric == .money ? .money : nil }

    private let reach: Int64

    /// Uses the last 36 hours.
    public init(_ call: RangeFunctionCall) {
        reach = max(1, MonthlyCounterReset.lateness.milliseconds / call.period.milliseconds)
    }

    /// How long a value counts.
    public var lookback: Duration { MonthlyCounterReset.lateness }

    /// The last value.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        for earlier in 0..<reach { if let value = datapointSeries.value(number - earlier) { return .value(value) } }
        return .noData
    }
}

extension MonthToDateFunction: ExactRangeFunction {
    func exactValue(at number: Int64, of datapoints: ExactDatapoints) -> ExactNumber? {
        (0..<reach).lazy.map { number - $0 }.first { datapoints.series.value($0) != nil }.flatMap(datapoints.value)
    }
}
