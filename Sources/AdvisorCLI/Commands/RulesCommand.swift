import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorStore
import ArgumentParser
import Foundation

/// `advisor rules`: rules, their errors and their scenarios.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List, check, test and explain rules.",
        discussion: """
            EXAMPLES
              advisor rules list
              advisor rules check
              advisor rules test rules/tests/mine.yaml
              advisor rules functions time_until
              advisor rules explain database-cpu-sustained
            """,
        subcommands: [List.self, Check.self, Test.self, ExplainCommand.self, Schema.self, Functions.self])

    /// `advisor rules list`.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List rules with their conditions.")
        @OptionGroup var form: FormatOption
        @OptionGroup var options: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let project = try ProjectLoader(options: options).project()
            let disabled = Set(project.disabledRules.map(\.id))
            let all = project.rules + project.disabledRules
            if form.isJSON {
                let rules = all.map { rule in
                    JSONValue.object([
                        "id": .text(rule.id), "title": .text(rule.title), "applies_to": .text(rule.appliesTo.rawValue),
                        "where": JSONValue(rule.condition?.text), "when": .text(rule.when.text),
                        "severity": .text(rule.severity.rawValue),
                        "vars": .object(Dictionary(uniqueKeysWithValues: rule.variables.map { ($0.name, .text($0.text)) })),
                        "unless_alarm": JSONValue(rule.unlessAlarm), "disabled": .boolean(disabled.contains(rule.id)),
                        "cite": JSONValue(rule.cite), "file": .text(rule.file), "line": .integer(rule.line),
                    ])
                }
                return try output.write(JSONValue.array(rules).render())
            }
            let lines = all.map { rule in
                let condition = rule.condition.map { "where \($0.text) " } ?? ""
                let values = rule.variables.map { "\($0.name) = \($0.text)" }.joined(separator: ", ")
                let when = "when \(rule.when.text)\(values.isEmpty ? "" : "   (\(values))")"
                return """
                    \(SafeText.terminal(rule.id))\(disabled.contains(rule.id) ? " (disabled)" : "")
                        \(SafeText.terminal("\(rule.appliesTo.rawValue): \(condition)\(when)"))
                        \(SafeText.terminal(rule.title + (rule.cite.map { " · \($0)" } ?? "")))

                    """
            }
            try output.write(lines.joined())
        }
    }

    /// `advisor rules check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check rules and advisor.yaml; exits with 2 if there is an error.")
        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var time: TimeOption
        @OptionGroup var output: OutputOptions

        func run() throws {
            let loaded = try ProjectLoader(options: options).load()
            var notes = loaded.diagnostics
            if FileSystem.current.exists(options.storePath) {
                notes += try loaded.project.notesOnUnmatchedRules(
                    in: try options.readStore(), at: try time.time())
            }
            try output.write(notes.map { "\($0)\n" }.joined())
            let errors = loaded.diagnostics.count { !$0.isNote }
            let rules = loaded.project.rules.count
            output.note("\(rules) rule\(rules == 1 ? "" : "s") loaded, \(errors) error\(errors == 1 ? "" : "s")")
            if errors > 0 { throw ExitError(.errors) }
        }
    }
}
