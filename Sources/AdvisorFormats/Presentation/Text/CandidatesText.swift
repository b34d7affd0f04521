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
        let head = Row(mark: " ", tier: "Candidates", cost: "a month", load: "with this load", words: "")
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
            return "Moving up from \(present) never pays for itself through saved CPU credits."
        }
        let load = ValueText.text(first.share, .ratio)
        return "From a steady \(load) CPU load on, \(first.tier) is cheaper than \(present) with its surplus credits."
    }

    private func row(_ candidate: Recommendation.Candidate) -> Row {
        let mark = candidate.clears.map { $0 ? "✓" : "✗" } ?? "?"
        let cost = candidate.monthlyCost.map { floor in
            candidate.maximumMonthlyCost.map { "\(floor) to \($0)" } ?? floor.description
        }
        var words = candidate.whyNot.prefix(2).map(language.clause)
        for rule in candidate.unclear where words.count < 2 {
            let known = candidate.projection?.outcomes.first { $0.rule == rule && $0.state == .unknown }?.verdict
            words.append(known.map(language.clause) ?? "\(rule) cannot be evaluated there")
        }
        if candidate.tier == present { words = ["now"] }
        if candidate.tier == recommendation.cheapestThatClears { words.insert("the cheapest that ends every alarm", at: 0) }
        return Row(
            mark: mark, tier: candidate.tier, cost: cost ?? "unknown",
            load: candidate.projection?.expected?.description ?? "unknown", words: words.joined(separator: "; "))
    }

    private func narrow(_ row: Row) -> [String] {
        var lines = wrapped("  \(row.mark) ", "\(row.tier): \(row.cost), \(row.load) with this load", indent: 4)
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
        var lines = ["", "| tier | a month | with this load | clears | why not |", "| --- | --- | --- | --- | --- |"]
        for candidate in recommendation.candidates {
            let cost = candidate.monthlyCost.map { floor in
                candidate.maximumMonthlyCost.map { "\(floor) to \($0)" } ?? floor.description
            }
            let cells = [
                candidate.tier + (candidate.tier == present ? " (now)" : ""), cost ?? "unknown",
                candidate.projection?.expected?.description ?? "unknown",
                candidate.clears.map { $0 ? "yes" : "no" } ?? "unknown",
                candidate.whyNot.map(language.clause).joined(separator: "; "),
            ]
            lines.append("| " + cells.map(SafeText.markdown).joined(separator: " | ") + " |")
        }
        return lines
    }
}
