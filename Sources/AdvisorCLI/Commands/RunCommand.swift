import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

/// What cron calls.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "What cron calls: ingest what advisor.yaml lists, judge, and tell who should know.",
        discussion: """
            Silent when nothing changed; a line a change on standard output, problems on standard error. It can be killed at
            any moment: the next run goes on, and judges what was skipped in order.

            EXAMPLES
              advisor run
              advisor run --dry-run                 on a copy of the store: what would be recorded and sent
              advisor run --log-format json         a line of JSON a change, and one that sums up
              advisor init --systemd                units that call it every 15 minutes; --cron prints a crontab line

            IN ADVISOR.YAML
              ingest:
                - exports/                          a folder, a file or a pattern; read again when it changes
                - { path: cpu.csv, metric: cpu, resource: prod-db }
                - command: [aws, cloudwatch, get-metric-data, --metric-data-queries, "file://queries.json",
                            --start-time, "{start}", --end-time, "{end}"]
                  queries: queries.json
              alerts: { repeat: 24h, stale_after: 2h, quiet_hours: { from: "22:00", to: "07:00", zone: Europe/Berlin } }
              retention: { 1m: 15d, 5m: 63d, 1h: 455d }
            """)

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Work on a copy of the store; show what would be sent.")
    var dryRun = false
    @Option(help: ArgumentHelp("How long to wait for another run of the store (default: 30s).", valueName: "time"))
    var wait: String?
    @Option(name: .customLong("log-format"), help: ArgumentHelp("text or json (JSON Lines).", valueName: "form"))
    var logFormat = "text"
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard RunLog.Form(rawValue: logFormat) != nil else {
            throw ValidationError("unknown form '\(logFormat)'; known are text, json")
        }
        if let wait, patience == nil { throw ValidationError("'\(wait)' is no time; write 30s, 5m, or 0 for not at all") }
    }

    private var patience: Duration? {
        guard let wait else { return .seconds(30) }
        return wait == "0" ? .zero : QuantityText.duration(wait)
    }

    func run() throws {
        let stop = CommandEnvironment.current.stopSignal()
        let path = options.storePath
        guard Files.exists(path) || Files.exists(options.stackPath.path) else {
            throw ExitError(
                .configuration,
                "advisor: neither \(path) nor \(options.stackPath.path) is there, so there is nothing to run; `advisor init` begins, --dir says where else to look"
            )
        }
        let now = try dryRun ? options.time() : options.recordingTime()
        let lines = OutputLines(options.output)
        let log = RunLog(RunLog.Form(rawValue: logFormat) ?? .text, isQuiet: options.quiet, write: lines.add)
        let status: ExitStatus
        if dryRun {
            status = try rehearse(now, log, stop)
        } else {
            let lock = try RunLock(besides: path, patience: patience ?? .zero) { stop.isRaised }
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
        return Run(
            store: try store(true), project: project, options: options, now: now, log: log, stop: stop, isRehearsal: dryRun
        ).perform()
    }

    /// The project; when it has errors they are told to whom the stack file names, as far as it could be read.
    private func project(_ now: Timestamp, _ store: (_ create: Bool) throws -> Store) throws -> Project {
        let loader = ProjectLoader(options: options)
        do { return try loader.project() } catch let end as ExitError {
            if let loaded = try? loader.load(), let store = try? store(false) {
                let error = loaded.diagnostics.first { !$0.isNote }?.description
                let problem = RunLog.Problem(status: end.status, words: error ?? end.message ?? "", isFailure: true)
                _ = try? notifyRun(Run.topic([problem], at: now), loaded.project, in: store, at: now)
            }
            throw end
        }
    }

    /// The same on a copy of the store that is thrown away.
    private func rehearse(_ now: Timestamp, _ log: RunLog, _ stop: StopSignal) throws -> ExitStatus {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("advisor-rehearsal-\(UUID().uuidString)")
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw ExitError(.io, "advisor: no temporary folder could be made in \(folder.path)")
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.path + "/advisor.db"
        if Files.exists(options.storePath) { try options.openStore(create: false).backUp(to: copy) }
        return try perform(now, log, stop) { _ in try Store(path: copy, create: true, exists: Files.exists(copy)) }
    }
}

/// Lines for standard output as they come, or for a file at the end.
private final class OutputLines {
    private let path: String?
    private var text = ""

    init(_ path: String?) { self.path = path }

    func add(_ line: String) {
        if path == nil { Console.out(line) } else { text += line }
    }

    func finish() throws {
        if let path { try Files.write(text, to: path) }
    }
}
