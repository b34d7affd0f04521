/// One summary of one series over one period, as reported by the source.
///
/// Each statistic may be unknown, and none is derived from another.
public struct Sample: Hashable, Sendable {
    /// The statistics of a sample.
    public struct Statistics: OptionSet, Hashable, Sendable {
        /// One bit per statistic.
        public var rawValue: UInt8
        /// Creates a set from its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// The number of observations.
        public static let count = Statistics(rawValue: 1)
        /// The sum of the observations.
        public static let sum = Statistics(rawValue: 2)
        /// The mean, if the source states it instead of count and sum.
        public static let average = Statistics(rawValue: 4)
        /// The smallest observation.
        public static let minimum = Statistics(rawValue: 8)
        /// The largest observation.
        public static let maximum = Statistics(rawValue: 16)
    }

    /// The start of the period, UTC.
    public var start: Timestamp
    /// The stated period in milliseconds; 0 if the source states none. Use `period`.
    public var periodMilliseconds: Int64
    /// The stated unit; nil if the source states none.
    public var unit: MetricUnit?
    /// The statistics that are known; the other values are meaningless.
    public var known: Statistics
    /// Raw storage of the count; use `count`.
    public var rawCount: Double
    /// Raw storage of the sum; use `sum`.
    public var rawSum: Double
    /// Raw storage of the average; use `average`.
    public var rawAverage: Double
    /// Raw storage of the minimum; use `minimum`.
    public var rawMinimum: Double
    /// Raw storage of the maximum; use `maximum`.
    public var rawMaximum: Double
    /// Percentiles and other statistics by their CloudWatch name: `p99.9`, `TM(25%:75%)`.
    public var extras: [ExtraStatistic]

    /// Creates a sample without values.
    /// - Parameters:
    ///   - start: The start of its period.
    ///   - period: Its stated period; nil if the source states none.
    ///   - unit: The stated unit; nil if the source states none.
    public init(start: Timestamp, period: Duration? = nil, unit: MetricUnit? = nil) {
        self.start = start
        self.periodMilliseconds = period?.milliseconds ?? 0
        self.unit = unit
        known = []
        rawCount = 0
        rawSum = 0
        rawAverage = 0
        rawMinimum = 0
        rawMaximum = 0
        extras = []
    }

    /// The stated period; nil if the source states none.
    public var period: Duration? {
        get { periodMilliseconds == 0 ? nil : .milliseconds(periodMilliseconds) }
        set { periodMilliseconds = newValue?.milliseconds ?? 0 }
    }

    /// The number of observations; nil if unknown.
    public var count: Double? {
        get { known.contains(.count) ? rawCount : nil }
        set { rawCount = set(newValue, .count) }
    }

    /// The sum of the observations; nil if unknown.
    public var sum: Double? {
        get { known.contains(.sum) ? rawSum : nil }
        set { rawSum = set(newValue, .sum) }
    }

    /// The stated mean; nil if unknown.
    public var average: Double? {
        get { known.contains(.average) ? rawAverage : nil }
        set { rawAverage = set(newValue, .average) }
    }

    /// The smallest observation; nil if unknown.
    public var minimum: Double? {
        get { known.contains(.minimum) ? rawMinimum : nil }
        set { rawMinimum = set(newValue, .minimum) }
    }

    /// The largest observation; nil if unknown.
    public var maximum: Double? {
        get { known.contains(.maximum) ? rawMaximum : nil }
        set { rawMaximum = set(newValue, .maximum) }
    }

    private mutating func set(_ value: Double?, _ statistic: Statistics) -> Double {
        if value == nil { known.remove(statistic) } else { known.insert(statistic) }
        return value ?? 0
    }
}

/// A further statistic, by its CloudWatch name.
public struct ExtraStatistic: Hashable, Sendable {
    /// The CloudWatch name: `p99`, `TM(25%:75%)`.
    public var name: String
    /// The value, in the unit of the sample.
    public var value: Double

    /// Creates a statistic.
    public init(name: String, value: Double) { (self.name, self.value) = (name, value) }
}
