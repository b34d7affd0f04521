import AdvisorCore

/// The report as Markdown.
struct MarkdownReport {
    let report: Report
    let options: ReportFormat.Options
    private var language: any Language { options.language }

    private func money(_ money: SpendReport) -> [String] {
        MoneyMarkdown(money: money, asOf: report.asOf, language: language, reconciliation: report.reconciliation).lines()
    }

    func render() -> String {
        func safe(_ text: String) -> String { SafeText.markdown(text) }
        var lines = [
            "# \(safe(language.title(report.stack))), \(language.fullTime(report.asOf))", "",
            safe(language.freshness(report)) + ".",
        ]
        if let money = report.money { lines += self.money(money) }
        for entry in report.entries where !entry.findings.isEmpty || entry.recommendation != nil {
            lines += ["", "## \(safe(entry.resource.id))", "", safe(language.configuration(entry).joined(separator: " · "))]
            let calm = LifecycleSection.settled(entry).map { language.settled($0, of: entry, asOf: report.asOf) }
            if let calm { lines += ["", safe(calm)] }
            if let recommendation = entry.recommendation, LifecycleSection.showsAdvice(entry) {
                for (number, step) in recommendation.steps.enumerated() {
                    let change = EffectSection.change(step, number, of: recommendation, asOf: report.asOf, language)
                    lines += ["", "**\(safe(language.title(step)))**: \(safe(change))"]
                }
                if recommendation.kind == .stay { lines += ["", "**\(language.title(ReportTitle.stay))**"] }
                if recommendation.kind == .unknown { lines += ["", "**\(language.title(ReportTitle.undecided))**"] }
                if !recommendation.reasons.isEmpty {
                    lines += [""] + recommendation.reasons.map { "- \(safe(language.sentence($0, asOf: report.asOf)))" }
                }
            }
            if let procedures = report.procedures?[entry.resource.id] { lines += ProcedureSection.markdown(procedures, language) }
            if let recommendation = entry.recommendation, recommendation.outlook != nil, !recommendation.steps.isEmpty {
                lines +=
                    CandidatesMarkdown(recommendation: recommendation, present: entry.resource.tier, language: language).lines
            }
            lines += OptionsSection(options: entry.recommendation?.options ?? [], language: language).markdown()
            let titles = [ReportTitle.state, .rule, .value, .limit, .since, .cite].map(language.title)
            lines += ["", "| \(titles.joined(separator: " | ")) |", "| --- | --- | --- | --- | --- | --- |"]
            for finding in entry.findings {
                let since = (finding.isDated ? finding.since : nil).map { language.time($0, asOf: report.asOf) } ?? ""
                let held = finding.held == nil ? "" : " (\(language.title(ReportTitle.suppressed)))"
                let cells = [
                    language.title(finding.state) + held, language.title(finding.rule),
                    language.value(finding) ?? finding.evidence.gap.map { language.clause($0, asOf: report.asOf) } ?? "",
                    language.threshold(finding) ?? "", since, finding.rule.cite ?? "",
                ]
                lines.append("| " + cells.map(safe).joined(separator: " | ") + " |")
            }
        }
        if let words = IgnoredResources.words(report, language) { lines += ["", safe(words)] }
        lines += TipsSection(report, language: language).markdown() + FreeTierSection(report, language: language).markdown()
        if options.showsBill, let pair = report.bill { lines += [""] + BillSection.markdown(pair, language) }
        if let history = report.history { lines += [""] + HistorySection.markdown(history, now: report.asOf, language) }
        return lines.joined(separator: "\n") + "\n"
    }
}
