import Foundation

/// What a service was charged a month, at the pace of the days before something was done and of the days after it.
///
/// It is the whole service's bill, of all its resources: it shows what happened, and evaluates nothing.
public struct MeasuredCostChange: Hashable, Sendable, Codable {
    /// An id of the service catalog.
    public var service: String
    /// At the pace of the days before.
    public var before: Money
    /// At the pace of the days after.
    public var after: Money
    /// How many days tell of before.
    public var daysBefore: Int
    /// How many days tell of after.
    public var daysAfter: Int

    /// The days that are left out before it was said to be done: in them it may have been done already.
    private static let doing = 2
    private static let longest = 7
    private static let shortest = 2
    private static let daysPerMonth = Decimal(365) / 12

    /// Compares the week before with the week after.
    ///
    /// There is nothing to compare with fewer than two days on either side.
    /// - Parameters:
    ///   - service: An id of the service catalog.
    ///   - daily: What it cost each day; days of which nobody tells are absent.
    ///   - done: When it was said to be done.
    ///   - now: The day of this time is not over, and does not count.
    public init?(service: String, daily: [(day: CivilDate, cost: Money)], done: Timestamp, now: Timestamp) {
        let (day, today) = (done.date.daysSinceEpoch, now.date.daysSinceEpoch)
        let last = min(today - 1, day + Self.longest)
        guard last > day else { return nil }
        let first = day - Self.doing - Self.longest
        let before = daily.filter { $0.day.daysSinceEpoch >= first && $0.day.daysSinceEpoch < day - Self.doing }
        let after = daily.filter { $0.day.daysSinceEpoch > day && $0.day.daysSinceEpoch <= last }
        guard before.count >= Self.shortest, after.count >= Self.shortest else { return nil }
        self.service = service
        (self.before, self.after) = (Self.month(before), Self.month(after))
        (daysBefore, daysAfter) = (before.count, after.count)
    }

    private static func month(_ days: [(day: CivilDate, cost: Money)]) -> Money {
        let sum = days.reduce(Money(0)) { $0 + $1.cost }
        return Money((sum.amount / Decimal(days.count) * daysPerMonth).rounded(scale: 2), currency: sum.currency)
    }

    /// As a clause: `rds was charged $14.10 a month before and $25.80 after (7 and 3 days)`.
    public var words: String {
        "\(service) was charged \(before) a month before and \(after) after (\(daysBefore) and \(daysAfter) days)"
    }
}
