import AdvisorCore

/// The texts about a recommendation's record, shared by all formats.
enum LifecycleWords {
    /// ` (#3)`; empty before it is recorded.
    static func number(_ life: RecommendationRecord?) -> String { life?.id.map { " (#\($0))" } ?? "" }

    /// `Move to db.t4g.small`.
    static func headline(_ summary: RecommendationSummary, _ language: any Language) -> String {
        capitalised(language.headline(summary.steps))
    }

    /// With a capital first letter.
    static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// The line for a recommendation that is claimed, done, dismissed or snoozed; nil if one is open, or none.
    static func calm(_ entry: ResourceReview, now: Timestamp, _ language: any Language) -> String? {
        guard let life = entry.life, !life.isOpen else { return nil }
        var line = "\(headline(life.summary, language))\(number(life)): \(state(life, now: now))"
        let isQuiet = entry.recommendation.map { $0.steps.isEmpty && $0.kind == .stay } ?? false
        if life.state == .claimed, isQuiet, let id = life.id {
            line += "; its rules are quiet now, `advisor recommendations done \(id)` says that it was done"
        }
        return line
    }

    /// Whether the recorded recommendation differs from the current one, which is then shown too.
    static func isOther(_ entry: ResourceReview) -> Bool {
        guard let life = entry.life, [.claimed, .done].contains(life.state), let summary = RecommendationSummary(entry) else {
            return false
        }
        return !life.summary.isAsked(by: summary)
    }

    /// `snoozed until 2 Apr 00:00`.
    static func state(_ life: RecommendationRecord, now: Timestamp) -> String {
        let changed = ReportWords.moment(life.changedAt, now: now)
        if let ended = life.endedAt, let ending = life.ending {
            let moment = ReportWords.moment(ended, now: now)
            return switch ending {
            case .cleared: "over since \(moment), its rules are quiet"
            case .gone: "over since \(moment), the resource is gone"
            case .checked: "done, \(life.outcome.map(verdict) ?? "checked") on \(moment)"
            }
        }
        return switch life.state {
        case .open: "open since \(changed)"
        case .claimed: "claimed \(changed)" + (life.note.map { " by \($0)" } ?? "")
        case .done:
            "done \(changed), checked from \(ReportWords.moment(life.changedAt + RecommendationLifecycle.grace, now: now)) on"
        case .dismissed: "dismissed \(changed)" + (life.note.map { " (\($0))" } ?? "")
        case .snoozed: "snoozed until \(life.until.map { ReportWords.moment($0, now: now) } ?? "?")"
        }
    }

    /// `confirmed`, `not confirmed` or `inconclusive`.
    static func verdict(_ outcome: RecommendationOutcome) -> String {
        switch outcome.verdict {
        case .hit: "confirmed"
        case .miss: "not confirmed"
        case .unknown: "inconclusive"
        }
    }

    /// `$13.98 → $25.66 a month`.
    static func bill(_ summary: RecommendationSummary) -> String {
        let after = summary.after.map { "\($0)" } ?? "unknown"
        return
            "\(summary.before.map { "\($0)" } ?? "unknown") → \(after)\(summary.afterMaximum.map { " to \($0)" } ?? "") a month"
    }

    /// A record as JSON.
    static func json(_ life: RecommendationRecord, _ language: any Language) -> JSONValue {
        .object([
            "id": life.id.map { .integer(Int($0)) } ?? .null, "resource": .text(life.resource), "kind": .text(life.kind.rawValue),
            "state": .text(life.state.rawValue), "headline": .text(language.headline(life.summary.steps)),
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
