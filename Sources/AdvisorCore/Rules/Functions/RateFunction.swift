/// `rate(m)`, `rate(m, 7d)`: the change of a metric per second over the last day or a window.
///
/// The median of the slopes between the points of the window (Theil–Sen), computed once in each of at most 48 cells.
public struct RateFunction: RangeFunction {
    /// A metric, and optionally a window.
    public static let shape = RangeFunctionSignature.metricAndPerhapsTime
    /// The unit of the metric per time.
    public static func measure(of metric: QuantityKind) -> QuantityKind? {
        metric.isNumber && !metric.isRate ? metric.perTime : nil
    }

    private static let points: Int64 = 48
    private let window: Duration
    private let cell: Int64
    private var cells: CellMedians
    private var fitted: (end: Timestamp, value: RangeFunctionResult)?

    /// One day unless the call gives a window.
    public init(_ call: RangeFunctionCall) {
        window = call.time ?? .seconds(86_400)
        cell = SamplingInterval.length(covering: window, in: Self.points, atLeast: call.period)
        cells = CellMedians(length: cell)
    }

    /// The window and one cell.
    public var lookback: Duration { window + .milliseconds(2 * cell) }

    /// Known if half of the cells, and one of the last two, have data.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        let end = datapointSeries.end(of: number).floored(to: .milliseconds(cell))
        if let fitted, fitted.end == end { return fitted.value }
        let value = slope(endingAt: end, of: datapointSeries)
        fitted = (end, value)
        return value
    }

    private mutating func slope(endingAt end: Timestamp, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        let count = Int(max(2, window.milliseconds / cell))
        let medians = cells.medians(count, endingAt: end, of: datapointSeries)
        let known = medians.enumerated().compactMap { index, value in value.map { (index: index, value: $0) } }
        guard medians.suffix(2).contains(where: { $0 != nil }) else { return .noData }
        guard known.count * 2 >= count, known.count >= 2 else {
            guard let first = datapointSeries.firstKnown, first > end - window else { return .noData }
            return .insufficientHistory(has: end - first, needs: .milliseconds(window.milliseconds / 2))
        }
        let points = known.map { (time: Double($0.index) * Double(cell) / 1000, value: $0.value) }
        return RobustSlope(points).map { .value($0.slope) } ?? .noData
    }
}
