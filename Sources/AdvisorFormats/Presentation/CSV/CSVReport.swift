import AdvisorCore

/// The report as one table: a line for each resource, finding, budget, anomaly and service, distinguished by the first
/// column.
///
/// RFC 4180 with line feeds; unknown cells are empty; amounts are exact decimals in US dollars; times RFC 3339 in UTC. Text
/// that a spreadsheet would read as a formula begins with an apostrophe.
struct CSVReport {
    let report: Report
    let language: any Language

    private enum Column: String, CaseIterable {
        case record, id, kind, rule, state, severity, since, value, limit, unit, forecast
        case low = "forecast_low"
        case high = "forecast_high"
        case change
        case cost = "monthly_cost"
        case action, target
        case after = "monthly_cost_after"
        case text
    }

    func render() -> String {
        var rows = [Column.allCases.map(\.rawValue).joined(separator: ",")]
        for entry in report.entries {
            rows.append(Self.row(resource(entry)))
            rows += entry.findings.map { Self.row(finding($0, of: entry)) }
        }
        for status in report.money?.budgets ?? [] { rows.append(Self.row(budget(status))) }
        if let money = report.money { rows += money.anomalies.map { Self.row(anomaly($0, money)) } }
        for service in report.money?.services ?? [] { rows.append(Self.row(self.service(service))) }
        return rows.joined(separator: "\n") + "\n"
    }

    private func resource(_ entry: ResourceReview) -> [Column: String?] {
        [
            .record: "resource", .id: text(entry.resource.id), .kind: entry.resource.kind.rawValue,
            .cost: (entry.recommendation?.billedBefore ?? entry.cost?.total)?.exact, .action: entry.recommendation?.kind.rawValue,
            .target: entry.recommendation?.steps.first?.to.map { text($0.text) },
            .after: entry.recommendation?.billedAfter?.exact,
            .text: entry.recommendation.map {
                let summary = $0.steps.isEmpty ? nil : language.clause($0.effect).map { language.capitalized($0) + "." }
                return text(
                    ([summary].compactMap { $0 } + $0.reasons.map { language.sentence($0, asOf: report.asOf) })
                        .joined(separator: " "))
            },
        ]
    }

    private func finding(_ finding: Finding, of entry: ResourceReview) -> [Column: String?] {
        [
            .record: "finding", .id: text(finding.resource), .kind: entry.resource.kind.rawValue, .rule: text(finding.rule.id),
            .state: finding.state.rawValue, .severity: finding.rule.severity.rawValue,
            .since: finding.isDated ? finding.since?.description : nil,
            .value: Self.number(finding.value, finding.measure), .limit: Self.number(finding.threshold, finding.measure),
            .unit: finding.value == nil && finding.threshold == nil ? nil : Self.unit(finding.measure),
            .text: text(language.summary(finding, asOf: report.asOf)),
        ]
    }

    private func budget(_ status: BudgetStatus) -> [Column: String?] {
        [
            .record: "budget", .id: text(status.budget.name), .state: status.state.rawValue, .value: status.actual?.exact,
            .limit: status.budget.limit.exact, .unit: "USD", .forecast: status.forecast?.expected.exact,
            .low: status.forecast?.low.exact, .high: status.forecast?.high.exact,
            .text: text(language.verdict(status) ?? status.gap.map(language.clause) ?? ""),
        ]
    }

    private func service(_ service: SpendReport.Service) -> [Column: String?] {
        [
            .record: "service", .id: text(service.id), .kind: "service", .value: service.spent?.exact,
            .limit: service.limit?.exact,
            .unit: "USD", .forecast: service.forecast?.exact, .change: service.change?.exact, .text: text(service.title),
        ]
    }

    private func anomaly(_ anomaly: CostAnomaly, _ money: SpendReport) -> [Column: String?] {
        [
            .record: "anomaly", .id: text(anomaly.service), .kind: "service", .since: anomaly.since.text,
            .value: anomaly.spent.exact, .limit: anomaly.usual.exact, .unit: "USD", .change: anomaly.excess.exact,
            .text: text(language.anomaly(anomaly, money)),
        ]
    }

    private static func row(_ cells: [Column: String?]) -> String {
        CSVText.row(Column.allCases.map { (cells[$0] ?? nil) ?? "" })
    }

    /// Safe in a terminal, and not a formula in a spreadsheet.
    private func text(_ text: String) -> String { SafeText.cell(text) }

    /// As in JSON: percent 0 to 100, bytes, seconds, counts; money as a plain amount.
    static func number(_ value: Double?, _ measure: QuantityKind?) -> String? {
        guard let value, value.isFinite, let measure else { return nil }
        switch measure.base {
        case .money where !measure.isRate: return Money(sample: value)?.exact
        case .ratio: return CSVText.number(value * 100)
        case .bytes, .time, .count, .money, .text, .boolean, .list: return CSVText.number(value)
        }
    }

    static func unit(_ measure: QuantityKind?) -> String? {
        guard let measure else { return nil }
        let unit =
            switch measure.base {
            case .ratio: "percent"
            case .bytes: "bytes"
            case .time: "seconds"
            case .money: "USD"
            case .count, .text, .boolean, .list: "count"
            }
        return measure.isRate ? unit + "_per_second" : unit
    }
}
