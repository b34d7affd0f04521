/// `avg(cpu, offset: 7d)`: the value of an earlier datapoint, so that a metric can be compared with itself.
///
/// An offset that is not a multiple of the datapoint's length is rounded down to one.
public struct OffsetFunction: RangeFunction {
    /// A metric and a time.
    public static let shape = RangeFunctionSignature.metricAndTime
    /// The unit of the metric.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric.isNumber ? metric : nil }

    private let offset: Duration
    private let steps: Int64

    /// The offset of the call, at least one datapoint.
    public init(_ call: RangeFunctionCall) {
        offset = max(call.time ?? call.period, call.period)
        steps = offset.milliseconds / call.period.milliseconds
    }

    /// The offset and the datapoint before it.
    public var lookback: Duration { offset }

    /// The value then. A history that begins later is reported as such; otherwise a missing value is a gap.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        if let value = datapointSeries.value(number - steps) { return .value(value) }
        guard let first = datapointSeries.firstKnown, first > datapointSeries.start(of: number - steps) else { return .noData }
        return .insufficientHistory(has: datapointSeries.end(of: number) - first, needs: offset)
    }
}

extension OffsetFunction: ExactRangeFunction {
    func exactValue(at number: Int64, of datapoints: ExactDatapoints) -> ExactNumber? { datapoints.value(number - steps) }
}
