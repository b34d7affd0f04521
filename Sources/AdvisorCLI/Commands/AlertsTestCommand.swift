import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import ArgumentParser
import Foundation

/// `advisor alerts test`: sends a test alert without the outbox and shows the response.
struct AlertsTest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a test alert to receivers and show their response.",
        discussion: "Exits with 75 if a receiver may accept it later, with 76 if it refused.")
    @Argument(help: ArgumentHelp("Names of receivers (default: all).", valueName: "name"))
    var names: [String] = []
    @OptionGroup var options: ProjectOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var verbosity: VerboseOption

    func run() throws {
        let delivery = try Delivery(options, time, isVerbose: verbosity.verbose)
        let webhooks = names.isEmpty ? delivery.stack.webhooks : try names.map(delivery.webhook)
        guard !webhooks.isEmpty else {
            throw ExitError(
                .configuration,
                "advisor: \(options.stackPath.path) has no receivers; add `webhooks: [{ name: team, format: slack, url_file: slack.url }]`"
            )
        }
        let answers = ReceiverTest(
            stack: delivery.stack, reader: delivery.reader, language: delivery.language, clock: try delivery.clock()
        )
        .answers(of: webhooks)
        try output.write(answers.map(Self.line).joined())
        let status = ReceiverTest.status(of: answers)
        if status != .done { throw ExitError(status) }
    }

    private static func line(_ answer: ReceiverTest.Answer) -> String {
        let head = "\(SafeText.terminal(answer.receiver.name)) (\(answer.receiver.format.rawValue))"
        return switch answer.outcome {
        case .accepted(let said): "\(head): accepted: \(said) (\(ValueText.duration(answer.took.seconds)))\n"
        case .postponed(let reason), .refused(let reason): "\(head): not accepted: \(SafeText.terminal(reason))\n"
        case .unreadable(let problem): "\(head): \(SafeText.terminal(problem))\n"
        }
    }
}
