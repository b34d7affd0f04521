public import AdvisorCore

/// A way to show a report.
public struct ReportFormat: Sendable {
    /// What a rendering may depend on besides the report.
    public struct Options: Sendable {
        /// Columns of the terminal, 40 or more.
        public var width: Int
        /// Whether escape sequences for colour are written.
        public var isColoured: Bool
        /// Whether every tier that a database could be on is listed.
        public var showsCandidates: Bool
        /// Whether the bill is shown line by line.
        public var showsBill = false

        /// Options by their parts.
        public init(width: Int = 100, isColoured: Bool = false, showsCandidates: Bool = false) {
            (self.width, self.isColoured, self.showsCandidates) = (max(40, width), isColoured, showsCandidates)
        }
    }

    /// As users type it: `text`.
    public let id: String
    /// Writes the report, with its last line break.
    public let render: @Sendable (Report, Options) -> String

    /// Every rendering.
    public static let all: [ReportFormat] = [
        ReportFormat(id: "text") { TextReport(report: $0, options: $1).render() },
        ReportFormat(id: "json") { report, _ in JSONReport(report: report).render() },
        ReportFormat(id: "markdown") { MarkdownReport(report: $0, showsBill: $1.showsBill).render() },
        ReportFormat(id: "html") { report, _ in HTMLReport(report: report).render() },
        ReportFormat(id: "csv") { report, _ in CSVReport(report: report).render() },
    ]
}
