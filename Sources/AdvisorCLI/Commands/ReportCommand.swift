import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// Evaluates in memory and shows it; records nothing.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What to do, what it costs, and why; records nothing.",
        discussion: """
            EXAMPLES
              advisor report
              advisor report --candidates            every tier, what it would cost and why not
              advisor report --now 2026-03-25 --format json
              advisor report --resource prod-db --fail-on warning
              advisor report --tips                 what saves money, line by line
            """)

    @Option(help: ArgumentHelp("text, json, markdown, html or csv.", valueName: "form"))
    var format = "text"
    @Option(help: ArgumentHelp("This resource alone.", valueName: "id"))
    var resource: String?
    @Flag(help: "What happened to recommendations, and what came of them.")
    var history = false
    @Flag(help: "List every tier that a database could be on, with its bill and why not.")
    var candidates = false
    @OptionGroup var sections: ReportSections
    @Flag(help: "What saves money alone, line by line with the sources of its prices.")
    var tips = false
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard ReportFormat.all.contains(where: { $0.id == format }) else {
            let known = ReportFormat.all.map(\.id)
            throw ValidationError(
                "unknown form '\(format)'\(DidYouMean.hint(for: format, among: known)); known are \(known.joined(separator: ", "))"
            )
        }
    }

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let store = try options.openStore(create: false)
        var result = try EvaluationPass(store: store, project: project, now: try options.time(), only: resource).report()
        if let resource, result.report.entries.isEmpty {
            throw ExitError(.noInput, "advisor: no resource '\(resource)' in stack file or store")
        }
        if history {
            result.report.history = RecommendationHistory(
                lives: try store.recommendations(), entries: try store.recommendationHistory())
        }
        if tips {
            let section = TipsSection(result.report, width: Console.width)
            let answer = JSONValue.object([
                "schema": .text("advisor.tips/1"), "as_of": JSONValue(result.report.asOf), "tips": section.json(),
            ])
            return try options.answer(
                format == "json" ? answer.render() : section.text(isFull: true).drop { $0.isEmpty }.joined(separator: "\n") + "\n"
            )
        }
        sections.add(to: &result.report, project)
        try Self.show(
            result.report, format: format, showsCandidates: candidates || options.verbose, showsBill: sections.bill, options)
        try options.endOnFindings(result.report)
    }

    /// Writes a report in the form of that id.
    static func show(
        _ report: Report, format: String, showsCandidates: Bool = false, showsBill: Bool = false, _ options: CommonOptions
    ) throws {
        guard let rendering = ReportFormat.all.first(where: { $0.id == format }) else { return }
        let isColoured = options.output == nil && Console.isColored(options.noColor)
        var look = ReportFormat.Options(width: Console.width, isColoured: isColoured, showsCandidates: showsCandidates)
        look.showsBill = showsBill
        try options.answer(rendering.render(report, look))
    }
}
