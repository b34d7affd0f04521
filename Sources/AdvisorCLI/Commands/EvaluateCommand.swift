import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor evaluate`: evaluates all rules and records the result.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate", abstract: "Evaluate all rules and record alarms and recommendations.",
        discussion: """
            EXAMPLES
              advisor evaluate
              advisor evaluate --now 2026-03-31T00:00:00Z --format json --fail-on critical
            """)

    @OptionGroup var form: FormatOption
    @OptionGroup var clock: ClockOption
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var language: LanguageOption
    @OptionGroup var failOn: FailOnOption

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let language = try Console.language(language, of: project)
        let store = try options.openStore(create: false)
        let now = try time.recordingTime()
        // A time that was given needs no confirmation.
        if try time.given() == nil, clock.trust == .checked {
            let check = try ClockCheck(store, now: now)
            guard check.isPlausible else { throw ExitError(.clock, "advisor: \(check.problem)") }
        }
        let result = try EvaluationPipeline(store: store, project: project, now: now).run(.record)
        if !result.isRecorded {
            output.note("advisor: a later time was evaluated already; this evaluation is shown, not recorded")
        }
        for revision in result.corrections {
            output.note(SafeText.terminal(language.clause(revision)))
        }
        if form.isJSON {
            try output.write(ReportFormat.json.render(result.report, ReportFormat.Options(language: language)))
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
            try output.write(
                lines.joined() + "\(standing.count) in ALARM\(held > 0 ? ", \(held) suppressed" : ""); "
                    + "`advisor report` shows what to do\n")
        }
        try failOn.check(result.report)
    }
}
