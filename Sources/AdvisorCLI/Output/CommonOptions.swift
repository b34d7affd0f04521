import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation
import Glibc

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

    func time() throws -> Timestamp {
        guard let text = value(now, "ADVISOR_NOW") else { return Timestamp(seconds: Int64(Date().timeIntervalSince1970)) }
        guard let time = Timestamp(text: text) else {
            throw ExitError(.usage, "advisor: '\(text)' is no instant; write it as 2026-03-31T00:00:00Z")
        }
        return time
    }

    /// The time up to which something is recorded: what is evaluated then is never evaluated anew before.
    func recordingTime() throws -> Timestamp {
        let now = try time()
        let clock = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
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
        return try Store(path: path, create: create, exists: Files.exists(path)) {
            Console.error("advisor: waiting for another process to finish with \(path)")
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

/// Reading and writing files, with words and codes for what goes wrong.
enum Files {
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    static func text(_ path: String) throws -> String {
        let bytes = try bytes(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ExitError(.configuration, "\(path): is not UTF-8")
        }
        return text
    }

    /// A YAML file's text; what is not UTF-8 becomes the replacement character, which `strangers` finds.
    static func yamlText(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

    /// Where a file that was read holds something that is no UTF-8.
    static func strangers(in text: String, of path: String) -> [Diagnostic] {
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            guard let index = line.firstIndex(of: "\u{FFFD}") else { continue }
            let column = line.distance(from: line.startIndex, to: index) + 1
            return [
                Diagnostic(file: path, line: number, column: column, problem: "is not UTF-8 here; save the file as UTF-8 text")
            ]
        }
        return []
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw ExitError(.noInput, "\(path): no such file")
        }
        guard !isFolder.boolValue else { throw ExitError(.noInput, "\(path): is a folder; name the files in it") }
        guard let data = FileManager.default.contents(atPath: path) else { throw ExitError(.noInput, "\(path): cannot be read") }
        return Array(data)
    }

    /// All of standard input.
    static func standardInput() throws -> [UInt8] {
        guard !Console.isInputClosed else { throw ExitError(.noInput, "-: standard input is closed") }
        do { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) } catch {
            throw ExitError(.noInput, "-: standard input cannot be read")
        }
    }

    /// Puts text where a path leads, whole or not at all; into a device or a pipe as it is.
    static func write(_ text: String, to path: String) throws {
        let place = place(path)
        do {
            if isSpecial(place) {
                let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: place))
                try handle.write(contentsOf: Data(text.utf8))
                try handle.close()
            } else {
                try text.write(toFile: place, atomically: true, encoding: .utf8)
            }
        } catch {
            throw ExitError(.io, "\(path): cannot be written")
        }
    }

    /// Where a link leads; the path itself where it is none, or leads nowhere.
    static func place(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether something stands there that is no plain file: a device, a pipe.
    static func isSpecial(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    }

    /// The YAML files directly in a folder, by name.
    static func yaml(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
            $0.hasSuffix(".yaml") || $0.hasSuffix(".yml")
        }.sorted()
    }
}
