import AdvisorCLI
import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Synchronization

/// `advisor`, run within the test's process: quick, and beside other tests.
enum Program {
    typealias Run = AdvisorTestSupport.Program.Run

    /// The repository's folder.
    static let repository = AdvisorTestSupport.Program.repository

    /// The time that commands see without `--now`: later than all test data.
    static let clock = Timestamp(seconds: 1_798_761_600)  // 2027-01-01T00:00:00Z

    /// Runs `advisor` with these arguments.
    /// - Parameters:
    ///   - arguments: Without the program's name.
    ///   - folder: The current folder of the run.
    ///   - input: Standard input.
    ///   - environment: Added to a bare environment.
    ///   - language: The language of sentences.
    /// - Returns: What it printed and how it ended.
    /// - Throws: Nothing yet; a real process does when it cannot be started.
    static func run(
        _ arguments: [String], in folder: URL? = nil, input: String = "", environment: [String: String] = [:],
        language: any Language = TestLanguage.current
    ) throws -> Run {
        let written = Mutex<(output: [UInt8], errors: [UInt8])>(([], []))
        let remaining = Mutex(Array(input.utf8)[...])
        var command = Self.environment(in: folder ?? FileManager.default.temporaryDirectory, environment)
        command.language = language
        command.streams.write = { bytes, stream in
            written.withLock { written in
                switch stream {
                case .standardOutput: written.output += bytes
                case .standardError: written.errors += bytes
                }
            }
            return 0
        }
        command.streams.read = { limit in
            remaining.withLock { remaining in
                defer { remaining = remaining.dropFirst(limit) }
                return Array(remaining.prefix(limit))
            }
        }
        let status = Advisor.run(arguments, in: command)
        return written.withLock { written in
            Run(
                output: String(decoding: written.output, as: UTF8.self), errors: String(decoding: written.errors, as: UTF8.self),
                status: status)
        }
    }

    /// A bare environment with these variables; what is printed in it is discarded.
    static func environment(in folder: URL, _ variables: [String: String] = [:]) -> CommandEnvironment {
        var command = CommandEnvironment()
        command.variables = ["PATH": "/usr/bin:/bin", "HOME": "/tmp"].merging(variables) { $1 }
        command.folder = folder.path
        command.program = AdvisorTestSupport.Program.binary.path
        command.clock = { clock }
        command.language = TestLanguage.current
        return command
    }

    /// The same in a process of its own, as users start it: for signals, pipes, locks and exit codes.
    static func runProcess(_ arguments: [String], in folder: URL) throws -> Run {
        try AdvisorTestSupport.Program.run(arguments, in: folder)
    }

    /// A process with these arguments that was not started yet.
    static func process(_ arguments: [String], in folder: URL) throws -> Process {
        try AdvisorTestSupport.Program.process(arguments, in: folder)
    }
}
