import AdvisorCore
import AdvisorEngine
import ArgumentParser

/// The time that a command evaluates as of.
struct TimeOption: ParsableArguments {
    @Option(help: ArgumentHelp("Evaluate as of this time (default: now).", valueName: "time"))
    var now: Timestamp?

    /// The clock's time, in whole seconds.
    private static var clock: Timestamp { CommandEnvironment.current.clock().floored(to: .seconds(1)) }

    /// `--now`, or the time of `ADVISOR_NOW`; nil for the clock's.
    func given() throws -> Timestamp? {
        if let now { return now }
        guard let text = Console.environment("ADVISOR_NOW") else { return nil }
        do { return try Timestamp(parsing: text) } catch { throw ExitError(.usage, "advisor: ADVISOR_NOW: \(error.message)") }
    }

    func time() throws -> Timestamp { try given() ?? Self.clock }

    /// The time up to which something is recorded: an evaluation as of an earlier time is not recorded afterwards.
    func recordingTime() throws -> Timestamp {
        let now = try time()
        if try given() != nil, now > Self.clock + .seconds(86_400) {
            throw ExitError(
                .usage,
                "advisor: --now \(now) is later than the clock, \(Self.clock): no earlier time could be evaluated afterwards; `advisor report --now` looks ahead without recording"
            )
        }
        return now
    }
}

/// Whether the clock is trusted.
struct ClockOption: ParsableArguments {
    @Flag(
        name: .customLong("accept-clock"),
        help: "Record although the clock is long after everything stored: it was checked.")
    var acceptClock = false

    var trust: ClockCheck.Trust { acceptClock ? .confirmed : .checked }
}
