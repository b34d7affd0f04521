internal import AdvisorCore

/// How long to wait after each failed attempt: the schedule that Standard Webhooks gives as its example.
///
/// Ten attempts over about 75 hours. Jitter only ever adds, so that many who failed together do not come back together.
struct RetrySchedule: Sendable {
    private static let pauses: [Duration] = [
        .seconds(5), .seconds(300), .seconds(1800), .seconds(2 * 3600), .seconds(5 * 3600), .seconds(10 * 3600),
        .seconds(14 * 3600), .seconds(20 * 3600), .seconds(24 * 3600),
    ]
    /// By how much a pause may grow, as a share of it.
    private static let spread = 0.2
    /// How often an alert is tried.
    static let attempts = pauses.count + 1

    /// The pause after the nth attempt, from 1; nil when it was the last.
    ///
    /// It is never shorter than the receiver's wish to be left alone; `jitter` is 0 to 1.
    static func pause(after attempt: Int, wish: Duration?, jitter: Double) -> Duration? {
        guard attempt <= pauses.count else { return nil }
        let pause = max(pauses[max(attempt, 1) - 1], wish ?? .zero)
        return pause + .milliseconds(Int64(Double(pause.milliseconds) * spread * min(max(jitter, 0), 1)))
    }
}
