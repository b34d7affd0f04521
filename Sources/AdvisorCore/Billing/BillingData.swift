public import Foundation

/// The bills of several months: all charges that count, and the statements they come from.
public struct BillingData: Hashable, Sendable {
    /// A statement that does not count, and the one that counts instead.
    public struct SupersededStatement: Hashable, Sendable {
        /// The statement whose charges are left out.
        public var statement: BillStatement
        /// The statement with the same charges that counts.
        public var inFavourOf: BillStatement
    }

    /// The charges by day, account, service, usage type and category.
    public private(set) var charges: [Charge]
    /// The statements that the charges come from, by month.
    public private(set) var statements: [BillStatement]
    /// The statements of other sources for the same charges; never added.
    public private(set) var superseded: [SupersededStatement]

    /// Creates an empty ledger.
    public init() { (charges, statements, superseded) = ([], [], []) }

    /// Selects the statements that count, with their charges.
    /// - Parameters:
    ///   - bills: All statements of the months.
    ///   - fetch: Returns the charges of a statement; called only for those that count.
    /// - Throws: Rethrows the error of `fetch`.
    public init(_ bills: [BillStatement], charges fetch: (BillStatement) throws -> [Charge]) rethrows {
        self.init()
        for bill in bills.sorted(by: { $0.counts(before: $1) }) {
            if let winner = statements.first(where: { $0.overlaps(bill) }) {
                superseded.append(SupersededStatement(statement: bill, inFavourOf: winner))
            } else {
                statements.append(bill)
                charges += try fetch(bill)
            }
        }
        statements.sort { $0.key < $1.key }
        superseded.sort { $0.statement.key < $1.statement.key }
        charges.sort { $0.sortKey < $1.sortKey }
    }

    /// The months with a statement, oldest first.
    public var months: [BillingMonth] { Set(statements.map(\.key.month)).sorted() }

    /// The bills of a month, one per currency, the larger first; empty if there is no statement.
    public func bills(of month: BillingMonth) -> [Bill] {
        let days = month.firstDay...month.lastDay
        let own = charges.filter { days.contains($0.day.daysSinceEpoch) }
        let notified = statements.filter { $0.key.month == month }
        guard !notified.isEmpty else { return [] }
        let byCurrency = Dictionary(grouping: own) { $0.cost.currency }
        return byCurrency.map { Bill(month: month, currency: $0, charges: $1, statements: notified) }
            .sorted { ($1.total.amount, $0.currency) < ($0.total.amount, $1.currency) }
    }

    /// The bill of a month in US dollars, or in the only currency; nil if there is no statement.
    public func bill(of month: BillingMonth) -> Bill? {
        let bills = bills(of: month)
        return bills.first { $0.currency == "USD" } ?? bills.first
    }
}

/// The charges of one month in one currency.
public struct Bill: Hashable, Sendable {
    /// The billed month.
    public var month: BillingMonth
    /// The ISO 4217 currency code.
    public var currency: String
    /// All charges of the month in that currency.
    public var charges: [Charge]
    /// The statements that the charges come from.
    public var statements: [BillStatement]

    /// Creates a bill.
    public init(month: BillingMonth, currency: String, charges: [Charge], statements: [BillStatement]) {
        (self.month, self.currency, self.charges, self.statements) = (month, currency, charges, statements)
    }

    private func sum(_ charges: some Sequence<Charge>) -> Money {
        Money(charges.reduce(Decimal(0)) { $0 + $1.cost.amount }, currency: currency)
    }

    /// The total, including tax.
    public var total: Money { sum(charges) }
    /// The tax, which some sources assign to a service of its own and others to each service.
    public var tax: Money { sum(charges.lazy.filter { $0.category == .tax }) }
    /// The sum of a category.
    public func total(of category: ChargeCategory) -> Money { sum(charges.lazy.filter { $0.category == category }) }

    /// The cost of each service without tax, less its credits and refunds; the largest first.
    public var services: [(service: String, cost: Money)] {
        let byService = Dictionary(grouping: charges.filter { $0.category != .tax }, by: \.service)
        return byService.map { ($0, sum($1)) }.sorted { ($1.1.amount, $0.0) < ($0.1.amount, $1.0) }
    }

    /// The cost by service and category: `["rds"]?[.usage]`.
    public var categories: [String: [ChargeCategory: Money]] {
        Dictionary(grouping: charges, by: \.service).mapValues { own in
            Dictionary(grouping: own, by: \.category).mapValues { sum($0) }
        }
    }

    /// Cost and usage by usage type of a service, the largest cost first; without tax.
    public func usageTypes(of service: String) -> [(usageType: String, cost: Money, usage: Decimal?)] {
        let own = charges.filter { $0.service == service && $0.category != .tax }
        return Dictionary(grouping: own) { $0.usageType ?? "" }.map { type, lines in
            let consumption = lines.filter(\.category.isConsumption)
            let usage = consumption.reduce(Decimal?(0)) { sum, line in sum.flatMap { sum in line.usage.map { sum + $0 } } }
            return (type, sum(lines), consumption.isEmpty ? nil : usage)
        }.sorted { ($1.1.amount, $0.0) < ($0.1.amount, $1.0) }
    }

    /// The last day that a statement covers.
    public var lastDay: CivilDate? { statements.map(\.days.upperBound).max() }
    /// Whether the statements cover the whole month.
    public var isComplete: Bool {
        !statements.isEmpty && statements.allSatisfy { $0.days.upperBound.daysSinceEpoch >= month.lastDay }
    }
}

extension Charge {
    fileprivate var sortKey: SortKey { SortKey(charge: self) }

    fileprivate struct SortKey: Comparable {
        let charge: Charge
        static func < (left: SortKey, right: SortKey) -> Bool {
            let (a, b) = (left.charge, right.charge)
            if a.day != b.day { return a.day < b.day }
            return (a.account ?? "", a.service, a.usageType ?? "", a.category, a.cost.currency)
                < (b.account ?? "", b.service, b.usageType ?? "", b.category, b.cost.currency)
        }
        static func == (left: SortKey, right: SortKey) -> Bool { left.charge == right.charge }
    }
}
