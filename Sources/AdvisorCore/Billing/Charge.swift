public import Foundation

/// What kind of charge a line of a bill is.
public enum ChargeCategory: String, CaseIterable, Sendable, Comparable {
    /// What was used.
    case usage
    /// What was bought: reservations, plans, subscriptions, domains.
    case purchase
    /// Value added or sales tax.
    case tax
    /// Promotional and other credits; as a rule negative.
    case credit
    /// Money given back; as a rule negative.
    case refund
    /// Discounts, corrections, rounding.
    case adjustment
    /// Of a source that adds usage, credits and refunds up and does not say which is which.
    case net

    /// In the order of a bill.
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

/// A form in which a bill comes, the most detailed first.
public enum BillSource: String, CaseIterable, Sendable, Comparable {
    /// AWS's Cost and Usage Report, 2.0 or legacy.
    case cur
    /// The FinOps Open Cost and Usage Specification.
    case focus
    /// Cost Explorer's `get-cost-and-usage`, a day at a time.
    case costExplorerDaily = "cost-explorer-daily"
    /// Cost Explorer's `get-cost-and-usage`, a month at a time.
    case costExplorerMonthly = "cost-explorer-monthly"

    /// The more detailed comes first.
    public static func < (left: BillSource, right: BillSource) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// For people.
    public var title: String {
        switch self {
        case .cur: "CUR"
        case .focus: "FOCUS"
        case .costExplorerDaily: "Cost Explorer, daily"
        case .costExplorerMonthly: "Cost Explorer, monthly"
        }
    }
}

/// A calendar month, UTC, as bills have it.
public struct BillingMonth: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The year, as written: 2026.
    public var year: Int
    /// 1 for January to 12 for December.
    public var month: Int

    /// A month by its parts; nil when there is none such.
    public init?(year: Int, month: Int) {
        guard (1...12).contains(month), (1970...9999).contains(year) else { return nil }
        (self.year, self.month) = (year, month)
    }

    /// The month that a day lies in.
    public init(_ day: CivilDate) { (year, month) = (day.year, day.month) }

    /// The month that a time lies in.
    public init(_ time: Timestamp) { self.init(time.date) }

    /// Reads `2026-03`, or the beginning of `2026-03-01T00:00:00Z`; nil for anything else.
    public init?(text: String) {
        let parts = text.split(separator: "-", maxSplits: 2)
        guard parts.count >= 2, parts[0].count == 4, parts[1].count == 2, let year = Int(parts[0]), let month = Int(parts[1])
        else { return nil }
        self.init(year: year, month: month)
    }

    /// Its first day, in days since 1970-01-01.
    public var firstDay: Int { CivilDate(year: year, month: month, day: 1)?.daysSinceEpoch ?? 0 }
    /// Its last day, in days since 1970-01-01.
    public var lastDay: Int { firstDay + CivilDate.daysInMonth(year: year, month: month) - 1 }
    /// The month after it.
    public var next: BillingMonth { BillingMonth(CivilDate(daysSinceEpoch: lastDay + 1)) }
    /// The month before it.
    public var previous: BillingMonth { BillingMonth(CivilDate(daysSinceEpoch: firstDay - 1)) }

    /// `2026-03`.
    public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    /// Earlier months come first.
    public static func < (left: BillingMonth, right: BillingMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}

/// One line of a bill, added up over a day.
public struct Charge: Hashable, Sendable {
    /// The day it is dated, UTC; a charge for a month stands on the month's first day.
    public var day: CivilDate
    /// The account that used it; nil when the source does not say.
    public var account: String?
    /// An id of the service catalog, or the source's own name where nobody knows it.
    public var service: String
    /// The provider's usage type, `NatGateway-Hours`; nil when the source does not say.
    public var usageType: String?
    /// What kind of charge.
    public var category: ChargeCategory
    /// Exact.
    public var cost: Money
    /// How much was used, in `unit`; nil when the source does not say.
    public var usage: Decimal?
    /// `Hrs`, `GB-Mo`; nil when the source does not say.
    public var unit: String?

    /// A charge by its parts.
    public init(
        day: CivilDate, account: String? = nil, service: String, usageType: String? = nil, category: ChargeCategory = .usage,
        cost: Money, usage: Decimal? = nil, unit: String? = nil
    ) {
        (self.day, self.account, self.service, self.usageType, self.category) = (day, account, service, usageType, category)
        (self.cost, self.usage, self.unit) = (cost, usage, unit)
    }
}
