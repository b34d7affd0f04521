import Foundation

/// The monthly charges of a service at the rate of the days before and after a recommendation was done.
///
/// It is the bill of the whole service with all its resources, for information only.
public struct MeasuredCostChange: Hashable, Sendable, Codable {
    /// The id of the service.
    public var service: String
    /// At the rate of the days before.
    public var before: Money
    /// At the rate of the days after.
    public var after: Money
    /// The number of days before.
    public var daysBefore: Int
    /// The number of days after.
    public var daysAfter: Int

    /// The days before *done* that are left out, because the change may already have been made.
    private static let doing = 2
    private static let longest = 7
    private static let shortest = 2
    private static let daysPerMonth = Decimal(365) / 12

    /// Compares the week before with the week after.
    ///
    /// nil with fewer than two days on either side.
    /// - Parameters:
    ///   - service: The id of the service.
    ///   - daily: The cost of each day; unknown days are absent.
    ///   - done: The time of *done*.
    ///   - now: The current time; its day is not over and does not count.
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
}
