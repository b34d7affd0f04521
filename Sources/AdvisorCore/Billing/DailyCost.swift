import Foundation

/// The exact cost of one day on a bill.
public struct DailyCost: Hashable, Sendable {
    /// The day, UTC.
    public var day: CivilDate
    /// The cost.
    public var cost: Money
    /// The part of `cost` that was spread evenly, from lines for longer than a day.
    public var spread: Money
    /// Whether the month's days are measured: at most half of its usage was spread.
    public var isMeasured: Bool

    /// Creates a cost, measured by default.
    public init(day: CivilDate, cost: Money, spread: Money? = nil, isMeasured: Bool = true) {
        (self.day, self.cost, self.isMeasured) = (day, cost, isMeasured)
        self.spread = spread ?? Money(0, currency: cost.currency)
    }
}

extension BillingData {
    /// The daily cost of a service, or of all services; exact in sum.
    ///
    /// Covered days without a charge cost zero; days that are not covered are absent.
    /// - Parameters:
    ///   - service: The id of a service; nil for all.
    ///   - account: The account; nil for all.
    ///   - categories: The categories to add; all but tax by default.
    ///   - currency: The currency; other amounts are ignored.
    /// - Returns: The days, oldest first.
    public func dailyCosts(
        service: String? = nil, account: String? = nil,
        categories: Set<ChargeCategory> = Set(ChargeCategory.allCases).subtracting([.tax]), currency: String = "USD"
    ) -> [DailyCost] {
        var days: [Int: Parts] = [:]
        for statement in statements {
            for day in statement.days.lowerBound.daysSinceEpoch...statement.days.upperBound.daysSinceEpoch { days[day] = Parts() }
        }
        var months: [BillingMonth: Parts] = [:]
        for charge in charges
        where (service == nil || charge.service == service) && (account == nil || charge.account == account)
            && charge.cost.currency == currency && categories.contains(charge.category)
        {
            let day = charge.day.daysSinceEpoch
            guard days[day] != nil else { continue }
            days[day, default: Parts()].add(charge.cost.amount, isSpread: charge.isSpread)
            guard charge.category.isConsumption else { continue }
            months[BillingMonth(charge.day), default: Parts()].add(abs(charge.cost.amount), isSpread: charge.isSpread)
        }
        let measured = measuredMonths(months)
        return days.sorted { $0.key < $1.key }.map { number, parts in
            let day = CivilDate(daysSinceEpoch: number)
            return DailyCost(
                day: day, cost: Money(parts.dated + parts.spread, currency: currency),
                spread: Money(parts.spread, currency: currency), isMeasured: measured.contains(BillingMonth(day)))
        }
    }

    /// The daily cost of a service on days that were measured; days of months billed as a whole are absent.
    public func daily(service: String? = nil) -> [(day: CivilDate, cost: Money)] {
        dailyCosts(service: service).filter(\.isMeasured).map { ($0.day, $0.cost) }
    }

    /// Amounts by how they were dated.
    private struct Parts {
        var dated = Decimal(0)
        var spread = Decimal(0)

        mutating func add(_ amount: Decimal, isSpread: Bool) {
            if isSpread { spread += amount } else { dated += amount }
        }
    }

    /// The months of which most usage is dated by day; without usage, those with a statement by day.
    private func measuredMonths(_ usage: [BillingMonth: Parts]) -> Set<BillingMonth> {
        let byDay = Set(statements.filter { $0.granularity == .daily }.map(\.key.month))
        return Set(months).filter { month in
            guard let parts = usage[month], parts.dated != parts.spread else { return byDay.contains(month) }
            return parts.spread < parts.dated
        }
    }
}
