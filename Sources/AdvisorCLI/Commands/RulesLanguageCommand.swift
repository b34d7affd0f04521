import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import ArgumentParser

extension RulesCommand {
    /// JSON Schema for editors.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "JSON Schema of rule, scenario and stack files, for editors and CI.",
            discussion: """
                Written to a file, editors complete and check by it: the first line of a YAML file names it, as in
                # yaml-language-server: $schema=rule.schema.json

                EXAMPLES
                  advisor rules schema rule -o rule.schema.json
                  advisor rules schema stack -o stack.schema.json
                  advisor rules schema scenario
                """)
        @Argument(help: ArgumentHelp("rule, scenario or stack.", valueName: "kind"))
        var kind = "rule"
        @OptionGroup var options: CommonOptions

        private static let kinds = ["rule", "scenario", "stack"]

        func validate() throws {
            guard Self.kinds.contains(kind) else {
                throw ValidationError(
                    "unknown kind of file '\(kind)'\(DidYouMean.hint(for: kind, among: Self.kinds)); known are rule, scenario, stack"
                )
            }
        }

        func run() throws {
            let names = try ProjectLoader(options: options).load().project.schemaNames
            guard let schema = FileSchema.all(names).first(where: { $0.id == kind }) else { return }
            try options.answer(schema.json())
        }
    }

    /// Every word of the language.
    struct Functions: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every function, fact, metric and key with its unit, its meaning and an example.",
            discussion: """
                EXAMPLES
                  advisor rules functions
                  advisor rules functions time_until
                  advisor rules functions for
                """)
        @Argument(help: ArgumentHelp("This word alone.", valueName: "name"))
        var name: String?
        @Option(help: ArgumentHelp("text or json.", valueName: "form"))
        var format = "text"
        @OptionGroup var options: CommonOptions

        func run() throws {
            let project = try ProjectLoader(options: options).load().project
            let all = LanguageEntry.all(project.vocabulary, project.schemaNames)
            let entries = name.map { name in all.filter { $0.name == name } } ?? all
            if let name, entries.isEmpty {
                throw ExitError(
                    .usage, "advisor: the language has no word '\(name)'\(DidYouMean.hint(for: name, among: all.map(\.name)))")
            }
            if format == "json" { return try options.answer(JSONValue.array(entries.map(\.json)).render()) }
            try options.answer(LanguageReference.text(entries, width: Console.width))
        }
    }
}

extension Project {
    /// The names that schemas list.
    var schemaNames: SchemaNames {
        SchemaNames(
            tiers: catalog.tiers.map(\.id),
            metrics: vocabulary.metrics.metrics.values.filter { if case .series = $0.origin { true } else { false } }.map(\.id)
                .sorted(),
            services: services.services.flatMap { [$0.id] + $0.aliases }, presets: services.presetNames)
    }
}
