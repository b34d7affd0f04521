import AdvisorEngine
import AdvisorFormats
import ArgumentParser

extension RulesCommand {
    /// `advisor rules test`: runs scenarios.
    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run scenarios (default: rules/tests); exits with 2 if one fails.",
            discussion: """
                EXAMPLES
                  advisor rules test
                  advisor rules test rules/tests/mine.yaml --filter storage
                  advisor rules test --junit results.xml
                """)
        @Argument(help: ArgumentHelp("Scenario files.", valueName: "file"), completion: .file())
        var files: [String] = []
        @Option(
            help: ArgumentHelp(
                "Only scenarios with this text in name, file, rules or resource (any case).", valueName: "text"))
        var filter: String?
        @Option(help: ArgumentHelp("Write the results to this file as JUnit XML.", valueName: "file"), completion: .file())
        var junit: String?
        @OptionGroup var options: ProjectOptions
        @OptionGroup var output: OutputOptions

        func run() throws {
            let project = try ProjectLoader(options: options).load().project
            let folder = "\(options.rulesFolder ?? options.ownRulesFolder)/tests"
            let paths = files.isEmpty ? FileSystem.current.yaml(in: folder).map { "\(folder)/\($0)" } : files
            guard !paths.isEmpty else { throw ExitError(.noInput, "advisor: no scenarios in \(folder); name files") }
            let report = try ScenarioPass(project: project, files: .current).run(paths, filter: filter)
            if let junit { try FileSystem.current.write(report.junit(), to: junit) }
            try output.write(report.text(isQuiet: output.quiet))
            if report.results.isEmpty, report.failed == 0 {
                let problem = filter.map { "no scenario matches '\($0)'" } ?? "no scenarios in \(paths.joined(separator: ", "))"
                throw ExitError(.noInput, "advisor: \(problem)")
            }
            if report.status != .done { throw ExitError(report.status) }
        }
    }
}
