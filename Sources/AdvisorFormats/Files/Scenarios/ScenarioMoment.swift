import AdvisorCore
import Foundation

/// The state of the rules at one time of a scenario.
struct Moment {
    let scenario: Scenario
    let at: Duration
    let evaluations: [EvaluationResult]
    let catalog: Catalog

    private var time: Timestamp { scenario.start + at }

    /// The failure of an expectation; nil if it is met.
    func failure(_ expectation: Scenario.Expectation) -> ScenarioFailure? {
        var evaluation: EvaluationResult?
        if let rule = expectation.kind.rule {
            guard let found = evaluations.first(where: { $0.alarm.rule == rule }) else {
                let hint = DidYouMean.hint(for: rule, among: evaluations.map(\.alarm.rule))
                return failure(expectation, "no rule '\(rule)' for a \(scenario.resource.kind.rawValue)\(hint)", nil)
            }
            evaluation = found
        }
        return problem(expectation.kind, evaluation).map { failure(expectation, $0, evaluation) }
    }

    private func failure(_ expectation: Scenario.Expectation, _ problem: String, _ evaluation: EvaluationResult?)
        -> ScenarioFailure
    {
        ScenarioFailure(
            file: scenario.file, line: expectation.line, scenario: scenario.name, problem: "at \(Self.words(at)), " + problem,
            details: details(evaluation?.finding))
    }

    private func problem(_ kind: Scenario.Expectation.Kind, _ evaluation: EvaluationResult?) -> String? {
        switch kind {
        case .state(let rule, let state, let since): evaluation.flatMap { self.state($0, rule, state, since) }
        case .episode(let rule, let start, let end): evaluation.flatMap { episode($0, rule, start, end) }
        case .alert(let rule, let kind): evaluation.flatMap { alert($0, rule, kind) }
        case .silence(let rule, let isExpected, let gap): evaluation.flatMap { silence($0, rule, isExpected, gap) }
        case .recommendation(let kind, let target, let costs): recommendation(kind, target, costs)
        }
    }

    private func state(_ evaluation: EvaluationResult, _ rule: String, _ state: AlarmState, _ since: Duration?) -> String? {
        if evaluation.alarm.state != state { return "\(rule) is \(evaluation.alarm.state.rawValue), not \(state.rawValue)" }
        let found = evaluation.alarm.since.map { $0 - scenario.start }
        guard let since, found != since else { return nil }
        return "\(rule) is \(state.rawValue) since \(found.map(Self.words) ?? "never"), not since \(Self.words(since))"
    }

    private func episode(_ evaluation: EvaluationResult, _ rule: String, _ start: Duration, _ end: Scenario.EpisodeEnd) -> String?
    {
        let episodes = evaluation.episodes.map { ($0.start - scenario.start, $0.end.map { $0 - scenario.start }) }
        let isThere = episodes.contains { found in
            guard found.0 == start else { return false }
            return switch end {
            case .any: true
            case .open: found.1 == nil
            case .at(let end): found.1 == end
            }
        }
        guard !isThere else { return nil }
        let texts = episodes.map { "\(Self.words($0.0)) to \($0.1.map(Self.words) ?? "now")" }
        let found = texts.isEmpty ? "it has none" : "it has \(texts.joined(separator: ", "))"
        return "\(rule) has no episode from \(Self.words(start))\(end.words(Self.words)); \(found)"
    }

    /// The alert about a rule at this time.
    private func alert(_ evaluation: EvaluationResult, _ rule: String, _ kind: Scenario.AlertKind) -> String? {
        var found = Scenario.AlertKind.none
        var reason = ""
        if let own = evaluation.finding?.rule {
            let above = evaluations.first { $0.alarm.rule == own.unlessAlarm }?.episodes ?? []
            let alerts = UngroupedAlertSimulation(
                evaluation.transitions, rule: own, mutes: scenario.stack.language.mutes, above: above, upTo: time)
            for change in alerts.changes where change.at == time { found = change.isAlarm ? .alarm : .resolved }
            if found == .none { reason = held(evaluation, rule) }
        }
        return found == kind ? nil : "\(rule) sends \(found.words)\(reason), not \(kind.words)"
    }

    /// Why a change at this time is not notified.
    private func held(_ evaluation: EvaluationResult, _ rule: String) -> String {
        guard let transition = evaluation.transitions.last(where: { $0.at == time }) else { return "" }
        switch (transition.from, transition.to) {
        case (.alarm, .insufficientData): return " (missing data does not end an alarm)"
        case (.alarm, _): return " (the alarm was not notified)"
        case (_, .alarm): break
        default: return ""
        }
        let findings = evaluations.compactMap(\.finding).applyingSuppressions(scenario.stack.language.mutes, at: time)
        let held = findings.first { $0.rule.id == rule }?.held
        return held.map { " (suppressed: \(English().clause($0, asOf: time)))" } ?? ""
    }

    private func silence(
        _ evaluation: EvaluationResult, _ rule: String, _ isExpected: Bool, _ expected: Scenario.ExpectedGap?
    ) -> String? {
        let gap = evaluation.finding?.evidence.gap
        let isSilent = evaluation.alarm.state == .insufficientData
        guard isSilent == isExpected else {
            return isSilent
                ? "\(rule) has insufficient data: \(gap.map(Self.words) ?? "no reason is known")"
                : "\(rule) is \(evaluation.alarm.state.rawValue) and has data"
        }
        guard let expected, gap.map(expected.matches) != true else { return nil }
        return "\(rule) has insufficient data because of \(gap.map(Self.words) ?? "nothing known"), not \(expected.text)"
    }

    private static func words(_ gap: Evidence.Gap) -> String {
        Scenario.ExpectedGap(code: gap.innermostCode, subject: gap.subject).text
    }

    private func recommendation(_ kind: Recommendation.Kind, _ target: String?, _ costs: [String: Decimal]) -> String? {
        let findings = evaluations.compactMap(\.finding).applyingSuppressions(scenario.stack.language.mutes, at: time)
        let found = Recommender(catalog: catalog).recommendation(for: scenario.resource, findings: findings)
        let place = found.steps.first?.to?.text
        guard found.kind == kind, target == nil || place == target else {
            return "the recommendation is \(found.kind.rawValue) \(place ?? ""), not \(kind.rawValue) \(target ?? "")"
        }
        let amounts = [
            ("monthly_cost_before", found.before?.total), ("monthly_cost_after", found.after?.total),
            ("monthly_cost_after_max", found.afterMaximum?.total),
        ]
        for (name, amount) in amounts {
            guard let wanted = costs[name], amount?.cents != Money(wanted).cents else { continue }
            return "\(name) is \(amount?.description ?? "unknown"), not \(Money(wanted))"
        }
        return nil
    }

    /// The datapoints of the evaluation, oldest first: end, value, and whether it breaches.
    func details(_ finding: Finding?) -> [String] {
        guard let finding, !finding.evidence.range.isEmpty, let period = finding.evidence.period else { return [] }
        let rows = finding.evidence.range.map { datapoint in
            let value = datapoint.value.flatMap { value in finding.measure.map { ValueText.text(value, $0) } }
            let breaching = datapoint.isBreaching.map { $0 ? "breaching" : "not breaching" } ?? "missing"
            return [Self.words(datapoint.start + period - scenario.start), value ?? "-", breaching]
        }
        var layout = TextLayout(width: 100)
        layout.table(rows, indent: 0, rightAligned: [0, 1])
        var lines = layout.lines
        if let limit = finding.shownThreshold, let sign = finding.sign, let datapoints = finding.evidence.datapoints {
            let needed = "\(datapoints.toAlarm) of \(datapoints.evaluated)"
            lines.append(
                "breaching is \(sign) \(limit); \(needed) datapoints of \(ValueText.duration(period.seconds)) make an alarm")
        }
        return lines
    }

    static func words(_ duration: Duration) -> String {
        let seconds = duration.milliseconds / 1000
        if seconds == 0 { return "0" }
        for (length, unit) in [(86_400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)]
        where abs(seconds) >= length && seconds % length == 0 {
            return "\(seconds / length)\(unit)"
        }
        return "\(seconds)s"
    }
}

extension Scenario.AlertKind {
    fileprivate var words: String {
        switch self {
        case .alarm: "an alarm"
        case .resolved: "that it is over"
        case .none: "nothing"
        }
    }
}

extension Scenario.EpisodeEnd {
    fileprivate func words(_ text: (Duration) -> String) -> String {
        switch self {
        case .any: ""
        case .open: " that lasts"
        case .at(let end): " to \(text(end))"
        }
    }
}
