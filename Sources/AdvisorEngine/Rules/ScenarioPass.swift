public import AdvisorCore
public import AdvisorFormats
internal import Foundation

/// Runs the scenarios of files against the rules that they name.
public struct ScenarioPass {
    private let project: Project
    private let files: FileSystem

    /// Creates a pass.
    public init(project: Project, files: FileSystem) { (self.project, self.files) = (project, files) }

    /// Runs scenarios.
    /// - Parameters:
    ///   - paths: Files of scenarios.
    ///   - filter: Only scenarios whose name, file, rules or resource contain this, whatever the case; nil for all.
    /// - Returns: What came of them, errors in the files included.
    /// - Throws: `ExitError` when a file cannot be read.
    public func run(_ paths: [String], filter: String?) throws -> ScenarioReport {
        var report = ScenarioReport()
        for path in paths {
            let read = ScenarioFile.read(
                try files.text(path), file: path, metrics: project.vocabulary.metrics, catalog: project.catalog,
                services: project.services)
            report.add(read.diagnostics, of: path)
            for scenario in read.scenarios where filter.map(scenario.matches) ?? true {
                let ruleFiles = try scenario.ruleFiles.map { name in
                    let file = Self.path(of: name, beside: path)
                    return (file: file, text: try files.text(file))
                }
                let result = scenario.result(
                    ruleFiles: ruleFiles, catalog: project.catalog, services: project.services,
                    vocabulary: project.vocabulary)
                report.add(scenario, result)
            }
        }
        return report
    }

    private static func path(of name: String, beside file: String) -> String {
        let folder = (file as NSString).deletingLastPathComponent
        return folder.isEmpty || name.hasPrefix("/") ? name : "\(folder)/\(name)"
    }
}

extension ScenarioReport {
    /// `errors` when a scenario failed or a file has errors.
    public var status: ExitStatus { failed > 0 ? .errors : .done }
}
