import AdvisorCore
import AdvisorEngine
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
              advisor backtest --rules changed --against rules     what a changed pack gains, loses and shifts
              advisor backtest --format csv -o episodes.csv
            """)

    @Option(help: ArgumentHelp("The first instant (default: the first sample).", valueName: "rfc3339"))
    var from: String?
    @Option(help: ArgumentHelp("The last instant (default: now).", valueName: "rfc3339"))
    var to: String?
    @Option(help: ArgumentHelp("This rule alone; may be given several times.", valueName: "id"))
    var rule: [String] = []
    @Option(help: ArgumentHelp("This resource alone.", valueName: "id"))
    var resource: String?
    @Option(
        help: ArgumentHelp(
            "Compare with the rules of this folder: episodes gained, lost, shifted; `built-in` for the shipped ones.",
            valueName: "dir"))
    var against: String?
    @Option(help: ArgumentHelp("text, json or csv.", valueName: "form"))
    var format = "text"
    @OptionGroup var options: CommonOptions

    private static let forms = ["text", "json", "csv"]

    func validate() throws {
        guard Self.forms.contains(format) else {
            throw ValidationError(
                "unknown form '\(format)'\(DidYouMean.hint(for: format, among: Self.forms)); known are text, json, csv")
        }
        for text in [from, to] {
            if let text, Timestamp(text: text) == nil {
                throw ValidationError("'\(text)' is no instant; write it as 2026-03-31T00:00:00Z")
            }
        }
        if let from = from.flatMap({ Timestamp(text: $0) }), let to = to.flatMap({ Timestamp(text: $0) }), from > to {
            throw ValidationError("--from \(from) is later than --to \(to)")
        }
    }

    func run() throws {
        let loader = ProjectLoader(options: options)
        let whole = try loader.project()
        let selection = try BacktestPass.Selection(
            of: whole, against: try against.map { try loader.rules(of: $0, for: whole) }, rules: rule)
        let project = selection.project
        let store = try options.openStore(create: false)
        let end = try to.flatMap { Timestamp(text: $0) } ?? options.time()
        if let from = from.flatMap({ Timestamp(text: $0) }), from > end {
            throw ExitError(.usage, "advisor: --from \(from) is later than now, \(end)")
        }
        let pass = BacktestPass(
            store: store, project: project, from: from.flatMap { Timestamp(text: $0) }, to: end, resource: resource)
        let progress = ProgressLine(isQuiet: options.quiet)
        let result = try pass.run(other: selection.other) { done, all in
            progress.show("\(done) of \(all) resources judged")
        }
        progress.clear()
        if project.stack.moves == .projected, !options.quiet {
            Console.error("advisor: recommendations here are the rules' own targets; `moves: projected` is not replayed")
        }
        let report = BacktestReport(result.backtest, against: result.other)
        switch format {
        case "json": try options.answer(report.json())
        case "csv": try options.answer(report.csv())
        default: try options.answer(report.text(width: Console.width))
        }
    }
}
