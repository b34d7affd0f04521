/// Assigns cumulative charges to months: AWS/Billing's EstimatedCharges is reset on the first (UTC), but values of the old
/// month may arrive later.
///
/// A value belongs to the month of its time, except that in the first 36 hours a value that has not fallen below the old
/// month's last value belongs to the old month. Only earlier values are considered, so evaluating as data arrives and
/// evaluating all at once agree.
public struct MonthlyCounterReset: Sendable {
    /// How long after the start of a month values of the old month may arrive.
    static let lateness: Duration = .seconds(36 * 3600)
    /// The share of the old month's last value that a late one has at least; a new month starts far below it.
    private static let shareKept = 0.95
    /// How close to its end the old month must have been observed.
    private static let nearness: Duration = .seconds(3 * 86_400)

    private var month: Timestamp?
    private var next = Timestamp(milliseconds: .min)
    private var last: (stamp: Timestamp, amount: Double)?

    /// Creates the state before the first value.
    public init() {}

    /// Returns the start of the month that the next value belongs to. Values must be in time order.
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
