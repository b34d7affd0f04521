import AdvisorCore

/// The runbook texts shared by all formats.
enum ProcedureSection {
    /// The notes of a procedure besides the commands, in order.
    static func facts(_ procedure: Procedure, _ language: any Language) -> [(name: String, words: String)] {
        [
            (RecommendationTitle.when, procedure.window.map(language.clause)),
            (.downtime, language.clause(procedure.downtime)), (.restart, language.clause(procedure.restart)),
            (.effort, language.clause(procedure.effort)), (.rollback, procedure.rollback.map(language.clause)),
            (.irreversible, procedure.irreversible.map(language.sentence)),
        ].compactMap { title, words in words.map { (language.title(title), $0) } }
    }

    static func markdown(_ procedures: [Procedure], _ language: any Language) -> [String] {
        var lines: [String] = []
        for procedure in procedures {
            lines += ["", "### \(SafeText.markdown(language.capitalized(language.headline([procedure.step]))))", ""]
            if !procedure.commands.isEmpty {
                // A fence longer than any run of backticks inside cannot be closed from inside.
                let texts = procedure.commands.flatMap {
                    [$0.purpose.map { "# \(language.clause($0))" }, $0.text].compactMap { $0 }
                }
                let fence = String(repeating: "`", count: 3 + (texts.map(ticks).max() ?? 0))
                lines += [fence + "sh"] + texts.map(SafeText.terminal) + [fence, ""]
            }
            for change in procedure.changes {
                let before =
                    change.before.map { "`\(SafeText.terminal($0))` \(language.title(.becomes)) " }
                    ?? language.title(RecommendationTitle.new) + " "
                lines.append("- \(change.tool.rawValue): \(before)`\(SafeText.terminal(change.after))`")
            }
            if let deploy = procedure.deploy, !procedure.changes.isEmpty {
                lines.append("- \(language.title(.then)) `\(SafeText.terminal(deploy))`")
            }
            lines += facts(procedure, language).map { "- \($0.name): \(SafeText.markdown($0.words))" }
            lines += procedure.cautions.map { "- \(language.title(.careful)) \(SafeText.markdown(language.sentence($0)))" }
        }
        return lines
    }

    private static func ticks(_ text: String) -> Int {
        text.split { $0 != "`" }.map(\.count).max() ?? 0
    }
}

extension TextReport {
    /// The steps of a recommendation.
    mutating func procedures(_ procedures: [Procedure]) {
        for (number, procedure) in procedures.enumerated() {
            if number > 0 { lines.append("") }
            flow(
                "    \(number + 1). ", SafeText.terminal(language.capitalized(language.headline([procedure.step]))).words,
                indent: 7)
            for command in procedure.commands {
                if let purpose = command.purpose {
                    flow("       # ", SafeText.terminal(language.clause(purpose)).words, indent: 9)
                }
                // A command stays on one line, whatever the width, so that it can be copied.
                lines.append("       " + SafeText.terminal(command.text))
            }
            if let tool = procedure.changes.first?.tool {
                flow("       # ", "\(language.title(.inCode)) \(tool.rawValue)".words, indent: 9)
            }
            for change in procedure.changes {
                if let before = change.before { lines.append("       - " + SafeText.terminal(before)) }
                lines.append("       + " + SafeText.terminal(change.after))
            }
            if let deploy = procedure.deploy, !procedure.changes.isEmpty { lines.append("       " + SafeText.terminal(deploy)) }
            let facts = ProcedureSection.facts(procedure, language)
            let column = max(11, (facts.map(\.name.displayWidth).max() ?? 0) + 2)
            for (name, words) in facts {
                flow("       " + (name + ":").padded(to: column), SafeText.terminal(words).words, indent: 7 + column)
            }
            for caution in procedure.cautions {
                flow("       ! ", SafeText.terminal(language.sentence(caution)).words, indent: 9)
            }
        }
    }
}
