public import AdvisorCore

/// What the rules would have said over stored history.
public struct BacktestReport: Sendable {
    /// The first instant looked at.
    public var from: Timestamp
    /// The last instant looked at.
    public var to: Timestamp
    /// The rules judged.
    public var rules: [Rule]
    /// By resource, then by start.
    public var episodes: [Episode]

    /// A report of the episodes that touch the stretch from `from` to `to`.
    public init(from: Timestamp, to: Timestamp, rules: [Rule], episodes: [Episode]) {
        (self.from, self.to, self.rules) = (from, to, rules)
        self.episodes =
            episodes
            .filter { $0.start <= to && ($0.end ?? to) >= from }
            .sorted { ($0.resource, $0.start, $0.rule) < ($1.resource, $1.start, $1.rule) }
    }

    private func measure(_ rule: String) -> Measure? { rules.first { $0.id == rule }?.when.shownMeasure }

    /// For programs.
    public func json() -> String {
        JSONValue.object([
            "from": JSONValue(from), "to": JSONValue(to), "rules": JSONValue(rules.map(\.id)),
            "episodes": .array(
                episodes.map { episode in
                    .object([
                        "resource": .text(episode.resource), "rule": .text(episode.rule), "start": JSONValue(episode.start),
                        "end": JSONValue(episode.end),
                        "duration_seconds": JSONValue(((episode.end ?? to) - episode.start).seconds),
                        "peak": JSONReport.number(episode.peak, measure(episode.rule)),
                    ])
                }),
        ]).render()
    }

    /// For people.
    public func text() -> String {
        var lines = ["From \(from) to \(to), \(rules.count) rules: \(episodes.count) episodes. Judged by today's facts."]
        var resource: String?
        for episode in episodes {
            if episode.resource != resource {
                lines += ["", SafeText.terminal(episode.resource)]
                resource = episode.resource
            }
            let length = ValueText.duration(((episode.end ?? to) - episode.start).seconds)
            let peak = episode.peak.flatMap { peak in measure(episode.rule).map { "  peak \(ValueText.text(peak, $0))" } } ?? ""
            let end = episode.end.map(\.description) ?? "still in ALARM".padded(to: 20)
            lines.append("  \(episode.start)  \(end)  \(length.leftPadded(to: 8))  \(episode.rule)\(peak)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
