import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorNetwork
import AdvisorStore
import ArgumentParser

/// `advisor deliver`: sends pending alerts.
struct DeliverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "Send pending alerts to the receivers of advisor.yaml.",
        discussion: """
            One pass: alerts that a receiver does not accept now stay pending. Exits
            with 75 while alerts wait for a retry, and with 76 if a receiver refused;
            `advisor alerts list` shows which and why.

            EXAMPLES
              advisor deliver
              advisor deliver --dry-run          what would be sent, without secrets

            IN ADVISOR.YAML
              webhooks:
                - { name: team, format: slack, url_file: /etc/advisor/slack.url }
                - { name: on-call, format: pagerduty, severities: [critical],
                    secret_credential: pagerduty }
                - { name: log, format: file, path: alerts.jsonl }

            FORMATS
            \(HelpText.list(Stack.Receiver.Format.allCases.map(\.rawValue)))
            """)

    @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Show what would be sent; send nothing.")
    var dryRun = false
    @OptionGroup var form: FormatOption
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var verbosity: VerboseOption

    func run() throws {
        let delivery = try Delivery(options, time, isVerbose: verbosity.verbose)
        let store = try options.openStore(create: false)
        if dryRun { return try showPreviews(delivery, store) }
        let result = try delivery.relay(store, clock: delivery.clock()).deliver()
        if form.isJSON {
            let receivers = result.tallies.map { tally in
                JSONValue.object([
                    "name": .text(tally.endpoint), "delivered": .integer(tally.delivered), "postponed": .integer(tally.postponed),
                    "failed": .integer(tally.failed), "disabled": JSONValue(tally.disabled), "problem": JSONValue(tally.problem),
                ])
            }
            try output.write(JSONValue.object(["receivers": .array(receivers), "pending": .integer(result.pending)]).render())
        } else {
            let lines = result.tallies.map { "\(SafeText.terminal($0.endpoint)): \($0.words)\n" }
            try output.write(lines.joined())
            if lines.isEmpty { output.note("No alerts are due.") }
        }
        let next = output.quiet ? nil : result.nextAttempt
        if result.status != .done {
            throw ExitError(result.status, next.map { "advisor: \(result.retrying) pending, next attempt \($0)" })
        }
    }

    private func showPreviews(_ delivery: Delivery, _ store: Store) throws {
        let previews = try DeliveryPreview.all(
            in: store, stack: delivery.stack, reader: delivery.reader,
            language: delivery.language, at: try delivery.clock()())
        if form.isJSON {
            let items = previews.flatMap { preview in
                ((try? preview.messages.get()) ?? []).map { message in
                    JSONValue.object([
                        "receiver": .text(preview.receiver.name), "alert": .text(message.alert),
                        "target": .text(message.preview.target), "body": .text(message.preview.body),
                    ])
                }
            }
            return try output.write(JSONValue.array(items).render())
        }
        try output.write(previews.map(Self.text).joined())
        if previews.isEmpty { output.note("No alerts are due.") }
    }

    private static func text(_ preview: DeliveryPreview) -> String {
        let head = "\(SafeText.terminal(preview.receiver.name)) (\(preview.receiver.format.rawValue))"
        switch preview.messages {
        case .success(let messages):
            return messages.map { message in
                let body = message.preview.body
                return "\(head) → \(message.preview.target)\n\(body)\(body.hasSuffix("\n") ? "" : "\n")\n"
            }.joined()
        case .failure(let failure): return "\(head): \(failure); \(preview.due) pending\n\n"
        }
    }
}
