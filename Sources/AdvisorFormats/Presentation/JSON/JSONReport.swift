import AdvisorCore

/// The report as JSON, schema `advisor.report/1`.
struct JSONReport {
    let report: Report
    let language: any Language

    func render() -> String {
        var members: [String: JSONValue] = [
            "schema": .text("advisor.report/1"),
            "as_of": JSONValue(report.asOf),
            "newest_sample": JSONValue(report.newestSample),
            "stack": .object(["name": JSONValue(report.stack.name), "stage": JSONValue(report.stack.stage?.rawValue)]),
            "resources": .array(report.entries.map(entry)),
            "budgets": .encoding((report.money?.budgets ?? []).map { BudgetJSON($0, language) }),
            "money": .encoding(report.money.map { SpendJSON($0, language) }),
        ]
        members["ignored_resources"] = IgnoredResources.json(report)
        members["reconciliation"] = .encoding(report.reconciliation.map(ReconciliationJSON.init))
        if let pair = report.bill { members.merge(JSONValue.encoding(BillComparisonJSON(pair, language)).object ?? [:]) { $1 } }
        if let procedures = report.procedures {
            members["procedures"] = .encoding(procedures.mapValues { $0.map { ProcedureJSON($0, language) } })
        }
        if let history = report.history { members["history"] = HistorySection.json(history, language) }
        members["tips"] = TipsSection(report, language: language).json()
        members.merge(JSONValue.encoding(FreeTierSection(report, language: language).json()).object ?? [:]) { $1 }
        return JSONValue.object(members).render()
    }

    private func entry(_ entry: ResourceReview) -> JSONValue {
        .object([
            "id": .text(entry.resource.id),
            "kind": .text(entry.resource.kind.rawValue),
            "tier": JSONValue(entry.resource.tier),
            "monthly_cost": JSONValue(entry.recommendation?.billedBefore ?? entry.cost?.total),
            "monthly_cost_lines": .encoding((entry.cost?.lines ?? []).map { CostLineJSON($0, language) }),
            "findings": .array(entry.findings.map(finding)),
            "recommendation": entry.recommendation.map(recommendation) ?? .null,
            "life": entry.life.map { LifecycleSection.json($0, language) } ?? .null,
        ])
    }

    /// A number in the unit named by `unit`.
    static func number(_ value: Double?, _ measure: QuantityKind?) -> JSONValue {
        guard let value, let measure else { return .null }
        switch measure.base {
        case .money where !measure.isRate: return JSONValue(Money(sample: value))
        case .ratio: return JSONValue(value * 100)
        case .bytes, .time, .count, .money, .text, .boolean, .list: return JSONValue(value)
        }
    }

    static func unit(_ measure: QuantityKind?) -> JSONValue {
        guard let measure else { return .null }
        switch measure.base {
        case .ratio: return .text(measure.isRate ? "percent_per_second" : "percent")
        case .bytes: return .text(measure.isRate ? "bytes_per_second" : "bytes")
        case .time: return .text("seconds")
        case .count: return .text(measure.isRate ? "per_second" : "count")
        case .money: return .text("USD")
        case .text, .boolean, .list: return .null
        }
    }

    private func finding(_ finding: Finding) -> JSONValue {
        let evidence = finding.evidence
        return .object([
            "rule": .text(finding.rule.id), "title": .text(language.title(finding.rule)), "state": .text(finding.state.rawValue),
            "since": JSONValue(finding.isDated ? finding.since : nil), "severity": .text(finding.rule.severity.rawValue),
            "value": Self.number(finding.value, finding.measure), "threshold": Self.number(finding.threshold, finding.measure),
            "unit": Self.unit(finding.measure), "summary": .text(language.summary(finding, asOf: report.asOf)),
            "cite": JSONValue(finding.rule.cite),
            "held": finding.held.map(held) ?? .null,
            "evidence": .object([
                "period_seconds": JSONValue(evidence.period?.seconds),
                "datapoints_to_alarm": evidence.datapoints.map { .integer($0.toAlarm) } ?? .null,
                "evaluation_periods": evidence.datapoints.map { .integer($0.evaluated) } ?? .null,
                "newest_sample": JSONValue(evidence.newestSample),
                "statistic": .text(language.title(evidence.provenance)),
                "assumes_unit": .boolean(evidence.assumesUnit),
                "missing": JSONValue(evidence.gap.map { language.clause($0, asOf: report.asOf) }),
                "missing_reason": evidence.gap.map(JSONValue.init) ?? .null,
                "expression": JSONValue(finding.expression),
                "outlook": evidence.outlook.map { ForecastJSON.json($0, finding.measure) } ?? .null,
                "datapoints": .array(
                    evidence.range.map { datapoint in
                        .object([
                            "start": JSONValue(datapoint.start), "value": Self.number(datapoint.value, finding.measure),
                            "breaching": datapoint.isBreaching.map(JSONValue.boolean) ?? .null,
                        ])
                    }),
            ]),
        ])
    }

    private func held(_ held: Suppression) -> JSONValue {
        let members: [String: JSONValue] =
            switch held {
            case .muted(let until, let reason): ["muted_until": JSONValue(until), "reason": JSONValue(reason)]
            case .inhibited(let rule): ["inhibited_by": .text(rule)]
            case .snoozed(let until): ["snoozed_until": JSONValue(until)]
            case .quietHours(let until): ["quiet_hours_until": JSONValue(until)]
            }
        let reason = JSONValue(held, text: language.clause(held, asOf: report.asOf)).object ?? [:]
        return .object(members.merging(reason) { member, _ in member })
    }

    private func recommendation(_ recommendation: Recommendation) -> JSONValue {
        let first = recommendation.steps.first
        let outlook = ProjectionJSON(recommendation: recommendation, language: language)
        let summary = recommendation.steps.isEmpty ? nil : language.clause(recommendation.effect)
        let members: [String: JSONValue] = [
            "headline": .text(
                ([recommendation.steps.map(language.title).joined(separator: ", ")] + [summary].compactMap { $0 })
                    .joined(separator: "; ")),
            "action": .text(recommendation.kind.rawValue), "from": JSONValue(first?.from?.text), "to": JSONValue(first?.to?.text),
            "actions": .array(
                recommendation.steps.map { step in
                    .object([
                        "action": .text(step.kind.rawValue), "from": JSONValue(step.from?.text), "to": JSONValue(step.to?.text),
                        "from_target": step.from.map(JSONValue.init) ?? .null, "to_target": step.to.map(JSONValue.init) ?? .null,
                        "monthly_cost_change": JSONValue(step.monthlyChange), "rules": JSONValue(step.rules),
                        "maximum_capacity": JSONValue(step.capacity),
                    ])
                }),
            "monthly_cost_before": JSONValue(recommendation.billedBefore),
            "monthly_cost_after": JSONValue(recommendation.billedAfter),
            "monthly_cost_after_min": JSONValue(recommendation.afterMaximum == nil ? nil : recommendation.after?.total),
            "monthly_cost_after_max": JSONValue(recommendation.afterMaximum?.total),
            "monthly_cost_after_lines": .encoding((recommendation.after?.lines ?? []).map { CostLineJSON($0, language) }),
            "rules": JSONValue(recommendation.rules),
            "reasons": .array(
                recommendation.reasons.map { JSONValue($0, text: language.sentence($0, asOf: report.asOf)) }),
            "candidates": outlook.candidates, "cheapest_that_clears": JSONValue(recommendation.cheapestThatClears),
            "do_by": JSONValue(recommendation.doBy), "credits": outlook.credits, "aurora": outlook.aurora,
            "crossings": outlook.crossings,
            "options": OptionsSection(options: recommendation.options, language: language).json(),
            "history_days": JSONValue(recommendation.outlook?.days), "tier_since": JSONValue(recommendation.outlook?.tierSince),
        ]
        return .object(members.merging(EffectSection.json(recommendation.effect, language)) { member, _ in member })
    }
}
