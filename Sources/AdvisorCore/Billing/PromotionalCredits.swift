import Foundation

/// What is left of promotional credits, and how long it lasts; pure.
public struct PromotionalCredits: Hashable, Sendable {
    /// One credit as of now.
    public struct Line: Hashable, Sendable {
        /// As the user gave it.
        public var credit: CloudAccount.Credit
        /// What is left of it; nothing after it expired.
        public var balance: Money
        /// What it is expected to lose when it expires; nil when the burn is unknown or it never expires.
        public var lost: Money?
    }

    /// The first to expire first.
    public var lines: [Line]
    /// What is left of all.
    public var balance: Money
    /// What they pay a day, by the months that the bill's last thirty days lie in; nil without a bill that says so.
    public var burn: Money?
    /// Where `burn` comes from, for people.
    public var burnSource: String
    /// The day on which nothing is left, spent or expired; nil when that cannot be told, or never comes.
    public var endsOn: CivilDate?
    /// Whether they end by being spent, not by expiring.
    public var isSpent: Bool

    /// What is left of an account's credits; nil without any.
    /// - Parameters:
    ///   - account: The credits.
    ///   - charges: The bills known; their credits that are dated after `used_on` come on top of what the user said.
    ///   - now: As of when.
    public init?(_ account: CloudAccount, charges: BillingData, at now: Timestamp) {
        guard !account.credits.isEmpty else { return nil }
        let today = now.date.daysSinceEpoch
        let sorted = account.credits.sorted { ($0.expires?.daysSinceEpoch ?? .max) < ($1.expires?.daysSinceEpoch ?? .max) }
        let (perDay, source) = Self.burn(charges, today)
        (burn, burnSource) = (perDay, source)
        var paid = Self.paid(account, charges, today)
        lines = []
        for credit in sorted {
            var left = max(0, credit.amount.amount - credit.used.amount)
            let taken = min(left, max(0, paid))
            left -= taken
            paid -= taken
            let isExpired = credit.expires.map { $0.daysSinceEpoch < today } ?? false
            lines.append(Line(credit: credit, balance: Money(isExpired ? 0 : left), lost: nil))
        }
        balance = lines.reduce(Money(0)) { $0 + $1.balance }
        (endsOn, isSpent) = (nil, false)
        guard let perDay, balance.amount > 0 else { return }
        foresee(perDay.amount, today)
    }

    /// What the bill says was paid since the user counted, which comes off the credits in the order in which they expire.
    ///
    /// Where credits were counted on several days, what was counted later is among what the bill says since the first.
    private static func paid(_ account: CloudAccount, _ charges: BillingData, _ today: Int) -> Decimal {
        guard let since = account.credits.compactMap(\.usedOn).min() else { return 0 }
        let billed = charges.charges.reduce(Decimal(0)) { sum, charge in
            charge.category == .credit && charge.cost.currency == "USD" && charge.day > since
                && charge.day.daysSinceEpoch <= today ? sum - charge.cost.amount : sum
        }
        let counted = account.credits.filter { ($0.usedOn ?? since) > since }.reduce(Decimal(0)) { $0 + $1.used.amount }
        return max(0, billed - counted)
    }

    /// Lets the credits be spent, the first to expire first.
    private mutating func foresee(_ perDay: Decimal, _ today: Int) {
        var day = Decimal(today)
        var end: Decimal? = day
        for index in lines.indices where lines[index].balance.amount > 0 {
            let balance = lines[index].balance.amount
            let days = perDay > 0 ? balance / perDay : nil
            if let expiry = lines[index].credit.expires.map({ Decimal($0.daysSinceEpoch + 1) }) {
                let usable = max(0, (expiry - day) * perDay)
                lines[index].lost = Money(max(0, balance - usable).rounded(scale: 2))
                if days.map({ day + $0 > expiry }) ?? true {
                    // Spending stops with the expiry; the next one pays from then on.
                    (day, isSpent) = (max(day, expiry), false)
                    end = day
                    continue
                }
            }
            guard let days else {
                end = nil
                break
            }
            day += days
            (end, isSpent) = (day, true)
        }
        if let end { endsOn = CivilDate(daysSinceEpoch: NSDecimalNumber(decimal: end.rounded(scale: 6)).intValue) }
    }

    /// What credits pay a day: what the bill says they paid of late, else everything that it says was spent.
    private static func burn(_ charges: BillingData, _ today: Int) -> (Money?, String) {
        let dated = charges.statements.filter { $0.granularity == .daily }
        guard let last = dated.map(\.days.upperBound.daysSinceEpoch).filter({ $0 <= today }).max() else {
            return (nil, "no bill by days is stored; ingest a CUR, FOCUS or daily Cost Explorer file")
        }
        // Bills date a month's credit on any of its days, so months are taken whole.
        let month = Timestamp(CivilDate(daysSinceEpoch: last - 29)).startOfMonth.date.daysSinceEpoch
        let first = max(month, dated.map(\.days.lowerBound.daysSinceEpoch).min() ?? last)
        let days = Decimal(last - first + 1)
        let own = charges.charges.filter { (first...last).contains($0.day.daysSinceEpoch) && $0.cost.currency == "USD" }
        let paid = own.filter { $0.category == .credit }.reduce(Decimal(0)) { $0 - $1.cost.amount }
        if paid > 0 { return (Money((paid / days).rounded(scale: 6)), "what credits paid in the bill's last \(days) days") }
        let spent = own.filter { $0.category != .credit }.reduce(Decimal(0)) { $0 + $1.cost.amount }
        return (Money((max(0, spent) / days).rounded(scale: 6)), "what was spent in the bill's last \(days) days")
    }
}
