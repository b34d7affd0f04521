/// How long samples are kept at which period; CloudWatch's steps by default.
///
/// Samples older than a step are merged into the next longer period. Samples older than the last step are deleted.
public struct Retention: Hashable, Sendable {
    /// How long samples with a period below five minutes are kept; nil for ever.
    public var minutes: Duration?
    /// How long samples with a period below one hour are kept; nil for ever.
    public var fiveMinutes: Duration?
    /// How long all samples are kept; nil for ever.
    public var hours: Duration?

    /// The retention of CloudWatch: one minute for 15 days, five minutes for 63, one hour for 455.
    ///
    /// Source: Amazon CloudWatch User Guide, "Metrics retention".
    public static let cloudWatch = Retention(
        minutes: .seconds(15 * 86_400), fiveMinutes: .seconds(63 * 86_400), hours: .seconds(455 * 86_400))

    /// Keeps all samples unchanged.
    public static let forever = Retention(minutes: nil, fiveMinutes: nil, hours: nil)

    /// Creates a retention.
    public init(minutes: Duration?, fiveMinutes: Duration?, hours: Duration?) {
        (self.minutes, self.fiveMinutes, self.hours) = (minutes, fiveMinutes, hours)
    }

    /// The periods that samples are merged into, each with the time before which this happens, shortest first.
    public func steps(asOf now: Timestamp) -> [(period: Duration, before: Timestamp)] {
        [(Duration.seconds(300), minutes), (.seconds(3600), fiveMinutes)].compactMap { period, keep in
            keep.map { (period, (now - $0).floored(to: period)) }
        }
    }

    /// The time before which samples are deleted; nil if none are.
    public func end(asOf now: Timestamp) -> Timestamp? { hours.map { (now - $0).floored(to: .seconds(3600)) } }
}
