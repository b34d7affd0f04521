extension Fact {
    /// The facts that come from bills, allowances and credits.
    static let billing: [Fact] =
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
