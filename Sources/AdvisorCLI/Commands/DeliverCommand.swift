import AdvisorCore
import AdvisorFormats
import AdvisorNetwork
import AdvisorStore
import ArgumentParser
import Foundation

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
        if dryRun { return try rehearse(delivery, store) }
        let tallies = try delivery.relay(store).pass()
        if format == "json" {
            let endpoints = tallies.map { tally in
                JSONValue.object([
                    "name": .text(tally.endpoint), "delivered": .integer(tally.delivered), "postponed": .integer(tally.postponed),
                    "failed": .integer(tally.failed), "disabled": JSONValue(tally.disabled), "problem": JSONValue(tally.problem),
                ])
            }
            let pending = try store.outboxCounts().map(\.pending).reduce(0, +)
            try options.answer(JSONValue.object(["endpoints": .array(endpoints), "owed": .integer(pending)]).render())
        } else {
            let lines = tallies.map { "\(SafeText.terminal($0.endpoint)): \($0.words)\n" }
            try options.answer(lines.joined())
            if lines.isEmpty, !options.quiet { Console.error("advisor: nothing is due") }
        }
        let waiting = try store.outbox(states: [.pending, .leased]).filter { $0.attempts > 0 }
        if let next = waiting.map(\.nextAttemptAt).min() {
            throw ExitError(.tryAgain, options.quiet ? nil : "advisor: \(waiting.count) owed, the next try at \(next)")
        }
        if tallies.contains(where: { $0.postponed > 0 && $0.disabled == nil }) { throw ExitError(.tryAgain) }
        if tallies.contains(where: { $0.failed > 0 || $0.disabled != nil }) { throw ExitError(.configuration) }
    }

    private func rehearse(_ delivery: Delivery, _ store: Store) throws {
        let now = try delivery.clock()()
        let endpoints = SinkFactory(stack: delivery.stack, reader: delivery.reader)
        var items: [JSONValue] = []
        var text = ""
        for webhook in delivery.stack.webhooks {
            let entries = try store.pendingEntries(endpoint: webhook.name, now: now)
            guard !entries.isEmpty else { continue }
            let head = "\(SafeText.terminal(webhook.name)) (\(webhook.format.rawValue))"
            do {
                let sink = try endpoints.sink(webhook)
                for entry in entries {
                    let preview = sink.preview(entry.alert, at: now)
                    items.append(
                        .object([
                            "endpoint": .text(webhook.name), "alert": .text(entry.alert.id), "target": .text(preview.target),
                            "body": .text(preview.body),
                        ]))
                    text += "\(head) → \(preview.target)\n\(preview.body)\(preview.body.hasSuffix("\n") ? "" : "\n")\n"
                }
            } catch {
                text += "\(head): \(error); \(entries.count) owed\n\n"
            }
        }
        if format == "json" { return try options.answer(JSONValue.array(items).render()) }
        try options.answer(text)
        if text.isEmpty, !options.quiet { Console.error("advisor: nothing is due") }
    }
}
