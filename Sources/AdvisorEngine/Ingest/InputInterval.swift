internal import AdvisorCore
internal import Foundation

/// The interval requested from a command.
struct InputInterval {
    let start: Timestamp
    let end: Timestamp

    private static let longest = Duration.seconds(14 * 86_400)

    /// From some time before the last interval, the first time two weeks; in whole five minutes, as in CloudWatch.
    init(since last: Timestamp?, overlap: Duration, now: Timestamp) {
        let until = now.floored(to: .seconds(60))
        let earliest = until - Self.longest
        start = max(earliest, last.map { min($0, until) - overlap } ?? earliest).floored(to: .seconds(300))
        end = until
    }

    /// The argument with its placeholders replaced.
    func fill(_ argument: String) -> String {
        argument.replacingOccurrences(of: "{start}", with: start.description).replacingOccurrences(
            of: "{end}", with: end.description)
    }
}
