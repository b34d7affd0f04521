import Foundation

/// An interval in which a service cost more than its own past suggests.
public struct CostAnomaly: Hashable, Sendable, Codable {
    /// The id of the service, or its billing name.
    public var service: String
    /// The first day outside the usual range, UTC.
    public var since: CivilDate
    /// The number of days outside it.
    public var days: Int
    /// Whether the last known day is one of them.
    public var isOngoing: Bool
    /// The cost of these days.
    public var spent: Money
    /// The usual cost of such days: the sum of their weekdays' medians.
    public var usual: Money
    /// The usage type that explains most of it, with its excess; nil without a detailed bill.
    public var usageType: UsageType?

    /// A part of a service's charges.
    public struct UsageType: Hashable, Sendable, Codable {
        /// The name at the provider: `NatGateway-Hours`.
        public var name: String
        /// The cost above the usual.
        public var excess: Money

        /// Creates a usage type.
        public init(name: String, excess: Money) { (self.name, self.excess) = (name, excess) }
    }

    /// The cost of these days above the usual.
    public var excess: Money { spent - usual }
    /// The excess in whole percent of the usual cost, rounded half-even; nil if nothing is usual.
    public var percent: Int? {
        guard usual.amount > 0 else { return nil }
        return NSDecimalNumber(decimal: (excess.amount * 100 / usual.amount).rounded(scale: 0)).intValue
    }
}

/// Finds days on which a service exceeds its usual range: the median of its weekday plus four robust standard deviations.
///
/// Days do not count if they exceed the usual cost by less than a dollar or less than half of it, on the first of a month, on
/// a day of the month that was as expensive before, if the change is planned, or with less than ten days of history. What was
/// spread over days does not count: it has no day of its own.
public struct AnomalyDetector: Sendable {
    /// The minimum excess in US dollars per day.
    static let least = 1.0
    /// The minimum excess as a share of the usual cost.
    static let leastShare = 0.5
    private static let deviations = 4.0
    private static let daysNeeded = 10
    private static let memory = 42
    /// After this number of consecutive days a new level is usual.
    private static let settled = 14
    /// The number of days before the last known one in which an anomaly is news.
    private static let news = 7

    /// The planned changes.
    private let planned: [Stack.Planned]

    /// Creates a detector with planned changes.
    public init(planned: [Stack.Planned] = []) { self.planned = planned }

    /// A day outside the usual range, with its usual cost.
    private struct Outlier {
        var day: DailySpend.Day
        var usual: Double
    }

    /// The newest anomaly of a service that is news; nil if there is none.
    /// - Parameters:
    ///   - service: The id of the service.
    ///   - ledger: The cost of the service.
    ///   - charges: Bills with usage types; without one the usage type is unknown.
    /// - Returns: With exact amounts if the bill has them.
    public func anomaly(of service: String, _ ledger: SpendSeries, charges: BillingData = BillingData()) -> CostAnomaly? {
        let days = ledger.spend.days.filter { $0.share >= 0.95 }.map(\.measured)
        let spread = Dictionary(ledger.spend.days.map { ($0.number, $0.spread) }, uniquingKeysWith: { first, _ in first })
        guard let last = days.last else { return nil }
        var normal: [DailySpend.Day] = []
        var run: [Outlier] = []
        for day in days {
            if isPlanned(service, day.number) { continue }
            let known = normal.suffix(Self.memory)
            guard known.count >= Self.daysNeeded, day.dayOfMonth != 1 else {
                if day.dayOfMonth != 1 { normal.append(day) }
                continue
            }
            let band = Self.band(known, weekday: day.weekday)
            guard day.usage > band.most, !Self.isRecurring(day, among: days, usual: band.usual, known: known) else {
                normal.append(day)
                continue
            }
            if let end = run.last, day.number > end.day.number + 2 { run = [] }
            run.append(Outlier(day: day, usual: band.usual))
            if run.count >= Self.settled {
                normal = run.map(\.day)
                run = []
            }
        }
        guard let first = run.first, let end = run.last, end.day.number > last.number - Self.news else { return nil }
        let spent = run.reduce(Money(0)) { sum, outlier in sum + Self.exact(outlier.day, ledger) }
        let usual = Money(sample: run.reduce(0) { $0 + $1.usual + (spread[$1.day.number] ?? 0) }) ?? Money(0)
        let numbers = Set(run.map(\.day.number))
        return CostAnomaly(
            service: service, since: CivilDate(daysSinceEpoch: first.day.number), days: run.count,
            isOngoing: end.day.number == last.number, spent: spent, usual: Money(usual.amount.rounded(scale: 2)),
            usageType: Self.usageType(service, numbers, normal: Set(normal.suffix(Self.memory).map(\.number)), charges))
    }

    private static func exact(_ day: DailySpend.Day, _ ledger: SpendSeries) -> Money {
        let begin = Timestamp(CivilDate(daysSinceEpoch: day.number))
        return ledger.charged(begin, begin + .seconds(86_400)) ?? Money(sample: day.amount) ?? Money(0)
    }

    private func isPlanned(_ service: String, _ number: Int) -> Bool {
        planned.contains { plan in
            (plan.service == nil || plan.service == service) && plan.from.daysSinceEpoch <= number
                && plan.to.map { number <= $0.daysSinceEpoch } ?? true
        }
    }

    /// The usual cost of a weekday, and the upper limit of its range.
    private static func band(_ days: ArraySlice<DailySpend.Day>, weekday: Int) -> (usual: Double, most: Double) {
        let all = days.map(\.usage)
        let own = days.filter { $0.weekday == weekday }.map(\.usage)
        let usual = own.count >= 3 ? own.median : all.median
        let spread = own.count >= 5 ? max(own.medianDeviation, all.medianDeviation / 2) : all.medianDeviation
        return (usual, usual + max(deviations * spread, leastShare * max(0, usual), least))
    }

    /// Whether the same day of an earlier month was about as expensive, for its own weekday.
    private static func isRecurring(
        _ day: DailySpend.Day, among days: [DailySpend.Day], usual: Double, known: ArraySlice<DailySpend.Day>
    ) -> Bool {
        days.contains { other in
            let distance = day.number - other.number
            return (27...33).contains(distance) && abs(other.dayOfMonth - day.dayOfMonth) <= 1
                && other.usage - band(known, weekday: other.weekday).usual >= 0.7 * (day.usage - usual)
        }
    }

    /// The usage type with the largest increase over the days before.
    private static func usageType(_ service: String, _ out: Set<Int>, normal: Set<Int>, _ charges: BillingData) -> CostAnomaly
        .UsageType?
    {
        guard !normal.isEmpty else { return nil }
        var excess: [String: Decimal] = [:]
        for charge in charges.charges where charge.service == service && charge.category != .tax && charge.cost.currency == "USD"
        {
            guard let type = charge.usageType, !charge.isSpread else { continue }
            let number = charge.day.daysSinceEpoch
            if out.contains(number) {
                excess[type, default: 0] += charge.cost.amount
            } else if normal.contains(number) {
                excess[type, default: 0] -= charge.cost.amount * Decimal(out.count) / Decimal(normal.count)
            }
        }
        guard let most = excess.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value > 0 else { return nil }
        return CostAnomaly.UsageType(name: most.key, excess: Money(most.value.rounded(scale: 2)))
    }
}
