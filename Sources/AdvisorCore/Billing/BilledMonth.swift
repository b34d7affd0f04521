public import Foundation

/// The costs of a month, from the newest bill, for rules and tips.
public struct BilledMonth: Hashable, Sendable {
    /// The bill.
    public var bill: Bill
    /// The factor from the bill's days to a whole month; 1 for a whole month.
    public var factor: Decimal
    /// Names the usage that the bill counts.
    let services: ServiceCatalog
    private static let enoughDays = 7

    /// Creates the costs of a month from a bill.
    public init(_ bill: Bill, services: ServiceCatalog) {
        (self.bill, self.services) = (bill, services)
        let days = bill.month.lastDay - bill.month.firstDay + 1
        let first = bill.statements.map(\.days.lowerBound.daysSinceEpoch).min() ?? bill.month.firstDay
        let last = min(bill.lastDay?.daysSinceEpoch ?? bill.month.lastDay, bill.month.lastDay)
        factor = Decimal(days) / Decimal(max(1, last - max(first, bill.month.firstDay) + 1))
    }

    /// The newest month with at least seven known days, or else the newest month; nil without any bill.
    public init?(_ charges: BillingData, services: ServiceCatalog, at now: Timestamp) {
        let bills = charges.months.filter { $0 <= BillingMonth(now) }.reversed().compactMap(charges.bill(of:))
        let enough = bills.first { bill in
            (bill.lastDay?.daysSinceEpoch ?? 0) - bill.month.firstDay + 1 >= Self.enoughDays
        }
        guard let bill = enough ?? bills.first else { return nil }
        self.init(bill, services: services)
    }

    /// Whether the bill has usage types; without them usage is unknown.
    public var hasUsageTypes: Bool { bill.charges.contains { $0.usageType != nil } }

    /// The usage in a whole month, in the unit of the bill (hours, GB, a number); nil if the bill has no usage.
    public func quantity(of id: BilledUsageID) -> Decimal? {
        guard hasUsageTypes, let usage = services.usage(id) else { return nil }
        var sum = Decimal(0)
        for charge in bill.charges where usage.counts(charge) {
            guard let used = charge.usage else { return nil }
            sum += used
        }
        return (sum * factor).rounded(scale: 6)
    }

    /// The cost in a whole month; nil if the bill has no usage.
    public func cost(of id: BilledUsageID) -> Money? {
        guard hasUsageTypes, let usage = services.usage(id) else { return nil }
        let sum = bill.charges.reduce(Decimal(0)) { usage.costs($1) ? $0 + $1.cost.amount : $0 }
        return Money((sum * factor).rounded(scale: 6), currency: bill.currency)
    }

    /// How many of something run all month, from its hours in a month of 672 to 744 hours: at least one if any was used.
    func running(_ id: BilledUsageID) -> Decimal? {
        guard let hours = quantity(of: id) else { return nil }
        let hoursOfMonth = Decimal((bill.month.lastDay - bill.month.firstDay + 1) * 24)
        return hours > 0 ? max(1, (hours / hoursOfMonth).rounded(scale: 0)) : 0
    }

    /// The source of the values.
    public var source: BillReference {
        BillReference(
            month: bill.month.description, sources: Set(bill.statements.map(\.key.source)).sorted().map(\.title),
            until: bill.lastDay?.description, isWhole: factor == 1)
    }
}

/// The bill that values are from.
public struct BillReference: Hashable, Codable, Sendable {
    /// The month: `2026-03`.
    public var month: String
    /// The kinds of files: `CUR`.
    public var sources: [String]
    /// The last known day: `2026-03-12`; nil if unknown.
    public var until: String?
    /// Whether all days are known; otherwise values are extrapolated to the whole month.
    public var isWhole: Bool
}

/// Where the usage of an allowance is from.
public enum UsageSource: Reason {
    /// The bill of the month.
    case bill(bill: BillReference)
    /// Metrics of the month.
    case metrics
}
