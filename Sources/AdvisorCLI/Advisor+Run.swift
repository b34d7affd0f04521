import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import ArgumentParser

extension Advisor {
    /// Runs the command of this process's arguments.
    /// - Returns: The exit code.
    package static func runProcess() -> Int32 { run(Array(CommandLine.arguments.dropFirst()), in: .process()) }

    /// Parses and runs a command.
    /// - Parameters:
    ///   - arguments: Without the program's name.
    ///   - environment: What the command uses of the machine.
    /// - Returns: The exit code.
    package static func run(_ arguments: [String], in environment: CommandEnvironment) -> Int32 {
        CommandEnvironment.$current.withValue(environment) {
            Console.$outputFailure.withValue(Console.OutputFailure()) {
                let status = run(arguments)
                if let problem = Console.outputFailure.description {
                    Console.error("advisor: standard output: cannot be written: \(problem)")
                    return Int32(ExitStatus.io.rawValue)
                }
                return Int32(status)
            }
        }
    }

    private static func run(_ arguments: [String]) -> Int {
        if arguments.isEmpty {
            Console.out(welcome)
            return 0
        }
        let path = CommandPath(arguments, root: Advisor.self)
        if let problem = path.problem { return usageError(problem, path) }
        let invalidArguments = InvalidArgument.Log()
        do {
            try InvalidArgument.Log.$current.withValue(invalidArguments) {
                var command = try parseAsRoot(arguments)
                try command.run()
            }
            return 0
        } catch {
            return report(error, path, invalidArguments)
        }
    }

    /// Writes an error's message.
    /// - Returns: Its exit code.
    private static func report(_ error: any Error, _ path: CommandPath, _ invalidArguments: InvalidArgument.Log) -> Int {
        if let end = error as? ExitError {
            if let message = end.message { Console.error(SafeText.terminal(message)) }
            return end.status.rawValue
        }
        if let error = error as? ConfigurationError {
            for diagnostic in error.diagnostics { Console.error(SafeText.terminal(diagnostic.description)) }
            Console.error(SafeText.terminal(error.message))
            return ExitStatus.configuration.rawValue
        }
        let code = exitCode(for: error)
        if code.isSuccess {
            let columns = min(HelpText.width, Console.width)
            Console.out(HelpText.breakingUsage(of: fullMessage(for: error, columns: columns)) + "\n")
            return 0
        }
        if code == .validationFailure {
            let message = message(for: error)
            return usageError(invalidArguments.error(named: message)?.message ?? message, path)
        }
        Console.error(SafeText.terminal(ExitStatus.words(error)))
        return ExitStatus.of(error).rawValue
    }

    /// Writes what is wrong with the arguments, and where their help is.
    private static func usageError(_ message: String, _ path: CommandPath) -> Int {
        // ArgumentParser writes sentences; messages of this program are one clause after its name.
        let isSentence = message.prefix(2).last?.isLowercase == true
        let first = isSentence ? message.prefix(1).lowercased() : String(message.prefix(1))
        let rest = message.dropFirst().replacing(". Did you mean", with: "; did you mean")
        let text = first + (rest.hasSuffix(".") ? rest.dropLast() : rest)
        Console.error(SafeText.terminal("advisor: \(text)") + "\nSee `\(path.text) --help`.")
        return ExitStatus.usage.rawValue
    }
}
