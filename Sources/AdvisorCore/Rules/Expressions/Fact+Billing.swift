extension Fact {
    /// The facts that come from bills, allowances and credits.
    static let billing: [Fact] = [
        Fact(name: "billed", measure: .boolean, words: "Whether a bill with usage types has been imported."),
        Fact(name: "has_credits", measure: .boolean, words: "Whether the account has credits left, from advisor.yaml."),
        Fact(name: "credits.balance", measure: .money, words: "The remaining credits."),
        Fact(name: "credits.time_left", measure: .time, words: "The time until the credits are used up or expire."),
        Fact(name: "credits.lost", measure: .money, words: "The credits that will expire unused."),
        Fact(name: "allowance.used", measure: .ratio, words: "The share of a free allowance used this month."),
        Fact(
            name: "allowance.expected", measure: .ratio,
            words: "The share of a free allowance expected to be used by month end."),
        Fact(name: "allowance.ends", measure: .boolean, words: "Whether a free allowance has a known end date."),
        Fact(name: "allowance.time_left", measure: .time, words: "The time until a free allowance ends."),
    ]
}

extension Fact {
    /// The monthly amount of a billed usage.
    init(_ usage: BilledUsage) {
        self.init(name: usage.id.factName, measure: usage.measure, words: "Billed per month: \(usage.title).")
    }
}

extension BilledUsageID {
    /// The name of its fact: `billed.nat_gateway_hours`.
    var factName: String { "billed.\(rawValue)" }
}
