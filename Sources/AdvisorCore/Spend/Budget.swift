import Foundation

/// A limit for the charges of a month.
public struct Budget: Hashable, Sendable {
    /// The name: `monthly`, the id of a service, or `account 111122223333`.
    public var name: String
    /// The charges that count.
    public var scope: ChargeLedger.Scope
    /// The limit for a calendar month.
    public var limit: Money
    /// The shares of the limit at which to notify, in thousandths, ascending: 500, 800, 1000.
    public var steps: [Int]
    /// Whether a forecast over the limit is notified.
    public var notifiesForecast: Bool
    /// Whether it is notified; the expected costs of a preset are only shown, and notified by the rule
    /// `service-above-expected-cost`.
    public var isNotified: Bool
    /// The calendar of its months.
    public var clock: BudgetCalendar

    /// Creates a budget.
    public init(
        name: String, scope: ChargeLedger.Scope, limit: Money, steps: [Int] = Budget.usualSteps, notifiesForecast: Bool = true,
        isNotified: Bool = true, clock: BudgetCalendar = .utc
    ) {
        (self.name, self.scope, self.limit, self.steps) = (name, scope, limit, steps)
        (self.notifiesForecast, self.isNotified, self.clock) = (notifiesForecast, isNotified, clock)
    }

    /// 50, 80 and 100 %.
    public static let usualSteps = [500, 800, 1000]

    /// A share of the limit, exact.
    public func amount(ofStep step: Int) -> Money { Money(limit.amount * Decimal(step) / 1000, currency: limit.currency) }
}

extension Budget {
    /// The budgets of a stack: the total first, then accounts, then services by name.
    ///
    /// Without `monthly` the total of the preset is used, or else the sum of its expected costs.
    public static func all(of stack: Stack, services: ServiceCatalog) -> [Budget] {
        guard let budget = stack.budget else { return [] }
        let steps = Set(budget.alertAt.map { Int(($0 * 1000).rounded()) }.filter { $0 > 0 }).sorted()
        let clock = budget.zone.flatMap(BudgetCalendar.init(zone:)) ?? .utc
        func make(_ name: String, _ scope: ChargeLedger.Scope, _ limit: Decimal, isNotified: Bool = true) -> Budget {
            Budget(
                name: name, scope: scope, limit: Money(limit), steps: steps.isEmpty ? usualSteps : steps,
                notifiesForecast: budget.forecast ?? true, isNotified: isNotified, clock: clock)
        }
        let preset = budget.preset.flatMap { services.presets[$0] } ?? [:]
        var result: [Budget] = []
        if let total = budget.total(services) { result.append(make("monthly", .total, total)) }
        for (account, limit) in budget.accounts.sorted(by: { $0.key < $1.key }) {
            result.append(make("account \(account)", .account(account), limit))
        }
        for id in Set(budget.services.keys).union(preset.keys).sorted() {
            guard let limit = budget.services[id] ?? preset[id] else { continue }
            result.append(make(id, .service(id), limit, isNotified: budget.services[id] != nil))
        }
        return result
    }
}
