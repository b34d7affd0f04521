/// One summary of one series over one period, as the source reported it.
///
/// Each statistic is known or not on its own, and none is derived from another.
public struct Sample: Hashable, Sendable {
    /// The statistics that a sample can know.
    public struct Statistics: OptionSet, Hashable, Sendable {
        /// One bit a statistic.
        public var rawValue: UInt8
        /// A set by its bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }
        /// How many observations the sample sums up.
        public static let count = Statistics(rawValue: 1)
        /// The sum of the observations.
        public static let sum = Statistics(rawValue: 2)
        /// The mean, where the source states it and not count and sum.
        public static let average = Statistics(rawValue: 4)
        /// The least observation.
        public static let minimum = Statistics(rawValue: 8)
        /// The greatest observation.
        public static let maximum = Statistics(rawValue: 16)
    }

    /// Start of the period that the sample sums up, UTC.
    public var start: Timestamp
    /// Milliseconds of the stated period; 0 when the source states none. Use `period`.
    public var periodMilliseconds: Int64
    /// The unit the source states; nil when it states none.
    public var unit: MetricUnit?
    /// Which of the numbers below are known; the others mean nothing.
    public var known: Statistics
    /// Raw storage of the count; ask `count`.
    public var rawCount: Double
    /// Raw storage of the sum; ask `sum`.
    public var rawSum: Double
    /// Raw storage of the average; ask `average`.
    public var rawAverage: Double
    /// Raw storage of the minimum; ask `minimum`.
    public var rawMinimum: Double
    /// Raw storage of the maximum; ask `maximum`.
    public var rawMaximum: Double
    /// Percentiles and other extra statistics, by CloudWatch's name for them: `p99.9`, `TM(25%:75%)`.
    public var extras: [ExtraStatistic]

    /// A sample of which nothing is known yet but its time.
    /// - Parameters:
    ///   - start: Start of its period.
    ///   - period: Its stated length; nil when the source states none.
    ///   - unit: nil when the source states none.
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

    /// The stated length of the period; nil when the source states none.
    public var period: Duration? {
        get { periodMilliseconds == 0 ? nil : .milliseconds(periodMilliseconds) }
        set { periodMilliseconds = newValue?.milliseconds ?? 0 }
    }

    /// How many observations; nil when unknown.
    public var count: Double? {
        get { known.contains(.count) ? rawCount : nil }
        set { rawCount = set(newValue, .count) }
    }

    /// Their sum; nil when unknown.
    public var sum: Double? {
        get { known.contains(.sum) ? rawSum : nil }
        set { rawSum = set(newValue, .sum) }
    }

    /// Their stated mean; nil when unknown.
    public var average: Double? {
        get { known.contains(.average) ? rawAverage : nil }
        set { rawAverage = set(newValue, .average) }
    }

    /// The least of them; nil when unknown.
    public var minimum: Double? {
        get { known.contains(.minimum) ? rawMinimum : nil }
        set { rawMinimum = set(newValue, .minimum) }
    }

    /// The greatest of them; nil when unknown.
    public var maximum: Double? {
        get { known.contains(.maximum) ? rawMaximum : nil }
        set { rawMaximum = set(newValue, .maximum) }
    }

    private mutating func set(_ value: Double?, _ statistic: Statistics) -> Double {
        if value == nil { known.remove(statistic) } else { known.insert(statistic) }
        return value ?? 0
    }
}

/// A statistic beyond the five, by the name CloudWatch gives it.
public struct ExtraStatistic: Hashable, Sendable {
    /// CloudWatch's name: `p99`, `TM(25%:75%)`.
    public var name: String
    /// In the sample's unit.
    public var value: Double

    /// A statistic by name and value.
    public init(name: String, value: Double) { (self.name, self.value) = (name, value) }
}
