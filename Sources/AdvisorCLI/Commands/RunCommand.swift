import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor run`: one unattended run, as cron starts it.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Ingest the inputs of advisor.yaml, evaluate and send alerts.",
        discussion: """
            For cron and timers: silent when nothing changed, one line per change on
            standard output, problems on standard error. It can be killed at any time;
            the next run continues and evaluates what was skipped in order.

            EXAMPLES
              advisor run
              advisor run --dry-run              on a copy of the store
              advisor run --log-format json      JSON Lines: changes and a summary
              advisor init --systemd             units for a run every 15 minutes

            IN ADVISOR.YAML
              ingest:
                - exports/                       file, folder or pattern
                - { path: cpu.csv, metric: cpu, resource: prod-db }
                - command: [aws, cloudwatch, get-metric-data, --start-time, "{start}",
                            --end-time, "{end}", --metric-data-queries,
                            "file://queries.json"]
                  queries: queries.json
              alerts: { repeat: 24h, stale_after: 2h }
              retention: { 1m: 15d, 5m: 63d, 1h: 455d }
            """)

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Work on a copy of the store; show what would be sent.")
    var dryRun = false
    @Option(help: ArgumentHelp("Wait so long for another run of the store; 0 to not wait.", valueName: "duration"))
    var wait = DurationArgument(.seconds(30))
    @Option(name: .customLong("log-format"), help: ArgumentHelp("text, or json for JSON Lines.", valueName: "format"))
    var logFormat = AnswerFormat.text
    @OptionGroup var clock: ClockOption
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var verbosity: VerboseOption
    @OptionGroup var failOn: FailOnOption

    func run() throws {
        let stop = CommandEnvironment.current.stopSignal()
        let path = options.storePath
        guard FileSystem.current.exists(path) || FileSystem.current.exists(options.stackPath.path) else {
            throw ExitError(
                .configuration,
                "advisor: neither \(path) nor \(options.stackPath.path) exists; start with `advisor init`, or name the folder with --dir"
            )
        }
        ScratchFolder.removeAbandoned()
        let lines = OutputLines(output.output)
        let log = RunLog(
            form: logFormat == .json ? .json : .text, showsNotes: verbosity.verbose && !output.quiet,
            language: Console.logLanguage, write: lines.add)
        let status: ExitStatus
        if dryRun {
            status = try rehearse(try time.time(), log, stop)
        } else {
            let lock = try RunLock(besides: path, files: .current, patience: wait.duration) { stop.isRaised }
            // After the wait for another run, which may have taken minutes.
            let now = try time.recordingTime()
            status = try withExtendedLifetime(lock) { try perform(now, log, stop) { try options.openStore(create: $0) } }
        }
        try lines.finish()
        stop.endIfRaised()
        if status != .done { throw ExitError(status) }
    }

    private func perform(
        _ now: Timestamp, _ log: RunLog, _ stop: StopSignal, store: (_ create: Bool) throws -> Store
    ) throws -> ExitStatus {
        let project = try project(now, store)
        let delivery = try Delivery(options: options, timeOption: time, isVerbose: verbosity.verbose, project: project)
        let (clock, store) = (try delivery.clock(), try store(true))
        try store.allowReaders(of: project.stack)
        let environment = RunEnvironment(
            mode: dryRun ? .rehearsal : .live, files: .current, folder: options.folder,
            secrets: delivery.reader, clock: clock,
            relay: { delivery.relay(store, clock: clock, isEnding: $0) }, isStopped: { stop.isRaised }, report: log.show)
        return RunPass(
            store: store, project: project, now: now, trust: self.clock.trust, failOn: try failOn.severity(),
            environment: environment
        ).run().status
    }

    /// The project; its errors are sent to the receivers of the stack file, as far as it could be read.
    private func project(_ now: Timestamp, _ store: (_ create: Bool) throws -> Store) throws -> Project {
        let loader = ProjectLoader(options: options)
        do { return try loader.project() } catch {
            guard error is ConfigurationError || error is ExitError else { throw error }
            if let loaded = try? loader.load(), let store = try? store(false) {
                let problem = loaded.diagnostics.first { !$0.isNote }?.description
                try? notifyConfigurationError(
                    problem ?? ExitStatus.words(error), loaded.project, in: store, at: now)
            }
            throw error
        }
    }

    /// The same on a temporary copy of the store.
    private func rehearse(_ now: Timestamp, _ log: RunLog, _ stop: StopSignal) throws -> ExitStatus {
        let folder = try ScratchFolder()
        let copy = folder.path + "/advisor.db"
        if FileSystem.current.exists(options.storePath) { try options.readStore().backUp(to: copy) }
        return try withExtendedLifetime(folder) {
            try perform(now, log, stop) { _ in try Store(path: copy, create: true, exists: FileSystem.current.exists(copy)) }
        }
    }
}

/// Lines for standard output at once, or for a file at the end.
private final class OutputLines {
    private let path: String?
    private var text = ""

    init(_ path: String?) { self.path = path }

    func add(_ line: String) {
        if path == nil { Console.out(line) } else { text += line }
    }

    func finish() throws {
        if let path { try FileSystem.current.write(text, to: path) }
    }
}
