import AdvisorCore

/// All candidate tiers of a database: cost, whether each clears what fired, and why not.
struct CandidatesText {
    let recommendation: Recommendation
    /// The current tier; nil if unknown.
    let present: String?
    let width: Int
    let language: any Language

    private struct Row {
        var mark: String
        var tier: String
        var cost: String
        var load: String
        var words: String
    }

    private static let gap = "  "

    var lines: [String] {
        let rows = recommendation.candidates.map(row)
        guard !rows.isEmpty else { return [] }
        let head = Row(
            mark: " ", tier: language.title(.candidates), cost: language.title(BillTitle.aMonth),
            load: language.title(.withLoad), words: "")
        let tier = (rows + [head]).map(\.tier.displayWidth).max() ?? 0
        let cost = (rows + [head]).map(\.cost.displayWidth).max() ?? 0
        let load = (rows + [head]).map(\.load.displayWidth).max() ?? 0
        let table = 4 + tier + cost + load + 3 * Self.gap.displayWidth
        let isWide = table + 24 <= width
        var lines = [""]
        for row in isWide ? [head] + rows : rows {
            guard isWide else {
                lines += narrow(row)
                continue
            }
            let bills = "\(row.cost.leftPadded(to: cost))\(Self.gap)\(row.load.leftPadded(to: load))\(Self.gap)"
            lines += wrapped("  \(row.mark) \(row.tier.padded(to: tier))\(Self.gap)\(bills)", row.words, indent: table)
        }
        return lines + (breakEven.map { wrapped("    ", $0, indent: 4) } ?? [])
    }

    /// The steady load from which the cheapest larger class is cheaper; nil if surplus credits do not matter.
    private var breakEven: String? {
        guard let outlook = recommendation.outlook, let present, !outlook.breakEvens.isEmpty else { return nil }
        let cheaper = outlook.breakEvens.compactMap { other -> (tier: String, share: Double)? in
            switch other.load {
            case .always: (other.tier, 0)
            case .above(let share): (other.tier, share)
            case .never: nil
            }
        }
        guard let first = cheaper.min(by: { $0.share < $1.share }) else {
            return language.text(RecommendationPhrase.neverPays(present: present))
        }
        let load = language.text(Quantity.ratio(first.share))
        return language.text(RecommendationPhrase.paysAbove(load: load, tier: first.tier, present: present))
    }

    private func row(_ candidate: Recommendation.Candidate) -> Row {
        let mark = mark(candidate)
        let cost = candidate.monthlyCost.map { floor in
            candidate.maximumMonthlyCost.map {
                language.text(RecommendationPhrase.range(floor.description, $0.description))
            } ?? floor.description
        }
        var words = candidate.whyNot.prefix(2).map(language.clause)
        for rule in candidate.unclear where words.count < 2 {
            let known = candidate.projection?.outcomes.first { $0.rule == rule && $0.state == .unknown }?.verdict
            words.append(known.map(language.clause) ?? language.text(RecommendationPhrase.notEvaluated(rule: rule)))
        }
        if candidate.tier == present { words = [language.title(.present)] }
        if !candidate.changes.isEmpty {
            words.insert(language.text(RecommendationPhrase.together(candidate.changes.map(language.change))), at: 0)
        }
        if candidate.tier == recommendation.cheapestThatClears { words.insert(language.title(.cheapest), at: 0) }
        return Row(
            mark: mark, tier: candidate.tier, cost: cost ?? language.amount(nil),
            load: language.amount(candidate.projection?.expected), words: words.joined(separator: "; "))
    }

    /// ✓ and ✗ where the alarms are known to end or not; · where there is nothing to end, and the tier would do.
    private func mark(_ candidate: Recommendation.Candidate) -> String {
        if let clears = candidate.clears { return clears ? "✓" : "✗" }
        guard candidate.projection?.clears == true else { return "?" }
        return recommendation.steps.contains { $0.to?.tier == candidate.tier } ? "✓" : "·"
    }

    private func narrow(_ row: Row) -> [String] {
        var lines = wrapped(
            "  \(row.mark) ", language.text(RecommendationPhrase.costs(tier: row.tier, cost: row.cost, withLoad: row.load)),
            indent: 4)
        if !row.words.isEmpty { lines += wrapped("    ", row.words, indent: 4) }
        return lines
    }

    private func wrapped(_ start: String, _ text: String, indent: Int) -> [String] {
        TextLayout.wrapped(start, SafeText.terminal(text), width: width, indent: indent)
    }
}

/// The same as Markdown: the tiers that clear, and those on the guide's path.
struct CandidatesMarkdown {
    let recommendation: Recommendation
    /// The current tier; nil if unknown.
    let present: String?
    let language: any Language

    var lines: [String] {
        let titles =
            [language.title(BillTitle.tier), language.title(BillTitle.aMonth)]
            + [RecommendationTitle.withLoad, .clears, .whyNot].map(language.title)
        var lines = ["", "| \(titles.joined(separator: " | ")) |", "| --- | --- | --- | --- | --- |"]
        for candidate in recommendation.candidates {
            let cost = candidate.monthlyCost.map { floor in
                candidate.maximumMonthlyCost.map {
                    language.text(RecommendationPhrase.range(floor.description, $0.description))
                } ?? floor.description
            }
            let cells = [
                candidate.tier + (candidate.tier == present ? " (\(language.title(.present)))" : ""),
                cost ?? language.amount(nil), language.amount(candidate.projection?.expected),
                candidate.clears.map { language.title($0 ? RecommendationTitle.yes : .no) } ?? language.amount(nil),
                words(candidate),
            ]
            lines.append("| " + cells.map(SafeText.markdown).joined(separator: " | ") + " |")
        }
        return lines
    }

    private func words(_ candidate: Recommendation.Candidate) -> String {
        let together =
            candidate.changes.isEmpty
            ? [] : [language.text(RecommendationPhrase.together(candidate.changes.map(language.change)))]
        return (together + candidate.whyNot.map(language.clause)).joined(separator: "; ")
    }
}
