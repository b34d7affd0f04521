import AdvisorCore
import AdvisorFormats
import ArgumentParser

/// What a report shows besides what to do and why.
struct ReportSections: ParsableArguments {
    @Flag(help: "The whole stack's bill now and afterwards, line by line, with its sources.")
    var bill = false
    @Flag(help: "How each step is done: commands, code, downtime, way back, best hour.")
    var steps = false

    /// Puts what was asked for into the report.
    func add(to report: inout Report, _ project: Project) {
        guard steps else { return }
        let runbook = Runbook(stack: project.stack, catalog: project.catalog)
        var procedures: [String: [Procedure]] = [:]
        for entry in report.entries {
            guard let summary = RecommendationSummary(entry) else { continue }
            procedures[entry.resource.id] = runbook.procedures(
                summary.steps, for: entry.resource, quiet: report.quietHours[entry.resource.id])
        }
        report.procedures = procedures
    }
}
