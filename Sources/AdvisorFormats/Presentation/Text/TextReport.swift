import AdvisorCore

/// The report for a terminal; readable without colors, from 40 columns.
struct TextReport {
    let report: Report
    let options: ReportFormat.Options
    var lines: [String] = []
    var language: any Language { options.language }

    init(report: Report, options: ReportFormat.Options) { (self.report, self.options) = (report, options) }

    func render() -> String {
        var copy = self
        copy.header()
        let shown = report.entries.filter {
            $0.resource.kind != .account && $0.resource.kind != .service && $0.resource.kind != .project
                && $0.resource.kind != .allowance
        }
        if report.entries.isEmpty {
            copy.flow("", [language.title(ReportTitle.nothingToEvaluate)], indent: 0)
        }
        for entry in shown { copy.entry(entry) }
        if let words = IgnoredResources.words(report, language) {
            copy.lines.append("")
            copy.flow("", words.words, indent: 2)
        }
        if let money = report.money {
            copy.lines +=
                MoneyText(
                    money: money, asOf: report.asOf, width: options.width, language: language,
                    reconciliation: report.reconciliation
                ).lines()
        }
        copy.rest(report.entries.filter { [.account, .service, .project].contains($0.resource.kind) })
        copy.bill()
        copy.lines +=
            TipsSection(report, width: options.width, language: language).text()
            + FreeTierSection(report, width: options.width, language: language).text()
        copy.history()
        return copy.lines.map(\.trimmingEnd).joined(separator: "\n") + "\n"
    }

    private mutating func header() {
        var parts = [
            language.title(report.stack), report.stack.stage.map(language.title), language.fullTime(report.asOf),
            language.freshness(report),
        ].compactMap { $0 }
        parts = parts.map(SafeText.terminal)
        var money = ""
        if let line = report.money?.budgets.first(where: { $0.budget.scope == .total }) {
            money = language.text(ReportPhrase.spentOfBudget(spent: line.actual, limit: line.budget.limit))
            if line.state == .alarm { money += "  ▲" }
        }
        let left = parts.joined(separator: " · ")
        if left.displayWidth + money.displayWidth + 2 <= options.width {
            lines.append(left + .spaces(options.width - left.displayWidth - money.displayWidth) + money)
        } else {
            flow("", parts, indent: 0, separator: " · ")
            if !money.isEmpty { lines.append(money) }
        }
    }

    /// Joins pieces on as few lines as the width allows.
    mutating func flow(_ first: String, _ pieces: [String], indent: Int, separator: String = " ") {
        lines += TextLayout.flow(first, pieces, separator: separator, width: options.width, indent: indent)
    }

    private func colored(_ text: String, _ code: String) -> String {
        options.isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private mutating func entry(_ entry: ResourceReview) {
        lines.append("")
        let name = SafeText.terminal(entry.resource.id)
        flow(
            name.padded(to: min(26, max(name.displayWidth + 2, 26))), language.configuration(entry).map(SafeText.terminal),
            indent: 4,
            separator: " · ")
        lines.append("")
        // The alarms of advice in hand are shown below like any other.
        if let calm = LifecycleSection.settled(entry).map({ language.settled($0, of: entry, asOf: report.asOf) }) {
            flow("  · ", SafeText.terminal(calm).words, indent: 4)
            lines.append("")
        }
        var shown = Shown()
        if let recommendation = entry.recommendation, LifecycleSection.showsAdvice(entry) {
            advice(recommendation, entry, &shown)
        }
        for finding in entry.findings where finding.state == .alarm && !shown.rules.contains(finding.rule.id) {
            guard isNew(finding, &shown.alarms) else { continue }
            heading("▲ " + SafeText.terminal(language.title(finding.rule)), "")
            reason(finding, titled: false)
        }
        quiet(entry.findings.filter { finding in finding.metric.map { !shown.recovered.contains($0.id) } ?? true })
        gaps(entry.findings)
        if options.showsCandidates, let recommendation = entry.recommendation {
            lines +=
                CandidatesText(
                    recommendation: recommendation, present: entry.resource.tier, width: options.width, language: language
                ).lines
        }
        if options.showsCandidates, let all = entry.recommendation?.options {
            lines += OptionsSection(options: all, language: language).text(width: options.width)
        }
        if entry.findings.isEmpty { flow("  ", [language.title(ReportTitle.noRules)], indent: 2) }
    }

    /// What the lines of a resource have shown.
    private struct Shown {
        /// The rules that have a line.
        var rules: Set<String> = []
        /// The metrics of rules in ALARM that have a line.
        var alarms: Set<MetricID> = []
        /// The metrics of rules that have left ALARM and have a line.
        var recovered: Set<MetricID> = []
    }

    /// The actions with their reasons, or that there are none.
    private mutating func advice(_ recommendation: Recommendation, _ entry: ResourceReview, _ shown: inout Shown) {
        let isOther = LifecycleSection.isOther(entry)
        for (number, step) in recommendation.steps.enumerated() {
            heading(
                ReportMarks.mark(step) + language.title(step)
                    + (number == 0 && !isOther ? LifecycleSection.number(entry.life) : ""),
                recommendation.steps.count == 1
                    ? language.costAfter(recommendation, asOf: report.asOf) : language.change(step.monthlyChange))
            if number == 0 { summary(recommendation) }
            for finding in entry.findings where step.rules.contains(finding.rule.id) {
                // Of several rules on one metric the most severe is shown.
                if isNew(finding, &shown.alarms) { reason(finding) }
                shown.rules.insert(finding.rule.id)
                if finding.state != .alarm, let metric = finding.metric?.id { shown.recovered.insert(metric) }
            }
        }
        if recommendation.kind == .stay {
            heading("✓ " + language.title(ReportTitle.stay), present(recommendation))
        }
        if recommendation.kind == .unknown { heading("? " + language.title(ReportTitle.undecided), "") }
        // What is missing is shown below, once for all rules that need it.
        for reason in recommendation.reasons.filter({ !$0.isDataMissing }).prefix(8) {
            flow("    ", [SafeText.terminal(language.sentence(reason, asOf: report.asOf))], indent: 4)
        }
        if let steps = report.procedures?[entry.resource.id], !steps.isEmpty {
            lines.append("")
            procedures(steps)
        }
        if !recommendation.steps.isEmpty || !recommendation.reasons.isEmpty { lines.append("") }
    }

    /// What is paid now, or the list price where that is unknown.
    private func present(_ recommendation: Recommendation) -> String {
        guard let cost = recommendation.costBefore.map(language.monthly) else { return "" }
        guard !recommendation.isExpected else { return cost }
        guard recommendation.effect.lacksCredits == true else { return language.listed(cost) }
        let time = recommendation.effect.creditsFrom.map { language.time($0, asOf: report.asOf) }
        return language.listed(cost) + "; " + language.text(RecommendationPhrase.creditsUnknown(until: time))
    }

    /// Whether no line has shown the metric of a finding in ALARM yet; a finding without one, or in another state, has its own.
    private func isNew(_ finding: Finding, _ metrics: inout Set<MetricID>) -> Bool {
        guard finding.state == .alarm, finding.expression == nil, let metric = finding.metric?.id else { return true }
        return metrics.insert(metric).inserted
    }

    /// What the actions do about the alarms; of several actions their cost together.
    private mutating func summary(_ recommendation: Recommendation) {
        let cost = recommendation.steps.count > 1 ? language.costAfter(recommendation, asOf: report.asOf) : nil
        let parts = [cost, language.clause(recommendation.effect)].compactMap { $0 }
        guard !parts.isEmpty else { return }
        flow("    ", SafeText.terminal(language.capitalized(parts.joined(separator: " · ")) + ".").words, indent: 4)
    }

    mutating func heading(_ left: String, _ right: String) {
        let text = "  " + left
        let space = options.width - text.displayWidth - right.displayWidth
        if space >= 2 || right.isEmpty {
            let gap = right.isEmpty ? "" : String.spaces(min(space, max(2, 70 - text.displayWidth)))
            lines.append("  " + colored(left, left.hasPrefix("▲") ? "1;33" : "1") + gap + right)
        } else {
            lines.append("  " + colored(left, "1"))
            flow("    ", [right], indent: 4)
        }
    }

    private mutating func reason(_ finding: Finding, titled: Bool = true) {
        var pieces: [String] = []
        if let value = language.value(finding) {
            pieces.append(ReportMarks.spark(finding.evidence.trend).padded(to: 8))
            pieces.append(value.leftPadded(to: 8))
            if let threshold = language.threshold(finding) {
                pieces.append(language.text(ReportPhrase.limit(threshold)).padded(to: 14))
            }
        }
        if let outlook = finding.evidence.outlook { pieces += language.pieces(outlook, finding.measure, asOf: report.asOf) }
        if let since = finding.since, finding.isDated {
            let time = language.time(since, asOf: report.asOf)
            let phrase: ReportPhrase =
                switch finding.state {
                case .alarm: .since(time)
                case .ok: .okSince(time)
                case .insufficientData: .noDataSince(time)
                }
            pieces.append(language.text(phrase))
        }
        if let held = finding.held { pieces.append(SafeText.terminal(language.clause(held, asOf: report.asOf))) }
        if let cite = ReportMarks.cite(finding) { pieces.append(SafeText.terminal(cite)) }
        flow(
            "    " + (titled ? SafeText.terminal(language.title(finding.rule)).padded(to: 34) : ""),
            pieces.filter { !$0.isEmpty },
            indent: 6, separator: "  ")
    }

    /// The nearest threshold of each metric, nearest first; a metric about which there is an alarm is not fine, whatever its other
    /// thresholds are. Plans and tips are no such alarms.
    private mutating func quiet(_ findings: [Finding]) {
        let alarms = findings.filter { $0.state == .alarm && $0.rule.severity > .info && $0.rule.tip == nil }
        let alarmed = Set(alarms.flatMap { $0.metric?.related ?? [] })
        let fine = findings.filter { $0.state == .ok && alarmed.isDisjoint(with: $0.metric?.related ?? []) }
        let texts = fine.sorted { ($0.nearness ?? 0, $1.rule.id) > ($1.nearness ?? 0, $0.rule.id) }
        var seen: Set<String> = []
        let shown = texts.filter { seen.insert($0.metric?.id.rawValue ?? $0.rule.id).inserted }.compactMap(language.reading)
        if !shown.isEmpty { flow("  ✓ ", shown.map(SafeText.terminal), indent: 4, separator: " · ") }
    }

    /// What is missing, each once, with the rules that need it.
    private mutating func gaps(_ findings: [Finding]) {
        let silent = findings.filter {
            $0.state == .insufficientData || $0.evidence.gap != nil && $0.value == nil && $0.state != .alarm
        }
        var missing: [(gap: Evidence.Gap, findings: [Finding])] = []
        for finding in silent {
            guard let gap = finding.evidence.gap else { continue }
            if let known = missing.firstIndex(where: { $0.gap == gap }) {
                missing[known].findings.append(finding)
            } else {
                missing.append((gap, [finding]))
            }
        }
        for (gap, waiting) in missing {
            let words = language.clause(gap, asOf: report.asOf)
            var seen: Set<String> = []
            let titles = waiting.map { language.title($0.rule) }.filter { seen.insert($0).inserted }
            let sentence: String
            if titles.count == 1 {
                let asked = waiting[0].rule.recommend.map { " (\(language.title($0)))" } ?? ""
                sentence = "\(titles[0]): \(words)\(asked)"
            } else {
                sentence = language.text(ReportPhrase.rulesWithoutData(gap: words, titles: titles))
            }
            flow("  ? ", [SafeText.terminal(sentence)], indent: 4)
        }
    }

    /// Account, services and project: alarms are shown, the rest is counted. Allowances have a section of their own.
    private mutating func rest(_ entries: [ResourceReview]) {
        let findings = entries.flatMap(\.findings)
        guard !findings.isEmpty else { return }
        lines.append("")
        lines.append(language.title(ReportTitle.billAndProject))
        lines.append("")
        // Tips are shown below with their savings.
        let tips = Set(report.tips.map { [$0.rule.id, $0.resource] })
        var metrics: [String: Set<MetricID>] = [:]
        for finding in findings where finding.state == .alarm && !tips.contains([finding.rule.id, finding.resource]) {
            guard isNew(finding, &metrics[finding.resource, default: []]) else { continue }
            heading("▲ " + SafeText.terminal("\(language.title(finding.rule)) (\(finding.resource))"), "")
            reason(finding, titled: false)
        }
        // Charges are shown in the bill.
        quiet(findings.filter { $0.rule.appliesTo == .account && $0.metric?.id != .estimatedCharges })
        let services = findings.filter { $0.rule.appliesTo == .service && $0.state == .ok }
        if !services.isEmpty {
            flow("  ✓ ", language.text(ReportPhrase.servicesAsExpected(services.count)).words, indent: 4)
        }
        gaps(findings.filter { $0.state == .insufficientData && $0.rule.appliesTo != .service })
        let unexpected = findings.filter { $0.rule.appliesTo == .service && $0.state == .insufficientData }
        if !unexpected.isEmpty {
            let names = unexpected.map { SafeText.terminal($0.resource) }
            flow("  ? ", [language.text(ReportPhrase.servicesUnknown(names))], indent: 4)
        }
    }
}

extension RecommendationReason {
    /// Whether it only says that a rule has insufficient data.
    fileprivate var isDataMissing: Bool { if case .dataMissing = self { true } else { false } }
}
