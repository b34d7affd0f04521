import AdvisorEngine
import ArgumentParser
import Foundation

/// Where the program begins: parses, runs, and turns every ending into an exit code of the contract.
@main
enum Main {
    static func main() {
        Console.holdDescriptors()
        let status = run(Array(CommandLine.arguments.dropFirst()))
        if let problem = Console.failureWords {
            Console.error("advisor: standard output: cannot be written: \(problem)")
            exit(Int32(ExitStatus.io.rawValue))
        }
        exit(Int32(status))
    }

    static func run(_ arguments: [String]) -> Int {
        if arguments.isEmpty {
            Console.out(Advisor.welcome)
            return 0
        }
        if let problem = Advisor.unknownCommand(arguments) {
            Console.error(problem)
            return ExitStatus.usage.rawValue
        }
        do {
            var command = try Advisor.parseAsRoot(arguments)
            try command.run()
            return 0
        } catch let end as ExitError {
            if let message = end.message { Console.error(message) }
            return end.status.rawValue
        } catch let failure as any CommandFailure {
            Console.error(failure.message)
            return failure.status.rawValue
        } catch {
            let code = Advisor.exitCode(for: error)
            let text = Advisor.fullMessage(for: error)
            if code.isSuccess {
                Console.out(text + "\n")
                return 0
            }
            if code == .validationFailure {
                Console.error(text)
                return ExitStatus.usage.rawValue
            }
            let status = ExitStatus.of(error)
            Console.error(ExitStatus.words(error))
            return status.rawValue
        }
    }
}

/// An error that knows its exit code and its words.
protocol CommandFailure: Error {
    var status: ExitStatus { get }
    var message: String { get }
}
