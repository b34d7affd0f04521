/// When a budget's months begin: in UTC, or in the zone that the budget names.
public struct BudgetCalendar: Hashable, Sendable {
    /// The name of the time zone, such as `Asia/Seoul`; nil for UTC.
    public let zone: String?
    private let clock: LocalClock?

    /// Months in UTC.
    public static let utc = BudgetCalendar()

    private init() { (zone, clock) = (nil, nil) }

    /// Months in a zone of the zone database; nil for an unknown name.
    public init?(zone: String) {
        if zone == "UTC" || zone == "Etc/UTC" {
            self = .utc
            return
        }
        guard let clock = LocalClock(zone: zone) else { return nil }
        (self.zone, self.clock) = (zone, clock)
    }

    /// The month that a time lies in: its beginning and the next month's.
    public func month(of time: Timestamp) -> (begin: Timestamp, end: Timestamp) {
        clock?.month(of: time) ?? (time.startOfMonth, time.startOfNextMonth)
    }

    /// The name of the month that begins at a time, in the calendar's zone: `2026-03`.
    public func name(_ begin: Timestamp) -> String {
        // No zone is more than a day away from UTC, and no month is shorter than four weeks.
        let middle = (begin + .seconds(14 * 86_400)).date
        return "\(middle.year)-\(middle.month < 10 ? "0" : "")\(middle.month)"
    }
}
