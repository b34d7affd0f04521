/// `stddev(m, 1h)`: the standard deviation of the datapoints of a window.
///
/// That of the population, as Prometheus's `stddev_over_time` computes it; zero for a single datapoint.
public struct StandardDeviationFunction: RangeFunction {
    /// A metric and a window.
    public static let shape = RangeFunctionSignature.metricAndTime
    /// The unit of the metric.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric.isNumber ? metric : nil }

    private let window: Duration

    /// The window of the call, at least one datapoint.
    public init(_ call: RangeFunctionCall) { window = max(call.time ?? call.period, call.period) }

    /// The window.
    public var lookback: Duration { window }

    /// Known if half of the datapoints are, among them the newest.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        let window = WindowValues(window, endingAt: number, of: datapointSeries)
        guard let known = window.known else { return window.gap }
        let mean = known.reduce(0, +) / Double(known.count)
        let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return .value((squares / Double(known.count)).squareRoot())
    }
}

/// The known datapoints of the window that ends with a datapoint.
struct WindowValues {
    /// The values, oldest first; nil if fewer than half are known, or the newest is not.
    let known: [Double]?
    /// What is missing.
    let gap: RangeFunctionResult

    init(_ window: Duration, endingAt number: Int64, of datapointSeries: DatapointSeries) {
        let end = datapointSeries.end(of: number)
        let numbers = datapointSeries.numbers(from: end - window, to: end)
        let values = numbers.compactMap(datapointSeries.value)
        let all = window.milliseconds.ceilDiv(datapointSeries.period)
        if datapointSeries.value(number) != nil, Int64(values.count) * 2 >= all {
            (known, gap) = (values, .noData)
        } else if let first = datapointSeries.firstKnown, first > end - window, datapointSeries.value(number) != nil {
            (known, gap) = (nil, .insufficientHistory(has: end - first, needs: .milliseconds(window.milliseconds / 2)))
        } else {
            (known, gap) = (nil, .noData)
        }
    }
}
