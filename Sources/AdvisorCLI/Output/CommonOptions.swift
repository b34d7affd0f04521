import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// The options of every command.
struct CommonOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Where store, stack file and rules are looked for (default: the current folder).", valueName: "dir"))
    var dir: String?
    @Option(help: ArgumentHelp("The store (default: advisor.db).", valueName: "file"))
    var db: String?
    @Option(help: ArgumentHelp("The stack file (default: advisor.yaml).", valueName: "file"))
    var stack: String?
    @Option(help: ArgumentHelp("These rules alone (default: the built-in packs, and the folder rules).", valueName: "dir"))
    var rules: String?
    @Option(help: ArgumentHelp("Catalogue and metrics in place of the built-in.", valueName: "dir"))
    var data: String?
    @Option(help: ArgumentHelp("The instant that now is, as in 2026-03-31T00:00:00Z.", valueName: "rfc3339"))
    var now: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Write the answer there instead of standard output.", valueName: "file"))
    var output: String?
    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp(
            "End with 1 when a rule of at least this severity is in ALARM: info, warning, critical.", valueName: "severity"))
    var failOn: String?
    @Flag(name: .customLong("no-color"), help: "Never colour.")
    var noColor = false
    @Flag(name: .shortAndLong, help: "Say nothing but results and errors.")
    var quiet = false
    @Flag(name: .shortAndLong, help: "Say more.")
    var verbose = false

    func validate() throws {
        if let now, Timestamp(text: now) == nil {
            throw ValidationError("'\(now)' is no instant; write it as 2026-03-31T00:00:00Z")
        }
        if let failOn, Severity(rawValue: failOn) == nil {
            throw ValidationError(
                "'\(failOn)' is no severity\(DidYouMean.hint(for: failOn, among: Severity.allCases.map(\.rawValue))); known are info, warning, critical"
            )
        }
    }

    private func value(_ given: String?, _ variable: String) -> String? { given ?? Console.environment(variable) }

    var folder: String { value(dir, "ADVISOR_DIR") ?? "." }

    private func inFolder(_ name: String) -> String { folder == "." ? name : folder + "/" + name }

    var storePath: String { value(db, "ADVISOR_DB") ?? inFolder("advisor.db") }
    /// The stack file, and whether somebody asked for it by name.
    var stackPath: (path: String, isAsked: Bool) {
        value(stack, "ADVISOR_STACK").map { ($0, true) } ?? (inFolder("advisor.yaml"), false)
    }
    var rulesFolder: String? { value(rules, "ADVISOR_RULES") }
    var ownRulesFolder: String { inFolder("rules") }
    var ownCatalogFolder: String { inFolder("data/catalog") }
    var dataFolder: String? { value(data, "ADVISOR_DATA") }

    /// Whether somebody said what now is.
    var isMoved: Bool { value(now, "ADVISOR_NOW") != nil }

    /// The clock's time, in whole seconds.
    private static var clockSecond: Timestamp { CommandEnvironment.current.clock().floored(to: .seconds(1)) }

    func time() throws -> Timestamp {
        guard let text = value(now, "ADVISOR_NOW") else { return Self.clockSecond }
        guard let time = Timestamp(text: text) else {
            throw ExitError(.usage, "advisor: '\(text)' is no instant; write it as 2026-03-31T00:00:00Z")
        }
        return time
    }

    /// The time up to which something is recorded: what is evaluated then is never evaluated anew before.
    func recordingTime() throws -> Timestamp {
        let now = try time()
        let clock = Self.clockSecond
        if isMoved, now > clock + .seconds(86_400) {
            throw ExitError(
                .usage,
                "advisor: --now \(now) is later than the clock, \(clock): nothing before it could be judged again; `advisor report --now` looks ahead and records nothing"
            )
        }
        return now
    }

    func openStore(create: Bool) throws -> Store {
        let path = storePath
        let environment = CommandEnvironment.current
        return try Store(path: Files.resolve(path), name: path, create: create, exists: Files.exists(path)) {
            CommandEnvironment.$current.withValue(environment) {
                Console.error("advisor: waiting for another process to finish with \(path)")
            }
        }
    }

    func answer(_ text: String) throws {
        guard let output else { return Console.out(text) }
        try Files.write(text, to: output)
    }

    /// Ends with 1 when `--fail-on` says so.
    func endOnFindings(_ report: Report) throws {
        if fails(on: report) { throw ExitError(.findings) }
    }

    /// Whether `--fail-on` says that the report is to end with 1.
    func fails(on report: Report) -> Bool {
        guard let least = value(failOn, "ADVISOR_FAIL_ON").flatMap(Severity.init) else { return false }
        return report.entries.contains { $0.findings.contains { $0.state == .alarm && $0.rule.severity >= least } }
    }
}
