import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorNetwork
import AdvisorStore
import ArgumentParser

/// Sends what is owed.
struct DeliverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "Send the alerts that are owed to the webhooks of advisor.yaml.",
        discussion: """
            One pass: what a receiver does not take now is owed until the next. Ends with 75 while something is to be tried
            again, with 78 when a receiver refused for good; `advisor alerts list` shows what and why.

            EXAMPLES
              advisor deliver
              advisor deliver --dry-run             what would be sent, without sending or secrets

            IN ADVISOR.YAML
              webhooks:
                - { name: team, format: slack, url_file: /etc/advisor/slack.url, severities: [warning, critical] }
                - { name: on-call, format: pagerduty, secret_credential: pagerduty, severities: [critical] }
                - { name: log, format: file, path: alerts.jsonl }
              formats: \(Stack.Receiver.Format.allCases.map(\.rawValue).joined(separator: ", "))
            """)

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Show what would be sent; send nothing.")
    var dryRun = false
    @Option(help: ArgumentHelp("text or json.", valueName: "form"))
    var format = "text"
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard ["text", "json"].contains(format) else { throw ValidationError("unknown form '\(format)'; known are text, json") }
    }

    func run() throws {
        let delivery = try Delivery(options)
        let store = try options.openStore(create: false)
        if dryRun { return try showPreviews(delivery, store) }
        let result = try delivery.relay(store).deliver()
        if format == "json" {
            let endpoints = result.tallies.map { tally in
                JSONValue.object([
                    "name": .text(tally.endpoint), "delivered": .integer(tally.delivered), "postponed": .integer(tally.postponed),
                    "failed": .integer(tally.failed), "disabled": JSONValue(tally.disabled), "problem": JSONValue(tally.problem),
                ])
            }
            try options.answer(JSONValue.object(["endpoints": .array(endpoints), "owed": .integer(result.pending)]).render())
        } else {
            let lines = result.tallies.map { "\(SafeText.terminal($0.endpoint)): \($0.words)\n" }
            try options.answer(lines.joined())
            if lines.isEmpty, !options.quiet { Console.error("advisor: nothing is due") }
        }
        let next = options.quiet ? nil : result.nextAttempt
        if result.status != .done {
            throw ExitError(result.status, next.map { "advisor: \(result.retrying) owed, the next try at \($0)" })
        }
    }

    private func showPreviews(_ delivery: Delivery, _ store: Store) throws {
        let previews = try DeliveryPreview.all(
            in: store, stack: delivery.stack, reader: delivery.reader, at: try delivery.clock()())
        if format == "json" {
            let items = previews.flatMap { preview in
                ((try? preview.messages.get()) ?? []).map { message in
                    JSONValue.object([
                        "endpoint": .text(preview.receiver.name), "alert": .text(message.alert),
                        "target": .text(message.preview.target), "body": .text(message.preview.body),
                    ])
                }
            }
            return try options.answer(JSONValue.array(items).render())
        }
        try options.answer(previews.map(Self.text).joined())
        if previews.isEmpty, !options.quiet { Console.error("advisor: nothing is due") }
    }

    private static func text(_ preview: DeliveryPreview) -> String {
        let head = "\(SafeText.terminal(preview.receiver.name)) (\(preview.receiver.format.rawValue))"
        switch preview.messages {
        case .success(let messages):
            return messages.map { message in
                let body = message.preview.body
                return "\(head) → \(message.preview.target)\n\(body)\(body.hasSuffix("\n") ? "" : "\n")\n"
            }.joined()
        case .failure(let failure): return "\(head): \(failure); \(preview.due) owed\n\n"
        }
    }
}
