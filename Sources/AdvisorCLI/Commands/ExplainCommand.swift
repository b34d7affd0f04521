import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser

/// Why a verdict is what it is.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Why a verdict is what it is, number by number; without a rule, every rule and resource in a line.",
        discussion: """
            EXAMPLES
              advisor rules explain
              advisor rules explain database-cpu-sustained
              advisor rules explain storage-over-15gb --resource prod-db --now 2026-03-15 --format json

            It follows from the store's samples and today's rules and facts, not from what was recorded.
            """)

    @Argument(help: ArgumentHelp("The rule's id; without it, all in a line each, with why nothing is said.", valueName: "rule"))
    var rule: String?
    @Option(help: ArgumentHelp("This resource alone.", valueName: "id"))
    var resource: String?
    @Option(help: ArgumentHelp("text or json.", valueName: "form"))
    var format = "text"
    @OptionGroup var options: CommonOptions

    func validate() throws {
        guard ["text", "json"].contains(format) else { throw ValidationError("unknown form '\(format)'; known are text, json") }
    }

    func run() throws {
        let project = try ProjectLoader(options: options).project()
        let rule = try self.rule.map(project.rule(named:))
        let now = try options.time()
        let pass = ExplanationPass(store: try options.openStore(create: false), project: project, now: now)
        if let resource { try pass.requireResource(resource) }
        guard let rule else {
            let lines = try pass.lines(resource: resource)
            return try options.answer(
                format == "json"
                    ? RuleStatusTable.json(lines, asOf: now) : RuleStatusTable.text(lines, asOf: now, width: Console.width))
        }
        let explanations = try pass.explanations(of: rule, resource: resource)
        if explanations.isEmpty, format == "text" {
            let silence = resource.map { "\(rule.id) evaluates \(rule.appliesTo.rawValue), which \($0) is not" }
            return try options.answer(
                "\(SafeText.terminal(silence ?? "\(rule.id): \(Languages.english.clause(.noResource(kind: rule.appliesTo), asOf: now))"))\n"
            )
        }
        if format == "json" { return try options.answer(ExplainJSON.render(explanations, asOf: now)) }
        try options.answer(explanations.map { ExplainText.render($0, width: Console.width) }.joined(separator: "\n"))
    }
}
