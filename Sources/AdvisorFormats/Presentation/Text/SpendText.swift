import AdvisorCore
import Foundation

/// The spend report for a terminal: budgets as bars with their range, services by cost.
struct MoneyText {
    let money: SpendReport
    let asOf: Timestamp
    /// The columns, at least 40.
    let width: Int
    let language: any Language
    var reconciliation: BillReconciliation? = nil
    private static let services = 8

    func lines() -> [String] {
        let notified = money.budgets.filter { $0.budget.isNotified }
        guard money.source != nil || !notified.isEmpty else { return [] }
        var lines = ["", language.title(money), ""]
        lines += wrapped("  " + language.source(money, asOf: asOf), indent: 2)
        if notified.isEmpty, let spent = money.spent {
            lines += wrapped(
                "  \(language.text(BillPhrase.soFar(spent))) · \(language.forecast(money.forecast, money.gap))", indent: 4)
        }
        for status in notified { lines += budget(status) }
        if notified.contains(where: { $0.forecast != nil }) {
            lines += wrapped("  " + language.title(BillTitle.barLegend), indent: 2)
        }
        if let reconciliation {
            lines += wrapped("  " + SafeText.terminal(language.text(BillPhrase.reconciled(reconciliation))), indent: 4)
        }
        lines += table()
        for anomaly in money.anomalies {
            lines += wrapped("  ▲ " + SafeText.terminal(language.anomaly(anomaly, money)), indent: 4)
        }
        if !money.otherCurrencies.isEmpty {
            lines += wrapped("  ? " + language.text(BillPhrase.otherCurrencies(money.otherCurrencies)), indent: 4)
        }
        return lines
    }

    private func budget(_ status: BudgetStatus) -> [String] {
        let name = SafeText.terminal(status.budget.name)
        let words = "\(language.spent(status)) · \(language.forecast(status.forecast, status.gap))"
        var lines: [String] = []
        let label = name.padded(to: max(14, name.displayWidth + 2))
        let room = width - 2 - label.displayWidth
        if room >= 24 {
            lines.append("  " + label + Self.bar(status, width: min(room, 60)))
        } else {
            lines += ["  " + name, "  " + Self.bar(status, width: min(width - 2, 60))]
        }
        lines += wrapped("    " + words, indent: 4)
        if let verdict = language.verdict(status) { lines += wrapped("    " + verdict, indent: 4) }
        return lines
    }

    /// Amount spent, forecast and upper limit of its range on one scale, with the limit of the budget; readable without
    /// colors.
    static func bar(_ status: BudgetStatus, width: Int) -> String {
        let columns = columns(status, width: width - 1)
        let ends = [(columns.spent, "█"), (columns.expected, "▒"), (columns.high, "░")]
        return (0..<width).map { index in
            if index == columns.limit { return "│" }
            return ends.first { index < $0.0 }?.1 ?? "·"
        }.joined()
    }

    /// The ends of a bar's parts, for a width that fits the largest.
    static func columns(_ status: BudgetStatus, width: Int) -> (spent: Int, expected: Int, high: Int, limit: Int) {
        let limit = status.budget.limit.amount
        let spent = max(0, status.actual?.amount ?? 0)
        let expected = max(spent, status.forecast?.expected.amount ?? 0)
        let high = max(expected, status.forecast?.high.amount ?? 0)
        let most = max(limit, high)
        func column(_ amount: Decimal) -> Int {
            guard most > 0 else { return 0 }
            return NSDecimalNumber(decimal: (amount * Decimal(width) / most).rounded(scale: 0)).intValue
        }
        return (column(spent), column(expected), column(high), column(limit))
    }

    /// The services by cost, with the change from the same days of the previous month.
    private func table() -> [String] {
        let services = money.billedServices
        guard !services.isEmpty else { return [] }
        let hasChange = services.contains { $0.change != nil }
        var lines = [""] + wrapped("  " + language.title(hasChange ? BillTitle.servicesWithChange : .services), indent: 4)
        let shown = services.prefix(Self.services)
        let longest = min(max(shown.map(\.title.displayWidth).max() ?? 0, 12), max(12, width - 34))
        for service in shown {
            let title = SafeText.terminal(service.title).truncated(to: longest)
            var line = "    " + title.padded(to: longest + 2) + language.amount(service.spent).leftPadded(to: 9)
            if hasChange { line += language.change(service).leftPadded(to: 11) }
            if let limit = service.limit {
                let words =
                    "  \(language.text(BillPhrase.ofLimit(limit)))" + ((service.spent?.amount ?? 0) > limit.amount ? "  ▲" : "")
                if line.displayWidth + words.displayWidth <= width { line += words }
            }
            lines.append(line)
        }
        if services.count > shown.count { lines.append("    " + language.text(BillPhrase.more(services.count - shown.count))) }
        return lines
    }

    /// Wraps words to the width, keeping the indentation.
    private func wrapped(_ text: String, indent: Int) -> [String] {
        TextLayout.wrapped(String(text.prefix { $0 == " " }), text, width: width, indent: indent)
    }
}
