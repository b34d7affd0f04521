/// What a local time means, where clocks change.
public enum LocalTime: Hashable, Sendable {
    /// One time.
    case once(Timestamp)
    /// The clocks were put back: the time before the change, and the one after it.
    case twice(Timestamp, Timestamp)
    /// The clocks were put forward over it.
    case skipped
}
