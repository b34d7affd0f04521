import AdvisorCore

/// The report as a self-contained page: no script, font, image or external resource.
///
/// All data is escaped; the page can be opened from an e-mail or an intranet.
struct HTMLReport {
    let report: Report
    let language: any Language

    func render() -> String {
        let title = language.title(report.stack)
        let whole: Set<ResourceKind> = [.account, .service, .project, .allowance]
        var body = ["<header><h1>\(Self.safe(title))</h1>", "<p>\(subtitle)</p></header>"]
        for entry in report.entries where !whole.contains(entry.resource.kind) { body += section(entry) }
        if let words = IgnoredResources.words(report, language) { body.append("<p class=\"soft\">\(Self.safe(words))</p>") }
        body += money()
        body += TipsSection(report, language: language).html() + FreeTierSection(report, language: language).html()
        body += rest(report.entries.filter { whole.contains($0.resource.kind) }.flatMap(\.findings))
        return """
            <!DOCTYPE html>
            <html lang="\(language.id)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="referrer" content="no-referrer">
            <title>\(Self.safe(title))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            \(body.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    /// Escapes text for an element or a quoted attribute.
    static func safe(_ text: String) -> String {
        var result = ""
        for character in SafeText.terminal(text) {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
        return result
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#1b1f24;--soft:#5c6570;--line:#d9dee3;--paper:#fff;--spent:#3b6ea5;--more:#9db9d6;\
        --range:#d3e0ec;--track:#eef1f4;--limit:#b3412e;--alarm:#b3412e;--ok:#4a7a4a}\
        @media(prefers-color-scheme:dark){:root{--ink:#e4e7ea;--soft:#9aa4af;--line:#353c44;--paper:#15181c;--spent:#6c9bd0;\
        --more:#41617f;--range:#2a3947;--track:#20262c;--limit:#e0806e;--alarm:#e0806e;--ok:#8cbd8c}}\
        body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:2rem auto;padding:0 1rem}\
        h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2.5rem 0 .25rem;border-top:1px solid var(--line);padding-top:1.25rem}\
        p{margin:.35rem 0}header p,.soft{color:var(--soft)}\
        table{border-collapse:collapse;width:100%;margin:.75rem 0;font-size:.92rem}\
        th,td{text-align:left;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}\
        th{font-weight:600;color:var(--soft)}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\
        .do{font-size:1.05rem;font-weight:600}.ALARM{color:var(--alarm);font-weight:600}.OK{color:var(--ok)}\
        .INSUFFICIENT_DATA{color:var(--soft)}pre{overflow-x:auto;background:var(--track);padding:.75rem}summary{cursor:pointer}svg{display:block;width:100%;height:1.1rem;margin:.5rem 0}\
        .track{fill:var(--track)}.spent{fill:var(--spent)}.more{fill:var(--more)}.range{fill:var(--range)}.limit{fill:var(--limit)}
        """

    private var subtitle: String {
        [report.stack.stage.map(language.title), language.fullTime(report.asOf), language.freshness(report)].compactMap { $0 }
            .map(
                Self.safe
            )
            .joined(separator: " · ")
    }

    private func money() -> [String] {
        guard let money = report.money else { return [] }
        let notified = money.budgets.filter { $0.budget.isNotified }
        guard money.source != nil || !notified.isEmpty else { return [] }
        var lines = [
            "<section><h2>\(Self.safe(language.title(money)))</h2>",
            "<p class=\"soft\">\(Self.safe(language.source(money, asOf: report.asOf)))</p>",
        ]
        if notified.isEmpty, let spent = money.spent {
            lines.append(
                "<p>\(Self.safe(language.text(BillPhrase.soFar(spent)))), \(Self.safe(language.forecast(money.forecast, money.gap)))</p>"
            )
        }
        for status in notified {
            let words = "\(language.spent(status)) · \(language.forecast(status.forecast, status.gap))"
            let verdict = language.verdict(status).map { ". \(language.capitalized($0))." } ?? ""
            lines += [
                "<p><strong>\(Self.safe(status.budget.name))</strong> \(Self.safe(words + verdict))</p>", Self.bar(status, words),
            ]
        }
        if let reconciliation = report.reconciliation {
            lines.append("<p>\(Self.safe(language.text(BillPhrase.reconciled(reconciliation)))).</p>")
        }
        let services = money.billedServices
        if !services.isEmpty {
            let titles = [BillTitle.thisMonth, .changeColumn, .expected, .limit].map { "<th class=\"n\">\(heading($0))</th>" }
            lines.append("<table><thead><tr><th>\(heading(BillTitle.service))</th>\(titles.joined())</tr></thead><tbody>")
            for service in services {
                let cells = [
                    language.amount(service.spent), language.change(service), service.forecast?.description ?? "",
                    service.limit?.description ?? "",
                ]
                lines.append(
                    "<tr><td>\(Self.safe(service.title))</td>"
                        + cells.map { "<td class=\"n\">\(Self.safe($0))</td>" }.joined() + "</tr>")
            }
            lines.append("</tbody></table>")
        }
        for anomaly in money.anomalies {
            lines.append("<p class=\"ALARM\">\(Self.safe(language.anomaly(anomaly, money)))</p>")
        }
        return lines + ["</section>"]
    }

    /// Amount spent, forecast and upper limit of its range on one scale, with the limit of the budget; the text is its
    /// description.
    private static func bar(_ status: BudgetStatus, _ words: String) -> String {
        let width = 1000
        let columns = MoneyText.columns(status, width: width)
        func part(_ from: Int, _ to: Int, _ style: String) -> String {
            to > from ? "<rect class=\"\(style)\" x=\"\(from)\" y=\"0\" width=\"\(to - from)\" height=\"20\"/>" : ""
        }
        return "<svg viewBox=\"0 0 \(width) 20\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"\(safe(words))\">"
            + part(0, width, "track") + part(0, columns.spent, "spent")
            + part(columns.spent, columns.expected, "more") + part(columns.expected, columns.high, "range")
            + part(columns.limit - 2, columns.limit + 1, "limit") + "</svg>"
    }

    private func section(_ entry: ResourceReview) -> [String] {
        guard !entry.findings.isEmpty || entry.recommendation != nil else { return [] }
        var lines = [
            "<section><h2>\(Self.safe(entry.resource.id))</h2>",
            "<p class=\"soft\">\(Self.safe(language.configuration(entry).joined(separator: " · ")))</p>",
        ]
        let calm = LifecycleSection.settled(entry).map { language.settled($0, of: entry, asOf: report.asOf) }
        if let calm { lines.append("<p>\(Self.safe(calm))</p>") }
        if let recommendation = entry.recommendation, LifecycleSection.showsAdvice(entry) {
            for (number, step) in recommendation.steps.enumerated() {
                let change = EffectSection.change(step, number, of: recommendation, asOf: report.asOf, language)
                lines.append("<p class=\"do\">\(Self.safe(language.title(step)))</p><p>\(Self.safe(change))</p>")
            }
            if recommendation.kind == .stay { lines.append("<p class=\"do\">\(Self.safe(language.title(ReportTitle.stay)))</p>") }
            if recommendation.kind == .unknown {
                lines.append("<p class=\"do\">\(Self.safe(language.title(ReportTitle.undecided)))</p>")
            }
            if !recommendation.reasons.isEmpty {
                lines.append(
                    "<ul>"
                        + recommendation.reasons.map { "<li>\(Self.safe(language.sentence($0, asOf: report.asOf)))</li>" }
                        .joined() + "</ul>")
            }
        }
        for procedure in report.procedures?[entry.resource.id] ?? [] { lines += steps(procedure) }
        lines += OptionsSection(options: entry.recommendation?.options ?? [], language: language).html()
        return lines + table(entry.findings, named: false) + ["</section>"]
    }

    /// The steps of an action, collapsed.
    private func steps(_ procedure: Procedure) -> [String] {
        var lines = [
            "<details><summary>\(Self.safe(language.capitalized(language.headline([procedure.step]))))</summary>"
        ]
        let typed = procedure.commands.flatMap { [$0.purpose.map { "# \(language.clause($0))" }, $0.text].compactMap { $0 } }
        if !typed.isEmpty { lines.append("<pre>\(typed.map(Self.safe).joined(separator: "\n"))</pre>") }
        var points = procedure.changes.map { change in
            let before =
                change.before.map { "<code>\(Self.safe($0))</code> \(Self.safe(language.title(.becomes))) " }
                ?? Self.safe(language.title(RecommendationTitle.new)) + " "
            return "\(change.tool.rawValue): \(before)<code>\(Self.safe(change.after))</code>"
        }
        if let deploy = procedure.deploy, !procedure.changes.isEmpty {
            points.append("\(Self.safe(language.title(.then))) <code>\(Self.safe(deploy))</code>")
        }
        points += ProcedureSection.facts(procedure, language).map { "\(Self.safe($0.name)): \(Self.safe($0.words))" }
        points += procedure.cautions.map { "\(Self.safe(language.title(.careful))) \(Self.safe(language.sentence($0)))" }
        return lines + ["<ul>" + points.map { "<li>\($0)</li>" }.joined() + "</ul></details>"]
    }

    /// Account, services and project: what is in ALARM, and the number of quiet rules.
    private func rest(_ findings: [Finding]) -> [String] {
        guard !findings.isEmpty else { return [] }
        let quiet = findings.count { $0.state == .ok }
        let words = quiet == 0 ? [] : ["<p class=\"soft\">\(Self.safe(language.text(ReportPhrase.rulesSatisfied(quiet))))</p>"]
        return ["<section><h2>\(Self.safe(language.title(ReportTitle.billAndProject)))</h2>"]
            + table(findings.filter { $0.state != .ok }, named: true) + words
            + ["</section>"]
    }

    private func heading(_ title: ReportTitle) -> String {
        Self.safe(language.capitalized(language.title(title)))
    }

    private func heading(_ title: BillTitle) -> String {
        Self.safe(language.capitalized(language.title(title)))
    }

    /// The findings, those in ALARM first.
    private func table(_ findings: [Finding], named: Bool) -> [String] {
        guard !findings.isEmpty else { return [] }
        let heads =
            (named ? "<th>\(heading(ReportTitle.of))</th>" : "")
            + "<th>\(heading(ReportTitle.state))</th><th>\(heading(ReportTitle.rule))</th>"
            + "<th class=\"n\">\(heading(ReportTitle.value))</th><th class=\"n\">\(heading(ReportTitle.limit))</th>"
            + "<th>\(heading(ReportTitle.since))</th><th>\(heading(ReportTitle.source))</th>"
        var lines = ["<table><thead><tr>\(heads)</tr></thead><tbody>"]
        let order: [AlarmState] = [.alarm, .insufficientData, .ok]
        for finding in order.flatMap({ state in findings.filter { $0.state == state } }) {
            let since = (finding.isDated ? finding.since : nil).map { language.time($0, asOf: report.asOf) } ?? ""
            let held = finding.held == nil ? "" : " (\(language.title(ReportTitle.suppressed)))"
            let state = Self.safe(language.title(finding.state).replacingUnderscores + held)
            let value = language.value(finding) ?? finding.evidence.gap.map { language.clause($0, asOf: report.asOf) } ?? ""
            lines.append(
                "<tr>" + (named ? "<td>\(Self.safe(finding.resource))</td>" : "")
                    + "<td class=\"\(finding.state.rawValue)\">\(state)</td>"
                    + "<td>\(Self.safe(language.title(finding.rule)))</td>"
                    + "<td class=\"n\">\(Self.safe(value))</td>"
                    + "<td class=\"n\">\(Self.safe(language.threshold(finding) ?? ""))</td><td>\(Self.safe(since))</td>"
                    + "<td>\(Self.safe(finding.rule.cite ?? ""))</td></tr>")
        }
        return lines + ["</tbody></table>"]
    }
}
