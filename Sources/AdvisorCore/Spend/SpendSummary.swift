import Foundation

/// All known charges, each scope from the source that reaches furthest; sources are never added.
public struct SpendSummary: Sendable {
    /// AWS/Billing's estimated charges.
    public let book: ChargeLedger
    /// The imported bills.
    public let charges: BillingData
    /// The time of the evaluation.
    public let asOf: Timestamp
    /// The time up to which this month's bills are known; nil without one.
    private let billsUntil: Timestamp?
    private let form: String

    /// Creates a summary.
    public init(book: ChargeLedger, charges: BillingData = BillingData(), asOf: Timestamp) {
        (self.book, self.charges, self.asOf) = (book, charges, asOf)
        let newest = charges.statements.map(\.key.month).max()
        let own = charges.statements.filter { $0.key.month == newest }
        // Several providers are known together up to the earliest of their ends.
        billsUntil = own.map { statement in
            let end = Timestamp(CivilDate(daysSinceEpoch: statement.days.upperBound.daysSinceEpoch + 1))
            // A bill that was imported before a day ended cannot contain all of it.
            return min(end, max(statement.readAt, Timestamp(statement.days.upperBound)), asOf)
        }.min()
        form = Set(own.map(\.key.source)).sorted().map(\.title).joined(separator: ", ")
    }

    /// The charges of a scope; nil if unknown.
    public func ledger(_ scope: ChargeLedger.Scope) -> SpendSeries? {
        let estimated = book.curves[scope].flatMap(SpendSeries.init)
        guard let billed = billed(scope) else { return estimated }
        guard let estimated else { return billed }
        return estimated.spend.until > billed.spend.until ? estimated.completed(by: billed) : billed.completed(by: estimated)
    }

    private func billed(_ scope: ChargeLedger.Scope) -> SpendSeries? {
        guard let billsUntil else { return nil }
        let days: [DailyCost]
        switch scope {
        case .total: days = charges.dailyCosts(categories: Set(ChargeCategory.allCases))
        case .service(let id):
            guard charges.charges.contains(where: { $0.service == id }) else { return nil }
            days = charges.dailyCosts(service: id)
        case .account(let id):
            guard charges.charges.contains(where: { $0.account == id }) else { return nil }
            days = charges.dailyCosts(account: id, categories: Set(ChargeCategory.allCases))
        }
        return SpendSeries(costs: days, until: billsUntil, source: .bill(form: form))
    }

    /// The ids of the services with charges, sorted.
    public var services: [String] {
        Set(book.services).union(charges.charges.lazy.filter { $0.category != .tax }.map(\.service)).sorted()
    }

    /// The taxes billed between two times, in US dollars.
    func tax(from begin: Timestamp, to end: Timestamp) -> Money {
        charges.charges.reduce(Money(0)) { sum, charge in
            guard charge.category == .tax, charge.cost.currency == "USD" else { return sum }
            let day = Timestamp(charge.day)
            return day >= begin && day < end ? sum + charge.cost : sum
        }
    }

    /// The currencies of charges that are left out.
    public var otherCurrencies: [String] {
        Set(book.otherCurrencies).union(charges.charges.lazy.map(\.cost.currency).filter { $0 != "USD" }).sorted()
    }
}
