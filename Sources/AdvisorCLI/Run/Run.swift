import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorNetwork
import AdvisorStore
import Foundation

/// One run: ingest, evaluate, apply the retention, deliver. A step that fails is reported, and the others still run.
final class Run {
    let store: Store
    let project: Project
    let options: RunOptions
    let now: Timestamp
    let log: RunLog
    let stop: StopSignal
    /// Whether it works on a copy of the store and sends nothing.
    let isRehearsal: Bool
    private let begin = ContinuousClock.now

    private static let day = Duration.seconds(86_400)
    /// Delivered alerts that are resolved stay in the store so long.
    private static let alertsKept = Duration.seconds(90 * 86_400)
    /// A run spends at most so long on it; the next run continues.
    private static let retentionLimit = Duration.seconds(30)

    init(
        store: Store, project: Project, options: RunOptions, now: Timestamp, log: RunLog, stop: StopSignal, isRehearsal: Bool
    ) {
        (self.store, self.project, self.options, self.now) = (store, project, options, now)
        (self.log, self.stop, self.isRehearsal) = (log, stop, isRehearsal)
    }

    /// Runs.
    /// - Returns: The code to end with.
    func perform() -> ExitStatus {
        var number: Int64?
        attempt("the store") { number = try store.beginRun(at: now) }
        guard number != nil else { return log.status }
        let delivery = RunDelivery(store: store, project: project, options: options, log: log, stop: stop)
        if !isRehearsal { delivery.beat(.start) }
        attempt("ingest") {
            let ingest = RunIngest(
                store: store, project: project, folder: options.location.folder, now: now, log: log, stop: stop)
            log.summary["accepted"] = .integer(try ingest.run())
        }
        if !stop.isRaised { attempt("evaluation") { try evaluate() } }
        if !stop.isRaised { attempt("retention") { try applyRetention() } }
        if !stop.isRaised { attempt("alert of the run") { try notifyFailures() } }
        if !stop.isRaised, !isRehearsal { attempt("delivery") { try delivery.send() } }
        if let number {
            if stop.isRaised { log.problem("stopped before its end; the next run goes on", .tryAgain, isFailure: false) }
            let isFailed = log.problems.contains(where: \.isFailure)
            if !isRehearsal, !stop.isRaised {
                delivery.beat(isFailed ? .fail : .success, log.problems.map(\.words).joined(separator: "\n"))
            }
            let summary = log.finish(at: now, seconds: (ContinuousClock.now - begin).seconds)
            attempt("the store") { try store.finishRun(number, at: now, status: log.status.rawValue, summary: summary) }
        }
        return log.status
    }

    private func attempt(_ step: String, _ body: () throws -> Void) {
        do { try body() } catch let end as ExitError {
            log.problem(end.message ?? "\(step) failed", end.status)
        } catch {
            log.problem(ExitStatus.words(error).replacingOccurrences(of: "advisor: ", with: ""), ExitStatus.of(error))
        }
    }

    private func evaluate() throws {
        let previous = try store.lastEvaluation()
        let result = try EvaluationPipeline(store: store, project: project, now: now).run(.record)
        guard result.isRecorded else {
            log.problem(
                "the clock says \(now), but \(previous ?? now) was evaluated already; nothing is evaluated before that time. Is the clock right?",
                .tryAgain)
            return
        }
        let changes = RunChanges(result, previous: previous)
        for change in changes.lines { log.change(change.words, change.event, change.members) }
        log.summary["changes"] = .integer(changes.lines.count)
        log.summary["alarms"] = .integer(changes.alarms)
        log.summary["notified"] = .integer(result.notificationRequests.count)
        log.summary["newest_sample"] = JSONValue(result.report.newestSample)
        if isRehearsal { for request in result.notificationRequests { show(request) } }
        if try options.failOn.fails(on: result.report) {
            log.problem("a rule of at least the severity of --fail-on is in ALARM", .findings, isFailure: false)
        }
    }

    private func show(_ request: AlertPolicy.NotificationRequest) {
        let alert = request.alert
        log.change(
            "would notify \(request.endpoints.joined(separator: ", ")): \(alert.kind.rawValue): \(alert.title)", "would_notify",
            [
                "id": .text(alert.id), "kind": .text(alert.kind.rawValue), "title": .text(alert.title),
                "receivers": JSONValue(request.endpoints),
            ])
    }

    /// Once a day, for a bounded time.
    private func applyRetention() throws {
        let key = "house-keeping"
        if let last = try store.checkpoint(key), now - last < Self.day, now >= last { return }
        let limit = ContinuousClock.now + Self.retentionLimit
        let result = try RetentionJob(
            store: store, retention: project.stack.unattended.retention, now: now,
            holds: try RetentionJob.holds(of: store, project, at: now)
        ) { [stop] in stop.isRaised || ContinuousClock.now >= limit }.run()
        try store.deleteDelivered(before: now - Self.alertsKept)
        if !result.isStopped { try store.saveCheckpoint(key, at: now) }
        let words = StoreCommand.Compact.words(result).split(separator: "\n").joined(separator: "; ")
        guard !words.isEmpty else { return }
        log.note(
            words, "retention",
            ["created": .integer(result.made), "rolled_up": .integer(result.summedUp), "dropped": .integer(result.dropped)],
            isVerbose: options.isVerbose)
    }

    /// Enqueues an alert when this run failed, and one when runs succeed again.
    private func notifyFailures() throws {
        let notificationRequests = try notifyRun(
            Self.topic(log.problems.filter(\.isFailure), at: now), project, in: store, at: now)
        if isRehearsal { notificationRequests.forEach(show) }
    }

    static func topic(_ failures: [RunLog.Problem], at now: Timestamp) -> AlertGroup {
        var topic = AlertGroup(key: "run", kind: .runFailed)
        if let first = failures.first {
            let more = failures.count == 1 ? "" : " (and \(failures.count - 1) more)"
            topic.standing = [
                AlertGroup.Fact(
                    id: "run", severity: .warning, since: now, title: "a run failed", text: first.words + more)
            ]
        }
        return topic
    }
}

/// The options that a run has.
struct RunOptions {
    var location: any ProjectLocation
    var time: TimeOption
    var failOn: FailOnOption
    var isVerbose: Bool
}

/// What an evaluation changed, one line per change.
struct RunChanges {
    struct Line {
        var words: String
        var event: String
        var members: [String: JSONValue]
    }

    private(set) var lines: [Line] = []
    /// How many rules are in ALARM.
    private(set) var alarms = 0

    /// `previous` is the newest time evaluated before; nil at the first evaluation, which reports only the alarms that are active.
    init(_ result: EvaluationOutcome, previous: Timestamp?) {
        let findings = result.report.entries.flatMap(\.findings)
        alarms = findings.count { $0.state == .alarm }
        if let previous {
            for transition in result.transitions.sorted(by: { ($0.at, $0.rule) < ($1.at, $1.rule) })
            where transition.at > previous {
                lines.append(Self.line(transition))
            }
        } else {
            for finding in findings where finding.state == .alarm {
                lines.append(
                    Self.line(
                        Transition(
                            rule: finding.rule.id, resource: finding.resource, at: finding.since ?? result.report.asOf,
                            from: .insufficientData, to: .alarm)))
            }
        }
        lines += result.recommendationChanges.filter(\.kind.isNews).map(Self.line)
    }

    private static func line(_ change: RecommendationChange) -> Line {
        Line(
            words: "\(change.at)  \(change.title): \(change.words)", event: "recommendation",
            members: [
                "at": JSONValue(change.at), "resource": .text(change.life.resource), "what": .text(change.kind.rawValue),
                "title": .text(change.title), "why": .text(change.words),
            ])
    }

    private static func line(_ transition: Transition) -> Line {
        Line(
            words:
                "\(transition.at)  \(transition.resource)  \(transition.rule)  \(transition.from.rawValue) → \(transition.to.rawValue)",
            event: "transition",
            members: [
                "at": JSONValue(transition.at), "resource": .text(transition.resource), "rule": .text(transition.rule),
                "from": .text(transition.from.rawValue), "to": .text(transition.to.rawValue),
            ])
    }
}
