import AdvisorCore

/// The history of recommendations and their outcomes.
enum HistorySection {
    /// `2 done: 1 confirmed, 1 not, 0 inconclusive`; nil if none is done.
    static func score(_ history: RecommendationHistory) -> String? {
        let (hits, misses, unprojectable) = (history.count(.hit), history.count(.miss), history.count(.unknown))
        guard hits + misses + unprojectable > 0 else { return nil }
        return
            "\(hits + misses + unprojectable) verified: \(hits) confirmed, \(misses) not, \(unprojectable) inconclusive"
    }

    /// The time, kind and reason of a change: `30 Mar 18:05`.
    static func cells(_ entry: RecommendationEntry, now: Timestamp, _ language: any Language) -> [String] {
        [
            language.time(entry.at, asOf: now), entry.what.rawValue.replacingUnderscores,
            language.clause(entry.reason, asOf: now),
        ]
    }

    static func markdown(_ history: RecommendationHistory, now: Timestamp, _ language: any Language) -> [String] {
        var lines = ["## History", ""]
        if history.lives.isEmpty { return lines + ["No recommendations yet."] }
        lines += ["| # | resource | when | what | why |", "| --- | --- | --- | --- | --- |"]
        for entry in history.entries {
            let cells =
                ["\(entry.recommendation)", "\(entry.resource): \(language.headline(entry.steps))"]
                + cells(entry, now: now, language)
            lines.append("| " + cells.map(SafeText.markdown).joined(separator: " | ") + " |")
        }
        if let score = score(history) { lines += ["", score + "."] }
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
        lines += ["", "History", ""]
        if history.lives.isEmpty { flow("  ", ["No recommendations yet."], indent: 2) }
        for life in history.lives {
            let title = "#\(life.id ?? 0)  \(life.resource): \(language.headline(life.summary.steps))"
            flow(
                "  ", [SafeText.terminal(title), SafeText.terminal(language.state(life, asOf: report.asOf))], indent: 6,
                separator: " · ")
            happenings(history.entries(of: life.id))
        }
        if let score = HistorySection.score(history) {
            lines.append("")
            flow("  ", score.words, indent: 2)
        }
    }

    /// One line per change.
    mutating func happenings(_ entries: [RecommendationEntry]) {
        for entry in entries {
            let cells = HistorySection.cells(entry, now: report.asOf, language)
            let first = "      " + cells[0].padded(to: 14) + cells[1].padded(to: 18)
            flow(first, SafeText.terminal(cells[2]).words, indent: 8)
        }
    }
}
