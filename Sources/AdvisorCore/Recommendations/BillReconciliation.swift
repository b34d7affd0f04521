import Foundation

/// AWS's charges of a month so far, and how much of them the bill of the stack explains.
public struct BillReconciliation: Hashable, Sendable {
    /// The charges of one service.
    public struct Part: Hashable, Sendable {
        /// The id of the service, or its billing name.
        public var service: String
        /// The title for people.
        public var title: String
        /// What AWS charged.
        public var charged: Money
        /// What the bill of the stack has of it.
        public var explained: Money
        /// What is not explained; negative where AWS charged less.
        public var unexplained: Money { charged - explained }
    }

    /// The start of the month.
    public var begin: Timestamp
    /// The end of the charges.
    public var until: Timestamp
    /// What AWS charged.
    public var charged: Money
    /// What the bill of the stack has of it: its known lines, for the hours of the month so far.
    public var explained: Money
    /// The services, the largest difference first.
    public var parts: [Part]

    /// What is not explained; negative where AWS charged less.
    public var unexplained: Money { charged - explained }
}

extension BillReconciliation {
    /// The least part of a month that is compared.
    static let shortest = Duration.seconds(3 * 86_400)

    /// Compares the bill of a stack with the charges of this month.
    ///
    /// Surplus credits count as they were this month so far, not at their present pace.
    /// - Returns: nil without charges, in another currency, and in the first days of a month.
    public init?(_ bill: StackBill, _ spend: SpendReport, of reviews: [ResourceReview]) {
        guard let charged = spend.spent, let end = spend.dataUntil.map({ min($0, spend.end) }), end > spend.begin else {
            return nil
        }
        let hours = Money.decimal((end - spend.begin).seconds / 3600)
        let credits = reviews.compactMap { review in
            review.recommendation?.outlook?.credits?.chargedThisMonth.map { (review.resource.id, $0) }
        }
        let byResource = Dictionary(credits, uniquingKeysWith: { first, _ in first })
        var own = bill
        for index in own.lines.indices where own.lines[index].cost.item == .surplusCredits {
            guard let id = own.lines[index].group.id, let sum = byResource[id], let usd = own.lines[index].cost.price.usd, usd > 0
            else { continue }
            let monthly = sum.amount * Decimal(Catalog.hoursPerMonth) / hours
            own.lines[index].cost.quantity = (monthly / usd).rounded(scale: 6)
        }
        self.init(own, charged: charged, services: spend.services, from: spend.begin, to: end)
    }

    /// Compares the bill of a stack with charges from the beginning of a month on.
    init?(_ bill: StackBill, charged: Money, services: [SpendReport.Service], from begin: Timestamp, to end: Timestamp) {
        guard charged.currency == "USD", end - begin >= Self.shortest else { return nil }
        let share = Money.decimal((end - begin).seconds / 3600) / Decimal(Catalog.hoursPerMonth)
        func partly(_ money: Money) -> Money { Money((money.amount * share).rounded(scale: 6)) }
        (self.begin, until, self.charged, explained) = (begin, end, charged, partly(bill.atLeast))
        var parts = services.compactMap { service in
            service.spent.map { spent in
                Part(
                    service: service.id, title: service.title, charged: spent,
                    explained: bill.known(service: service.id).map(partly) ?? Money(0))
            }
        }
        for id in Set(bill.lines.map(\.service)).subtracting(parts.map(\.service)) {
            guard let known = bill.known(service: id), known.amount != 0 else { continue }
            parts.append(Part(service: id, title: id, charged: Money(0), explained: partly(known)))
        }
        func size(_ part: Part) -> Decimal { abs(part.unexplained.amount) }
        self.parts = parts.sorted { (size($1), $0.service) < (size($0), $1.service) }
    }
}

extension StackBill {
    /// The sum of the known lines of a service; nil without any.
    fileprivate func known(service: String) -> Money? {
        let own = lines.filter { $0.service == service }.compactMap(\.cost.monthly)
        return own.isEmpty ? nil : own.reduce(Money(0), +)
    }
}
