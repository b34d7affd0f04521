internal import Algorithms
import Foundation

/// What was spent on one thing: exact amounts for what is booked, days for what is foreseen.
public struct SpendSeries: Sendable {
    /// Where the newest of it was read.
    public var source: ChargesSource
    /// Days, for estimates.
    public var spend: DailySpend
    /// Exact; nil where nothing is known.
    private var amounts: @Sendable (Timestamp, Timestamp) -> Money?

    /// What estimated charges tell; nil without any.
    public init?(_ curve: MonthToDateSeries) {
        guard let spend = DailySpend(curve) else { return nil }
        (source, self.spend) = (.estimatedCharges, spend)
        amounts = { curve.charged(from: $0, to: $1) }
    }

    /// What a bill tells by the day; nil without a day.
    /// - Parameters:
    ///   - days: Each day with its exact cost, in order.
    ///   - until: The time up to which the last of them is known.
    ///   - source: Where they were read.
    public init?(days: [(day: CivilDate, cost: Money)], until: Timestamp, source: ChargesSource) {
        let known = days.filter { Timestamp($0.day) < until }
        guard let currency = known.first?.cost.currency else { return nil }
        self.source = source
        spend = DailySpend(
            days: known.map { day in
                let length = (until - Timestamp(day.day)).seconds / 86_400
                return DailySpend.Day(number: day.day.daysSinceEpoch, amount: day.cost.amount.double, share: min(1, length))
            }, until: until)
        amounts = { begin, end in
            // A month of another zone takes the days whose middle lies in it.
            let within = known.filter { day in
                let middle = Timestamp(day.day) + .seconds(43_200)
                return middle >= begin && middle < end
            }
            return within.isEmpty ? nil : Money(within.reduce(Decimal(0)) { $0 + $1.cost.amount }, currency: currency)
        }
    }

    /// The same, with another source for what this one does not know; where both know, this one counts.
    public func completed(by other: SpendSeries) -> SpendSeries {
        var result = self
        let own = Set(spend.days.map(\.number))
        let added = other.spend.days.filter { !own.contains($0.number) && $0.share >= 0.95 }
        result.spend = DailySpend(days: spend.days + added, until: spend.until)
        let (first, second) = (amounts, other.amounts)
        result.amounts = { first($0, $1) ?? second($0, $1) }
        return result
    }

    /// What was charged between two times; nil when nothing is known of them.
    public func charged(_ begin: Timestamp, _ end: Timestamp) -> Money? { amounts(begin, end) }

    /// When the month's charges are expected to pass an amount, to the hour; nil when they are not.
    func time(passing limit: Money, spent: Money, from begin: Timestamp, to end: Timestamp) -> Timestamp? {
        let until = max(spend.until, begin)
        let month = until.startOfMonth.date.daysSinceEpoch
        guard let model = SpendModel(spend.days[...], month: month) else { return nil }
        let left = (limit.amount - spent.amount).double
        let hours = Int((end - until).milliseconds / 3_600_000)
        guard hours > 0, model.remaining(from: until, to: end).mean > left else { return nil }
        let hour = (0..<hours).partitioningIndex { hour in
            model.remaining(from: until, to: until + .seconds(Int64(hour) * 3600), monthEnd: end).mean > left
        }
        return until + .seconds(Int64(hour) * 3600)
    }
}
