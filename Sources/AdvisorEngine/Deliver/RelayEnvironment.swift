public import AdvisorCore
public import AdvisorStore

/// What a relay uses of the machine: clock, randomness, waiting.
public struct RelayEnvironment: Sendable {
    /// The time now.
    public var clock: @Sendable () -> Timestamp
    /// A random number from 0 to 1.
    public var jitter: @Sendable () -> Double
    /// A new lease id.
    public var lease: @Sendable () -> String
    /// Whether the process with another lease still works.
    public var holder: @Sendable (String) -> LeaseHolder
    /// Waits.
    public var wait: @Sendable (Duration) -> Void
    /// Whether the program is ending: no further attempt is begun.
    public var isEnding: @Sendable () -> Bool

    /// Creates an environment.
    public init(
        clock: @escaping @Sendable () -> Timestamp, jitter: @escaping @Sendable () -> Double,
        lease: @escaping @Sendable () -> String, holder: @escaping @Sendable (String) -> LeaseHolder = { _ in .unknown },
        wait: @escaping @Sendable (Duration) -> Void,
        isEnding: @escaping @Sendable () -> Bool = { false }
    ) {
        (self.clock, self.jitter, self.lease, self.holder) = (clock, jitter, lease, holder)
        (self.wait, self.isEnding) = (wait, isEnding)
    }
}
