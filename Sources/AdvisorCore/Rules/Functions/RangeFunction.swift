/// A range function: its value at a datapoint depends on earlier datapoints too.
///
/// To add one, add a type that conforms to this protocol in this folder, and a line in `Function.all`. It gets the datapoints
/// of its metric at the rule's effective period, none of which ends after the evaluated one, so that backtests, scenarios and
/// live runs agree. One instance serves consecutive datapoints and may cache results.
public protocol RangeFunction: Sendable {
    /// The signature of its arguments.
    static var shape: RangeFunctionSignature { get }
    /// The default statistic of its datapoints; nil for the metric's own.
    static var statistic: Statistic? { get }
    /// The longest second argument for which the function can ever have enough history; nil for any.
    static var longestTime: Duration? { get }
    /// The kind of quantity of its value for a kind of metric; nil if it is not applicable.
    static func measure(of metric: QuantityKind) -> QuantityKind?

    /// Creates the function for a call.
    init(_ call: RangeFunctionCall)
    /// How far before the end of a datapoint it reads.
    var lookback: Duration { get }
    /// The value at a datapoint of the series; numbers only increase.
    mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult
    /// The forecast at a datapoint, for the evidence; nil if there is none.
    mutating func outlook(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastEvidence?
}

extension RangeFunction {
    /// The metric's own.
    public static var statistic: Statistic? { nil }
    /// Any.
    public static var longestTime: Duration? { nil }
    /// No forecast.
    public mutating func outlook(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastEvidence? { nil }
}

/// The signature of a range function's arguments.
public enum RangeFunctionSignature: Hashable, Sendable {
    /// `f(metric)`.
    case metric
    /// `f(metric, 7d)`.
    case metricAndTime
    /// `f(metric)` or `f(metric, 7d)`.
    case metricAndPerhapsTime
    /// `f(metric > 15GB)`: a metric, and a bound of numbers and facts.
    case comparison
}

/// A call of a range function with resolved arguments.
public struct RangeFunctionCall: Hashable, Sendable {
    /// The length of a datapoint.
    public var period: Duration
    /// The second argument; nil if there is none.
    public var time: Duration?
    /// The bound, in the base unit of the metric; nil if there is none.
    public var matched: Double?
    /// Whether the bound is an upper one, as with `>`; true if there is none.
    public var isRising: Bool
    /// Whether the bound itself is included, as with `>=`.
    public var includesBound: Bool

    /// Creates a call.
    public init(
        period: Duration, time: Duration? = nil, matched: Double? = nil, isRising: Bool = true, includesBound: Bool = false
    ) {
        (self.period, self.time, self.matched, self.isRising, self.includesBound) = (
            period, time, matched, isRising, includesBound
        )
    }

    /// Whether a value meets the comparison.
    public func isMet(by value: Double) -> Bool {
        guard let matched else { return false }
        if value == matched { return includesBound }
        return isRising ? value > matched : value < matched
    }
}

/// The value of a range function at a datapoint.
public enum RangeFunctionResult: Hashable, Sendable {
    /// The value in its base unit; infinite for a time that is not expected.
    case value(Double)
    /// No recent data, or too little of what is needed.
    case noData
    /// The metric is too new: the available and the required history.
    case insufficientHistory(has: Duration, needs: Duration)
}

/// The forecast behind a value; part of the evidence.
public enum ForecastEvidence: Hashable, Sendable {
    /// The expected value at a time with its 80 % range, in the base unit of the metric.
    case value(Double, range: ClosedRange<Double>, at: Timestamp, basis: Forecast)
    /// When a bound is reached.
    case crossing(Crossing, basis: Forecast?)
    /// The expected cost of a month.
    case monthEnd(BillForecast)
}
