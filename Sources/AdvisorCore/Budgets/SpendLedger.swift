import Foundation

/// What was spent on one thing: exact amounts for what is booked, days for what is foreseen.
public struct SpendLedger: Sendable {
    /// Where the newest of it was read.
    public var source: ChargesSource
    /// Days, for estimates.
    public var spend: DailySpend
    /// Exact.
    private let amounts: @Sendable (Timestamp, Timestamp) -> Money?

    /// What estimated charges tell; nil without any.
    public init?(_ curve: ChargesCurve) {
        guard let spend = DailySpend(curve) else { return nil }
        (source, self.spend) = (.estimatedCharges, spend)
        amounts = { curve.charged(from: $0, to: $1) }
    }

    /// What a bill tells by the day.
    /// - Parameters:
    ///   - days: Each day with its exact cost.
    ///   - source: Where they were read.
    ///   - earlier: Days before them, from another source, for estimates alone.
    public init?(days: [(day: CivilDate, cost: Money)], source: ChargesSource, earlier: DailySpend? = nil) {
        guard let first = days.first, let last = days.last else { return nil }
        self.source = source
        let own = days.map { DailySpend.Day(number: $0.day.daysSinceEpoch, amount: $0.cost.amount.double) }
        let before = (earlier?.days ?? []).filter { $0.number < first.day.daysSinceEpoch && $0.share >= 0.95 }
        spend = DailySpend(days: before + own, until: Timestamp(CivilDate(daysSinceEpoch: last.day.daysSinceEpoch + 1)))
        amounts = { begin, end in
            // A month of another zone takes the days that begin in it.
            let within = days.filter { Timestamp($0.day) >= begin && Timestamp($0.day) < end }
            return within.isEmpty ? nil : Money(within.reduce(Decimal(0)) { $0 + $1.cost.amount }, currency: first.cost.currency)
        }
    }

    /// What was charged between two instants; nil when nothing is known of them.
    public func charged(_ begin: Timestamp, _ end: Timestamp) -> Money? { amounts(begin, end) }

    /// When the month's charges are expected to pass an amount, to the hour; nil when they are not.
    func instant(passing limit: Money, spent: Money, from begin: Timestamp, to end: Timestamp) -> Timestamp? {
        let until = max(spend.until, begin)
        let month = until.startOfMonth.date.daysSinceEpoch
        guard let model = SpendModel(spend.days[...], month: month) else { return nil }
        let left = (limit.amount - spent.amount).double
        let hour = Duration.seconds(3600)
        var (low, high) = (0, Int((end - until).milliseconds / hour.milliseconds))
        guard high > 0, model.remaining(from: until, to: end).mean > left else { return nil }
        while low < high {
            let middle = (low + high) / 2
            let instant = until + .seconds(Int64(middle) * 3600)
            if model.remaining(from: until, to: instant).mean > left { high = middle } else { low = middle + 1 }
        }
        return until + .seconds(Int64(low) * 3600)
    }
}
