public import AdvisorCore

/// A report format.
public struct ReportFormat: Sendable {
    /// The options of a format.
    public struct Options: Sendable {
        /// The columns of the terminal, at least 40.
        public var width: Int
        /// Whether to use colors.
        public var isColored: Bool
        /// Whether all candidate tiers are listed.
        public var showsCandidates: Bool
        /// Whether the bill is shown line by line.
        public var showsBill = false
        /// The language of sentences.
        public var language: any Language

        /// Creates options.
        public init(
            width: Int = 100, isColored: Bool = false, showsCandidates: Bool = false, language: any Language
        ) {
            (self.width, self.isColored, self.showsCandidates) = (max(40, width), isColored, showsCandidates)
            self.language = language
        }
    }

    /// The id: `text`.
    public let id: String
    /// Renders the report, with its last line break.
    public let render: @Sendable (Report, Options) -> String

    /// All formats.
    public static let all: [ReportFormat] = [
        ReportFormat(id: "text") { TextReport(report: $0, options: $1).render() },
        ReportFormat(id: "json") { JSONReport(report: $0, language: $1.language).render() },
        ReportFormat(id: "markdown") { MarkdownReport(report: $0, options: $1).render() },
        ReportFormat(id: "html") { HTMLReport(report: $0, language: $1.language).render() },
        ReportFormat(id: "csv") { CSVReport(report: $0, language: $1.language).render() },
    ]
}
