import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import ArgumentParser
import Foundation

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
            var report = ScenarioReport()
            for path in paths {
                let read = ScenarioFile.read(
                    try FileSystem.current.text(path), file: path, metrics: project.vocabulary.metrics, catalog: project.catalog,
                    services: project.services)
                report.add(read.diagnostics, of: path)
                for scenario in read.scenarios where filter.map(scenario.matches) ?? true {
                    let ruleFiles = try scenario.ruleFiles.map { name in
                        let file = Self.path(of: name, besides: path)
                        return (file: file, text: try FileSystem.current.text(file))
                    }
                    report.add(
                        scenario,
                        scenario.result(
                            ruleFiles: ruleFiles, catalog: project.catalog, services: project.services,
                            vocabulary: project.vocabulary))
                }
            }
            if let junit { try FileSystem.current.write(report.junit(), to: junit) }
            try output.write(report.text(isQuiet: output.quiet))
            if report.results.isEmpty, report.failed == 0 {
                throw ExitError(.noInput, "advisor: no scenario matches '\(filter ?? "")'")
            }
            if report.failed > 0 { throw ExitError(.errors) }
        }

        private static func path(of name: String, besides file: String) -> String {
            let folder = (file as NSString).deletingLastPathComponent
            return folder.isEmpty || name.hasPrefix("/") ? name : "\(folder)/\(name)"
        }
    }
}
