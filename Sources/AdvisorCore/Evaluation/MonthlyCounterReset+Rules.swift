/// Why an alarm on monthly charges ended.
extension MonthlyCounterReset {
    /// The time after a reset by which values of the new month arrive.
    private static let begun: Duration = .seconds(2 * 86_400)
    /// The metric that is reset.
    private static let metric = MetricID.estimatedCharges

    /// Whether a rule uses charges that are reset on the first of the month.
    public static func governs(_ rule: Rule) -> Bool { rule.when.readings.contains { $0.metric == metric } }

    /// Whether an alarm that ended at a time may have ended because of the reset.
    public static func ends(at time: Timestamp) -> Bool { time - time.startOfMonth <= begun }

    /// Whether an alarm ended because a new month began, which is not an improvement.
    public static func ended(_ transition: Transition, of rule: Rule) -> Bool {
        transition.from == .alarm && transition.to == .ok && ends(at: transition.at) && governs(rule)
    }
}
