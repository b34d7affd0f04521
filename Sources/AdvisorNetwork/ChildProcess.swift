internal import AdvisorCore
internal import Dispatch
public import Foundation
internal import Glibc

/// A program of the user's, started without a shell and ended at a deadline together with the processes it started.
///
/// The one place that starts programs. Its callers are synchronous and several need a whole process group ended, so it uses
/// Foundation's `Process`, which gives each child a group of its own; swift-subprocess is asynchronous.
public struct ChildProcess: Sendable {
    /// The program and its arguments; a bare name is looked up in `PATH`.
    public var command: [String]
    /// All that the program sees of the environment; its `PATH` is also where a bare name is looked up.
    public var environment: [String: String]
    /// The working folder, from which a relative program path is resolved; nil for the one of this process.
    public var folder: String?
    /// How long the process group may take to end after SIGTERM, before SIGKILL.
    public var gracePeriod: Duration

    /// Creates a description of a program to run; nothing is started.
    public init(
        command: [String], environment: [String: String], folder: String? = nil, gracePeriod: Duration = .milliseconds(500)
    ) {
        (self.command, self.environment, self.folder, self.gracePeriod) = (command, environment, folder, gracePeriod)
    }

    /// Why a program was not started.
    public enum StartFailure: Error, Hashable, Sendable {
        /// The command is empty.
        case emptyCommand
        /// Neither a file that can be executed nor found in `PATH`.
        case notFound(String)
        /// No temporary file for its input and output could be made.
        case noTemporaryFile
        /// The system refused, for this reason.
        case refused(String)
    }

    /// How a program ended.
    public enum Ending: Hashable, Sendable {
        case exited(Int32)
        case signaled(Int32)
        /// Ended by us at the deadline.
        case timedOut
        /// Ended by us because the caller stopped.
        case stopped
    }

    /// Runs the program to its end.
    /// - Parameters:
    ///   - input: What it reads from standard input.
    ///   - output: Takes standard output; nil to keep it with the messages.
    ///   - messages: Takes standard error, and standard output where `output` is nil.
    ///   - deadline: How long it may run.
    ///   - isStopped: Polled about twenty times a second; true ends the program.
    /// - Returns: How it ended.
    /// - Throws: `StartFailure` when it could not be started.
    public func run(
        input: Data = Data(), output: FileHandle? = nil, messages: FileHandle, within deadline: Duration,
        isStopped: () -> Bool = { false }
    ) throws(StartFailure) -> Ending {
        guard let name = command.first else { throw .emptyCommand }
        guard let path = path(name) else { throw .notFound(name) }
        // Files, not pipes: a program that reads nothing or prints without end blocks no one.
        guard let standardInput = Self.temporaryFile() else { throw .noTemporaryFile }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = Array(command.dropFirst())
        process.environment = environment
        if let folder { process.currentDirectoryURL = URL(filePath: folder, directoryHint: .isDirectory) }
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try standardInput.write(contentsOf: input)
            try standardInput.seek(toOffset: 0)
            process.standardInput = standardInput
            process.standardOutput = output ?? messages
            process.standardError = messages
            try process.run()
        } catch {
            throw .refused(error.localizedDescription)
        }
        let end = ContinuousClock.now + deadline
        while ended.wait(timeout: .now() + min(0.05, max(0, (end - ContinuousClock.now).seconds))) == .timedOut {
            let isLate = ContinuousClock.now >= end
            guard isLate || isStopped() else { continue }
            terminate(process.processIdentifier, ended)
            return isLate ? .timedOut : .stopped
        }
        return process.terminationReason == .exit
            ? .exited(process.terminationStatus) : .signaled(process.terminationStatus)
    }

    private func terminate(_ process: pid_t, _ ended: DispatchSemaphore) {
        let group = getpgid(process) == process ? -process : process
        kill(group, SIGTERM)
        if ended.wait(timeout: .now() + gracePeriod.seconds) == .timedOut {
            kill(group, SIGKILL)
            ended.wait()
        }
    }

    private func path(_ name: String) -> String? {
        if name.contains("/") {
            let path = name.hasPrefix("/") ? name : (folder.map { "\($0)/" } ?? "") + name
            return access(path, X_OK) == 0 ? path : nil
        }
        let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
        return folders.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }

    /// An open file without a name, which the system removes when it is closed; nil when none can be made.
    public static func temporaryFile() -> FileHandle? {
        var name = Array("\(FileManager.default.temporaryDirectory.path)/advisor-XXXXXX".utf8CString)
        let descriptor = mkstemp(&name)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(name)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
