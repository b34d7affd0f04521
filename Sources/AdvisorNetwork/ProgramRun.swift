internal import AdvisorCore
internal import Dispatch
internal import Foundation
internal import Glibc

/// A program of the user's, started without a shell, given bytes on standard input, and ended at a deadline.
struct ProgramRun: Sendable {
    /// The program and its arguments; a bare name is looked for in `PATH`.
    var command: [String]
    var environment: [String: String]
    private static let outputLimit = 4096

    /// Runs it.
    /// - Returns: What it printed last, on one line.
    /// - Throws: By its exit code: 64, 65, 67, 68, 77 and 78 are for good, everything else is to be tried again (sysexits.h).
    func run(_ input: Data, within deadline: Duration) throws(DeliveryFailure) -> String {
        guard let name = command.first, let path = path(name) else {
            throw .retryable(reason: "\(OutputSanitizer.line(command.first ?? "")): no such program", after: nil)
        }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = Array(command.dropFirst())
        process.environment = environment
        // Files, not pipes: a program that reads nothing or prints without end holds up nobody.
        guard let standardInput = Self.scratch(), let output = Self.scratch() else {
            throw .retryable(reason: "no temporary file can be made", after: nil)
        }
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try standardInput.write(contentsOf: input)
            try standardInput.seek(toOffset: 0)
            process.standardInput = standardInput
            process.standardOutput = output
            process.standardError = output
            try process.run()
        } catch {
            throw .retryable(reason: "\(OutputSanitizer.line(name)): cannot be started", after: nil)
        }
        if ended.wait(timeout: .now() + deadline.seconds) == .timedOut {
            // Foundation gives each process a group of its own: its children end with it.
            kill(-process.processIdentifier, SIGTERM)
            if ended.wait(timeout: .now() + 0.5) == .timedOut {
                kill(-process.processIdentifier, SIGKILL)
                ended.wait()
            }
            throw .retryable(reason: "not done within \(ValueText.duration(deadline.seconds)); ended", after: nil)
        }
        try? output.seek(toOffset: 0)
        let printed = (try? output.read(upToCount: Self.outputLimit)) ?? nil
        let text = OutputSanitizer.line(String(decoding: printed ?? Data(), as: UTF8.self)).trimmingCharacters(in: .whitespaces)
        let said = text.isEmpty ? "" : ": " + TextLimit.characters(200).cut(text)
        guard process.terminationReason == .exit else {
            throw .retryable(reason: "ended by signal \(process.terminationStatus)\(said)", after: nil)
        }
        switch process.terminationStatus {
        case 0: return "exit 0\(said)"
        case let code where [64, 65, 67, 68, 77, 78].contains(code): throw .permanent(reason: "exit \(code)\(said)")
        case let code: throw .retryable(reason: "exit \(code)\(said)", after: nil)
        }
    }

    private func path(_ name: String) -> String? {
        let folders = name.contains("/") ? [] : (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map { "\($0)/" }
        return (folders.isEmpty ? [name] : folders.map { $0 + name }).first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    /// A file that nobody else sees and that goes away by itself.
    private static func scratch() -> FileHandle? {
        var name = Array("\(FileManager.default.temporaryDirectory.path)/advisor-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(name)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
