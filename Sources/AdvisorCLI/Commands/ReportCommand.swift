import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor report`: evaluates in memory and shows the report; records nothing.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Show what to do, what it costs and why; record nothing.",
        discussion: """
            EXAMPLES
              advisor report
              advisor report --candidates            every tier, its cost and why not
              advisor report --now 2026-03-25 --format json
              advisor report --resource prod-db --fail-on warning
              advisor report --tips                  what saves money, line by line
            """)

    @Option(help: ArgumentHelp("\(ReportFormat.list).", valueName: "format"))
    var format = ReportFormat.text
    @Option(help: ArgumentHelp("Only this resource.", valueName: "id"))
    var resource: String?
    @Flag(help: "Show past recommendations and their outcome.")
    var history = false
    @Flag(help: "Show all candidate tiers with cost and the reason each was rejected.")
    var candidates = false
    @OptionGroup var sections: ReportSections
    @Flag(help: "Show only savings, line by line with the sources of the prices.")
    var tips = false
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var language: LanguageOption
    @OptionGroup var color: ColorOption
    @OptionGroup var verbosity: VerboseOption
    @OptionGroup var failOn: FailOnOption

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let store = try options.readStore()
        let pipeline = EvaluationPipeline(
            store: store, project: project, now: try time.time(),
            scope: resource.map(EvaluationPipeline.Scope.resource) ?? .all)
        let result = try pipeline.run(.report, showing: sections.selected.union(history ? [.history] : []))
        if let resource, result.report.entries.isEmpty {
            throw ExitError(.noInput, "advisor: no resource '\(resource)' in stack file or store")
        }
        let language = try Console.language(language, of: project)
        if tips {
            let section = TipsSection(result.report, width: Console.width, language: language)
            let answer = JSONValue.object([
                "schema": .text("advisor.tips/1"), "as_of": JSONValue(result.report.asOf), "tips": section.json(),
            ])
            return try output.write(
                format.id == "json"
                    ? answer.render() : section.text(isFull: true).drop { $0.isEmpty }.joined(separator: "\n") + "\n"
            )
        }
        var look = Self.look(output, color, language)
        look.showsCandidates = candidates || verbosity.verbose
        look.showsBill = sections.bill
        try output.write(format.render(result.report, look))
        try failOn.check(result.report)
    }

    /// How a report looks where it is written.
    static func look(_ output: OutputOptions, _ color: ColorOption, _ language: any Language) -> ReportFormat.Options {
        let isColored = output.output == nil && Console.isColored(color.noColor)
        return ReportFormat.Options(width: Console.width, isColored: isColored, language: language)
    }
}
