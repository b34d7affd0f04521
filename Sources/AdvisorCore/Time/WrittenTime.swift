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

    /// The times that it may mean, in that zone where none is written.
    public func times(in zone: TimeZone) -> LocalTime { hasZone ? .once(utc) : LocalClock(zone: zone).times(showing: utc) }
}
