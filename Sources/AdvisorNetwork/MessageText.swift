internal import AdvisorCore

/// The text of a message in parts that each receiver lays out: on single lines, not escaped.
struct MessageText {
    /// `[CRITICAL] prod-db: CPU above 80 % for 15 min`.
    var headline: String
    /// One sentence.
    var summary: String
    /// Facts: `Cost`, `$13.98 → $25.66 a month`.
    var fields: [AlertMessage.Field]
    /// The reasons, most important first.
    var reasons: [String]
    /// What stands above them: `Why:`.
    var reasonsTitle: String
    /// The source: `rule rds-cpu-high · guide 3.2`.
    var origin: String

    init(_ message: AlertMessage) {
        headline = "[\(message.label)] \(OutputSanitizer.line(message.title))"
        summary = OutputSanitizer.line(message.summary)
        fields = message.fields.map { field in
            AlertMessage.Field(field.kind, title: field.title, text: OutputSanitizer.line(field.text))
        }
        reasons = zip(message.reasons, message.alert.reasons).map { text, reason in
            OutputSanitizer.line(text + (reason.cite.map { " (\($0))" } ?? ""))
        }
        (reasonsTitle, origin) = (message.reasonsTitle, OutputSanitizer.line(message.origin))
    }

    /// All of it as plain text, for receivers without formatting.
    var plain: String {
        var lines = [summary]
        lines += fields.map { "\($0.title): \($0.text)" }
        if !reasons.isEmpty { lines += ["", reasonsTitle] + reasons.map { "- \($0)" } }
        return (lines + ["", origin]).joined(separator: "\n")
    }
}
