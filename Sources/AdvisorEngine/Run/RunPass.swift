public import AdvisorCore
internal import AdvisorNetwork
public import AdvisorStore
internal import Foundation

/// One run: ingests what is listed, evaluates, applies the retention, delivers. When a step fails the others go on.
public final class RunPass {
    let store: Store
    let project: Project
    let now: Timestamp
    let environment: RunEnvironment
    /// The least severity of a rule in ALARM that makes the run end with `findings`; nil for never.
    private let failOn: Severity?
    private let trust: ClockCheck.Trust
    /// The clock after the ingest and before the evaluation; nil before.
    private var clock: ClockCheck?
    /// When the run failed, if not at its own time, which is wrong.
    private var failedAt: Timestamp?
    private var summary: RunSummary
    /// Pairs the heartbeat's start with its end.
    let pingID = UUID().uuidString.lowercased()

    private static let day = Duration.seconds(86_400)
    /// The name of the retention's checkpoint.
    private static let retentionCheckpoint = "house-keeping"
    /// Alerts that were delivered and are over are kept so long.
    private static let alertsKept = Duration.seconds(90 * 86_400)
    /// So many runs in a row that evaluate nothing are urgent.
    private static let idleRuns = 3
    /// The retention goes on with the next run after so long.
    private static let retentionLimit = Duration.seconds(30)

    /// Creates a run as of `now`.
    public init(
        store: Store, project: Project, now: Timestamp, trust: ClockCheck.Trust = .checked, failOn: Severity?,
        environment: RunEnvironment
    ) {
        (self.store, self.project, self.now, self.trust) = (store, project, now, trust)
        (self.failOn, self.environment) = (failOn, environment)
        summary = RunSummary(asOf: now)
    }

    /// Runs all steps.
    /// - Returns: What was done; problems are in it.
    public func run() -> RunSummary {
        let begin = ContinuousClock.now
        var number: Int64?
        attempt("the store") { number = try store.beginRun(at: now) }
        guard let number else { return summary }
        ping(.start)
        let steps: [(name: String, body: () throws -> Void)] = [
            ("ingest", { try self.ingest() }), ("evaluation", { try self.evaluate() }),
            ("retention", { try self.applyRetention() }), ("backup", { if self.clock != nil { try self.backUp() } }),
        ]
        attempt("check of the store") {
            guard try self.checkStore() else { return }
            for step in steps where !environment.isStopped() { attempt(step.name, step.body) }
        }
        if !environment.isStopped() { attempt("alert of the run") { try self.notifyFailures() } }
        if !environment.isStopped() { attempt("delivery") { try self.deliver() } }
        if environment.isStopped() {
            add(RunProblem(.tryAgain, "stopped before its end; the next run goes on", isFailure: false))
        } else {
            let isFailed = summary.problems.contains(where: \.isFailure)
            ping(isFailed ? .fail : .success, summary.problems.map(\.message).joined(separator: "\n"))
        }
        summary.seconds = (ContinuousClock.now - begin).seconds
        environment.report(.finished(summary))
        attempt("the store") {
            try store.finishRun(
                number, at: now, status: summary.status.rawValue, summary: summary.json.line(),
                hasEvaluated: summary.changes != nil)
        }
        return summary
    }

    private func attempt(_ step: String, _ body: () throws -> Void) {
        do { try body() } catch {
            add(RunProblem(error, in: step))
            // One row that does not decode: are there more?
            if case .undecodable = error as? StoreFailure { _ = try? isDamaged() }
        }
    }

    /// Adds a problem and reports it.
    func add(_ problem: RunProblem) {
        summary.problems.append(problem)
        environment.report(.problem(problem))
    }

    private func ingest() throws {
        let ingest = ConfiguredIngest(
            store: store, project: project, now: now, trust: trust, environment: environment, addProblem: add)
        summary.accepted = try ingest.run()
    }

    private func evaluate() throws {
        let clock = try ClockCheck(store, now: now)
        guard trust == .confirmed || clock.isPlausible else {
            failedAt = clock.lastEvaluation
            return add(RunProblem(.clock, clock.problem))
        }
        let previous = clock.lastEvaluation
        let result = try EvaluationPipeline(
            store: store, project: project, now: now
        ).run(.record)
        guard result.isRecorded else {
            let time = previous ?? now
            return add(
                RunProblem(
                    .clock,
                    "the clock says \(now), but \(time) was evaluated already; nothing is evaluated before that time. Is the clock right?"
                ))
        }
        self.clock = clock
        let news = result.news(since: previous)
        news.forEach(environment.report)
        summary.changes = news.count
        summary.alarms = result.report.entries.reduce(0) { $0 + $1.findings.count { $0.state == .alarm } }
        summary.notified = result.notificationRequests.count
        summary.ignoredResources = result.report.ignoredResources
        summary.newestSample = result.report.newestSample
        reportRehearsed(result.notificationRequests)
        if let failOn, result.report.hasAlarm(atLeast: failOn) {
            add(RunProblem(.findings, "a rule or a budget of at least the severity of --fail-on is in ALARM", isFailure: false))
        }
    }

    private func reportRehearsed(_ requests: [AlertPolicy.NotificationRequest]) {
        switch environment.mode {
        case .live: break
        case .rehearsal: for request in requests { environment.report(.wouldNotify(request)) }
        }
    }

    /// Applies the retention once a day, for a limited time, if something was evaluated and the clock seems right.
    private func applyRetention() throws {
        guard let clock, clock.permitsDeletion, let newest = clock.newestSample else { return }
        if let last = try store.checkpoint(Self.retentionCheckpoint), now - last < Self.day, now >= last { return }
        let limit = ContinuousClock.now + Self.retentionLimit
        let result = try RetentionJob(
            store: store, retention: project.stack.unattended.retention, now: now,
            holds: try RetentionJob.holds(of: store, project, at: now)
        ) { [isStopped = environment.isStopped] in isStopped() || ContinuousClock.now >= limit }.run()
        try store.deleteDelivered(before: min(now, newest) - Self.alertsKept)
        if !result.isStopped { try store.saveCheckpoint(Self.retentionCheckpoint, at: now) }
        environment.report(.retained(result))
    }

    /// Notifies that this run failed, or that runs succeed again.
    private func notifyFailures() throws {
        let time = failedAt ?? now
        var group = Self.group(of: summary.problems.filter(\.isFailure), at: time)
        if let problem = summary.problems.first(where: \.isFailure), try isIdle() {
            let text = "\(Self.idleRuns) runs in a row evaluated nothing: \(problem.message)"
            group.standing.append(
                AlertGroup.Fact(id: "idle", severity: .critical, since: time, reason: .runFailed(problem: text, others: 0)))
        }
        reportRehearsed(try notifyRun(group, project, in: store, at: time))
    }

    /// Whether this run and those before it evaluated nothing, so that no alarm would be notified.
    private func isIdle() throws -> Bool {
        guard summary.changes == nil else { return false }
        let earlier = try store.runs(limit: Self.idleRuns).dropFirst()
        return earlier.count == Self.idleRuns - 1 && !earlier.contains(where: \.hasEvaluated)
    }

    private func deliver() throws {
        switch environment.mode {
        case .live: summary.delivered = try send()
        case .rehearsal: break
        }
    }

    /// The alert group of failed runs.
    static func group(of failures: [RunProblem], at now: Timestamp) -> AlertGroup {
        var group = AlertGroup(key: "run", kind: .runFailed)
        if let first = failures.first {
            group.standing = [
                AlertGroup.Fact(
                    id: "run", severity: .warning, since: now,
                    reason: .runFailed(problem: first.message, others: failures.count - 1))
            ]
        }
        return group
    }
}

/// Notifies that runs cannot start because the configuration has errors; what could be read of it says whom.
/// - Throws: `StoreFailure`.
public func notifyConfigurationError(
    _ message: String, _ project: Project, in store: Store, at now: Timestamp
) throws {
    let problem = RunProblem(.configuration, message)
    try notifyRun(RunPass.group(of: [problem], at: now), project, in: store, at: now)
}
