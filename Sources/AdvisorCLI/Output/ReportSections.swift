import AdvisorCore
import AdvisorFormats
import ArgumentParser

/// What a report shows besides what to do and why.
struct ReportSections: ParsableArguments {
    @Flag(help: "Show the whole bill, now and after, line by line with its sources.")
    var bill = false
    @Flag(help: "Show how to do each step: commands, code, downtime, rollback.")
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
