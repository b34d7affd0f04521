public import Foundation

/// The bills of some months: every charge that counts, and which source was believed.
public struct BillingData: Hashable, Sendable {
    /// A statement that does not count, and the one that does.
    public struct SupersededStatement: Hashable, Sendable {
        /// The one whose charges are left out.
        public var statement: BillStatement
        /// The one that tells of the same money and counts.
        public var inFavourOf: BillStatement
    }

    /// By day, account, service, usage type and category.
    public private(set) var charges: [Charge]
    /// The statements that the charges come from, by month.
    public private(set) var statements: [BillStatement]
    /// What other sources say of the same money; never added.
    public private(set) var superseded: [SupersededStatement]

    /// No bill at all.
    public init() { (charges, statements, superseded) = ([], [], []) }

    /// Of several statements those that count, with their charges.
    /// - Parameters:
    ///   - bills: Every statement of the months in question.
    ///   - fetch: The charges of one of them; asked for those alone that count.
    /// - Throws: What `fetch` throws.
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

    /// The months that a statement counts for, oldest first.
    public var months: [BillingMonth] { Set(statements.map(\.key.month)).sorted() }

    /// What was charged in a month, one bill a currency, the greater first; empty when no source tells of it.
    public func bills(of month: BillingMonth) -> [Bill] {
        let days = month.firstDay...month.lastDay
        let own = charges.filter { days.contains($0.day.daysSinceEpoch) }
        let notified = statements.filter { $0.key.month == month }
        guard !notified.isEmpty else { return [] }
        let byCurrency = Dictionary(grouping: own) { $0.cost.currency }
        return byCurrency.map { Bill(month: month, currency: $0, charges: $1, statements: notified) }
            .sorted { ($1.total.amount, $0.currency) < ($0.total.amount, $1.currency) }
    }

    /// The bill in US dollars, or in the only currency there is; nil when no source tells of the month.
    public func bill(of month: BillingMonth) -> Bill? {
        let bills = bills(of: month)
        return bills.first { $0.currency == "USD" } ?? bills.first
    }

    /// What a service, or all of them, cost each day, of the categories wanted.
    ///
    /// Days that a statement covers and that have no charge cost zero; days that none covers, and months that are told of
    /// as a whole, are absent.
    /// - Parameters:
    ///   - service: An id of the service catalog; nil for all.
    ///   - account: The account that used it; nil for all.
    ///   - categories: What is added up; all but tax unless said.
    ///   - currency: Amounts in others are left out.
    /// - Returns: Oldest first.
    public func daily(
        service: String? = nil, account: String? = nil,
        categories: Set<ChargeCategory> = Set(ChargeCategory.allCases).subtracting([.tax]), currency: String = "USD"
    ) -> [(day: CivilDate, cost: Money)] {
        var sums: [Int: Decimal] = [:]
        let dated = statements.filter { $0.granularity == .daily }
        for statement in dated {
            for day in statement.days.lowerBound.daysSinceEpoch...statement.days.upperBound.daysSinceEpoch { sums[day] = 0 }
        }
        for charge in charges
        where (service == nil || charge.service == service) && (account == nil || charge.account == account)
            && charge.cost.currency == currency && categories.contains(charge.category)
        {
            let day = charge.day.daysSinceEpoch
            if sums[day] != nil { sums[day, default: 0] += charge.cost.amount }
        }
        return sums.sorted { $0.key < $1.key }.map {
            (CivilDate(daysSinceEpoch: $0.key), Money($0.value, currency: currency))
        }
    }
}

/// What was charged in one month in one currency.
public struct Bill: Hashable, Sendable {
    /// The month billed.
    public var month: BillingMonth
    /// ISO 4217.
    public var currency: String
    /// Every charge of the month in that currency.
    public var charges: [Charge]
    /// The statements it comes from.
    public var statements: [BillStatement]

    /// A bill by its parts.
    public init(month: BillingMonth, currency: String, charges: [Charge], statements: [BillStatement]) {
        (self.month, self.currency, self.charges, self.statements) = (month, currency, charges, statements)
    }

    private func sum(_ charges: some Sequence<Charge>) -> Money {
        Money(charges.reduce(Decimal(0)) { $0 + $1.cost.amount }, currency: currency)
    }

    /// Everything, tax included.
    public var total: Money { sum(charges) }
    /// Tax alone, which sources put under a service of its own or spread over all.
    public var tax: Money { sum(charges.lazy.filter { $0.category == .tax }) }
    /// Everything of a category.
    public func total(of category: ChargeCategory) -> Money { sum(charges.lazy.filter { $0.category == category }) }

    /// What each service cost, less its credits and refunds, without tax; the greatest first.
    public var services: [(service: String, cost: Money)] {
        let byService = Dictionary(grouping: charges.filter { $0.category != .tax }, by: \.service)
        return byService.map { ($0, sum($1)) }.sorted { ($1.1.amount, $0.0) < ($0.1.amount, $1.0) }
    }

    /// Cost of each service and category: `["rds"]?[.usage]`.
    public var categories: [String: [ChargeCategory: Money]] {
        Dictionary(grouping: charges, by: \.service).mapValues { own in
            Dictionary(grouping: own, by: \.category).mapValues { sum($0) }
        }
    }

    /// Cost and usage of each usage type of a service, the greatest cost first; tax is left out.
    public func usageTypes(of service: String) -> [(usageType: String, cost: Money, usage: Decimal?)] {
        let own = charges.filter { $0.service == service && $0.category != .tax }
        return Dictionary(grouping: own) { $0.usageType ?? "" }.map { type, lines in
            (type, sum(lines), lines.reduce(Decimal?(0)) { sum, line in sum.flatMap { sum in line.usage.map { sum + $0 } } })
        }.sorted { ($1.1.amount, $0.0) < ($0.1.amount, $1.0) }
    }

    /// The last day that a statement tells of.
    public var lastDay: CivilDate? { statements.map(\.days.upperBound).max() }
    /// Whether the statements tell of the month to its end.
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
