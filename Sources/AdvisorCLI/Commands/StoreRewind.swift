import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor store rewind`: goes back to the time before a wrong clock.
struct StoreRewind: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewind", abstract: "Go back to a time, after evaluations as of a wrong one.",
        discussion: """
            Removes evaluations and changes of alarms after that time, and samples of the
            future. The next run continues from there; what was notified is not notified
            again. Samples, bills and recommendations stay.
            """)
    @Option(help: ArgumentHelp("The time to go back to.", valueName: "time"))
    var to: Timestamp
    @OptionGroup var form: FormatOption
    @OptionGroup var options: StoreOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let now = try time.time()
        guard to <= now else { throw ExitError(.usage, "advisor: --to \(to) is later than now, \(now)") }
        let path = options.storePath
        guard FileSystem.current.exists(path) else { throw StoreFailure.missing(path: path) }
        let lock = try RunLock(besides: path, files: .current, patience: .seconds(30)) { false }
        let result = try withExtendedLifetime(lock) { try options.openStore(create: false).rewind(to: to, now: now) }
        if form.isJSON {
            let answer = JSONValue.object([
                "to": .text("\(to)"), "evaluations": .integer(result.evaluations), "transitions": .integer(result.transitions),
                "samples": .integer(result.samples),
            ])
            return try output.write(answer.render())
        }
        guard !output.quiet else { return }
        func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
        try output.write(
            "removed \(counted(result.evaluations, "evaluation")) and \(counted(result.transitions, "transition")) after \(to), "
                + "\(counted(result.samples, "sample")) of the future; the next run continues from there\n")
    }
}
