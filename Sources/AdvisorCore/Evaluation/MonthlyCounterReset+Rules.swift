/// Why an alarm on monthly charges ended.
extension MonthlyCounterReset {
    /// The time after a reset by which values of the new month arrive.
    private static let begun: Duration = .seconds(2 * 86_400)
    /// The metric that is reset.
    private static let metric = MetricID.estimatedCharges

    /// The sentence for an alarm that the new month ended.
    public static let words = "A new month has begun and the charges were reset; this is not a saving"

    /// Whether a rule uses charges that are reset on the first of the month.
    public static func governs(_ rule: Rule) -> Bool { rule.when.readings.contains { $0.metric == metric } }

    /// Whether an alarm that ended at a time may have ended because of the reset.
    public static func ends(at time: Timestamp) -> Bool { time - time.startOfMonth <= begun }

    /// The text for an alarm that ended because a new month began, which is not an improvement; nil if it ended for another
    /// reason.
    public static func note(on transition: Transition, of rule: Rule) -> String? {
        guard transition.from == .alarm, transition.to == .ok, ends(at: transition.at), governs(rule) else { return nil }
        return words
    }
}
