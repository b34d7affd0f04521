/// a time in UTC, to the millisecond.
///
/// Everything that is stored, compared or shown is UTC; there is no zone in it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds, as CloudWatch counts them.
    public var milliseconds: Int64

    /// a time by its milliseconds since the Unix epoch.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// a time by its seconds since the Unix epoch.
    public init(seconds: Int64) { self.milliseconds = seconds * 1000 }

    /// Earlier times come first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    /// The time a duration later (earlier when it is negative), to the millisecond.
    public static func + (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds + duration.milliseconds)
    }

    /// The time a duration earlier, to the millisecond.
    public static func - (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(milliseconds: time.milliseconds - duration.milliseconds)
    }

    /// The time from the right time to the left one.
    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }

    /// The last multiple of `period`, counted from the Unix epoch, at or before the time.
    /// - Parameter period: More than zero.
    /// - Returns: The time itself when it is such a multiple.
    public func floored(to period: Duration) -> Timestamp {
        let length = period.milliseconds
        let remainder = milliseconds % length
        return Timestamp(milliseconds: milliseconds - (remainder < 0 ? remainder + length : remainder))
    }
}

extension Duration {
    /// Whole milliseconds; what is finer is cut off.
    public var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// Seconds as a number, for arithmetic on samples.
    public var seconds: Double { Double(milliseconds) / 1000 }
}
