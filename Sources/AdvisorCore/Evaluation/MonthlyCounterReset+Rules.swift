/// Why an alarm on a month's charges ended.
extension MonthlyCounterReset {
    /// New figures of a month have come by then.
    private static let begun: Duration = .seconds(2 * 86_400)
    /// The metric that starts over.
    private static let metric = "estimated_charges"

    /// What is said of an alarm that the new month ended: one sentence.
    public static let words = "A new month has begun and the charges count from zero again; nothing was saved"

    /// Whether a rule reads charges that start over on the first.
    public static func governs(_ rule: Rule) -> Bool { rule.when.readings.contains { $0.metric == metric } }

    /// Whether an alarm that ended then may have ended because the month did.
    public static func ends(at time: Timestamp) -> Bool { time - time.startOfMonth <= begun }

    /// What to say of an alarm that ended because a new month began, which is no good news; nil when it ended otherwise.
    public static func note(on transition: Transition, of rule: Rule) -> String? {
        guard transition.from == .alarm, transition.to == .ok, ends(at: transition.at), governs(rule) else { return nil }
        return words
    }
}
