import Foundation

/// The expected cost of a month, with its 80 % range.
public struct BillForecast: Hashable, Sendable {
    /// The booked charges; exact.
    public var spent: Money
    /// The expected cost at month end.
    public var expected: Money
    /// The lower limit of the 80 % range.
    public var low: Money
    /// The upper limit of the 80 % range.
    public var high: Money
    /// The running cost per day.
    public var perDay: Money
    /// The estimated one-time charges at the start of this month; part of `spent`.
    public var atOnce: Money
    /// The time up to which charges are known.
    public var dataUntil: Timestamp
    /// The number of days of charges used.
    public var daysUsed: Int

    /// Why there is no forecast.
    public enum Gap: Error, Reason {
        /// No charges are known.
        case noCharges
        /// Charges are known for this number of whole days; two are needed.
        case tooShort(days: Int)
        /// The charges are for months, so the running cost per day is unknown.
        case notDaily
        /// The newest charges are of this time, which is too long ago.
        case stale(since: Timestamp)
    }

    /// The number of whole days of charges that a forecast needs.
    public static let daysNeeded = SpendModel.daysNeeded
    /// Charges older than this allow no forecast.
    static let patience: Duration = .seconds(7 * 86_400)
    /// 80 % of a normal distribution lies within this number of standard deviations.
    static let deviations = 1.2816

    /// Forecasts the end of a month.
    /// - Parameters:
    ///   - spend: All known days, including this month's.
    ///   - spent: The exact cost of the month so far.
    ///   - begin: The start of the month.
    ///   - end: The start of the next month.
    ///   - asOf: The current time.
    /// - Throws: Why there is no forecast.
    public init(_ spend: DailySpend, spent: Money, from begin: Timestamp, to end: Timestamp, asOf: Timestamp) throws(Gap) {
        let until = spend.until
        guard asOf - until <= Self.patience || until >= end else { throw .stale(since: until) }
        guard !spend.days.isEmpty else { throw .notDaily }
        let from = max(until, begin)
        let month = from.startOfMonth.date.daysSinceEpoch
        guard let model = SpendModel(spend.days[...], month: month) else {
            throw .tooShort(days: spend.days.count { $0.share >= 0.95 })
        }
        let (mean, variance) = model.remaining(from: from, to: end)
        let half = Self.deviations * variance.squareRoot()
        func money(_ amount: Double) -> Money { Money((Money(sample: amount)?.amount ?? 0).rounded(scale: 2)) }
        self.spent = spent
        expected = Money((spent + money(mean)).amount.rounded(scale: 2))
        low = Money((spent + money(max(0, mean - half))).amount.rounded(scale: 2))
        high = Money((spent + money(mean + half)).amount.rounded(scale: 2))
        perDay = money(model.level)
        atOnce = money(max(0, model.bookedFirstCharge))
        dataUntil = until
        daysUsed = model.daysUsed
    }
}
