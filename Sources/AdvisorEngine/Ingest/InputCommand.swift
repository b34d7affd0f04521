internal import AdvisorCore
internal import AdvisorNetwork
internal import Foundation

/// Runs a program that prints samples, without a shell.
struct InputCommand {
    var arguments: [String]
    /// The working folder.
    var folder: String
    /// The environment variables.
    var variables: [String: String]
    var timeout: Duration

    /// Runs it to the end, with its output in a file.
    /// - Returns: Why it failed; nil if it succeeded.
    func run(into output: String, isStopped: @escaping () -> Bool) -> String? {
        _ = FileManager.default.createFile(atPath: output, contents: nil, attributes: [.posixPermissions: 0o600])
        guard let out = FileHandle(forWritingAtPath: output), let messages = ChildProcess.temporaryFile() else {
            return "\(output): cannot be written"
        }
        // A pager would wait for a reader.
        let environment = variables.merging(["AWS_PAGER": "", "PAGER": "cat"]) { $1 }
        let process = ChildProcess(
            command: arguments, environment: environment, folder: folder, gracePeriod: .seconds(3))
        let ending: ChildProcess.Ending
        do {
            ending = try process.run(output: out, messages: messages, within: timeout, isStopped: isStopped)
        } catch {
            return Self.words(error, environment)
        }
        switch ending {
        case .exited(0): return nil
        case .exited(let code): return "ended with \(code)" + Self.lastLine(of: messages)
        case .signaled(let signal): return "was ended by signal \(signal)" + Self.lastLine(of: messages)
        case .timedOut: return "took longer than \(ValueText.duration(timeout.seconds)); `timeout:` gives it more"
        case .stopped: return "was stopped"
        }
    }

    private static func words(_ failure: ChildProcess.StartFailure, _ environment: [String: String]) -> String {
        switch failure {
        case .emptyCommand: "the command is empty"
        case .notFound(let name):
            "no program '\(name)' in \(environment["PATH"] ?? "PATH, which is not set"); give its full path"
        case .noTemporaryFile: "cannot create a temporary file"
        case .refused(let reason): "cannot be started: \(reason)"
        }
    }

    private static func lastLine(of file: FileHandle) -> String {
        let end = (try? file.seekToEnd()) ?? 0
        try? file.seek(toOffset: end > 4096 ? end - 4096 : 0)
        let text = String(decoding: ((try? file.readToEnd()) ?? nil) ?? Data(), as: UTF8.self)
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return line.map { ": \($0.prefix(300))" } ?? ""
    }
}
