/// A point in time in UTC, with millisecond precision.
///
/// Everything that is stored, compared or shown is in UTC.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds, as CloudWatch counts them.
    public var milliseconds: Int64

    /// Creates a time from milliseconds since the Unix epoch.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Creates a time from seconds since the Unix epoch.
    public init(seconds: Int64) { self.milliseconds = seconds * 1000 }

    /// Earlier times come first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// Adds a duration, truncated to milliseconds.
    public static func + (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds + duration.milliseconds)
    }

    /// Subtracts a duration, truncated to milliseconds.
    public static func - (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds - duration.milliseconds)
    }

    /// The duration from the right time to the left one.
    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }

    /// The last multiple of `period`, counted from the Unix epoch, at or before the time.
    /// - Parameter period: More than zero.
    /// - Returns: The time itself if it is a multiple.
    public func floored(to period: Duration) -> Timestamp {
        let length = period.milliseconds
        let remainder = milliseconds % length
        return Timestamp(milliseconds: milliseconds - (remainder < 0 ? remainder + length : remainder))
    }
}

extension Duration {
    /// The duration in whole milliseconds, truncated.
    public var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// The duration in seconds, for arithmetic on samples.
    public var seconds: Double { Double(milliseconds) / 1000 }
}
