import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// `advisor rules explain`: why a state is what it is.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a rule's state step by step; without a rule, one line for each.",
        discussion: """
            EXAMPLES
              advisor rules explain
              advisor rules explain database-cpu-sustained
              advisor rules explain storage-over-15gb --resource prod-db --format json

            Uses the store's samples and today's rules and advisor.yaml, not what was
            recorded.
            """)

    @Argument(help: ArgumentHelp("Rule id (default: all, one line each).", valueName: "rule"))
    var rule: String?
    @Option(help: ArgumentHelp("Only this resource.", valueName: "id"))
    var resource: String?
    @OptionGroup var form: FormatOption
    @OptionGroup var options: WorkspaceOptions
    @OptionGroup var time: TimeOption
    @OptionGroup var output: OutputOptions
    @OptionGroup var language: LanguageOption

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let rule = try self.rule.map(project.rule(named:))
        let (now, language) = (try time.time(), try Console.language(language, of: project))
        let pass = ExplanationPass(store: try options.readStore(), project: project, now: now)
        if let resource { try pass.requireResource(resource) }
        guard let rule else {
            let lines = try pass.lines(resource: resource)
            return try output.write(
                form.isJSON
                    ? RuleStatusTable.json(lines, asOf: now, language: language)
                    : RuleStatusTable.text(lines, asOf: now, width: Console.width, language: language))
        }
        let explanations = try pass.explanations(of: rule, resource: resource)
        if explanations.isEmpty, !form.isJSON {
            let reason = resource.map { "applies to \(rule.appliesTo.rawValue), which \($0) is not" }
            let clause = reason ?? language.clause(.noResource(kind: rule.appliesTo), asOf: now)
            return try output.write("\(SafeText.terminal("\(rule.id): \(clause)"))\n")
        }
        if form.isJSON { return try output.write(ExplainJSON.render(explanations, asOf: now, language: language)) }
        try output.write(
            explanations.map { ExplainText.render($0, width: Console.width, language: language) }
                .joined(separator: "\n"))
    }
}
