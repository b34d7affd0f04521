internal import AdvisorCore

/// The delay after each failed attempt: the example schedule of Standard Webhooks.
///
/// Ten attempts over about 75 hours. Jitter only adds, so that receivers that failed together are not retried together.
struct RetrySchedule: Sendable {
    private static let pauses: [Duration] = [
        .seconds(5), .seconds(300), .seconds(1800), .seconds(2 * 3600), .seconds(5 * 3600), .seconds(10 * 3600),
        .seconds(14 * 3600), .seconds(20 * 3600), .seconds(24 * 3600),
    ]
    /// The maximum jitter, as a share of the delay.
    private static let spread = 0.2
    /// The number of attempts.
    static let attempts = pauses.count + 1

    /// The delay after the nth attempt, from 1; nil after the last.
    ///
    /// Never shorter than the delay the receiver asked for; `jitter` is 0 to 1.
    static func pause(after attempt: Int, wish: Duration?, jitter: Double) -> Duration? {
        guard attempt <= pauses.count else { return nil }
        let pause = max(pauses[max(attempt, 1) - 1], wish ?? .zero)
        return pause + .milliseconds(Int64(Double(pause.milliseconds) * spread * min(max(jitter, 0), 1)))
    }
}
