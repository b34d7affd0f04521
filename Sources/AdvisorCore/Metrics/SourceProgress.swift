/// How far the source of a series is complete: it is asked for its data now and then, and has nothing newer in between.
public struct SourceProgress: Hashable, Sendable {
    /// It was asked up to then, and what it gave up to then does not change any more.
    public var completeUpTo: Timestamp
    /// The time between two pulls.
    public var cadence: Duration

    /// Creates a progress.
    public init(completeUpTo: Timestamp, cadence: Duration) { (self.completeUpTo, self.cadence) = (completeUpTo, cadence) }

    /// Whether a pull is overdue: the record is older than twice the cadence.
    public func isStale(at now: Timestamp) -> Bool { now - completeUpTo > cadence * 2 }
}
