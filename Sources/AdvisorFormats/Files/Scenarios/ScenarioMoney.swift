import AdvisorCore
import Foundation

/// Reads the bill and the allowance of a scenario.
enum ScenarioMoney {
    static func read(
        _ mapping: YAMLMapping, start: Timestamp?, resource: Stack.Resource?, stack: Stack, services: ServiceCatalog
    ) -> BillingFacts {
        var billing = BillingFacts()
        guard let start else { return billing }
        billing.asOf = start
        var charges = BillingData()
        if let lines = mapping["bill"]?.elements("a list of charges") {
            charges = bill(lines.compactMap { charge($0, start, services) }, start)
            billing.month = BilledMonth(charges, services: services, at: start)
        }
        billing.credits = stack.account.flatMap { PromotionalCredits($0, charges: charges, at: start) }
        if let value = mapping["allowance"], let resource, let use = allowance(value, resource.id, start) {
            billing.allowances = [use]
        }
        return billing
    }

    /// A CUR of the month in which the scenario starts.
    private static func bill(_ charges: [Charge], _ start: Timestamp) -> BillingData {
        let month = BillingMonth(start)
        let days = CivilDate(daysSinceEpoch: month.firstDay)...CivilDate(daysSinceEpoch: month.lastDay)
        let statement = BillStatement(
            key: BillKey(source: .cur, provider: "AWS", payer: nil, month: month), days: days, granularity: .daily,
            lines: charges.count, readAt: start, isWhole: true)
        return BillingData([statement]) { _ in charges }
    }

    private static func charge(_ value: YAMLValue, _ start: Timestamp, _ services: ServiceCatalog) -> Charge? {
        guard let mapping = value.mapping(.charge) else { return nil }
        let service = mapping["service"]?.string()
        let cost = mapping["cost"]?.read("amount", "$5 or -$5") { text in
            text.hasPrefix("-") ? QuantityText.money(String(text.dropFirst())).map { -$0 } : QuantityText.money(text)
        }
        let usage = mapping["usage"]?.decimal("744")
        let category = mapping["category"]?.choice(ChargeCategory.self) ?? .usage
        let day = mapping["day"]?.day()
        guard let service, let cost else { return nil }
        return Charge(
            day: day ?? CivilDate(daysSinceEpoch: BillingMonth(start).firstDay), service: services.id(of: service) ?? service,
            usageType: mapping["usage_type"]?.string(), category: category, cost: Money(cost), usage: usage)
    }

    private static func allowance(_ value: YAMLValue, _ id: String, _ start: Timestamp) -> FreeTierUsage? {
        guard let mapping = value.mapping(.allowanceUse) else { return nil }
        // Shares of a hundred; the unit of the allowance is irrelevant here.
        func share(_ key: String) -> Decimal? { mapping[key]?.percent().map { Decimal(($0 * 1e6).rounded()) / 10_000 } }
        let whole = Allowance(
            id: id, title: id, offer: .always, span: .month, amount: 100, measure: .count, source: "the scenario", asOf: "")
        let ends = mapping["time_left"]?.duration().map { (start + $0).date }
        return FreeTierUsage(
            allowance: whole, used: share("used"), expected: share("expected"), source: nil, ends: ends)
    }
}
