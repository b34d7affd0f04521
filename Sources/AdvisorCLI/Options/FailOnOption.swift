import AdvisorCore
import AdvisorEngine
import ArgumentParser

/// Whether alarms end the command with 1.
struct FailOnOption: ParsableArguments {
    @Option(
        name: .customLong("fail-on"),
        help: ArgumentHelp(
            "Exit with 1 if a rule or a budget of at least this severity is in ALARM: \(Severity.list).", valueName: "severity"))
    var failOn: Severity?

    /// Exits with 1 when the report has such an alarm.
    func check(_ report: Report) throws {
        if try fails(on: report) { throw ExitError(.findings) }
    }

    /// Whether the report has such an alarm.
    func fails(on report: Report) throws -> Bool {
        try severity().map(report.hasAlarm(atLeast:)) ?? false
    }

    /// The least severity that ends the command with 1; nil for never.
    func severity() throws -> Severity? {
        if let failOn { return failOn }
        guard let text = Console.environment("ADVISOR_FAIL_ON") else { return nil }
        do { return try Severity(parsing: text) } catch { throw ExitError(.usage, "advisor: ADVISOR_FAIL_ON: \(error.message)") }
    }
}
