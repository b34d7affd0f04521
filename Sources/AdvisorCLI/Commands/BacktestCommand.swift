import AdvisorCore
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// What the rules would have said over stored history.
struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "What the rules would have said over stored history, by today's facts.",
        discussion: """
            EXAMPLES
              advisor backtest
              advisor backtest --from 2026-03-01 --to 2026-03-15 --rule database-cpu-sustained --format json
            """)

    @Option(help: ArgumentHelp("The first instant (default: the first sample).", valueName: "rfc3339"))
    var from: String?
    @Option(help: ArgumentHelp("The last instant (default: now).", valueName: "rfc3339"))
    var to: String?
    @Option(help: ArgumentHelp("This rule alone; may be given several times.", valueName: "id"))
    var rule: [String] = []
    @Option(help: ArgumentHelp("text or json.", valueName: "form"))
    var format = "text"
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard ["text", "json"].contains(format) else { throw ValidationError("unknown form '\(format)'; known are text, json") }
        for text in [from, to] {
            if let text, Timestamp(text: text) == nil {
                throw ValidationError("'\(text)' is no instant; write it as 2026-03-31T00:00:00Z")
            }
        }
    }

    func run() throws {
        var project = try ProjectLoader(options: options).project()
        for id in rule where !project.rules.contains(where: { $0.id == id }) {
            throw End(.usage, "advisor: unknown rule '\(id)'\(Spelling.hint(for: id, among: project.rules.map(\.id)))")
        }
        if !rule.isEmpty { project.rules = project.rules.filter { rule.contains($0.id) } }
        let store = try options.openStore(create: false)
        let end = try to.flatMap { Timestamp(text: $0) } ?? options.instant()
        let result = try EvaluationPass(store: store, project: project, now: end).backtest()
        let begin = from.flatMap { Timestamp(text: $0) } ?? result.firstSample ?? end
        let report = BacktestReport(from: begin, to: end, rules: project.rules, episodes: result.episodes)
        try options.answer(format == "json" ? report.json() : report.text())
    }
}
