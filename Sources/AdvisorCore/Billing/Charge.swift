public import Foundation

/// The category of a charge.
public enum ChargeCategory: String, CaseIterable, Sendable, Comparable {
    /// Usage.
    case usage
    /// Purchases: reservations, plans, subscriptions, domains.
    case purchase
    /// Value-added or sales tax.
    case tax
    /// Promotional and other credits, usually negative.
    case credit
    /// Refunds, usually negative.
    case refund
    /// Discounts, corrections, rounding.
    case adjustment
    /// The net amount of sources that do not separate usage, credits and refunds.
    case net

    /// Whether quantities of it are consumption; those of purchases, credits, refunds and adjustments repeat what usage states.
    public var isConsumption: Bool { self == .usage || self == .net }

    /// Whether it accrues over its period; the others are billed at a moment.
    public var accrues: Bool {
        switch self {
        case .usage, .net, .credit, .adjustment: true
        case .purchase, .tax, .refund: false
        }
    }

    /// Orders as on a bill.
    public static func < (left: ChargeCategory, right: ChargeCategory) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .net: 0
        case .usage: 1
        case .purchase: 2
        case .adjustment: 3
        case .credit: 4
        case .refund: 5
        case .tax: 6
        }
    }
}

/// A source of bills, the most detailed first.
public enum BillSource: String, CaseIterable, Sendable, Comparable {
    /// The AWS Cost and Usage Report, 2.0 or legacy.
    case cur
    /// The FinOps Open Cost and Usage Specification.
    case focus
    /// Cost Explorer's `get-cost-and-usage` by day.
    case costExplorerDaily = "cost-explorer-daily"
    /// Cost Explorer's `get-cost-and-usage` by month.
    case costExplorerMonthly = "cost-explorer-monthly"

    /// Orders the more detailed source first.
    public static func < (left: BillSource, right: BillSource) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The title for people.
    public var title: String {
        switch self {
        case .cur: "CUR"
        case .focus: "FOCUS"
        case .costExplorerDaily: "Cost Explorer, daily"
        case .costExplorerMonthly: "Cost Explorer, monthly"
        }
    }
}

/// A calendar month in UTC.
public struct BillingMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The year, as written: 2026.
    public var year: Int
    /// 1 for January to 12 for December.
    public var month: Int

    /// Creates a month; nil if it does not exist.
    public init?(year: Int, month: Int) {
        guard (1...12).contains(month), (1970...9999).contains(year) else { return nil }
        (self.year, self.month) = (year, month)
    }

    /// Creates the month that contains a day.
    public init(_ day: CivilDate) { (year, month) = (day.year, day.month) }

    /// Creates the month that contains a time.
    public init(_ time: Timestamp) { self.init(time.date) }

    /// Parses `2026-03`, also as the start of `2026-03-01T00:00:00Z`; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "-", maxSplits: 2)
        guard parts.count >= 2, parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]), let month = Int(parts[1])
        else { return nil }
        self.init(year: year, month: month)
    }

    /// The first day, as days since 1970-01-01.
    public var firstDay: Int { CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0 }
    /// The last day, as days since 1970-01-01.
    public var lastDay: Int { firstDay + CivilDate.daysInMonth(year: year, month: month) - 1 }
    /// The next month.
    public var next: BillingMonth { BillingMonth(CivilDate(daysSinceEpoch: lastDay + 1)) }
    /// The previous month.
    public var previous: BillingMonth { BillingMonth(CivilDate(daysSinceEpoch: firstDay - 1)) }

    /// `2026-03`.
    public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    /// Earlier months come first.
    public static func < (left: BillingMonth, right: BillingMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}

/// The charges of one day with the same account, service, usage type and category.
public struct Charge: Hashable, Sendable {
    /// The day, UTC.
    public var day: CivilDate
    /// The account that used it; nil if the source does not state it.
    public var account: String?
    /// The id of the service, or the source's own name for unknown services.
    public var service: String
    /// The provider's usage type: `NatGateway-Hours`; nil if the source does not state it.
    public var usageType: String?
    /// The category of the charge.
    public var category: ChargeCategory
    /// The exact cost.
    public var cost: Money
    /// The usage in `unit`; nil if the source does not state it.
    public var usage: Decimal?
    /// The unit, such as `Hrs` or `GB-Mo`; nil if the source does not state it.
    public var unit: String?
    /// Whether it is a part of a line for longer than a day, spread evenly: its day was not measured.
    public var isSpread = false

    /// Creates a charge.
    public init(
        day: CivilDate, account: String? = nil, service: String, usageType: String? = nil, category: ChargeCategory = .usage,
        cost: Money, usage: Decimal? = nil, unit: String? = nil
    ) {
        (self.day, self.account, self.service, self.usageType, self.category) = (day, account, service, usageType, category)
        (self.cost, self.usage, self.unit) = (cost, usage, unit)
    }
}
