import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// Alerts owed and sent.
struct AlertsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Alerts owed and sent: list, show, retry, and try an endpoint.",
        discussion: """
            EXAMPLES
              advisor alerts list --state failed
              advisor alerts show 3f9c21ab          every attempt, and what the receiver said
              advisor alerts retry 3f9c21ab         owe it again
              advisor alerts retry --endpoint team  after its URL was mended: what failed or was held, too
              advisor alerts test team              send a test alert, and say what comes back
            """,
        subcommands: [List.self, Show.self, Retry.self, AlertsTest.self])

    /// Entries, the newest first.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Alerts with what became of them, the newest first.")
        @Option(help: ArgumentHelp("owed, leased, delivered, failed or held; may be repeated.", valueName: "state"))
        var state: [String] = []
        @Option(help: ArgumentHelp("Only this webhook's.", valueName: "name"))
        var endpoint: String?
        @Option(help: ArgumentHelp("At most so many.", valueName: "number"))
        var limit = 50
        @Option(help: ArgumentHelp("text or json.", valueName: "form"))
        var format = "text"
        @OptionGroup var options: CommonOptions

        func validate() throws {
            for word in state where OutboxEntry.State(rawValue: word) == nil {
                let known = OutboxEntry.State.allCases.map(\.rawValue)
                throw ValidationError(
                    "'\(word)' is no state\(DidYouMean.hint(for: word, among: known)); known are \(known.joined(separator: ", "))"
                )
            }
            guard limit > 0 else { throw ValidationError("--limit wants a number of at least 1") }
            guard ["text", "json"].contains(format) else {
                throw ValidationError("unknown form '\(format)'; known are text, json")
            }
        }

        func run() throws {
            let entries = try AlertQueue(store: options.openStore(create: false)).entries(
                in: state.compactMap(OutboxEntry.State.init), receiver: endpoint, limit: limit)
            if format == "json" { return try options.answer(JSONValue.array(entries.map(\.json)).render()) }
            try options.answer(entries.map { $0.line(Console.width) }.joined())
            if entries.isEmpty, !options.quiet { Console.error("advisor: no such alerts") }
        }
    }

    /// One alert with every attempt.
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "One alert, whom it is owed to, and every attempt.")
        @Argument(help: ArgumentHelp("The alert's id, or its beginning.", valueName: "id"))
        var id: String
        @Option(help: ArgumentHelp("text or json.", valueName: "form"))
        var format = "text"
        @OptionGroup var options: CommonOptions

        func run() throws {
            let details = try AlertQueue(store: options.openStore(create: false)).details(ofAlert: id)
            guard let alert = details.first?.entry.alert else { return }
            if format == "json" {
                let endpoints = details.map { detail in
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
                return try options.answer(JSONValue.array(endpoints).render())
            }
            var text = "\(alert.id)  \(alert.kind.rawValue)  \(alert.severity.rawValue)\n"
            text += "\(SafeText.terminal(alert.title))\n\(SafeText.terminal(alert.summary))\n"
            for reason in alert.reasons { text += "  \(SafeText.terminal(reason.text))\n" }
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
            try options.answer(text)
        }
    }

    /// Owes again.
    struct Retry: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Owe alerts again that wait, were given up or held; `advisor deliver` sends them.")
        @Argument(help: ArgumentHelp("Ids of alerts, or their beginnings.", valueName: "id"))
        var ids: [String] = []
        @Option(
            help: ArgumentHelp(
                "This webhook's alone; without ids all that it did not take, and it is enabled.", valueName: "name"))
        var endpoint: String?
        @OptionGroup var options: CommonOptions

        func validate() throws {
            if ids.isEmpty, endpoint == nil {
                throw ValidationError("name alerts, or --endpoint NAME for all that it did not take")
            }
        }

        func run() throws {
            let store = try options.openStore(create: false)
            let now = try options.time()
            var wasDisabled = false
            if let endpoint {
                _ = try Delivery(options).webhook(endpoint)
                wasDisabled = try store.enable(receiver: endpoint, at: now)
            }
            let count = try AlertQueue(store: store).retry(ids, receiver: endpoint, at: now)
            if wasDisabled { Console.error("advisor: '\(endpoint ?? "")' is enabled again") }
            try options.answer("\(count) owed again\n")
        }
    }
}

extension OutboxEntry {
    fileprivate var json: JSONValue {
        .object([
            "id": .text(alert.id), "kind": .text(alert.kind.rawValue), "severity": .text(alert.severity.rawValue),
            "rule": JSONValue(alert.rule), "resource": JSONValue(alert.resource), "title": .text(alert.title),
            "endpoint": .text(receiver), "state": .text(state.rawValue), "held_reason": JSONValue(heldReason?.rawValue),
            "owed_at": JSONValue(enqueuedAt),
            "next_attempt_at": state == .pending ? JSONValue(nextAttemptAt) : .null, "attempts": .integer(attempts),
            "finished_at": JSONValue(finishedAt), "reason": JSONValue(reason),
        ])
    }

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
        let text = "\(head)  \(SafeText.terminal(receiver))  \(alert.kind.rawValue): \(SafeText.terminal(alert.title))"
        let cut = text.count > width ? text.prefix(width - 1) + "…" : text
        return cut + "\n" + (reasonText.map { "          \(SafeText.terminal($0))\n" } ?? "")
    }
}
