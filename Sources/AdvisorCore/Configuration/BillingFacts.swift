import Foundation

extension Stack {
    /// NAT gateways declared, or seen in the newest bill where those are more; nil when neither says.
    var natGateways: Int? {
        let declared = services.map { $0.filter { $0.id == "nat-gateway" }.reduce(0) { $0 + $1.count } }
        guard let usage = BilledUsage.named("nat_gateway_hours"), let hours = money.month?.quantity(of: usage) else {
            return declared
        }
        let billed = NSDecimalNumber(decimal: (hours / Decimal(Catalog.hoursPerMonth)).rounded(scale: 0)).intValue
        return max(declared ?? 0, hours > 0 ? max(1, billed) : 0)
    }
}

/// What bills and metrics say of a stack's money, worked out before rules are evaluated.
public struct BillingFacts: Hashable, Sendable {
    /// What a month costs, by the newest bill; nil without one.
    public var month: BilledMonth?
    /// Use of each allowance that the stack has and of which something is known.
    public var allowances: [FreeTierUsage]
    /// What is left of credits; nil without any.
    public var credits: PromotionalCredits?
    /// As of when.
    public var asOf: Timestamp?

    /// Nothing known.
    public init() { allowances = [] }

    /// What rules on a kind of resource may read.
    func facts(of resource: Stack.Resource) -> Facts {
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

    /// The facts that come from bills, allowances and credits.
    static let facts: [Fact] =
        [
            Fact(name: "billed", measure: .boolean, words: "Whether a bill with usage types is stored."),
            Fact(name: "has_credits", measure: .boolean, words: "Whether the account has credits left, from the stack file."),
            Fact(name: "credits.balance", measure: .money, words: "What is left of the credits."),
            Fact(name: "credits.time_left", measure: .time, words: "The time until credits are spent or expired."),
            Fact(name: "credits.lost", measure: .money, words: "What of the credits will expire unspent."),
            Fact(name: "allowance.used", measure: .ratio, words: "The share of a free allowance used this month."),
            Fact(name: "allowance.expected", measure: .ratio, words: "The share of a free allowance used by the month's end."),
            Fact(name: "allowance.ends", measure: .boolean, words: "Whether a free allowance ends on a day that is known."),
            Fact(name: "allowance.time_left", measure: .time, words: "The time until a free allowance ends."),
        ]
        + BilledUsage.all.map { usage in
            Fact(name: "billed.\(usage.name)", measure: usage.measure, words: "Billed in a month: \(usage.title).")
        }
}
