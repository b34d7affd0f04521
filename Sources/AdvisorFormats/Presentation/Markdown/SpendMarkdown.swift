import AdvisorCore

/// The spend report as Markdown.
struct MoneyMarkdown {
    let money: SpendReport
    let asOf: Timestamp
    let language: any Language
    var reconciliation: BillReconciliation? = nil

    func lines() -> [String] {
        func safe(_ text: String) -> String { SafeText.markdown(text) }
        let notified = money.budgets.filter { $0.budget.isNotified }
        guard money.source != nil || !notified.isEmpty else { return [] }
        var lines = ["", "## \(language.title(money))", "", safe(language.source(money, asOf: asOf)) + "."]
        if notified.isEmpty, let spent = money.spent {
            lines += ["", "\(language.text(BillPhrase.soFar(spent))), \(safe(language.forecast(money.forecast, money.gap)))."]
        }
        for status in notified {
            let verdict = language.verdict(status).map { ", \($0)" } ?? ""
            lines += [
                "",
                "\(safe(language.text(BillPhrase.budget(status.budget.name)))): \(language.spent(status)); "
                    + safe(language.forecast(status.forecast, status.gap) + verdict) + ".",
            ]
        }
        if let reconciliation { lines += ["", safe(language.text(BillPhrase.reconciled(reconciliation))) + "."] }
        let services = money.billedServices
        if !services.isEmpty {
            let titles = [BillTitle.service, .thisMonth, .change, .expected, .limit].map(language.title)
            lines += ["", "| " + titles.map(safe).joined(separator: " | ") + " |"]
            lines += ["| --- | --- | --- | --- | --- |"]
            for service in services {
                let cells = [
                    service.title, language.amount(service.spent), language.change(service),
                    service.forecast?.description ?? "", service.limit?.description ?? "",
                ]
                lines.append("| " + cells.map(safe).joined(separator: " | ") + " |")
            }
        }
        if !money.anomalies.isEmpty { lines.append("") }
        for anomaly in money.anomalies { lines.append("- \(safe(language.anomaly(anomaly, money)))") }
        if !money.otherCurrencies.isEmpty {
            let left = language.capitalized(language.text(BillPhrase.otherCurrencies(money.otherCurrencies)))
            lines += ["", safe(left) + "."]
        }
        return lines
    }
}
