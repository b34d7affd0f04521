public import Foundation

/// A time as a file writes it: with its zone, or without one.
public struct WrittenTime: Hashable, Sendable {
    /// The time, in UTC where no zone is written.
    public var utc: Timestamp
    /// Whether a zone is written.
    public var hasZone: Bool

    /// Parses what `Timestamp(text:)` parses.
    public init?(text: some StringProtocol) {
        guard let (time, hasZone) = Timestamp.parse(text) else { return nil }
        (utc, self.hasZone) = (time, hasZone)
    }

    /// The time, in that zone where none is written.
    ///
    /// A local time that occurs twice gives the first; one that is skipped gives the time of the clock change.
    public func time(in zone: TimeZone) -> Timestamp {
        guard !hasZone else { return utc }
        let ofMinute = utc.millisecondsOfDay % 60_000
        let minutes = Int(utc.millisecondsOfDay / 60_000)
        return LocalClock(zone: zone).time(utc.date, hour: minutes / 60, minute: minutes % 60) + .milliseconds(Int64(ofMinute))
    }
}
