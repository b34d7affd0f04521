import AdvisorCore
import Dispatch
import Foundation
import Glibc

/// Runs a program that prints samples: its name and arguments, no shell in between.
struct InputCommand {
    var arguments: [String]
    var folder: String
    var timeout: Duration

    /// Runs it to its end, and keeps what it prints in a file.
    /// - Returns: Why it failed; nil when it ended well.
    func run(into output: String, isStopped: @escaping () -> Bool) -> String? {
        guard let name = arguments.first else { return "names no program" }
        guard let program = Self.find(name, in: folder) else {
            return
                "there is no program '\(name)' (looked for in \(Console.environment("PATH") ?? "no PATH"); write its whole path)"
        }
        let errors = output + ".err"
        for path in [output, errors] {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        defer { try? FileManager.default.removeItem(atPath: errors) }
        guard let out = FileHandle(forWritingAtPath: output), let err = FileHandle(forWritingAtPath: errors) else {
            return "\(output): cannot be written"
        }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = Array(arguments.dropFirst())
        process.currentDirectoryURL = URL(filePath: Files.resolve(folder), directoryHint: .isDirectory)
        // A pager would wait for somebody to read.
        process.environment = CommandEnvironment.current.variables.merging(["AWS_PAGER": "", "PAGER": "cat"]) { $1 }
        process.standardInput = FileHandle.nullDevice
        (process.standardOutput, process.standardError) = (out, err)
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch { return "'\(name)' cannot be started: \(error.localizedDescription)" }
        let deadline = ContinuousClock.now + timeout
        var why: String?
        while ended.wait(timeout: .now() + 0.05) == .timedOut {
            if ContinuousClock.now >= deadline {
                why = "took longer than \(ValueText.duration(timeout.seconds)); `timeout:` gives it more"
            }
            if isStopped() { why = "was stopped" }
            guard why != nil else { continue }
            Self.end(process.processIdentifier, ended)
            break
        }
        if let why { return why }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let code = process.terminationStatus
            let how = process.terminationReason == .exit ? "ended with \(code)" : "was ended by signal \(code)"
            return how + Self.lastLine(of: errors)
        }
        return nil
    }

    /// Asks it to end, with whatever it started; three seconds later it has to.
    private static func end(_ process: pid_t, _ ended: DispatchSemaphore) {
        let group = getpgid(process) == process ? -process : process
        kill(group, SIGTERM)
        if ended.wait(timeout: .now() + 3) == .timedOut {
            kill(group, SIGKILL)
            ended.wait()
        }
    }

    private static func lastLine(of path: String) -> String {
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0.suffix(4096), as: UTF8.self) } ?? ""
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return line.map { ": \($0.prefix(300))" } ?? ""
    }

    private static func find(_ name: String, in folder: String) -> String? {
        if name.contains("/") {
            let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
            return access(Files.resolve(path), X_OK) == 0 ? Files.resolve(path) : nil
        }
        let folders = (Console.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
