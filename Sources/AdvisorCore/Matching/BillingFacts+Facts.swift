import Foundation

extension BillingFacts {
    /// The facts for rules on a resource.
    func facts(about resource: Stack.Resource) -> Facts {
        let now = asOf ?? Timestamp(milliseconds: 0)
        switch resource.kind {
        case .account, .project:
            var facts = month?.facts ?? ["billed": .boolean(false)]
            facts.merge(credits?.facts(at: now) ?? [:]) { $1 }
            facts["has_credits"] = .boolean(credits.map { $0.balance.amount > 0 } ?? false)
            return facts
        case .allowance: return allowances.first { $0.allowance.id == resource.id }?.facts(at: now) ?? [:]
        case .database, .api, .function, .userPool, .natGateway, .logGroup, .bucket, .service: return [:]
        }
    }
}

extension BilledMonth {
    /// The facts for rules: `billed`, and `billed.…` of each usage.
    public var facts: Facts {
        guard hasUsageTypes else { return ["billed": .boolean(false)] }
        var facts: Facts = ["billed": .boolean(true)]
        for usage in services.usages {
            guard let quantity = quantity(of: usage.id) else { continue }
            let base = Decimal(usage.measure == .time ? 3600 : usage.measure == .bytes ? 1_000_000_000 : 1)
            facts[usage.id.factName] = .number(NSDecimalNumber(decimal: quantity * base).doubleValue)
        }
        return facts
    }
}

extension PromotionalCredits {
    /// The facts for rules.
    public func facts(at now: Timestamp) -> Facts {
        func number(_ money: Money) -> Fact.Value { .number(NSDecimalNumber(decimal: money.amount).doubleValue) }
        var facts: Facts = ["credits.balance": number(balance)]
        if let endsOn { facts["credits.time_left"] = .number(max(0, (Timestamp(endsOn) - now).seconds)) }
        let lost = lines.compactMap(\.lost)
        if burn != nil, !lost.isEmpty { facts["credits.lost"] = number(lost.reduce(Money(0), +)) }
        return facts
    }
}

extension FreeTierUsage {
    /// The facts for rules.
    public func facts(at now: Timestamp) -> Facts {
        var facts: Facts = ["allowance.ends": .boolean(ends != nil)]
        if let share { facts["allowance.used"] = .number(share) }
        if let expectedShare { facts["allowance.expected"] = .number(expectedShare) }
        if let ends { facts["allowance.time_left"] = .number(max(0, (Timestamp(ends) - now).seconds)) }
        return facts
    }
}
