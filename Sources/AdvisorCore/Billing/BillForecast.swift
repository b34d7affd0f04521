import Foundation

/// What a month will have cost at its end, with the range it lies in four times out of five.
public struct BillForecast: Hashable, Sendable {
    /// What is booked; exact.
    public var spent: Money
    /// At the month's end.
    public var expected: Money
    /// The lower end of the 80 % interval.
    public var low: Money
    /// The upper end of the 80 % interval.
    public var high: Money
    /// A day's worth of what runs.
    public var perDay: Money
    /// What this month was charged at its beginning, as estimated; part of `spent`.
    public var atOnce: Money
    /// The time up to which charges are known.
    public var dataUntil: Timestamp
    /// Days of charges that it learned from.
    public var daysUsed: Int

    /// Why there is no forecast.
    public enum Gap: Error, Hashable, Sendable {
        /// No charges are known at all.
        case noCharges
        /// Charges of so many whole days are known; two are needed.
        case tooShort(days: Int)
        /// Nothing is known since that time, which is too long ago.
        case stale(since: Timestamp)

        /// As a sentence's end.
        public var words: String {
            switch self {
            case .noCharges: "no charges are known"
            case .tooShort(let days):
                "\(days == 0 ? "no whole day" : days == 1 ? "one day" : "\(days) days") of charges; a forecast needs "
                    + "\(SpendModel.daysNeeded)\(days >= SpendModel.daysNeeded ? ", besides the first of the month" : "")"
            case .stale(let since): "no charges since \(since)"
            }
        }
    }

    /// Charges older than this say nothing of the month's end.
    static let patience: Duration = .seconds(7 * 86_400)
    /// Of a normal distribution, four fifths lie within so many standard deviations.
    static let deviations = 1.2816

    /// Foresees the end of a month.
    /// - Parameters:
    ///   - spend: Every day known, this month's too.
    ///   - spent: What the month has cost so far, exact.
    ///   - begin: The month's first time.
    ///   - end: The next month's first time.
    ///   - asOf: Now.
    /// - Throws: Why it cannot be foreseen.
    public init(_ spend: DailySpend, spent: Money, from begin: Timestamp, to end: Timestamp, asOf: Timestamp) throws(Gap) {
        let until = spend.until
        guard asOf - until <= Self.patience || until >= end else { throw .stale(since: until) }
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
