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
    @OptionGroup var language: LanguageOption

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let store = try options.readStore()
        let status = try RunStatus(store: store, project: project, now: try time.time())
        try output.write(
            form.isJSON
                ? status.json.render()
                : status.text(width: Console.width, language: try Console.language(language, of: project)))
    }
}

extension RunStatus {
    /// Two columns: what, and how it is; what to do is below.
    func text(width: Int, language: any Language) -> String {
        let rows = rows(language)
        let column = (rows.map(\.title.displayWidth).max() ?? 0) + 2
        var lines: [String] = []
        for row in rows {
            let start = row.title.padded(to: column)
            lines.append(TerminalText.wrapped(start, SafeText.terminal(row.text), width: width, indent: column))
            if let next = row.next {
                let start = String(repeating: " ", count: column) + "→ "
                lines.append(TerminalText.wrapped(start, SafeText.terminal(next), width: width, indent: column + 2))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func rows(_ language: any Language) -> [(title: String, text: String, next: String?)] {
        func row(_ title: StatusTitle, _ text: String, _ next: Next? = nil) -> (title: String, text: String, next: String?) {
            (language.title(title), text, next.map { language.text(StatusPhrase.next($0.step, command: $0.command)) })
        }
        func time(_ time: Timestamp?) -> String? { time.map { language.text(at($0)) } }
        let run = lastRun.map { run in
            let begin = language.text(at(run.startedAt))
            let isUnknown = run.status == nil && run.finishedAt != nil
            return isUnknown ? begin : language.text(StatusPhrase.run(begin, exitCode: run.status))
        }
        var rows = [
            row(.lastRun, run ?? language.title(.neverRan)),
            row(.evaluated, time(lastEvaluation) ?? language.title(.never)),
            row(.newestSample, time(newestSample) ?? language.title(.noSample)),
        ]
        if ignoredResources > 0 {
            let limit = SeriesMatcher.discoveryLimit
            rows.append(row(.ignored, language.text(ReportPhrase.ignoredResources(count: ignoredResources, limit: limit))))
        }
        for one in stale {
            let words = StatusPhrase.stale(resource: one.resource, newest: language.text(at(one.newest)))
            rows.append(row(.stale, language.text(words), Self.next(one)))
        }
        for receiver in receivers { rows.append(row(.receiver, words(receiver, language), Self.next(receiver))) }
        for (key, thread) in activeGroups {
            rows.append(row(.alert, words(key, thread, language), Self.next(thread)))
        }
        if let mute { rows.append(row(.muted, language.text(StatusPhrase.until(mute.until, reason: mute.reason)))) }
        if let snooze {
            rows.append(
                row(.snoozed, "\(snooze.resource), \(language.text(StatusPhrase.until(snooze.until, reason: nil)))"))
        }
        if suppressed > 0 { rows.append(row(.suppressed, language.text(StatusPhrase.suppressedCount(suppressed)))) }
        return rows
    }

    private func words(_ receiver: ReceiverStatus, _ language: any Language) -> String {
        let entries = StatusPhrase.entries(
            pending: receiver.pending, paused: receiver.count(.held), failed: receiver.count(.failed),
            delivered: receiver.count(.delivered))
        var parts = [receiver.entries.isEmpty ? language.title(StatusTitle.nothingPending) : language.text(entries)]
        if let oldest = receiver.oldestPending { parts.append(language.text(StatusPhrase.oldest(age(oldest)))) }
        if let reason = receiver.disabledReason { parts.append(language.text(StatusPhrase.disabled(reason))) }
        return "\(receiver.receiver): \(parts.joined(separator: ", "))"
    }

    private func words(_ key: String, _ thread: AlertGroupState, _ language: any Language) -> String {
        let alert = StatusPhrase.alert(key: key, since: thread.startsAt, notified: thread.notifiedAt.map(age))
        let reasons = thread.suppressionTitles(language)
        return language.text(alert) + (reasons.isEmpty ? "" : "; " + language.text(StatusPhrase.suppressedBy(reasons)))
    }

    private func at(_ time: Timestamp) -> StatusPhrase { time <= now ? .at(time, ago: age(time)) : .inFuture(time) }

    /// Rounded to what matters: minutes under two hours, then hours, from three days on days.
    private func age(_ time: Timestamp) -> Quantity {
        let seconds = max(0, (now - time).seconds)
        let unit: Double = seconds < 60 ? 1 : seconds < 7200 ? 60 : seconds < 3 * 86_400 ? 3600 : 86_400
        return Quantity((seconds / unit).rounded(.down) * unit, .time)
    }

    /// What to do, and the command.
    private struct Next {
        var step: StatusStep
        var command: String
    }

    private static func next(_ stale: AlertGroupBuilder.Freshness) -> Next {
        Next(step: .ingest, command: "advisor ingest FILE")
    }

    private static func next(_ receiver: ReceiverStatus) -> Next? {
        if receiver.disabledReason != nil || receiver.count(.failed) > 0 {
            return Next(step: .retry, command: "advisor alerts retry --receiver \(receiver.receiver)")
        }
        return receiver.pending > 0 ? Next(step: .deliver, command: "advisor deliver") : nil
    }

    private static func next(_ thread: AlertGroupState) -> Next? {
        guard thread.startsAt != nil, thread.kind == .alarm, let resource = thread.resource else { return nil }
        return Next(step: .explain, command: "advisor rules explain --resource \(resource)")
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
            "ignored_resources": .integer(ignoredResources),
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
                        "next": JSONValue(Self.next(endpoint)?.command),
                    ])
                }),
            "alerts": .array(
                activeGroups.map { key, thread in
                    .object([
                        "key": .text(key), "kind": .text(thread.kind.rawValue), "since": JSONValue(thread.startsAt),
                        "notified_at": JSONValue(thread.notifiedAt),
                        "suppressed_by": JSONValue(thread.suppressionTitles(Console.logLanguage)),
                        "next": JSONValue(Self.next(thread)?.command),
                        "suppressions": .array(
                            thread.holds.map { JSONValue($0, text: Console.logLanguage.clause($0, asOf: now)) }),
                    ])
                }),
            "stale": .array(
                stale.map { .object(["resource": .text($0.resource), "newest_sample": JSONValue($0.newest)]) }),
        ])
    }
}

extension AlertGroupState {
    /// Why conditions are not notified, each once.
    fileprivate func suppressionTitles(_ language: any Language) -> [String] {
        Set(holds.map { language.title($0) }).sorted()
    }
}
