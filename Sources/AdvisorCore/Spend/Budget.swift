import Foundation

/// An amount that a month's charges should stay under.
public struct Budget: Hashable, Sendable {
    /// `monthly`, the service's id, or `account 111122223333`.
    public var name: String
    /// What counts against it.
    public var scope: ChargeLedger.Scope
    /// A calendar month's.
    public var limit: Money
    /// Shares of the limit at which to speak, in thousandths, in order: 500, 800, 1000.
    public var steps: [Int]
    /// Whether a forecast over the limit is spoken of.
    public var notifiesForecast: Bool
    /// Whether it is spoken of at all; one that a preset gives a service is shown, and told by the rule
    /// `service-above-expected-cost`.
    public var isNotified: Bool
    /// When its months begin.
    public var clock: BudgetCalendar

    /// A budget by its parts.
    public init(
        name: String, scope: ChargeLedger.Scope, limit: Money, steps: [Int] = Budget.usualSteps, notifiesForecast: Bool = true,
        isNotified: Bool = true, clock: BudgetCalendar = .utc
    ) {
        (self.name, self.scope, self.limit, self.steps) = (name, scope, limit, steps)
        (self.notifiesForecast, self.isNotified, self.clock) = (notifiesForecast, isNotified, clock)
    }

    /// 50, 80 and 100 %.
    public static let usualSteps = [500, 800, 1000]

    /// So much of the limit, exact.
    public func amount(ofStep step: Int) -> Money { Money(limit.amount * Decimal(step) / 1000, currency: limit.currency) }

    /// `80 %`.
    public static func words(ofStep step: Int) -> String {
        step % 10 == 0 ? "\(step / 10) %" : "\(step / 10).\(step % 10) %"
    }
}

extension Budget {
    /// The budgets of a stack file, the whole first, then accounts, then services by name.
    ///
    /// Without `monthly` a preset's own total stands, else the sum of what it expects of each service.
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
        let presetTotal = budget.preset.flatMap { services.totals[$0] } ?? (preset.isEmpty ? nil : preset.values.reduce(0, +))
        var result: [Budget] = []
        if let total = budget.monthly ?? presetTotal { result.append(make("monthly", .total, total)) }
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
