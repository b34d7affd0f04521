/// `change(m, 7d)`: the change of a metric over a window.
///
/// The median of the last tenth of the window minus that of the tenth before the window, so that single outliers have no
/// effect; a step and a straight line give their exact change.
public struct ChangeFunction: RangeFunction {
    /// A metric and a window.
    public static let shape = RangeFunctionSignature.metricAndTime
    /// The unit of the metric.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric.isNumber ? metric : nil }

    private let window: Duration
    private let tenth: Duration
    private var (late, early) = (SlidingMedian(), SlidingMedian())

    /// The window of the call, of which a tenth is at least one datapoint.
    public init(_ call: RangeFunctionCall) {
        window = max(call.time ?? call.period, call.period)
        tenth = max(.milliseconds(window.milliseconds / 10), call.period)
    }

    /// The window and the tenth before it.
    public var lookback: Duration { window + tenth }

    /// Half of the datapoints of either tenth are needed. A history that is too short is reported as such; otherwise it is a
    /// gap.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        let end = datapointSeries.end(of: number)
        let before = early.median(from: end - window - tenth, to: end - window, of: datapointSeries)
        guard let after = late.median(from: end - tenth, to: end, of: datapointSeries) else { return .noData }
        guard let before else {
            guard let first = datapointSeries.firstKnown, first > end - window - tenth else { return .noData }
            return .insufficientHistory(has: end - first, needs: window + tenth)
        }
        return .value(after - before)
    }
}

extension ChangeFunction: ExactRangeFunction {
    func exactValue(at number: Int64, of datapoints: ExactDatapoints) -> ExactNumber? {
        let end = datapoints.series.end(of: number)
        guard let before = datapoints.median(from: end - window - tenth, to: end - window),
            let after = datapoints.median(from: end - tenth, to: end)
        else { return nil }
        return after - before
    }
}
