import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// Evaluates all rules and records what came of it.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Judge all rules up to now, and record alarms and recommendations.",
        discussion: """
            EXAMPLES
              advisor evaluate
              advisor evaluate --now 2026-03-31T00:00:00Z --format json --fail-on critical
            """)

    @Option(help: ArgumentHelp("text or json.", valueName: "form"))
    var format = "text"
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard ["text", "json"].contains(format) else { throw ValidationError("unknown form '\(format)'; known are text, json") }
    }

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let store = try options.openStore(create: false)
        let result = try EvaluationPass(store: store, project: project, now: try options.recordingTime()).evaluate()
        if !result.isRecorded, !options.quiet {
            Console.error("advisor: a later instant was judged already; this evaluation is shown, not recorded")
        }
        for revision in result.revisions where !options.quiet {
            Console.error(SafeText.terminal(BackfillWords.sentence(revision)))
        }
        if format == "json" {
            try ReportCommand.show(result.report, format: "json", options)
        } else {
            let lines = result.transitions.sorted { ($0.at, $0.rule) < ($1.at, $1.rule) }.suffix(50).map { change in
                let rule = project.rules.first { $0.id == change.rule }
                let isMuted = rule.map {
                    project.stack.language.mutes.isMuted(rule: $0, resource: change.resource, at: change.at)
                }
                return "\(change.at)  \(SafeText.terminal(change.resource))  \(change.rule)  "
                    + "\(change.from.rawValue) → \(change.to.rawValue)\(isMuted == true ? "  muted" : "")\n"
            }
            let standing = result.report.entries.flatMap(\.findings).filter { $0.state == .alarm }
            let held = standing.count { $0.held != nil }
            try options.answer(
                lines.joined() + "\(standing.count) in ALARM\(held > 0 ? ", \(held) of them held back" : ""); "
                    + "`advisor report` shows what to do\n")
        }
        try options.endOnFindings(result.report)
    }
}
