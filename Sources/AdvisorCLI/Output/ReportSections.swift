import AdvisorCore
import ArgumentParser

/// The optional sections of a report.
struct ReportSections: ParsableArguments {
    @Flag(help: "Show the whole bill, now and after, line by line with its sources.")
    var bill = false
    @Flag(help: "Show how to do each step: commands, code, downtime, rollback.")
    var steps = false

    /// What the report shows besides what to do and why.
    var selected: Set<ReportSection> { steps ? [.procedures] : [] }
}
