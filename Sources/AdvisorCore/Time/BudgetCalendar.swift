import Foundation

/// When a budget's months begin: in UTC, or in the zone that somebody budgets by.
public struct BudgetCalendar: Hashable, Sendable {
    /// The zone's name, as `Asia/Seoul`; nil for UTC.
    public let zone: String?
    private let calendar: Calendar?

    /// Months in UTC.
    public static let utc = BudgetCalendar()

    private init() { (zone, calendar) = (nil, nil) }

    /// Months in a zone; nil when nobody knows it.
    public init?(zone: String) {
        if zone == "UTC" || zone == "Etc/UTC" {
            self = .utc
            return
        }
        guard let known = TimeZone(identifier: zone) else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = known
        (self.zone, self.calendar) = (zone, calendar)
    }

    /// The month that a time lies in: its first time, and the next month's.
    public func month(of time: Timestamp) -> (begin: Timestamp, end: Timestamp) {
        let plain = (time.startOfMonth, time.startOfNextMonth)
        guard let calendar else { return plain }
        let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
        guard let interval = calendar.dateInterval(of: .month, for: date) else { return plain }
        func stamp(_ date: Date) -> Timestamp { Timestamp(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded())) }
        return (stamp(interval.start), stamp(interval.end))
    }

    /// The first day of the month that begins then, as the zone's calendar has it: `2026-03`.
    public func name(_ begin: Timestamp) -> String {
        // No zone is more than a day away from UTC, and no month is shorter than four weeks.
        let middle = (begin + .seconds(14 * 86_400)).date
        return "\(middle.year)-\(middle.month < 10 ? "0" : "")\(middle.month)"
    }
}
