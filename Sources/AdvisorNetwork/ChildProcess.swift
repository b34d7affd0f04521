internal import AdvisorCore
internal import CSpawn
public import Foundation
internal import Glibc
internal import Synchronization

/// A program of the user's, started without a shell and ended at a deadline together with the processes it started.
///
/// The one place that starts programs. Each is the leader of a process group of its own. Foundation's `Process` would wait for the
/// last descendant that inherited its pipe, so it uses `posix_spawn` and waits for the program alone; swift-subprocess is
/// asynchronous.
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
        do {
            try standardInput.write(contentsOf: input)
            try standardInput.seek(toOffset: 0)
        } catch {
            throw .refused(error.localizedDescription)
        }
        let files = [standardInput, output ?? messages, messages].map(\.fileDescriptor)
        let process = try withExtendedLifetime(standardInput) { () throws(StartFailure) -> pid_t in
            try start(path, files)
        }
        defer { Self.running.withLock { _ = $0.remove(process) } }
        let end = ContinuousClock.now + deadline
        var pause = 1.0
        while true {
            if let ending = Self.ending(of: process) { return ending }
            let isLate = ContinuousClock.now >= end
            if isLate || isStopped() {
                terminate(process)
                return isLate ? .timedOut : .stopped
            }
            Thread.sleep(forTimeInterval: min(pause, max(1, (end - ContinuousClock.now).seconds * 1000)) / 1000)
            pause = min(pause * 1.5, 50)
        }
    }

    /// The leaders of the process groups that run now.
    private static let running = Mutex<Set<pid_t>>([])

    /// Ends every program that runs, with its process group: this process is about to end.
    public static func terminateAll() {
        for process in running.withLock({ $0 }) { kill(-process, SIGTERM) }
    }

    /// Starts the program with these three files as its standard input, output and error.
    private func start(_ path: String, _ files: [Int32]) throws(StartFailure) -> pid_t {
        var (actions, attributes) = (posix_spawn_file_actions_t(), posix_spawnattr_t())
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, file) in files.enumerated() { posix_spawn_file_actions_adddup2(&actions, file, Int32(number)) }
        if let folder { posix_spawn_file_actions_addchdir_np(&actions, folder) }
        // This process ignores the signals that it listens to, and Dispatch blocks them; a program gets them as usual.
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] =
            environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var process: pid_t = 0
        // The program is looked for before the folder changes.
        let path = URL(filePath: path).path(percentEncoded: false)
        let problem = posix_spawn(&process, path, &actions, &attributes, &arguments, &variables)
        guard problem == 0 else { throw .refused(String(cString: strerror(problem))) }
        let leader = process
        Self.running.withLock { _ = $0.insert(leader) }
        return process
    }

    /// How a program ended; nil while it runs.
    private static func ending(of process: pid_t) -> Ending? {
        var status: Int32 = 0
        let result = waitpid(process, &status, WNOHANG)
        if result == 0 || result < 0 && errno == EINTR { return nil }
        guard result == process else { return .exited(255) }
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .signaled(signal)
    }

    /// Ends the process group: it is asked to, and after the grace period made to.
    private func terminate(_ process: pid_t) {
        kill(-process, SIGTERM)
        let end = ContinuousClock.now + gracePeriod
        var isOver = false
        // Descendants get the grace period too.
        while ContinuousClock.now < end, !isOver || kill(-process, 0) == 0 {
            isOver = isOver || Self.ending(of: process) != nil
            Thread.sleep(forTimeInterval: 0.01)
        }
        kill(-process, SIGKILL)
        while !isOver {
            isOver = Self.ending(of: process) != nil
            if !isOver { Thread.sleep(forTimeInterval: 0.01) }
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
