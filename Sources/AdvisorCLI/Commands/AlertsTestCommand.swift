import AdvisorCore
import AdvisorFormats
import AdvisorNetwork
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
        let clock = try delivery.clock()
        let endpoints = SinkFactory(stack: delivery.stack, reader: delivery.reader)
        var (mayWork, isRefused) = (false, false)
        var text = ""
        for webhook in webhooks {
            let now = clock()
            var alert = Alert(
                id: Alert.id(of: ["test", webhook.name, "\(now.milliseconds)"]), kind: .test, severity: .info,
                key: "test/\(webhook.name)", title: "a test of '\(webhook.name)' by advisor",
                summary: "Nothing happened: somebody ran `advisor alerts test`.", at: now, startsAt: now)
            (alert.project, alert.stage) = (delivery.stack.name, delivery.stack.stage)
            let head = "\(SafeText.terminal(webhook.name)) (\(webhook.format.rawValue))"
            let begin = ContinuousClock.now
            do {
                let sink = try endpoints.sink(webhook)
                let said = try sink.deliver(alert, at: now, within: .seconds(20))
                // Whoever opens an incident for it can close it at once.
                if webhook.format == .pagerduty || webhook.format == .alertmanager || webhook.format == .alertmanagerWebhook {
                    alert.id = Alert.id(of: [alert.id, "over"])
                    alert.endsAt = clock()
                    _ = try sink.deliver(alert, at: clock(), within: .seconds(20))
                }
                text += "\(head): taken: \(said) (\(ValueText.duration((ContinuousClock.now - begin).seconds)))\n"
            } catch let failure as DeliveryFailure {
                if case .retryable = failure { mayWork = true } else { isRefused = true }
                text += "\(head): not taken: \(SafeText.terminal(failure.reason))\n"
            } catch {
                isRefused = true
                text += "\(head): \(SafeText.terminal("\(error)"))\n"
            }
        }
        try options.answer(text)
        if mayWork { throw ExitError(.tryAgain) }
        if isRefused { throw ExitError(.configuration) }
    }
}
