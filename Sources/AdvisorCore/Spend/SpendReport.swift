import Foundation

/// The spend section of the report: this month compared with budget and forecast, and its parts.
public struct SpendReport: Hashable, Sendable {
    /// The cost of one service.
    public struct Service: Hashable, Sendable {
        /// The id of the service, or its billing name.
        public var id: String
        /// The title for people.
        public var title: String
        /// The cost of this month so far; nil if unknown.
        public var spent: Money?
        /// The cost of the previous month up to the same time; nil if unknown.
        public var before: Money?
        /// The expected cost at month end; nil without a forecast.
        public var forecast: Money?
        /// The limit of the budget or its preset; nil without either.
        public var limit: Money?

        /// The difference between this month and the previous one up to the same time; nil if either is unknown.
        public var change: Money? { spent.flatMap { spent in before.map { spent - $0 } } }
    }

    /// The start of the month.
    public var begin: Timestamp
    /// The start of the next month.
    public var end: Timestamp
    /// The source of the charges; nil if unknown.
    public var source: ChargesSource?
    /// The time up to which charges are known; nil if unknown.
    public var dataUntil: Timestamp?
    /// The total so far; nil if nothing is known of this month.
    public var spent: Money?
    /// The cost of the previous month up to the same time; nil if unknown.
    public var before: Money?
    /// The forecast of month end; nil without one.
    public var forecast: BillForecast?
    /// Why there is no forecast.
    public var gap: BillForecast.Gap?
    /// All budgets in this month, the total first.
    public var budgets: [BudgetStatus]
    /// The services, most expensive first.
    public var services: [Service]
    /// The cost anomalies, largest first.
    public var anomalies: [CostAnomaly]
    /// The currencies of charges that are left out.
    public var otherCurrencies: [String]

    /// The name of the row with taxes, among the services.
    static let taxID = "tax"

    /// The services with costs in this month or the previous one.
    public var billedServices: [Service] { services.filter { ($0.spent?.amount ?? 0) != 0 || ($0.before?.amount ?? 0) != 0 } }

    /// Creates the report from a summary.
    public init(
        _ statement: SpendSummary, statuses: [BudgetStatus], stack: Stack, services catalog: ServiceCatalog, asOf: Timestamp
    ) {
        let clock = stack.budget?.zone.flatMap(BudgetCalendar.init(zone:)) ?? .utc
        // A report at midnight shows the day that ended.
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
            // Without taxes the services would not add up to the total.
            services.append(Service(id: Self.taxID, title: "Tax", spent: tax))
        }
        services.sort { ($1.spent?.amount ?? 0, $0.id) < ($0.spent?.amount ?? 0, $1.id) }
        let detector = AnomalyDetector(planned: stack.planned)
        anomalies = statement.services.compactMap { id in
            statement.ledger(.service(id)).flatMap { detector.anomaly(of: id, $0, charges: statement.charges) }
        }.sorted { ($1.excess.amount, $0.service) < ($0.excess.amount, $1.service) }
    }

    /// The cost of the previous month up to the time of this month's data.
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
