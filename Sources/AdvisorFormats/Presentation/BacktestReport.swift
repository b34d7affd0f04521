public import AdvisorCore

/// The backtest for people and programs.
public struct BacktestReport: Sendable {
    /// The results of the rules.
    let backtest: Backtest
    /// The results of `--against`; nil without it.
    let comparison: BacktestComparison?
    let language: any Language

    /// Creates a report of a backtest, and of another rule set over the same history.
    public init(_ backtest: Backtest, against other: Backtest? = nil, language: any Language) {
        (self.backtest, self.language) = (backtest, language)
        comparison = other.map { BacktestComparison(before: $0, after: backtest) }
    }

    func rule(_ id: String) -> Rule? {
        backtest.rules.first { $0.id == id } ?? comparison?.before.rules.first { $0.id == id }
    }

    func length(_ episode: Episode) -> Duration { (episode.end ?? backtest.to) - episode.start }

    /// The value as JSON.
    public func json() -> String {
        var members: [String: JSONValue] = [
            "schema": .text("advisor.backtest/1"), "from": JSONValue(backtest.from), "to": JSONValue(backtest.to),
            "rules": JSONValue(backtest.rules.map(\.id)), "episodes": .array(backtest.episodes.map(episode)),
            "time_in_breach": .array(backtest.tracks.map(track)), "alerts": Self.alerts(backtest.alerts),
            "advice": .array(backtest.paths.flatMap { path in path.advice.map { Self.advice($0, path) } }),
            "cost": Self.cost(backtest),
        ]
        members["against"] = comparison.map(compared) ?? .null
        return JSONValue.object(members).render()
    }

    private func episode(_ episode: Episode) -> JSONValue {
        let measure = rule(episode.rule)?.when.shownMeasure
        return .object([
            "resource": .text(episode.resource), "rule": .text(episode.rule), "start": JSONValue(episode.start),
            "end": JSONValue(episode.end), "duration_seconds": JSONValue(length(episode).seconds),
            "peak": JSONReport.number(episode.peak, measure), "unit": JSONReport.unit(measure),
        ])
    }

    private func track(_ track: Backtest.RuleTimeline) -> JSONValue {
        let whole = (backtest.to - backtest.from).seconds
        return .object([
            "resource": .text(track.resource.id), "rule": .text(track.rule.id), "seconds": JSONValue(track.inAlarm.seconds),
            "share": whole > 0 ? JSONValue(track.inAlarm.seconds / whole) : .null, "episodes": .integer(track.episodes.count),
            "insufficient_data_seconds": JSONValue(track.unknown.seconds),
        ])
    }

    private static func alerts(_ alerts: Backtest.Alerts) -> JSONValue {
        .object([
            "total": .integer(alerts.total), "resolved": .integer(alerts.resolved), "held_back": .integer(alerts.held),
            "alarms": .object(
                Dictionary(
                    Severity.allCases.map { ($0.rawValue, .integer(alerts.alarms[$0] ?? 0)) },
                    uniquingKeysWith: { first, _ in first })),
            "busiest_day": alerts.busiest.map {
                .object(["day": .text(String($0.day.description.prefix(10))), "alerts": .integer($0.count)])
            } ?? .null,
        ])
    }

    private static func advice(_ advice: Backtest.Advice, _ path: Backtest.RecommendationTimeline) -> JSONValue {
        let recommendation = advice.recommendation
        return .object([
            "resource": .text(path.resource.id), "at": JSONValue(advice.at), "action": .text(recommendation.kind.rawValue),
            "from": JSONValue(recommendation.steps.first?.from?.text),
            "to": JSONValue(recommendation.steps.first?.to?.text),
            "actions": .array(
                recommendation.steps.map { step in
                    .object(["action": .text(step.kind.rawValue), "to": JSONValue(step.to?.text), "rules": JSONValue(step.rules)])
                }),
            "monthly_cost_before": JSONValue(recommendation.before?.total),
            "monthly_cost_after": JSONValue(recommendation.after?.total), "rules": JSONValue(recommendation.rules),
        ])
    }

    private static func cost(_ backtest: Backtest) -> JSONValue {
        func members(_ following: Money?, _ staying: Money?) -> [String: JSONValue] {
            [
                "following": JSONValue(following), "staying": JSONValue(staying),
                "difference": JSONValue(following.flatMap { following in staying.map { following - $0 } }),
            ]
        }
        var result = members(backtest.following, backtest.staying)
        result["resources"] = .array(
            backtest.paths.map { path in
                .object(members(path.following, path.staying).merging(["resource": .text(path.resource.id)]) { $1 })
            })
        return .object(result)
    }

    private func compared(_ comparison: BacktestComparison) -> JSONValue {
        let changes = EpisodeChange.Kind.allCases.map { kind in
            (kind.rawValue, JSONValue.integer(comparison.changes(kind).count))
        }
        return .object([
            "rules": JSONValue(comparison.before.rules.map(\.id)), "removed_rules": JSONValue(comparison.removed),
            "added_rules": JSONValue(comparison.added),
            "counts": .object(Dictionary(changes, uniquingKeysWith: { first, _ in first })),
            "alerts": Self.alerts(comparison.before.alerts), "cost": Self.cost(comparison.before),
            "changes": .array(
                comparison.changes.filter { $0.kind != .same }.map { change in
                    .object([
                        "change": .text(change.kind.rawValue), "rule": .text(change.rule), "resource": .text(change.resource),
                        "before": .array(change.before.map(episode)), "after": .array(change.after.map(episode)),
                    ])
                }),
        ])
    }

    /// The episodes as a table: one per line, times in RFC 3339, `peak` in `unit`; with `--against` the kind of difference.
    public func csv() -> String {
        var lines = ["change,resource,rule,severity,start,end,duration_seconds,peak,unit"]
        if let comparison {
            for change in comparison.changes {
                if change.kind == .shifted { lines += change.before.map { row("shifted_from", $0) } }
                let shown = change.after.isEmpty ? change.before : change.after
                lines += shown.map { row(change.kind == .shifted ? "shifted_to" : change.kind.rawValue, $0) }
            }
        } else {
            lines += backtest.episodes.map { row("", $0) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ change: String, _ episode: Episode) -> String {
        let rule = change == EpisodeChange.Kind.lost.rawValue ? lost(episode.rule) : rule(episode.rule)
        let measure = rule?.when.shownMeasure
        let fields = [
            change, SafeText.cell(episode.resource), episode.rule, rule?.severity.rawValue ?? "", "\(episode.start)",
            episode.end.map { "\($0)" } ?? "", "\(Int64(length(episode).seconds))",
            CSVReport.number(episode.peak, measure) ?? "", CSVReport.unit(measure) ?? "",
        ]
        return CSVText.row(fields)
    }

    private func lost(_ id: String) -> Rule? { comparison?.before.rules.first { $0.id == id } }
}

extension SafeText {
    /// Safe for a terminal, and never a formula in a spreadsheet.
    static func cell(_ text: String) -> String {
        let safe = terminal(text)
        return safe.first.map { "=+-@".contains($0) } == true ? "'" + safe : safe
    }
}
