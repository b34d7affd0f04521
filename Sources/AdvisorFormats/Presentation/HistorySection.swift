import AdvisorCore

/// The history of recommendations and their outcomes.
enum HistorySection {
    /// `2 done: 1 confirmed, 1 not, 0 inconclusive`; nil if none is done.
    static func score(_ history: RecommendationHistory, _ language: any Language) -> String? {
        let (hits, misses, unknown) = (history.count(.hit), history.count(.miss), history.count(.unknown))
        guard hits + misses + unknown > 0 else { return nil }
        return language.text(ReportPhrase.score(hits: hits, misses: misses, unknown: unknown))
    }

    /// The time, kind and reason of a change: `30 Mar 18:05`.
    static func cells(_ entry: RecommendationEntry, now: Timestamp, _ language: any Language) -> [String] {
        [
            language.time(entry.at, asOf: now), language.title(entry.what),
            language.clause(entry.reason, asOf: now),
        ]
    }

    static func markdown(_ history: RecommendationHistory, now: Timestamp, _ language: any Language) -> [String] {
        var lines = ["## " + language.title(ReportTitle.history), ""]
        if history.lives.isEmpty { return lines + [language.title(ReportTitle.noRecommendations)] }
        let titles = [ReportTitle.resource, .when, .change, .why].map(language.title)
        lines += ["| # | \(titles.joined(separator: " | ")) |", "| --- | --- | --- | --- | --- |"]
        for entry in history.entries {
            let cells =
                ["\(entry.recommendation)", "\(entry.resource): \(language.headline(entry.steps))"]
                + cells(entry, now: now, language)
            lines.append("| " + cells.map(SafeText.markdown).joined(separator: " | ") + " |")
        }
        if let score = score(history, language) { lines += ["", score + "."] }
        return lines
    }

    static func json(_ history: RecommendationHistory, _ language: any Language) -> JSONValue {
        .object([
            "recommendations": .array(history.lives.map { LifecycleSection.json($0, language) }),
            "changes": .array(history.entries.map { json($0, language) }),
            "hits": .integer(history.count(.hit)), "misses": .integer(history.count(.miss)),
            "untold": .integer(history.count(.unknown)),
        ])
    }

    static func json(_ entry: RecommendationEntry, _ language: any Language) -> JSONValue {
        .object([
            "recommendation": .integer(Int(entry.recommendation)), "resource": .text(entry.resource),
            "kind": .text(entry.kind.rawValue), "at": JSONValue(entry.at), "what": .text(entry.what.rawValue),
            "from": JSONValue(entry.before?.rawValue), "to": .text(entry.after.rawValue),
            "why": .text(language.clause(entry.reason, asOf: entry.at)),
            "reason": JSONValue(entry.reason),
            "headline": .text(language.headline(entry.steps)),
        ])
    }
}

extension TextReport {
    /// The history, by recommendation; empty if it was not requested.
    mutating func history() {
        guard let history = report.history else { return }
        lines += ["", language.title(ReportTitle.history), ""]
        if history.lives.isEmpty { flow("  ", [language.title(ReportTitle.noRecommendations)], indent: 2) }
        for life in history.lives {
            let title = "#\(life.id ?? 0)  \(life.resource): \(language.headline(life.summary.steps))"
            flow(
                "  ", [SafeText.terminal(title), SafeText.terminal(language.state(life, asOf: report.asOf))], indent: 6,
                separator: " · ")
            happenings(history.entries(of: life.id))
        }
        if let score = HistorySection.score(history, language) {
            lines.append("")
            flow("  ", score.words, indent: 2)
        }
    }

    /// One line per change.
    mutating func happenings(_ entries: [RecommendationEntry]) {
        for entry in entries {
            let cells = HistorySection.cells(entry, now: report.asOf, language)
            let time = cells[0].padded(to: max(14, cells[0].displayWidth + 2))
            let first = "      " + time + cells[1].padded(to: 18)
            flow(first, SafeText.terminal(cells[2]).words, indent: 8)
        }
    }
}
