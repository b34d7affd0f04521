internal import AdvisorCore
internal import Foundation

// Reads one expectation of a scenario.
extension Scenario.Expectation {
    private static let ofRule = ["rule", "state", "since", "episode", "alert", "no_data", "gap"]

    /// The expectations of a mapping, at least one; nil after recording an error.
    static func read(_ value: YAMLValue) -> [Scenario.Expectation]? {
        guard let mapping = value.mapping(.expectation) else { return nil }
        let at = mapping["at"].flatMap(sinceStart)
        func made(_ kinds: [Kind?]) -> [Scenario.Expectation]? {
            guard let at else { return nil }
            return kinds.compactMap { $0 }.map { Scenario.Expectation(at: at, kind: $0, line: value.line) }
        }
        if let wanted = mapping["recommendation"] {
            for key in ofRule {
                mapping[key]?.fail("'\(key)' has no effect with 'recommendation'; write a separate expectation")
            }
            return recommendation(wanted).flatMap { made([$0]) }
        }
        guard let rule = mapping["rule"]?.string() else {
            if mapping.values["rule"] == nil { value.fail("'rule' is missing") }
            if !ofRule.dropFirst().contains(where: { mapping.values[$0] != nil }) { value.fail("'state' is missing") }
            return nil
        }
        let before = value.reader.errors
        let kinds = [
            state(mapping, rule), mapping["episode"].flatMap { episode($0, rule) },
            mapping["alert"]?.choice(Scenario.AlertKind.self).map { .alert(rule: rule, $0) }, silence(mapping, rule),
        ]
        if kinds.allSatisfy({ $0 == nil }), value.reader.errors == before, mapping.values["state"] == nil {
            value.fail("'state' is missing")
        }
        return value.reader.errors == before ? made(kinds) : nil
    }

    private static func state(_ mapping: YAMLMapping, _ rule: String) -> Kind? {
        let since = mapping["since"].flatMap(sinceStart)
        guard let state = mapping["state"]?.choice(AlarmState.self) else {
            if mapping["state"] == nil { mapping["since"]?.fail("'since' needs 'state'") }
            return nil
        }
        return .state(rule: rule, state, since: since)
    }

    private static func silence(_ mapping: YAMLMapping, _ rule: String) -> Kind? {
        let gap = mapping["gap"].flatMap(gap)
        let hasNone = mapping["no_data"]?.boolean()
        guard gap != nil || hasNone != nil else { return nil }
        if hasNone == false, gap != nil { mapping["gap"]?.fail("'gap' contradicts 'no_data: false'") }
        return .silence(rule: rule, isExpected: hasNone ?? true, gap: gap)
    }

    /// A code of `Evidence.Gap`, and perhaps the metric or fact that is missing.
    private static func gap(_ value: YAMLValue) -> Scenario.ExpectedGap? {
        guard let text = value.string() else { return nil }
        let words = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard let code = words.first, Evidence.Gap.codes.contains(code) else {
            value.fail(value.unknown(words.first ?? text, among: Evidence.Gap.codes))
            return nil
        }
        return Scenario.ExpectedGap(code: code, subject: words.count > 1 ? words[1] : nil)
    }

    private static func episode(_ value: YAMLValue, _ rule: String) -> Kind? {
        guard let mapping = value.mapping(.episode) else { return nil }
        let end: Scenario.EpisodeEnd?
        switch mapping["end"]?.text {
        case nil: end = .any
        case "none"?: end = .open
        default: end = mapping["end"].flatMap(sinceStart).map { .at($0) }
        }
        guard let start = mapping["start"].flatMap(sinceStart), let end else { return nil }
        return .episode(rule: rule, start: start, end: end)
    }

    private static func recommendation(_ value: YAMLValue) -> Kind? {
        let costs = ["monthly_cost_before", "monthly_cost_after", "monthly_cost_after_max"]
        guard let wanted = value.mapping(.expectedRecommendation) else { return nil }
        guard let kind = wanted["action"]?.choice(Recommendation.Kind.self) else { return nil }
        var amounts: [String: Decimal] = [:]
        for key in costs { amounts[key] = wanted[key]?.money("$25.66") }
        guard costs.allSatisfy({ wanted[$0] == nil || amounts[$0] != nil }) else { return nil }
        return .recommendation(kind, to: wanted["to"]?.string(), costs: amounts)
    }

    private static func sinceStart(_ value: YAMLValue) -> Duration? { value.text == "0" ? .zero : value.duration() }
}
