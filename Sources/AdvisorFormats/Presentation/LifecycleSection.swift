import AdvisorCore

/// A recommendation's record, for all formats.
enum LifecycleSection {
    /// ` (#3)`; empty before it is recorded.
    static func number(_ life: RecommendationRecord?) -> String { life?.id.map { " (#\($0))" } ?? "" }

    /// The record that has a line of its own: claimed, done, dismissed or snoozed, or open while some of its rules have no data, so
    /// that nothing is recommended; nil if there is none.
    static func settled(_ entry: ResourceReview) -> RecommendationRecord? {
        entry.life.flatMap { $0.isOpen && entry.recommendation?.steps.isEmpty != true ? nil : $0 }
    }

    /// Whether the present recommendation is shown: there is no record with a line of its own, or it says something else.
    static func showsAdvice(_ entry: ResourceReview) -> Bool {
        settled(entry).map { $0.isOpen || isOther(entry) } ?? true
    }

    /// Whether the recorded recommendation differs from the current one, which is then shown too.
    static func isOther(_ entry: ResourceReview) -> Bool {
        guard let life = entry.life, [.claimed, .done].contains(life.state), let summary = RecommendationSummary(entry) else {
            return false
        }
        return !life.summary.isAsked(by: summary)
    }

    /// A record as JSON.
    static func json(_ life: RecommendationRecord, _ language: any Language) -> JSONValue {
        .object([
            "id": life.id.map { .integer(Int($0)) } ?? .null, "resource": .text(life.resource), "kind": .text(life.kind.rawValue),
            "state": .text(life.state.rawValue), "headline": .text(EffectSection.headline(life.summary, language)),
            "clears": life.summary.effect?.clears.map(JSONValue.boolean) ?? .null,
            "caveats": .array((life.summary.effect?.caveats ?? []).map { JSONValue($0, text: language.clause($0)) }),
            "actions": .array(
                life.summary.steps.map {
                    .object(["action": .text($0.action.rawValue), "from": JSONValue($0.from?.text), "to": JSONValue($0.to?.text)])
                }),
            "severity": .text(life.summary.severity.rawValue), "rules": JSONValue(life.summary.rules),
            "monthly_cost_before": JSONValue(life.summary.before), "monthly_cost_after": JSONValue(life.summary.after),
            "monthly_cost_after_max": JSONValue(life.summary.afterMaximum), "since": JSONValue(life.since),
            "changed_at": JSONValue(life.changedAt), "until": JSONValue(life.until), "note": JSONValue(life.note),
            "returns": .integer(life.returns), "ended_at": JSONValue(life.endedAt), "ending": JSONValue(life.ending?.rawValue),
            "outcome": life.outcome.map { json($0) } ?? .null,
        ])
    }

    private static func json(_ outcome: RecommendationOutcome) -> JSONValue {
        .object([
            "verdict": .text(outcome.verdict.rawValue), "rules": .text(outcome.rules.rawValue),
            "rules_open": JSONValue(outcome.open), "bill": .text(outcome.bill.rawValue),
            "monthly_cost_expected": JSONValue(outcome.expected), "monthly_cost_now": JSONValue(outcome.actual),
            "measured": outcome.measured.map { json($0) } ?? .null,
        ])
    }

    private static func json(_ measured: MeasuredCostChange) -> JSONValue {
        .object([
            "service": .text(measured.service), "monthly_cost_before": JSONValue(measured.before),
            "monthly_cost_after": JSONValue(measured.after), "days_before": .integer(measured.daysBefore),
            "days_after": .integer(measured.daysAfter),
        ])
    }
}
