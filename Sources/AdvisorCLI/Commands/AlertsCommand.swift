import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor alerts`: pending and delivered alerts.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "List, show and retry alerts, and test receivers.",
        discussion: """
            EXAMPLES
              advisor alerts list --state failed
              advisor alerts show 3f9c21ab           every attempt and response
              advisor alerts retry 3f9c21ab          send it again
              advisor alerts retry --receiver team   after its URL was fixed
              advisor alerts test team               send a test alert
            """,
        subcommands: [List.self, Show.self, Retry.self, AlertsTest.self])

    /// `advisor alerts list`: the newest first.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List alerts with their delivery state, newest first.")
        @Option(help: ArgumentHelp("\(OutboxEntry.State.list); can be repeated.", valueName: "state"))
        var state: [OutboxEntry.State] = []
        @Option(help: ArgumentHelp("Only this receiver's.", valueName: "name"))
        var receiver: String?
        @Option(help: ArgumentHelp("Maximum number of alerts.", valueName: "n"))
        var limit = RowLimit(50)
        @OptionGroup var form: FormatOption
        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let entries = try AlertQueue(store: options.readStore()).entries(
                in: state, receiver: receiver, limit: limit.count)
            if form.isJSON { return try output.write(JSONValue.array(entries.map(\.json)).render()) }
            try output.write(entries.map { $0.line(Console.width) }.joined())
            if entries.isEmpty { output.note("No matching alerts.") }
        }
    }

    /// `advisor alerts show`: one alert with every attempt.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show an alert, its receivers and delivery attempts.")
        @Argument(help: ArgumentHelp("Alert id or its first characters.", valueName: "id"))
        var id: String
        @OptionGroup var form: FormatOption
        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let details = try AlertQueue(store: options.readStore()).details(ofAlert: id)
            guard let message = details.first?.entry.renderedMessage(in: try Console.language(of: nil)) else { return }
            if form.isJSON {
                let receivers = details.map { detail in
                    JSONValue.object([
                        "entry": detail.entry.json,
                        "attempts": .array(
                            detail.attempts.map {
                                .object([
                                    "at": JSONValue($0.at), "outcome": .text($0.outcome.rawValue),
                                    "seconds": .number($0.took.seconds), "reason": .text($0.reason),
                                ])
                            }),
                    ])
                }
                return try output.write(JSONValue.array(receivers).render())
            }
            let alert = message.alert
            var text = "\(alert.id)  \(alert.kind.rawValue)  \(alert.severity.rawValue)\n"
            text += "\(SafeText.terminal(message.title))\n\(SafeText.terminal(message.summary))\n"
            for reason in message.reasons { text += "  \(SafeText.terminal(reason))\n" }
            for detail in details {
                let entry = detail.entry
                text += "\n\(SafeText.terminal(entry.receiver)): \(entry.state.rawValue)"
                if entry.state == .pending { text += ", next attempt \(entry.nextAttemptAt)" }
                text += entry.reasonText.map { ": \(SafeText.terminal($0))\n" } ?? "\n"
                for attempt in detail.attempts {
                    text +=
                        "  \(attempt.at)  \(attempt.outcome.rawValue)  \(ValueText.duration(attempt.took.seconds))  \(SafeText.terminal(attempt.reason))\n"
                }
            }
            try output.write(text)
        }
    }

    /// `advisor alerts retry`.
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Re-queue pending, failed or paused alerts.")
        @Argument(help: ArgumentHelp("Alert ids or their first characters.", valueName: "id"))
        var ids: [String] = []
        @Option(
            help: ArgumentHelp(
                "Only this receiver's, and resume it; without ids all that it did not accept.", valueName: "name"))
        var receiver: String?
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions

        func validate() throws {
            if ids.isEmpty, receiver == nil {
                throw ValidationError("name alerts, or --receiver NAME for all that it did not accept")
            }
        }

        func run() throws {
            let store = try options.openStore(create: false)
            let now = try time.time()
            var wasDisabled = false
            if let receiver {
                _ = try Delivery(options, time).webhook(receiver)
                wasDisabled = try store.enable(receiver: receiver, at: now)
            }
            let count = try AlertQueue(store: store).retry(ids, receiver: receiver, at: now)
            if wasDisabled { output.note("advisor: receiver '\(receiver ?? "")' is resumed") }
            try output.write("\(count) \(count == 1 ? "alert" : "alerts") re-queued\n")
        }
    }
}

extension OutboxEntry {
    fileprivate var json: JSONValue {
        let content = JSONValue(alert.content).object
        return .object([
            "id": .text(alert.id), "kind": .text(alert.kind.rawValue), "severity": .text(alert.severity.rawValue),
            "rule": JSONValue(alert.rule), "resource": JSONValue(alert.resource), "title": .text(title),
            "code": content?["code"] ?? .null, "values": content?["values"] ?? .null,
            "receiver": .text(receiver), "state": .text(state.rawValue), "held_reason": JSONValue(heldReason?.rawValue),
            "enqueued_at": JSONValue(enqueuedAt),
            "next_attempt_at": state == .pending ? JSONValue(nextAttemptAt) : .null, "attempts": .integer(attempts),
            "finished_at": JSONValue(finishedAt), "reason": JSONValue(reason),
        ])
    }

    private var title: String { renderedMessage(in: Console.logLanguage).title }

    /// Why it is held or failed, or what the last attempt said; nil when there is nothing to say.
    fileprivate var reasonText: String? {
        let held: String? =
            switch heldReason {
            case .receiverDisabled: "receiver disabled"
            case .receiverUnknown: "receiver is not in advisor.yaml"
            case nil: nil
            }
        let parts = [held, reason].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ": ")
    }

    /// One line, and a second one for the reason.
    fileprivate func line(_ width: Int) -> String {
        let head = "\(alert.id.prefix(8))  \(enqueuedAt)  \(state.rawValue)\(attempts > 1 ? " (\(attempts) attempts)" : "")"
        let text = "\(head)  \(SafeText.terminal(receiver))  \(alert.kind.rawValue): \(SafeText.terminal(title))"
        return text.truncated(to: width) + "\n" + (reasonText.map { "          \(SafeText.terminal($0))\n" } ?? "")
    }
}
