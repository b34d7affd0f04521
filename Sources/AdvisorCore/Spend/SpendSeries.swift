internal import Algorithms
import Foundation

/// The charges of one scope: exact amounts for the booked ones, days for forecasts.
public struct SpendSeries: Sendable {
    /// The source of the newest charges.
    public var source: ChargesSource
    /// The days, for statistics.
    public var spend: DailySpend
    /// The exact cost; nil if unknown.
    private var amounts: @Sendable (Timestamp, Timestamp) -> Money?

    /// Creates a series from estimated charges; nil without any.
    public init?(_ curve: MonthToDateSeries) {
        guard let spend = DailySpend(curve) else { return nil }
        (source, self.spend) = (.estimatedCharges, spend)
        amounts = { curve.charged(from: $0, to: $1) }
    }

    /// Creates a series from a bill's daily costs; nil without a day.
    /// - Parameters:
    ///   - days: The days with their exact costs, in order.
    ///   - until: The time up to which the last day is known.
    ///   - source: The source.
    public init?(days: [(day: CivilDate, cost: Money)], until: Timestamp, source: ChargesSource) {
        self.init(costs: days.map { DailyCost(day: $0.day, cost: $0.cost) }, until: until, source: source)
    }

    /// Creates a series from a bill's daily costs; nil without a day. Only measured days count for statistics.
    init?(costs: [DailyCost], until: Timestamp, source: ChargesSource) {
        let known = costs.filter { Timestamp($0.day) < until }
        guard let currency = known.first?.cost.currency else { return nil }
        self.source = source
        spend = DailySpend(
            days: known.filter(\.isMeasured).map { cost in
                let length = (until - Timestamp(cost.day)).seconds / 86_400
                var day = DailySpend.Day(
                    number: cost.day.daysSinceEpoch, amount: cost.cost.amount.double, share: min(1, length))
                day.spread = cost.spread.amount.double
                return day
            }, until: until)
        amounts = { begin, end in
            // A month in another time zone takes the days whose middle is in it.
            let within = known.filter { day in
                let middle = Timestamp(day.day) + .seconds(43_200)
                return middle >= begin && middle < end
            }
            return within.isEmpty ? nil : Money(within.reduce(Decimal(0)) { $0 + $1.cost.amount }, currency: currency)
        }
    }

    /// Combines two sources; where both have data, this one counts.
    public func completed(by other: SpendSeries) -> SpendSeries {
        var result = self
        let own = Set(spend.days.map(\.number))
        let added = other.spend.days.filter { !own.contains($0.number) && $0.share >= 0.95 }
        result.spend = DailySpend(days: spend.days + added, until: spend.until)
        let (first, second) = (amounts, other.amounts)
        result.amounts = { first($0, $1) ?? second($0, $1) }
        return result
    }

    /// The charges between two times; nil if unknown.
    public func charged(_ begin: Timestamp, _ end: Timestamp) -> Money? { amounts(begin, end) }

    /// The hour at which the month's charges are expected to exceed an amount; nil if they are not.
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
