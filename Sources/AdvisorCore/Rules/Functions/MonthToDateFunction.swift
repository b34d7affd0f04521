/// `month_to_date(estimated_charges)`: what the calendar month, UTC, has cost so far, by a counter that starts over on the first.
///
/// Figures come every six hours and some are late, so the last one of 36 hours stands; after a month's end the old month's
/// stands until the new month's first figure says otherwise.
public struct MonthToDateFunction: RangeFunction {
    /// A metric.
    public static let shape = RangeFunctionSignature.metric
    /// A long datapoint may hold figures of two months, of which the newest counts.
    public static let statistic: Statistic? = .latest
    /// Money, of money.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric == .money ? .money : nil }

    private let reach: Int64

    /// Looks 36 hours back.
    public init(_ call: RangeFunctionCall) {
        reach = max(1, MonthlyCounterReset.lateness.milliseconds / call.period.milliseconds)
    }

    /// How long a figure stands.
    public var lookback: Duration { MonthlyCounterReset.lateness }

    /// The last figure.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        for earlier in 0..<reach { if let value = datapointSeries.value(number - earlier) { return .value(value) } }
        return .noData
    }
}
