/// A function over time: its value at a datapoint depends on the datapoints before it too.
///
/// To add one: a file in this folder with a type of this protocol, and a line in `Function.all`. It sees the datapoints of
/// its metric at the rule's effective period and none that end later than the one it is asked for, so that backtests,
/// scenarios and live use agree. One value serves a run of datapoints in order and may keep what it worked out.
public protocol RangeFunction: Sendable {
    /// What stands between its brackets.
    static var shape: RangeFunctionSignature { get }
    /// What it takes of each datapoint unless its author says; nil for the metric's own statistic.
    static var statistic: Statistic? { get }
    /// What its value measures, of a metric of that measure; nil when it means nothing of it.
    static func measure(of metric: QuantityKind) -> QuantityKind?

    /// The function as it was called.
    init(_ call: RangeFunctionCall)
    /// How far back from a datapoint's end it looks: what must be read for it.
    var lookback: Duration { get }
    /// Its value at the datapoint of that number, which lies in the course; numbers only rise.
    mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult
    /// What it foresees at that datapoint, for the evidence; nil when it foresees nothing.
    mutating func outlook(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastEvidence?
}

extension RangeFunction {
    /// The metric's own.
    public static var statistic: Statistic? { nil }
    /// Nothing is foreseen.
    public mutating func outlook(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastEvidence? { nil }
}

/// What stands between the brackets of a function over time.
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

/// A call of a function over time, with its arguments worked out.
public struct RangeFunctionCall: Hashable, Sendable {
    /// The length of a datapoint.
    public var period: Duration
    /// The second argument; nil without one.
    public var time: Duration?
    /// The bound of a comparison, in the base of the metric's measure; nil without one.
    public var matched: Double?
    /// Whether the comparison bounds from above, as `>` does; true without one.
    public var isRising: Bool
    /// Whether the bound itself counts, as with `>=`.
    public var includesBound: Bool

    /// A call by its parts.
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

/// What a function over time comes to at a datapoint.
public enum RangeFunctionResult: Hashable, Sendable {
    /// In the base of its measure; infinite for a time that nobody foresees.
    case value(Double)
    /// Nothing was measured of late, or too little of what is looked at.
    case noData
    /// The metric is too new: what there is, and what is needed.
    case insufficientHistory(has: Duration, needs: Duration)
}

/// What is foreseen; part of the evidence.
public enum ForecastEvidence: Hashable, Sendable {
    /// A value at a time, and where four of five values would lie, in the base of the metric's measure.
    case value(Double, range: ClosedRange<Double>, at: Timestamp, basis: Forecast)
    /// When a bound is reached.
    case crossing(Crossing, basis: Forecast?)
    /// What a month will have cost at its end.
    case monthEnd(BillForecast)
}
