import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import ArgumentParser

extension RulesCommand {
    /// `advisor rules schema`: JSON Schema for editors.
    struct Schema: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the JSON Schema of rule, scenario or stack files.",
            discussion: """
                Editors complete and check a YAML file whose first line names the schema:
                # yaml-language-server: $schema=rule.schema.json

                EXAMPLES
                  advisor rules schema rule -o rule.schema.json
                  advisor rules schema stack -o stack.schema.json
                  advisor rules schema scenario
                """)
        /// The files that have a schema.
        enum FileKind: String, NamedArgument {
            case rule, scenario, stack

            static var kind: String { "kind of file" }
        }

        @Argument(help: ArgumentHelp("\(FileKind.list).", valueName: "kind"))
        var kind = FileKind.rule
        @OptionGroup var options: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let names = try ProjectLoader(options: options).load().project.schemaNames
            guard let schema = FileSchema.all(names).first(where: { $0.id == kind.rawValue }) else { return }
            try output.write(schema.json())
        }
    }

    /// `advisor rules functions`: the words of the language.
    struct Functions: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List functions, facts, metrics and keys of the rule language.",
            discussion: """
                EXAMPLES
                  advisor rules functions
                  advisor rules functions time_until
                  advisor rules functions for
                """)
        @Argument(help: ArgumentHelp("Only this function, fact, metric or key.", valueName: "name"))
        var name: String?
        @OptionGroup var form: FormatOption
        @OptionGroup var options: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let project = try ProjectLoader(options: options).load().project
            let all = LanguageEntry.all(project.vocabulary, project.schemaNames)
            let entries = name.map { name in all.filter { $0.name == name } } ?? all
            if let name, entries.isEmpty {
                throw ExitError(
                    .usage, "advisor: no function '\(name)'\(DidYouMean.hint(for: name, among: all.map(\.name)))")
            }
            if form.isJSON { return try output.write(JSONValue.array(entries.map(\.json)).render()) }
            try output.write(LanguageReference.text(entries, width: Console.width))
        }
    }
}

extension Project {
    /// The names that schemas list.
    var schemaNames: SchemaNames {
        SchemaNames(
            tiers: catalog.tiers.map(\.id),
            metrics: vocabulary.metrics.seriesNames,
            services: services.services.flatMap { [$0.id] + $0.aliases }, presets: services.presetNames)
    }
}
