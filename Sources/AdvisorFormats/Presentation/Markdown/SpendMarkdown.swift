import AdvisorCore

/// The spend report as Markdown.
struct MoneyMarkdown {
    let money: SpendReport
    let asOf: Timestamp
    let language: any Language

    func lines() -> [String] {
        func safe(_ text: String) -> String { SafeText.markdown(text) }
        let notified = money.budgets.filter { $0.budget.isNotified }
        guard money.source != nil || !notified.isEmpty else { return [] }
        var lines = ["", "## \(language.title(money))", "", safe(language.source(money, asOf: asOf)) + "."]
        if notified.isEmpty, let spent = money.spent {
            lines += ["", "\(spent) so far, \(safe(language.forecast(money.forecast, money.gap)))."]
        }
        for status in notified {
            let verdict = language.verdict(status).map { ", \($0)" } ?? ""
            lines += [
                "",
                "Budget \(safe(status.budget.name)): \(language.spent(status)); "
                    + safe(language.forecast(status.forecast, status.gap) + verdict) + ".",
            ]
        }
        let services = money.billedServices
        if !services.isEmpty {
            lines += ["", "| service | this month | change from the same days last month | expected | limit |"]
            lines += ["| --- | --- | --- | --- | --- |"]
            for service in services {
                let cells = [
                    service.title, service.spent?.description ?? "unknown", language.change(service),
                    service.forecast?.description ?? "", service.limit?.description ?? "",
                ]
                lines.append("| " + cells.map(safe).joined(separator: " | ") + " |")
            }
        }
        if !money.anomalies.isEmpty { lines.append("") }
        for anomaly in money.anomalies { lines.append("- \(safe(language.anomaly(anomaly, money)))") }
        if !money.otherCurrencies.isEmpty {
            lines += ["", "Charges in \(safe(money.otherCurrencies.joined(separator: ", "))) are left out."]
        }
        return lines
    }
}
