import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor status`: the state of unattended runs.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the last run, lag of the data and pending alerts.",
        discussion: """
            EXAMPLES
              advisor status
              advisor status --format json
            """)

    @OptionGroup var form: FormatOption
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let store = try options.openStore(create: false)
        let status = try RunStatus(store: store, project: project, now: try time.time())
        try output.write(form.isJSON ? status.json.render() : status.text)
    }
}

extension RunStatus {
    var text: String {
        var rows: [(String, String)] = []
        if let run = lastRun {
            let end =
                run.status.map { $0 == 0 ? "succeeded" : "exited with \($0)" }
                ?? (run.finishedAt == nil ? "not finished: still running, or killed" : "")
            rows.append(("last run", "\(run.startedAt), \(ago(run.startedAt)); \(end)"))
        } else {
            rows.append(("last run", "never; `advisor run` starts one"))
        }
        rows.append(("evaluated up to", lastEvaluation.map { "\($0), \(ago($0))" } ?? "never"))
        rows.append(("newest sample", newestSample.map { "\($0), \(ago($0))" } ?? "none"))
        for one in stale { rows.append(("stale", "\(one.resource): newest sample \(one.newest), \(ago(one.newest))")) }
        for endpoint in receivers {
            var parts = [
                (endpoint.pending, "pending"), (endpoint.count(.held), "paused"), (endpoint.count(.failed), "failed"),
                (endpoint.count(.delivered), "delivered"),
            ]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            if let oldest = endpoint.oldestPending { parts.append("oldest pending \(ago(oldest))") }
            if let reason = endpoint.disabledReason { parts.append("paused: \(reason)") }
            rows.append(
                ("receiver", "\(endpoint.receiver): \(parts.isEmpty ? "nothing pending" : parts.joined(separator: ", "))"))
        }
        for (key, thread) in activeGroups {
            let since = thread.startsAt.map { "firing since \($0)" } ?? "resolved, not yet notified"
            let notified = thread.notifiedAt.map { ", notified \(ago($0))" } ?? ", not notified"
            let holds = thread.suppressionTitles
            rows.append(
                ("alert", "\(key): \(since)\(notified)\(holds.isEmpty ? "" : "; suppressed: \(holds.joined(separator: ", "))")"))
        }
        if let mute {
            rows.append(("muted", "until \(mute.until)\(mute.reason.map { ": \($0)" } ?? "")"))
        }
        if let snooze { rows.append(("snoozed", "\(snooze.resource) until \(snooze.until)")) }
        if suppressed > 0 { rows.append(("suppressed", "\(suppressed) so far: muted, snoozed or in quiet hours")) }
        let width = rows.map(\.0.displayWidth).max() ?? 0
        return rows.map { name, value in "\(name.padded(to: width))  \(SafeText.terminal(value))\n" }.joined()
    }

    private func ago(_ time: Timestamp) -> String {
        time <= now ? "\(ValueText.duration(Double(Int((now - time).seconds)))) ago" : "in the future: is the clock right?"
    }

    var json: JSONValue {
        .object([
            "as_of": JSONValue(now),
            "last_run": lastRun.map { run in
                .object([
                    "started_at": JSONValue(run.startedAt), "finished_at": JSONValue(run.finishedAt),
                    "status": run.status.map(JSONValue.integer) ?? .null,
                ])
            } ?? .null,
            "evaluated_up_to": JSONValue(lastEvaluation), "newest_sample": JSONValue(newestSample),
            "lag_seconds": JSONValue(newestSample.map { (now - $0).seconds }),
            "muted_until": JSONValue(mute?.until), "snoozed_until": JSONValue(snooze?.until),
            "pending": .integer(receivers.reduce(0) { $0 + $1.pending }),
            "suppressed": .integer(suppressed),
            "receivers": .array(
                receivers.map { endpoint in
                    .object([
                        "name": .text(endpoint.receiver), "pending": .integer(endpoint.pending),
                        "paused": .integer(endpoint.count(.held)),
                        "failed": .integer(endpoint.count(.failed)), "delivered": .integer(endpoint.count(.delivered)),
                        "oldest_pending": JSONValue(endpoint.oldestPending), "paused_reason": JSONValue(endpoint.disabledReason),
                    ])
                }),
            "alerts": .array(
                activeGroups.map { key, thread in
                    .object([
                        "key": .text(key), "kind": .text(thread.kind.rawValue), "since": JSONValue(thread.startsAt),
                        "notified_at": JSONValue(thread.notifiedAt), "suppressed_by": JSONValue(thread.suppressionTitles),
                        "suppressions": .array(thread.holds.map { JSONValue($0, text: Console.language.clause($0, asOf: now)) }),
                    ])
                }),
            "stale": .array(
                stale.map { .object(["resource": .text($0.resource), "newest_sample": JSONValue($0.newest)]) }),
        ])
    }
}

extension AlertGroupState {
    /// Why conditions are not notified, each once.
    fileprivate var suppressionTitles: [String] { Set(holds.map(Console.language.title)).sorted() }
}
