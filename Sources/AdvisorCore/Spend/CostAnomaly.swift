import Foundation

/// An interval of days on which a service cost more than its own past lets expect.
public struct CostAnomaly: Hashable, Sendable {
    /// An id of the service catalog, else its billing name.
    public var service: String
    /// The first day out of the band, UTC.
    public var since: CivilDate
    /// How many days are out of it.
    public var days: Int
    /// Whether the last day known is one of them.
    public var isOngoing: Bool
    /// What these days cost.
    public var spent: Money
    /// What such days usually cost: the sum of their weekdays' medians.
    public var usual: Money
    /// The usage type that explains most of it, and how much; nil where no bill tells.
    public var usageType: UsageType?

    /// A part of a service's charges.
    public struct UsageType: Hashable, Sendable {
        /// As the provider names it: `NatGateway-Hours`.
        public var name: String
        /// What it cost more than usual.
        public var excess: Money

        /// A usage type by its parts.
        public init(name: String, excess: Money) { (self.name, self.excess) = (name, excess) }
    }

    /// What these days cost more than usual.
    public var excess: Money { spent - usual }
    /// The excess as whole percent of what is usual, rounded half-even; nil where nothing is usual.
    public var percent: Int? {
        guard usual.amount > 0 else { return nil }
        return NSDecimalNumber(decimal: (excess.amount * 100 / usual.amount).rounded(scale: 0)).intValue
    }

    /// One sentence: how much, since when, how much more than usual, and which usage type.
    public func words(service title: String) -> String {
        let length = days == 1 ? "on \(since.text)" : "on \(days) days since \(since.text)"
        let share = percent.map { " (\($0) %)" } ?? ""
        let type = usageType.map { "; mostly \($0.name), \($0.excess)" } ?? ""
        return "\(title) cost \(spent) \(length), \(excess)\(share) more than usual\(type)"
    }
}

/// Finds days on which a service left its own band: the median of its weekday, and four robust deviations above it.
///
/// Quiet where a dollar a day or half of what is usual is not exceeded, on the first of a month and on days of the month that
/// were as dear before, on days that somebody planned, and before ten days are known.
public struct AnomalyDetector: Sendable {
    /// US dollars a day that matter at least.
    static let least = 1.0
    /// The share of what is usual that matters at least.
    static let leastShare = 0.5
    private static let deviations = 4.0
    private static let daysNeeded = 10
    private static let memory = 42
    /// After so many days in a row a new level is the usual one.
    private static let settled = 14
    /// Days before the last one known in which an anomaly still is news.
    private static let news = 7

    /// Changes that somebody expects.
    private let planned: [Stack.Planned]

    /// A detector that knows of plans.
    public init(planned: [Stack.Planned] = []) { self.planned = planned }

    /// A day out of the band, with what it usually costs.
    private struct Outlier {
        var day: DailySpend.Day
        var usual: Double
    }

    /// The newest anomaly of a service that is still news; nil without one.
    /// - Parameters:
    ///   - service: Its id.
    ///   - ledger: What it cost.
    ///   - charges: Bills that tell its usage types; of a service without any nothing is said of them.
    /// - Returns: With exact amounts, where the ledger has them.
    public func anomaly(of service: String, _ ledger: SpendSeries, charges: BillingData = BillingData()) -> CostAnomaly? {
        let days = ledger.spend.days.filter { $0.share >= 0.95 }
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
        let usual = Money(sample: run.reduce(0) { $0 + $1.usual }) ?? Money(0)
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

    /// What a weekday usually costs, and the most that is still usual.
    private static func band(_ days: ArraySlice<DailySpend.Day>, weekday: Int) -> (usual: Double, most: Double) {
        let all = days.map(\.usage)
        let own = days.filter { $0.weekday == weekday }.map(\.usage)
        let usual = own.count >= 3 ? own.median : all.median
        let spread = own.count >= 5 ? max(own.medianDeviation, all.medianDeviation / 2) : all.medianDeviation
        return (usual, usual + max(deviations * spread, leastShare * max(0, usual), least))
    }

    /// Whether the same day of an earlier month was about as dear, for its own weekday.
    private static func isRecurring(
        _ day: DailySpend.Day, among days: [DailySpend.Day], usual: Double, known: ArraySlice<DailySpend.Day>
    ) -> Bool {
        days.contains { other in
            let distance = day.number - other.number
            return (27...33).contains(distance) && abs(other.dayOfMonth - day.dayOfMonth) <= 1
                && other.usage - band(known, weekday: other.weekday).usual >= 0.7 * (day.usage - usual)
        }
    }

    /// The usage type that grew most against the days before.
    private static func usageType(_ service: String, _ out: Set<Int>, normal: Set<Int>, _ charges: BillingData) -> CostAnomaly
        .UsageType?
    {
        guard !normal.isEmpty else { return nil }
        var excess: [String: Decimal] = [:]
        for charge in charges.charges where charge.service == service && charge.category != .tax && charge.cost.currency == "USD"
        {
            guard let type = charge.usageType else { continue }
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
