internal import AdvisorCore
internal import Foundation

/// The text of an alert in parts that each receiver lays out; not escaped.
struct AlertText {
    /// `CRITICAL`, `RESOLVED`, `ADVICE`.
    var word: String
    /// `[CRITICAL] prod-db: CPU above 80 % for 15 min`.
    var headline: String
    /// One sentence.
    var summary: String
    /// Names and values, apart from the names of rules: `Cost`, `$13.98 → $25.66 a month`.
    var facts: [(name: String, value: String)]
    /// The reasons, most important first.
    var reasons: [String]
    /// The source: `rule rds-cpu-high · guide 3.2`.
    var origin: String

    init(_ alert: Alert) {
        word =
            switch alert.kind {
            case .alarm, .budget, .anomaly, .stale, .runFailed, .endpointDisabled:
                alert.status == .resolved ? "RESOLVED" : alert.severity.rawValue.uppercased()
            case .resolved: "RESOLVED"
            case .recommendation: "ADVICE"
            case .test: "TEST"
            }
        headline = "[\(word)] \(OutputSanitizer.line(alert.title))"
        summary = OutputSanitizer.line(alert.summary)
        facts = []
        if let value = alert.value {
            facts.append(("Value", OutputSanitizer.line(value + (alert.threshold.map { " (limit \($0))" } ?? ""))))
        }
        facts.append(("Since", alert.startsAt.description))
        if let end = alert.endsAt { facts.append(("Until", end.description)) }
        if let before = alert.monthlyBefore, let after = alert.monthlyAfter {
            let change = after - before
            facts.append(("Cost", "\(before) → \(after) a month (\(change.amount < 0 ? "" : "+")\(change))"))
        } else if let before = alert.monthlyBefore {
            facts.append(("Cost", "\(before) a month"))
        }
        if let project = alert.project { facts.append(("Project", OutputSanitizer.line(project))) }
        reasons = alert.reasons.map { OutputSanitizer.line($0.text + ($0.cite.map { " (\($0))" } ?? "")) }
        origin =
            alert.rule.map {
                "rule \(OutputSanitizer.line($0))" + (alert.reasons.first?.cite.map { " · \(OutputSanitizer.line($0))" } ?? "")
            }
            ?? "advisor"
    }

    /// All of it as plain text, for receivers without formatting.
    var plain: String {
        var lines = [summary]
        lines += facts.map { "\($0.name): \($0.value)" }
        if !reasons.isEmpty { lines += ["", "Why:"] + reasons.map { "- \($0)" } }
        return (lines + ["", origin]).joined(separator: "\n")
    }
}
