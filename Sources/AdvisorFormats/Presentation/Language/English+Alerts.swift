import AdvisorCore
import Foundation

extension English {
    func label(_ alert: Alert) -> String {
        switch alert.kind {
        case .alarm, .budget, .anomaly, .stale, .runFailed, .endpointDisabled:
            alert.status == .resolved ? "RESOLVED" : alert.severity.rawValue.uppercased()
        case .resolved: "RESOLVED"
        case .recommendation:
            switch AdviceChange(alert.content) {
            case .new, nil: "ADVICE"
            case .changed: "ADVICE CHANGED"
            case .withdrawn: "WITHDRAWN"
            }
        case .test: "TEST"
        }
    }

    func title(_ content: AlertContent) -> String {
        switch content {
        case .firing(let target, let reason, let others, _):
            "\(target): \(others == 0 ? title(reason) : "\(others + 1) rules in ALARM")"
        case .single(let target, let reason): "\(target): \(clause(reason))"
        case .resolved(let target, let reason, let others, _, _): "\(target): \(backToNormal(reason, others))"
        case .newMonth(let target, let reason, let others, _, _):
            "\(target): a new month has begun: \(subject(reason, others))"
        case .recommendation(let resource, let steps, _):
            AdviceChange(content) == .withdrawn
                ? "\(resource): withdrawn: \(headline(steps)) is no longer advised" : "\(resource): \(headline(steps))"
        case .budgetSpent(let budget, let step): "\(name(budget)): over \(Self.share(ofStep: step)) spent"
        case .budgetForecast(let budget): "\(name(budget)): the month is expected to end above it"
        case .receiverDisabled(let receiver, _): "receiver '\(receiver)' is disabled: it gets no more alerts"
        case .test(let receiver): "test of receiver '\(receiver)' by advisor"
        }
    }

    func summary(_ content: AlertContent, asOf now: Timestamp) -> String {
        switch content {
        case .firing(_, let reason, let others, let since):
            "\(clause(reason))\(and(others))\(since.map { "; in ALARM since \($0)" } ?? "")"
        case .single(_, let reason): clause(reason)
        case .resolved(_, let reason, let others, let began, let ended):
            "\(reason.map(title) ?? subject(nil, others)): ended at \(ended), began at \(began)"
        case .newMonth(_, _, _, let began, let ended):
            "A new month has begun and the charges were reset; this is not a saving. The alarm lasted from \(began) to \(ended)"
        case .recommendation(_, _, let reason): clause(reason, asOf: now)
        case .budgetSpent(let budget, _), .budgetForecast(let budget): sentences(budget)
        case .receiverDisabled(let receiver, let problem):
            "\(problem). Its alerts are paused; fix it, then run `advisor alerts retry --receiver \(receiver)`."
        case .test: "This is only a test: it was sent by `advisor alerts test`."
        }
    }

    func title(_ reason: AlertReason) -> String {
        switch reason {
        case .ruleInAlarm(let rule, _, _): rule.title
        case .costsMore: "costs more than usual"
        case .noData(let since, _, let resource): "\(noData(resource)) since \(since)"
        case .runFailed: "a run failed"
        case .active(let reason, _), .ended(let reason, _): title(reason)
        case .recommended(let rule): rule
        }
    }

    func clause(_ reason: AlertReason) -> String {
        switch reason {
        case .ruleInAlarm(let rule, let summary, let measured):
            summary.flatMap { summary in measured.map { Self.filled(summary, $0) } } ?? rule.title
        case .costsMore(let service, let anomaly): clause(anomaly, of: service)
        case .noData(let since, let age, let resource):
            "\(noData(resource)) for \(Self.length(age)); the newest sample is from \(since), and the rules have insufficient data"
        case .runFailed(let problem, let others):
            problem + (others == 0 ? "" : " and \(others) other \(others == 1 ? "problem" : "problems")")
        case .active(let reason, let since): "\(title(reason)), since \(since)"
        case .ended(let reason, let time): "ended at \(time): \(title(reason))"
        case .recommended(let rule): "because of \(rule)"
        }
    }

    func clause(_ anomaly: CostAnomaly, of service: String) -> String {
        let length = anomaly.days == 1 ? "on \(anomaly.since.text)" : "on \(anomaly.days) days since \(anomaly.since.text)"
        let share = anomaly.percent.map { " (\($0) %)" } ?? ""
        let type = anomaly.usageType.map { "; mostly \($0.name), \($0.excess)" } ?? ""
        return "\(service) cost \(anomaly.spent) \(length), \(anomaly.excess)\(share) more than usual\(type)"
    }

    /// The summary of a rule, in its author's words, with the values filled in.
    static func filled(_ template: String, _ measured: RuleMeasurement) -> String {
        let values = [
            ("{value}", measured.value.map(text)), ("{threshold}", measured.threshold.map(text)),
            ("{for}", measured.length.map(text)), ("{resource}", measured.resource), ("{since}", measured.since?.description),
        ]
        return values.reduce(template) { $0.replacingOccurrences(of: $1.0, with: $1.1 ?? "unknown") }
    }

    /// `3 h 15 min`, `2 d 4 h`.
    private static func length(_ age: Quantity) -> String {
        let minutes = Int((age.value / 60).rounded(.down))
        let (days, hours) = (minutes / 1440, minutes / 60 % 24)
        let parts = days > 0 ? [(days, "d"), (hours, "h")] : [(hours, "h"), (minutes % 60, "min")]
        let text = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
        return text.isEmpty ? "0 min" : text
    }

    private func noData(_ resource: String?) -> String { resource == nil ? "no data was ingested" : "no data" }

    private func and(_ others: Int) -> String { others == 0 ? "" : " and \(others) other \(others == 1 ? "rule" : "rules")" }

    /// What ended: the rule, or how many.
    private func subject(_ reason: AlertReason?, _ others: Int) -> String {
        others == 0 ? reason.map(title) ?? "all rules" : "\(others + 1) rules"
    }

    private func backToNormal(_ reason: AlertReason?, _ others: Int) -> String {
        switch reason {
        case .noData: "data arrives again"
        case .runFailed: "runs succeed again"
        case .costsMore: "costs are back to normal"
        case .active(let reason, _), .ended(let reason, _): backToNormal(reason, others)
        case .ruleInAlarm, .recommended, nil: "back to normal: \(subject(reason, others))"
        }
    }

    // MARK: Budgets

    /// `Monthly budget`.
    private func name(_ budget: BudgetMonth) -> String {
        budget.name == "monthly" ? "Monthly budget" : "Budget \(budget.name)"
    }

    /// `80 %`, of thousandths.
    private static func share(ofStep step: Int) -> String {
        step % 10 == 0 ? "\(step / 10) %" : "\(step / 10).\(step % 10) %"
    }

    private func sentences(_ budget: BudgetMonth) -> String {
        var text = "\(budget.spent?.description ?? "An unknown amount") of \(budget.limit) spent in \(budget.month)"
        if let forecast = budget.forecast {
            text += "; \(forecast.expected) expected at its end (\(forecast.low) to \(forecast.high), 80 % range)"
        }
        text += "."
        if let day = budget.passesOn { text += " At this rate the limit is passed on \(day.text)." }
        if let source = budget.source, let until = budget.dataUntil { text += " From \(title(source)) up to \(until)." }
        return text
    }

    // MARK: Suppressions

    func clause(_ suppression: Suppression, asOf now: Timestamp) -> String {
        switch suppression {
        case .muted(let until, let reason): "muted until \(time(until, asOf: now))\(reason.map { " (\($0))" } ?? "")"
        case .inhibited(let rule): "inhibited by \(rule)"
        case .snoozed(let until): until.map { "snoozed until \(time($0, asOf: now))" } ?? "snoozed"
        case .quietHours(let until): "quiet hours until \(time(until, asOf: now))"
        }
    }

    func title(_ suppression: Suppression) -> String {
        switch suppression {
        case .muted: "muted"
        case .inhibited(let rule): "\(rule) is in ALARM"
        case .snoozed: "snoozed"
        case .quietHours: "quiet hours"
        }
    }

    // MARK: Fields

    func text(_ value: AlertValue) -> String {
        switch value {
        case .measured(let quantity): Self.text(quantity)
        case .amount(let money): money.description
        }
    }

    func title(_ field: AlertMessage.Field.Kind) -> String {
        switch field {
        case .value: "Value"
        case .since: "Since"
        case .until: "Until"
        case .advice: "Advice"
        case .cost: "Cost"
        case .project: "Project"
        }
    }

    func value(_ value: String, threshold: String?) -> String { value + (threshold.map { " (limit \($0))" } ?? "") }

    func cost(before: Money, after: Money?) -> String {
        guard let after else { return "\(before) a month" }
        let change = after - before
        return "\(before) → \(after) a month (\(change.amount < 0 ? "" : "+")\(change))"
    }

    func clause(_ advice: Alert.Advice) -> String {
        [headline(advice.steps), caveats(advice.effect.caveats), remedy(advice.effect)].compactMap { $0 }.joined(separator: "; ")
    }

    var reasonsTitle: String { "Why:" }

    func origin(rule: String?, cite: String?) -> String {
        rule.map { "rule \($0)" + (cite.map { " · \($0)" } ?? "") } ?? "advisor"
    }
}
