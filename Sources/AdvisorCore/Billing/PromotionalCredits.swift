import Foundation

/// The remaining promotional credits, and how long they last.
public struct PromotionalCredits: Hashable, Sendable {
    /// One credit at the current time.
    public struct Line: Hashable, Sendable {
        /// The credit as declared.
        public var credit: CloudAccount.Credit
        /// The remaining amount; zero after it expired.
        public var balance: Money
        /// The amount expected to expire unused; nil if the burn rate is unknown or it never expires.
        public var lost: Money?
    }

    /// Where the daily usage is from.
    public enum BurnSource: Reason {
        /// Unknown: no bill by days is stored.
        case noDailyBill
        /// What credits paid in the last days of the bill.
        case credits(days: Int)
        /// What was spent in the last days of the bill.
        case charges(days: Int)
    }

    /// The credits, first to expire first.
    public var lines: [Line]
    /// The total remaining amount.
    public var balance: Money
    /// The amount used per day, from the months of the bill's last thirty days; nil without a bill with credits.
    public var burn: Money?
    /// The source of `burn`, or why it is unknown.
    public var burnSource: BurnSource
    /// The day on which no credits are left, used or expired; nil if unknown or never.
    public var endsOn: CivilDate?
    /// Whether they end by being used up instead of expiring.
    public var isSpent: Bool

    /// Computes the remaining credits of an account; nil if it has none.
    /// - Parameters:
    ///   - account: The credits.
    ///   - charges: The known bills; their credits dated after `used_on` are added to the declared usage.
    ///   - now: The current time.
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

    /// The usage in bills after the declared date, which is taken from the credits in the order of expiration.
    ///
    /// If credits were declared on several dates, later declarations include a part of the bill's usage.
    private static func paid(_ account: CloudAccount, _ charges: BillingData, _ today: Int) -> Decimal {
        guard let since = account.credits.compactMap(\.usedOn).min() else { return 0 }
        let billed = charges.charges.reduce(Decimal(0)) { sum, charge in
            charge.category == .credit && charge.cost.currency == "USD" && charge.day > since
                && charge.day.daysSinceEpoch <= today ? sum - charge.cost.amount : sum
        }
        let counted = account.credits.filter { ($0.usedOn ?? since) > since }.reduce(Decimal(0)) { $0 + $1.used.amount }
        return max(0, billed - counted)
    }

    /// Uses the credits, first to expire first.
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
                    // A credit pays until it expires, then the next one.
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

    /// The daily usage of credits: from recent bills with credits, otherwise all that was charged.
    private static func burn(_ charges: BillingData, _ today: Int) -> (Money?, BurnSource) {
        let dated = charges.statements.filter { $0.granularity == .daily }
        guard let last = dated.map(\.days.upperBound.daysSinceEpoch).filter({ $0 <= today }).max() else {
            return (nil, .noDailyBill)
        }
        // Bills may date the credits of a month on any of its days, so whole months are used.
        let month = Timestamp(CivilDate(daysSinceEpoch: last - 29)).startOfMonth.date.daysSinceEpoch
        let first = max(month, dated.map(\.days.lowerBound.daysSinceEpoch).min() ?? last)
        let count = last - first + 1
        let days = Decimal(count)
        let own = charges.charges.filter { (first...last).contains($0.day.daysSinceEpoch) && $0.cost.currency == "USD" }
        let paid = own.filter { $0.category == .credit }.reduce(Decimal(0)) { $0 - $1.cost.amount }
        if paid > 0 { return (Money((paid / days).rounded(scale: 6)), .credits(days: count)) }
        let spent = own.filter { $0.category != .credit }.reduce(Decimal(0)) { $0 + $1.cost.amount }
        return (Money((max(0, spent) / days).rounded(scale: 6)), .charges(days: count))
    }
}
