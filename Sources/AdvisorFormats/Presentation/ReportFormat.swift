public import AdvisorCore

/// A way to show a report.
public struct ReportFormat: Sendable {
    /// What a rendering may depend on besides the report.
    public struct Options: Sendable {
        /// Columns of the terminal, 40 or more.
        public var width: Int
        /// Whether escape sequences for colour are written.
        public var isColored: Bool
        /// Whether every tier that a database could be on is listed.
        public var showsCandidates: Bool
        /// Whether the bill is shown line by line.
        public var showsBill = false
        /// The language of sentences.
        public var language: any Language

        /// Creates options.
        public init(
            width: Int = 100, isColored: Bool = false, showsCandidates: Bool = false, language: any Language = Languages.english
        ) {
            (self.width, self.isColored, self.showsCandidates) = (max(40, width), isColored, showsCandidates)
            self.language = language
        }
    }

    /// As users type it: `text`.
    public let id: String
    /// Writes the report, with its last line break.
    public let render: @Sendable (Report, Options) -> String

    /// Every rendering.
    public static let all: [ReportFormat] = [
        ReportFormat(id: "text") { TextReport(report: $0, options: $1).render() },
        ReportFormat(id: "json") { JSONReport(report: $0, language: $1.language).render() },
        ReportFormat(id: "markdown") { MarkdownReport(report: $0, options: $1).render() },
        ReportFormat(id: "html") { HTMLReport(report: $0, language: $1.language).render() },
        ReportFormat(id: "csv") { CSVReport(report: $0, language: $1.language).render() },
    ]
}
