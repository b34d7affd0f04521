internal import AdvisorCore
internal import AdvisorNetwork
internal import Foundation

/// Runs a program that prints samples, without a shell.
struct InputCommand {
    var arguments: [String]
    /// The working folder.
    var folder: String
    /// Which variables it sees, and what of its messages is not shown.
    var secrets: StackSecrets
    var timeout: Duration

    /// So many bytes of its messages are read, from their end.
    private static let messageLimit: UInt64 = 65_536

    /// Runs it to the end, with its output in a file.
    /// - Returns: Why it failed; nil if it succeeded.
    func run(into output: String, isStopped: @escaping () -> Bool) -> String? {
        _ = FileManager.default.createFile(atPath: output, contents: nil, attributes: [.posixPermissions: 0o600])
        guard let out = FileHandle(forWritingAtPath: output), let messages = ChildProcess.temporaryFile() else {
            return "\(output): cannot be written"
        }
        // A pager would wait for a reader.
        let environment = secrets.inherited.merging(["AWS_PAGER": "", "PAGER": "cat"]) { $1 }
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
        case .exited(let code): return "ended with \(code)" + lastLine(of: messages)
        case .signaled(let signal): return "was ended by signal \(signal)" + lastLine(of: messages)
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

    private func lastLine(of file: FileHandle) -> String {
        let end = (try? file.seekToEnd()) ?? 0
        let isCut = end > Self.messageLimit
        try? file.seek(toOffset: isCut ? end - Self.messageLimit : 0)
        let text = String(decoding: ((try? file.readToEnd()) ?? nil) ?? Data(), as: UTF8.self)
        let line = (isCut ? secrets.redactedEnd(text) : secrets.redacted(text)).split(whereSeparator: \.isNewline).last {
            !$0.allSatisfy(\.isWhitespace)
        }
        return line.map { ": \($0.prefix(300))" } ?? ""
    }
}
