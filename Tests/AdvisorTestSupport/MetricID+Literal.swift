public import AdvisorCore

/// Tests write a metric's name as in a rule; product code uses constants.
extension MetricID: ExpressibleByStringLiteral {
    /// The metric of that name.
    public init(stringLiteral value: String) { self.init(rawValue: value) }
}
