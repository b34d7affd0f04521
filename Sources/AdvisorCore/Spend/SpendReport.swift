import Foundation

/// The report's money part: this month against budget and forecast, and where it went.
public struct SpendReport: Hashable, Sendable {
    /// What one service cost.
    public struct Service: Hashable, Sendable {
        /// An id of the service catalog, else its billing name.
        public var id: String
        /// For people.
        public var title: String
        /// This month so far; nil when nothing of this month is known.
        public var spent: Money?
        /// The last month up to the same age; nil when unknown.
        public var before: Money?
        /// Expected at the month's end; nil without a forecast.
        public var forecast: Money?
        /// What the budget or its preset allows; nil without either.
        public var limit: Money?

        /// This month so far less the last one up to the same age; nil when either is unknown.
        public var change: Money? { spent.flatMap { spent in before.map { spent - $0 } } }
    }

    /// The month's first time.
    public var begin: Timestamp
    /// The next month's first time.
    public var end: Timestamp
    /// Where the charges were read; nil when nothing is known.
    public var source: ChargesSource?
    /// The time up to which charges are known; nil when nothing is.
    public var dataUntil: Timestamp?
    /// The whole bill so far; nil when nothing of this month is known.
    public var spent: Money?
    /// The last month up to the same age; nil when unknown.
    public var before: Money?
    /// The month's end; nil without a forecast.
    public var forecast: BillForecast?
    /// Why there is no forecast.
    public var gap: BillForecast.Gap?
    /// Every budget in this month, the whole first.
    public var budgets: [BudgetStatus]
    /// The dearest first.
    public var services: [Service]
    /// Services that left their own band, the most costly first.
    public var anomalies: [CostAnomaly]
    /// Currencies in which charges were seen and left out.
    public var otherCurrencies: [String]

    /// What the row of taxes is called, which stands among the services.
    static let taxID = "tax"

    /// The services that cost anything this month or the last.
    public var billedServices: [Service] { services.filter { ($0.spent?.amount ?? 0) != 0 || ($0.before?.amount ?? 0) != 0 } }

    /// Gathers what a statement tells.
    public init(
        _ statement: SpendSummary, statuses: [BudgetStatus], stack: Stack, services catalog: ServiceCatalog, asOf: Timestamp
    ) {
        let clock = stack.budget?.zone.flatMap(BudgetCalendar.init(zone:)) ?? .utc
        // What is shown at midnight is the day that ended.
        let time = asOf - .milliseconds(1)
        let month = clock.month(of: time)
        (begin, end) = month
        otherCurrencies = statement.otherCurrencies
        budgets = statuses.filter { $0.begin == month.begin }
        let whole = Budget(name: "", scope: .total, limit: Money(0), clock: clock)
        let ledger = statement.ledger(.total)
        let total = BudgetStatus(whole, ledger, month: time, asOf: asOf)
        (source, dataUntil, spent) = (total.source, total.dataUntil, total.actual)
        (forecast, gap) = (total.forecast, total.gap)
        before = ledger.flatMap { Self.before($0, month, clock) }
        let limits = Dictionary(
            budgets.compactMap { status -> (String, Money)? in
                guard case .service(let id) = status.budget.scope else { return nil }
                return (id, status.budget.limit)
            }, uniquingKeysWith: { first, _ in first })
        services = statement.services.compactMap { id in
            let ledger = statement.ledger(.service(id))
            let status = BudgetStatus(
                Budget(name: id, scope: .service(id), limit: Money(0), clock: clock), ledger, month: time, asOf: asOf)
            let before = ledger.flatMap { Self.before($0, month, clock) }
            guard status.actual != nil || before != nil else { return nil }
            return Service(
                id: id, title: catalog.services.first { $0.id == id }?.title ?? id, spent: status.actual, before: before,
                forecast: status.forecast?.expected, limit: limits[id])
        }
        let tax = statement.tax(from: begin, to: min(end, asOf))
        if case .bill? = source, tax.amount != 0 {
            // Without it the services would not add up to the whole.
            services.append(Service(id: Self.taxID, title: "Tax", spent: tax))
        }
        services.sort { ($1.spent?.amount ?? 0, $0.id) < ($0.spent?.amount ?? 0, $1.id) }
        let detector = AnomalyDetector(planned: stack.planned)
        anomalies = statement.services.compactMap { id in
            statement.ledger(.service(id)).flatMap { detector.anomaly(of: id, $0, charges: statement.charges) }
        }.sorted { ($1.excess.amount, $0.service) < ($0.excess.amount, $1.service) }
    }

    /// What the last month had cost at the age that this month's data have.
    private static func before(_ ledger: SpendSeries, _ month: (begin: Timestamp, end: Timestamp), _ clock: BudgetCalendar)
        -> Money?
    {
        let age = min(ledger.spend.until, month.end) - month.begin
        guard age > .zero else { return nil }
        let last = clock.month(of: month.begin - .milliseconds(1))
        guard let known = ledger.spend.days.first.map({ Timestamp(CivilDate(daysSinceEpoch: $0.number)) }),
            known <= last.begin + MonthlyCounterReset.lateness
        else { return nil }
        return ledger.charged(last.begin, min(last.end, last.begin + age))
    }
}
