import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import Foundation

/// The output of a run: one line per change and problem, as text or JSON Lines.
final class RunLog {
    /// The formats.
    enum Form: String, CaseIterable {
        case text, json
    }

    /// A problem, with the exit code that it causes.
    struct Problem {
        var status: ExitStatus
        var words: String
        /// Whether it must be notified.
        var isFailure: Bool
    }

    private let form: Form
    private let isQuiet: Bool
    private let write: (String) -> Void
    private(set) var problems: [Problem] = []
    /// The summary at the end.
    var summary: [String: JSONValue] = [:]

    init(_ form: Form, isQuiet: Bool, write: @escaping (String) -> Void) {
        (self.form, self.isQuiet, self.write) = (form, isQuiet, write)
    }

    /// A change, as text and as JSON.
    func change(_ words: String, _ event: String, _ members: [String: JSONValue]) {
        switch form {
        case .text: write(SafeText.terminal(words) + "\n")
        case .json: line(event, members)
        }
    }

    func problem(_ words: String, _ status: ExitStatus, isFailure: Bool = true) {
        problems.append(Problem(status: status, words: words, isFailure: isFailure))
        switch form {
        case .text: Console.error("advisor: " + SafeText.terminal(words))
        case .json: line("problem", ["problem": .text(words), "status": .integer(status.rawValue)])
        }
    }

    /// A note that is not a problem; shown with --verbose only.
    func note(_ words: String, _ event: String, _ members: [String: JSONValue], isVerbose: Bool) {
        switch form {
        case .text: if isVerbose, !isQuiet { Console.error("advisor: " + SafeText.terminal(words)) }
        case .json: line(event, members)
        }
    }

    /// The exit code: of several the most important.
    var status: ExitStatus {
        let order: [ExitStatus] = [.software, .io, .tryAgain, .configuration, .noInput, .badData, .errors, .findings]
        return order.first { status in problems.contains { $0.status == status } } ?? .done
    }

    /// The last line, as JSON.
    func finish(at now: Timestamp, seconds: Double) -> String {
        summary["status"] = .integer(status.rawValue)
        summary["problems"] = JSONValue(problems.map(\.words))
        summary["seconds"] = .number((seconds * 1000).rounded() / 1000)
        if form == .json { line("run", ["as_of": JSONValue(now)].merging(summary) { $1 }) }
        return JSONValue.object(summary).line()
    }

    private func line(_ event: String, _ members: [String: JSONValue]) {
        write(JSONValue.object(members.merging(["event": .text(event)]) { $1 }).line() + "\n")
    }
}
