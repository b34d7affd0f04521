import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import ArgumentParser
import Foundation

/// Sends a test alert past the outbox, and says what comes back.
struct AlertsTest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Send a test alert to webhooks (default: all), and say what comes back.",
        discussion: "Ends with 75 when a receiver may take it later, with 78 when it refused.")
    @Argument(help: ArgumentHelp("Names of webhooks.", valueName: "name"))
    var names: [String] = []
    @OptionGroup var options: CommonOptions

    func run() throws {
        let delivery = try Delivery(options)
        let webhooks = names.isEmpty ? delivery.stack.webhooks : try names.map(delivery.webhook)
        guard !webhooks.isEmpty else {
            throw ExitError(
                .configuration,
                "advisor: \(options.stackPath.path) has no webhooks; add `webhooks: [{ name: team, format: slack, url_file: slack.url }]`"
            )
        }
        let answers = ReceiverTest(stack: delivery.stack, reader: delivery.reader, clock: try delivery.clock())
            .answers(of: webhooks)
        try options.answer(answers.map(Self.line).joined())
        let status = ReceiverTest.status(of: answers)
        if status != .done { throw ExitError(status) }
    }

    private static func line(_ answer: ReceiverTest.Answer) -> String {
        let head = "\(SafeText.terminal(answer.receiver.name)) (\(answer.receiver.format.rawValue))"
        return switch answer.outcome {
        case .accepted(let said): "\(head): taken: \(said) (\(ValueText.duration(answer.took.seconds)))\n"
        case .postponed(let reason), .refused(let reason): "\(head): not taken: \(SafeText.terminal(reason))\n"
        case .unreadable(let problem): "\(head): \(SafeText.terminal(problem))\n"
        }
    }
}
