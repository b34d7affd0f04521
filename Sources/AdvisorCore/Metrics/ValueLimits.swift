/// The values that a metric can have; a sample beyond them is an error of its source, not a measurement.
public struct ValueLimits: Hashable, Sendable {
    /// In the base unit; nil for no limit.
    public var minimum: Double?
    /// In the base unit; nil for no limit.
    public var maximum: Double?
    private let unit: MetricUnit
    /// A share of a full machine is measured a little above 100 % now and then.
    private static let tolerance = 1.005
    /// What rounding leaves of zero.
    private static let rounding = 1e-9

    /// Creates limits in a unit.
    /// - Parameters:
    ///   - unit: The unit of the limits, and of samples that state none.
    ///   - minimum: nil for 0, or for no limit where the unit is money.
    ///   - maximum: nil for no limit.
    public init(unit: MetricUnit, minimum: Double? = nil, maximum: Double? = nil) {
        self.unit = unit
        self.minimum = minimum.map(unit.baseValue) ?? (unit.conversion.measure.base == .money ? nil : 0)
        self.maximum = maximum.map(unit.baseValue)
    }

    /// A value beyond a limit.
    public struct Violation: Hashable, Sendable {
        /// The value.
        public var value: Quantity
        /// The limit.
        public var limit: Quantity
        /// Whether the value is above the limit, not below it.
        public var isAbove: Bool
    }

    /// The first value of a sample that is beyond a limit; nil if none is, or if its unit is of another kind.
    public func violation(of sample: borrowing Sample) -> Violation? {
        let stated = sample.unit ?? .none
        let sampleUnit = stated == .none ? unit : stated
        let kind = unit.conversion.measure
        guard sampleUnit.conversion.measure == kind else { return nil }
        func check(_ value: Double) -> Violation? {
            let value = sampleUnit.baseValue(of: value)
            if let maximum, value > maximum * Self.tolerance {
                return Violation(value: Quantity(value, kind), limit: Quantity(maximum, kind), isAbove: true)
            }
            if let minimum, value < minimum - Self.rounding {
                return Violation(value: Quantity(value, kind), limit: Quantity(minimum, kind), isAbove: false)
            }
            return nil
        }
        if sample.known.contains(.maximum), let violation = check(sample.rawMaximum) { return violation }
        if sample.known.contains(.minimum), let violation = check(sample.rawMinimum) { return violation }
        if sample.known.contains(.average), let violation = check(sample.rawAverage) { return violation }
        if sample.known.contains(.sum) {
            if sample.known.contains(.count), sample.rawCount > 0 {
                if let violation = check(sample.rawSum / sample.rawCount) { return violation }
            } else if minimum == 0, sample.rawSum < 0, let violation = check(sample.rawSum) {
                return violation
            }
        }
        for extra in sample.extras where extra.isPercentile {
            if let violation = check(extra.value) { return violation }
        }
        return nil
    }
}

extension ExtraStatistic {
    /// Whether it is a percentile such as `p99`, which has the range of the values themselves.
    fileprivate var isPercentile: Bool { name.first == "p" && (name.dropFirst().first?.isNumber ?? false) }
}
