import AdvisorCore
import Foundation

extension English {
    func text(_ quantity: Quantity) -> String { Self.text(quantity) }

    func exact(_ value: Double, _ measure: QuantityKind) -> String { ExactText.text(value, measure) }

    func hours(_ hours: Double) -> String { "\(ValueText.number(hours)) h" }

    func rounded(_ duration: Duration) -> String {
        duration.roundedText
    }

    private static func count(_ number: Int, _ word: String) -> String {
        "\(ValueText.grouped("\(number)")) \(word)\(number == 1 ? "" : "s")"
    }

    func text(_ phrase: ReportPhrase) -> String {
        switch phrase {
        case .spentOfBudget(let spent, let limit): return "\(spent?.description ?? "spend unknown") of \(limit) this month"
        case .limit(let value): return "limit \(value)"
        case .since(let time): return "since \(time)"
        case .okSince(let time): return "OK since \(time)"
        case .noDataSince(let time): return "no data since \(time)"
        case .rulesWithoutData(let gap, let titles):
            let rest = titles.count > 2 ? "; and \(titles.count - 2) more" : ""
            let first = titles.prefix(2).joined(separator: "; ")
            return "\(gap); \(titles.count) rules cannot be evaluated (\(first)\(rest))"
        case .ignoredResources(let count, let limit):
            let others = count == 1 ? "1 more resource is" : "\(ValueText.grouped("\(count)")) more resources are"
            return "\(others) not evaluated: of those that advisor.yaml does not declare, the first \(limit) of each kind are. "
                + "Declare what matters, or remove the rest with `advisor store forget --undeclared`."
        case .servicesAsExpected(let count): return "All \(count) services cost no more than expected"
        case .servicesUnknown(let names): return "no verdict on \(names.joined(separator: ", "))"
        case .rulesSatisfied(let count): return "\(count) rules are satisfied."
        case .score(let hits, let misses, let unknown):
            return "\(hits + misses + unknown) verified: \(hits) confirmed, \(misses) not, \(unknown) inconclusive"
        case .notNotified(let state, let why): return "\(title(state)), not notified: \(why)"
        case .state(let state, let value, let comparison, let since):
            return title(state) + (value.map { ": \($0)" } ?? "") + (comparison.map { ", the rule is \($0)" } ?? "")
                + (since.map { "; since \($0)" } ?? "")
        }
    }

    func text(_ phrase: BillPhrase) -> String {
        switch phrase {
        case .atLeast(let money): "\(money) or more"
        case .totals(let before, let after, let range, let isWhole):
            "\(before) → \(after)\(isWhole ? "" : " or more")\(range.map { " (\($0.least) to \($0.most))" } ?? "")"
        case .listed(let totals): "list \(totals)"
        case .models(let fixed, let usage, let declared):
            "fixed \(amount(fixed)), by use \(amount(usage)), declared \(amount(declared))"
        case .priced(let item, let price, let unit): "\(item) (\(price) a \(unit))"
        case .wholeStack(let totals): "Whole stack \(totals) a month; `--bill` shows it line by line"
        case .pricedFrom(let source, let date): "\(source), as of \(date)"
        case .soFar(let money): "\(money) so far"
        case .budget(let name): name == "monthly" ? "Monthly budget" : "Budget \(name)"
        case .ofLimit(let money): "of \(money)"
        case .more(let count): "and \(count) more"
        case .reconciled(let bill): reconciled(bill)
        case .otherCurrencies(let currencies): "charges in \(currencies.joined(separator: ", ")) are left out"
        }
    }

    func text(_ phrase: SavingsPhrase) -> String {
        switch phrase {
        case .upTo(let amount): return "up to \(amount)"
        case .saved(let amount): return "saves \(amount) a month"
        case .tips(let total): return "Tips" + (total.map { ": \($0) a month" } ?? "")
        case .risk(let risk): return "risk: \(title(risk))"
        case .counted(let basis): return "\(capitalized(basis))."
        case .allowance(let usage): return allowance(usage)
        case .credits(let credits): return self.credits(credits)
        case .freePlan(let end, let isOver):
            return isOver
                ? "The AWS free plan ended on \(end)."
                : "The AWS free plan ends on \(end), or when its credits are used up; the account then closes unless it is upgraded."
        case .stalePrices(let count, let oldest, let date):
            let prices = count == 1 ? "1 price used here is" : "\(count) prices used here are"
            return
                "\(prices) older than \(PriceBook.staleAfterDays) days (\(oldest), read on \(date)); `advisor prices` lists them."
        case .usageUnknown(let titles): return "use unknown: \(titles.joined(separator: ", "))"
        }
    }

    private func allowance(_ use: FreeTierUsage) -> String {
        let whole = use.text(of: use.allowance.amount, self)
        guard let used = use.used, let share = use.share else { return "usage unknown, \(whole) free" }
        func percent(_ share: Double) -> String { "\(ValueText.number((share * 100).rounded())) %" }
        var text = "\(use.text(of: used, self)) of \(whole) (\(percent(share)))"
        if use.allowance.span == .month, let expected = use.expectedShare { text += ", \(percent(expected)) by month end" }
        if let ends = use.ends { text += ", free until \(ends)" }
        if use.expectedShare ?? share > 1 { text += "; beyond: \(use.allowance.beyond)" }
        return text
    }

    private func credits(_ credits: PromotionalCredits) -> String {
        var text = "Credits: \(credits.balance) left"
        if let burn = credits.burn {
            text += ", \(burn) a day (\(clause(credits.burnSource)))"
            if let ends = credits.endsOn {
                text += credits.isSpent ? "; used up on \(ends)" : "; they expire on \(ends), before they are used up"
            } else if credits.balance.amount > 0 {
                text += "; they do not end at that rate"
            }
        } else {
            text += "; burn rate unknown: \(clause(credits.burnSource))"
        }
        let lost = credits.lines.compactMap(\.lost).reduce(Money(0), +)
        if lost.amount > 0 { text += ". \(lost) will expire unused" }
        return text + "."
    }

    func text(_ phrase: PlanPhrase) -> String {
        switch phrase {
        case .prices(let region): return "Prices of \(region), on demand, US dollars"
        case .priceCount(let all, let stale, let unknown):
            return "\(all) prices, \(stale) older than \(PriceBook.staleAfterDays) days, \(unknown) unknown."
        case .price(let amount, let unit, let region): return "\(amount) per \(unit), \(region)"
        case .hours(let hours): return "\(hours) hours"
        case .age(let days, let isStale):
            return (days < 0 ? "later than now" : "\(days) days ago") + (isStale ? ": stale, look it up again" : "")
        case .ownPrice(let id, let isSet):
            return isSet
                ? "from `prices:` in advisor.yaml" : "put `prices: { \(id): $… }` into advisor.yaml to replace it"
        case .users(let users, let source): return "\(ValueText.number(users)) users (\(title(source)))"
        case .growth(let percent, let source): return "growing \(ValueText.number(percent)) % a month (\(title(source)))"
        case .moves(let policy): return "moves: \(policy.rawValue)"
        case .oldSample(let time, let age):
            return "The newest sample is from \(time), \(text(age)) ago; today's users and load are unknown."
        case .firstLimit(let event, let month): return "First limit: \(event), in \(month)."
        case .planned(let event, let tier):
            return "\(event) only plans for \(tier ?? "a tier"); this timeline carries the plan out as soon as its alarm begins."
        }
    }

    func text(_ phrase: BacktestPhrase) -> String {
        switch phrase {
        case .header(let from, let to, let rules, let episodes):
            "\(fullTime(from)) to \(fullTime(to)): \(Self.count(rules, "rule")), \(Self.count(episodes, "episode")). Uses today's advisor.yaml for the whole period."
        case .neverFired(let rules): "\(Self.count(rules, "rule")) never fired."
        case .didNotApply(let rules): "\(Self.count(rules, "rule")) did not apply; `advisor rules explain` says why."
        case .advice(let resource): "What would have been recommended for \(resource)"
        case .lastChanges(let shown, let all): "the last \(shown) of \(all) changes; --format json has them all"
        case .cost(let following, let staying, let days):
            "following each recommendation from the moment it came, and never going back: \(following) over \(ValueText.number(days)) days; staying: \(staying); \(Self.difference(following.toCents - staying.toCents)). At list prices; credits, backup and transfer cost extra"
        case .costs(let there, let here): "following its advice: \(there); these rules: \(here)"
        case .alerts(let alerts, let end): text(alerts, asOf: end)
        case .longest(let shown, let all):
            "The \(shown) longest of \(ValueText.grouped("\(all)")) episodes; --format csv lists them all"
        case .peak(let value): "peak \(value)"
        case .compared(let counts):
            "Compared with the other rules: \(counts.map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", "))."
        case .more(let count): "and \(count) more; --format csv lists them all"
        }
    }

    private static func difference(_ difference: Money) -> String {
        difference.amount == 0
            ? "no difference" : difference.amount < 0 ? "\(Money(0) - difference) less" : "\(difference) more"
    }

    private func text(_ alerts: Backtest.Alerts, asOf end: Timestamp) -> String {
        let held = alerts.held > 0 ? "; \(ValueText.grouped("\(alerts.held)")) muted or inhibited" : ""
        guard alerts.total > 0 else { return "none would have been sent\(held)" }
        let kinds = Severity.allCases.reversed().compactMap { severity in
            alerts.alarms[severity].map { "\($0) \(title(severity))" }
        }
        let busiest = alerts.busiest.map { "; most on \(day($0.day, asOf: end)): \($0.count)" } ?? ""
        return
            "\(ValueText.grouped("\(alerts.total)")) would have been sent, before grouping: \((kinds + ["\(alerts.resolved) resolved"]).joined(separator: ", "))\(busiest)\(held)"
    }

    func text(_ phrase: ExplanationPhrase) -> String {
        switch phrase {
        case .value(let text, let value, let isOfNewest): "\(text) is \(value)\(isOfNewest ? " for the newest datapoint" : "")"
        case .unknown(let why): "unknown: \(why)"
        case .unknownOfNewest(let why): "unknown for the newest datapoint: \(why)"
        case .asOf(let place, let time): "\(place), as of \(time)"
        case .coverage(let covered, let periods, let start, let end):
            "\(covered) of \(periods) periods of the window \(start) to \(end) have data; half are needed"
        case .newestSamples(let count, let values): "newest: \(count) samples, \(values.joined(separator: ", "))"
        case .sampleCount(let count): "\(count) samples in the newest datapoint; --format json lists them"
        case .evaluated(let time, let datapoints, let hasOlder):
            "at \(time), over \(datapoints == 1 ? "the newest datapoint" : "the newest \(datapoints) datapoints")\(hasOlder ? "; older ones, in parentheses, do not count" : "")"
        case .factsDecide(let value): "facts alone decide: \(value)"
        }
    }
}

extension Duration {
    /// With one digit after the point: `3.2 d`, `5 h`, `40 min`.
    var roundedText: String {
        for (length, unit) in [(86_400.0, "d"), (3600, "h"), (60, "min")] where seconds >= length {
            return "\(ValueText.number((seconds / length * 10).rounded() / 10)) \(unit)"
        }
        return "\(ValueText.number(seconds)) s"
    }
}

extension FreeTierUsage {
    /// An amount of the allowance; times are in hours, as AWS counts them.
    func text(of amount: Decimal, _ language: any Language) -> String {
        let value = NSDecimalNumber(decimal: amount).doubleValue
        guard allowance.measure == .time else { return language.text(Quantity(value, allowance.measure)) }
        return language.hours(value / 3600)
    }
}
