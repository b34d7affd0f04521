internal import AdvisorCore
internal import Foundation

/// The interval of time that a command is asked for.
struct InputInterval {
    let start: Timestamp
    let end: Timestamp

    private static let longest = Duration.seconds(14 * 86_400)

    /// From a while before the last time on, the first time two weeks; whole five minutes, as CloudWatch has them.
    init(since last: Timestamp?, overlap: Duration, now: Timestamp) {
        let until = now.floored(to: .seconds(60))
        let earliest = until - Self.longest
        start = max(earliest, last.map { min($0, until) - overlap } ?? earliest).floored(to: .seconds(300))
        end = until
    }

    /// The argument with its placeholders filled in.
    func fill(_ argument: String) -> String {
        argument.replacingOccurrences(of: "{start}", with: start.description).replacingOccurrences(
            of: "{end}", with: end.description)
    }
}
