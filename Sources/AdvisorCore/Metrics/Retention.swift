/// For how long samples are kept, and how fine; CloudWatch's own steps unless said.
///
/// What has outlived its step is summed up into the next coarser one, not dropped; only what is older than the last is.
public struct Retention: Hashable, Sendable {
    /// How long samples finer than five minutes stay as they are; nil for ever.
    public var minutes: Duration?
    /// How long samples finer than an hour stay as they are; nil for ever.
    public var fiveMinutes: Duration?
    /// How long any sample stays; nil for ever.
    public var hours: Duration?

    /// CloudWatch's: a minute for 15 days, five minutes for 63, an hour for 455.
    ///
    /// Source: Amazon CloudWatch User Guide, "Metrics retention".
    public static let cloudWatch = Retention(
        minutes: .seconds(15 * 86_400), fiveMinutes: .seconds(63 * 86_400), hours: .seconds(455 * 86_400))

    /// Nothing is summed up, nothing is dropped.
    public static let forever = Retention(minutes: nil, fiveMinutes: nil, hours: nil)

    /// A retention by its steps.
    public init(minutes: Duration?, fiveMinutes: Duration?, hours: Duration?) {
        (self.minutes, self.fiveMinutes, self.hours) = (minutes, fiveMinutes, hours)
    }

    /// The length that samples are summed up to, and the time before which they are, finest first.
    public func steps(asOf now: Timestamp) -> [(period: Duration, before: Timestamp)] {
        [(Duration.seconds(300), minutes), (.seconds(3600), fiveMinutes)].compactMap { period, keep in
            keep.map { (period, (now - $0).floored(to: period)) }
        }
    }

    /// The time before which samples are dropped; nil when none is.
    public func end(asOf now: Timestamp) -> Timestamp? { hours.map { (now - $0).floored(to: .seconds(3600)) } }
}
