package import AdvisorCore
import AdvisorEngine
package import AdvisorFormats
import Foundation
import Glibc

/// What a command uses of the machine that it runs on: streams, clock, variables, current folder and signals.
///
/// A process has ``process()``; a test or a server gives its own, so that commands run beside each other without one.
package struct CommandEnvironment: Sendable {
    /// The environment of the command that is running.
    @TaskLocal static var current = CommandEnvironment()

    /// Standard output, standard error and standard input.
    package var streams = StandardStreams()
    /// The environment variables.
    package var variables: [String: String] = [:]
    /// Relative paths are resolved against this folder; nil for the folder of the process.
    package var folder: String?
    /// The program's own path, which unit files name; nil when unknown.
    package var program: String?
    /// The language of reports, alerts and explanations where no option, variable or stack file sets one.
    package var language: any Language = Languages.english
    /// The current time.
    package var clock: @Sendable () -> Timestamp = { Timestamp(milliseconds: 0) }
    /// Starts to listen for interrupt and terminate.
    package var stopSignal: @Sendable () -> StopSignal = { StopSignal() }

    /// An environment without variables and input, whose output is discarded and whose clock shows 1970.
    package init() {}

    /// The environment of this process.
    package static func process() -> CommandEnvironment {
        var environment = CommandEnvironment()
        environment.streams = .process()
        environment.variables = ProcessInfo.processInfo.environment
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment.variables[$0] }.first { !$0.isEmpty }
        environment.language = locale.flatMap(Languages.language) ?? Languages.english
        environment.program = FileSystem.current.realPath("/proc/self/exe")
        environment.clock = { Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))) }
        environment.stopSignal = { .listening() }
        return environment
    }
}
