/// `increase(m, 1h)`: how much a counter grew over a window.
///
/// The sum of the differences between the datapoints; after a fall, which is a reset, the counter has grown by its new value.
/// Nothing is extrapolated to the ends of the window, unlike Prometheus's `increase`.
public struct IncreaseFunction: RangeFunction {
    /// A metric and a window.
    public static let shape = RangeFunctionSignature.metricAndTime
    /// The newest value of each datapoint.
    public static let statistic: Statistic? = .latest
    /// The unit of the metric.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric.isNumber && !metric.isRate ? metric : nil }

    private let window: Duration

    /// The window of the call, at least one datapoint.
    public init(_ call: RangeFunctionCall) { window = max(call.time ?? call.period, call.period) }

    /// The window, and the datapoint before it.
    public var lookback: Duration { window + .milliseconds(1) }

    /// Known if half of the datapoints of the window are, among them the newest, and one before it.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        let steps = window.milliseconds / datapointSeries.period
        let longer = Duration.milliseconds((steps + 1) * datapointSeries.period)
        let values = WindowValues(longer, endingAt: number, of: datapointSeries)
        guard let known = values.known else { return values.gap }
        guard known.count > 1 else { return .noData }
        return .value(zip(known, known.dropFirst()).reduce(0) { $0 + ($1.1 >= $1.0 ? $1.1 - $1.0 : $1.1) })
    }
}

extension IncreaseFunction: ExactRangeFunction {
    func exactValue(at number: Int64, of datapoints: ExactDatapoints) -> ExactNumber? {
        let steps = window.milliseconds / datapoints.series.period
        let end = datapoints.series.end(of: number)
        let begin = end - .milliseconds((steps + 1) * datapoints.series.period)
        guard let known = datapoints.values(from: begin, to: end), known.count > 1 else { return nil }
        return zip(known, known.dropFirst()).reduce(ExactNumber(0)) { $0 + ($1.1 < $1.0 ? $1.1 : $1.1 - $1.0) }
    }
}
