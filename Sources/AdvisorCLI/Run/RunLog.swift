import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore

/// Prints what a run does: a line a change and a line a problem, as text or as JSON Lines.
struct RunLog {
    /// The formats.
    enum Form: String, CaseIterable {
        case text, json
    }

    let form: Form
    /// Whether notes that are neither changes nor problems are shown.
    let showsNotes: Bool
    /// The language of sentences.
    let language: any Language
    let write: (String) -> Void

    func show(_ event: RunEvent) {
        switch form {
        case .text: showText(event)
        case .json: showJSON(event)
        }
    }

    private func showText(_ event: RunEvent) {
        switch event {
        case .ingested: break
        case .transition(let change):
            line("\(change.at)  \(change.resource)  \(change.rule)  \(change.from.rawValue) → \(change.to.rawValue)")
        case .recommendation(let change): line("\(change.at)  \(title(change)): \(clause(change))")
        case .wouldNotify(let request):
            let title = language.title(request.alert.content)
            line("would notify \(request.endpoints.joined(separator: ", ")): \(request.alert.kind.rawValue): \(title)")
        case .retained(let result):
            let words = Self.words(result)
            if showsNotes, !words.isEmpty { Console.error("advisor: " + SafeText.terminal(words)) }
        case .problem(let problem): Console.error("advisor: " + SafeText.terminal(problem.message))
        case .finished: break
        }
    }

    private func title(_ change: RecommendationChange) -> String {
        "\(change.life.resource): \(language.headline(change.life.summary.steps))"
    }

    private func clause(_ change: RecommendationChange) -> String {
        language.clause(change.reason, asOf: change.at)
    }

    private func line(_ text: String) { write(SafeText.terminal(text) + "\n") }

    private func showJSON(_ event: RunEvent) {
        switch event {
        case .ingested(let input, let accepted, let rejected):
            line(
                "ingested", ["input": .text(input), "accepted": .integer(accepted), "rejected": .integer(rejected)])
        case .transition(let change):
            line(
                "transition",
                [
                    "at": JSONValue(change.at), "resource": .text(change.resource), "rule": .text(change.rule),
                    "from": .text(change.from.rawValue), "to": .text(change.to.rawValue),
                ])
        case .recommendation(let change):
            line(
                "recommendation",
                [
                    "at": JSONValue(change.at), "resource": .text(change.life.resource), "what": .text(change.kind.rawValue),
                    "title": .text(title(change)), "why": .text(clause(change)), "code": .text(change.reason.code),
                ])
        case .wouldNotify(let request):
            let alert = request.alert
            line(
                "would_notify",
                [
                    "id": .text(alert.id), "kind": .text(alert.kind.rawValue), "code": .text(alert.content.code),
                    "title": .text(language.title(alert.content)),
                    "receivers": JSONValue(request.endpoints),
                ])
        case .retained(let result):
            guard !Self.words(result).isEmpty else { return }
            line(
                "retention",
                ["created": .integer(result.made), "rolled_up": .integer(result.summedUp), "dropped": .integer(result.dropped)])
        case .problem(let problem):
            line("problem", ["problem": .text(problem.message), "status": .integer(problem.status.rawValue)])
        case .finished(let summary): line("run", ["as_of": JSONValue(summary.asOf)].merging(summary.members) { $1 })
        }
    }

    private func line(_ event: String, _ members: [String: JSONValue]) {
        write(JSONValue.object(members.merging(["event": .text(event)]) { $1 }).terminalLine() + "\n")
    }

    private static func words(_ result: RetentionJob.Result) -> String {
        StoreCommand.Compact.words(result).split(separator: "\n").joined(separator: "; ")
    }
}
