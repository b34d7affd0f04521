import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor backtest`: replays the rules over stored history.
struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest", abstract: "Replay the rules over stored history, with today's advisor.yaml.",
        discussion: """
            EXAMPLES
              advisor backtest
              advisor backtest --from 2026-03-01 --rule database-cpu-sustained
              advisor backtest --rules changed --against rules     compare two packs
              advisor backtest --format csv -o episodes.csv
            """)

    /// The format of the answer.
    enum Format: String, NamedArgument {
        case text, json, csv

        static var kind: String { "format" }
    }

    @Option(help: ArgumentHelp("Start of the replay (default: first sample).", valueName: "time"))
    var from: Timestamp?
    @Option(help: ArgumentHelp("End of the replay (default: now).", valueName: "time"))
    var to: Timestamp?
    @Option(help: ArgumentHelp("Only this rule; can be repeated.", valueName: "id"))
    var rule: [String] = []
    @Option(help: ArgumentHelp("Only this resource.", valueName: "id"))
    var resource: String?
    @Option(
        help: ArgumentHelp(
            "Compare with the rules of this folder, or `built-in`: episodes gained, lost and shifted.", valueName: "dir"),
        completion: .directory)
    var against: String?
    @Option(help: ArgumentHelp("\(Format.list).", valueName: "format"))
    var format = Format.text
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var language: LanguageOption

    func validate() throws {
        if let from, let to, from > to {
            throw ValidationError("--from \(from) is later than --to \(to)")
        }
    }

    func run() throws {
        let loader = ProjectLoader(options: options)
        let whole = try loader.project()
        let selection = try BacktestPass.Selection(
            of: whole, against: try against.map { try loader.rules(of: $0, for: whole) }, rules: rule)
        let project = selection.project
        let store = try options.readStore()
        let end = try to ?? time.time()
        if let from, from > end {
            throw ExitError(.usage, "advisor: --from \(from) is later than now, \(end)")
        }
        let pass = BacktestPass(
            store: store, project: project, from: from, to: end, resource: resource)
        let progress = ProgressLine(isQuiet: output.quiet)
        let result = try pass.run(other: selection.other) { done, all in
            progress.show("\(done) of \(all) resources evaluated")
        }
        progress.clear()
        if project.stack.moves == .projected {
            output.note("advisor: recommendations here are the rules' own targets; `moves: projected` is not replayed")
        }
        let report = BacktestReport(result.backtest, against: result.other, language: try Console.language(language, of: project))
        switch format {
        case .json: try output.write(report.json())
        case .csv: try output.write(report.csv())
        case .text: try output.write(report.text(width: Console.width))
        }
    }
}
