/// Tells which month a cumulative charge belongs to: AWS/Billing's EstimatedCharges starts over on the first, UTC, but the
/// last month's figures may arrive after it ended.
///
/// A figure belongs to the month its stamp lies in, except that in the first 36 hours one that has not fallen below the old
/// month's last figure is the old month's. No figure is looked at before its time: the answer for one depends on those before
/// it alone, so that evaluating as data come in and evaluating all at once agree.
public struct MonthlyCounterReset: Sendable {
    /// How long after a month's beginning a figure of the old month may still arrive.
    static let lateness: Duration = .seconds(36 * 3600)
    /// How much of the old month's last figure a late one has at least; a new month begins far below.
    private static let shareKept = 0.95
    /// How near to its end the old month must have been seen.
    private static let nearness: Duration = .seconds(3 * 86_400)

    private var month: Timestamp?
    private var next = Timestamp(milliseconds: .min)
    private var last: (stamp: Timestamp, amount: Double)?

    /// Before the first figure.
    public init() {}

    /// The start of the month that the next figure belongs to; figures come in time order.
    public mutating func month(of stamp: Timestamp, amount: Double) -> Timestamp {
        if stamp >= next {
            let begin = stamp.startOfMonth
            if let month, let last, month.startOfNextMonth == begin, stamp < begin + Self.lateness, last.amount > 0,
                last.stamp >= begin - Self.nearness, amount >= last.amount * Self.shareKept
            {
                return month
            }
            (month, next) = (begin, begin.startOfNextMonth)
        }
        last = (stamp, amount)
        return month ?? stamp.startOfMonth
    }
}
