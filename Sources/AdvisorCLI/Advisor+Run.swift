import AdvisorEngine
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
        if let problem = unknownCommand(arguments) {
            Console.error(problem)
            return ExitStatus.usage.rawValue
        }
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            return 0
        } catch {
            return report(error)
        }
    }

    /// Writes an error's message.
    /// - Returns: Its exit code.
    private static func report(_ error: any Error) -> Int {
        if let end = error as? ExitError {
            if let message = end.message { Console.error(message) }
            return end.status.rawValue
        }
        let code = exitCode(for: error)
        let text = fullMessage(for: error, columns: Console.width)
        if code.isSuccess {
            Console.out(text + "\n")
            return 0
        }
        if code == .validationFailure {
            Console.error(text)
            return ExitStatus.usage.rawValue
        }
        Console.error(ExitStatus.words(error))
        return ExitStatus.of(error).rawValue
    }
}
