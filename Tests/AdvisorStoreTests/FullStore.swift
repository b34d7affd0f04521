import AdvisorCore
@testable import AdvisorStore
import AdvisorTestSupport
import Foundation

/// A store with rows in every table.
enum FullStore {
    static let evaluatedAt = Fixtures.at(60)

    static let retention = Retention(minutes: .seconds(86_400), fiveMinutes: .seconds(60 * 86_400), hours: nil)

    static func fill(_ store: Store) throws {
        var samples = (0..<12).map { Fixtures.value($0 * 5, 90) }
        samples[11].extras = [ExtraStatistic(name: "p99", value: 99)]
        try store.ingest(samples)
        try evaluation(store)
        try delivery(store)
        try bill(store)
        // Two samples that are rolled up, one of a month ago in minutes.
        let old = (0..<10).map { Fixtures.value($0 - 60 * 24 * 30, 50, period: .seconds(60)) }
        try store.ingest(old)
        _ = try RetentionJob(store: store, retention: retention, now: evaluatedAt).run()
        try store.saveCheckpoint("house-keeping", at: evaluatedAt)
        try store.saveProgress(of: "aws", series: [1]) { _, _ in
            SourceProgress(completeUpTo: evaluatedAt, cadence: .seconds(3600))
        }
        try store.saveFingerprint(FileFingerprint(size: 10, modified: 20, inode: 30), of: "file\tcpu.csv\t")
        let run = try store.beginRun(at: evaluatedAt)
        try store.finishRun(run, at: Fixtures.at(61), status: 0, summary: "{}", hasEvaluated: true)
    }

    private static func evaluation(_ store: Store) throws {
        var commit = EvaluationCommit(at: evaluatedAt, generation: try store.generation())
        let key = AlarmRecord.Key(rule: "cpu", kind: .database, resource: "db")
        var record = AlarmRecord(key: key, definition: "avg(cpu) > 80%")
        (record.alarm.state, record.alarm.since, record.alarm.evaluatedUpTo) = (.alarm, Fixtures.at(5), evaluatedAt)
        record.transitions = [Transition(rule: "cpu", resource: "db", at: Fixtures.at(5), from: .insufficientData, to: .alarm)]
        commit.alarms = [record]
        let summary = RecommendationSummary(
            steps: [RecommendationSummary.Step(action: .move, from: .tier(id: "db.t4g.micro"), to: .tier(id: "db.t4g.small"))],
            rules: ["cpu"],
            severity: .warning, before: Money(text: "13.98"), after: Money(text: "25.66"))
        var recommendation = RecommendationRecord(kind: .database, resource: "db", summary: summary, at: evaluatedAt)
        recommendation.id = 1
        commit.recommendations = [recommendation]
        commit.recommendationChanges = [
            RecommendationChange(.opened, at: evaluatedAt, from: nil, life: recommendation, reason: .recommended(rules: ["cpu"]))
        ]
        var budget = BudgetNotificationState(budget: "monthly", month: evaluatedAt.startOfMonth, limit: 50)
        (budget.steps[500], budget.forecastSince) = (evaluatedAt, evaluatedAt)
        commit.budgets = [budget]
        var resource = Stack.Resource(id: "db", kind: .database)
        resource.tier = "db.t4g.micro"
        commit.resources = [resource]
        commit.watched = [ResourceKey(kind: .database, resource: "idle")]
        commit.notifications = notifications
        guard case .committed = try store.commit(commit) else { throw StoreFailure.busy(path: store.path) }
        _ = try store.act(.claim(by: "kim"), on: 1, evidence: try EvidenceSnapshot(json: evidence), at: evaluatedAt)
    }

    private static var notifications: NotificationCommit {
        var stack = Stack()
        stack.webhooks = [Stack.Receiver(name: "team", format: .file), Stack.Receiver(name: "boss", format: .file)]
        var group = AlertGroup(key: "database/db", kind: .alarm, resource: "db", resourceKind: .database)
        group.standing = [
            AlertGroup.Fact(
                id: "cpu", severity: .warning, since: Fixtures.at(5), reason: .rule("CPU above 80 %", says: "CPU 90 %"))
        ]
        var state = AlertGroupState(kind: .alarm, resource: "db")
        var commit = NotificationCommit()
        commit.requests = AlertPolicy(stack: stack, previous: nil, now: evaluatedAt).advance(&state, group)
        commit.groups = [group.key: state]
        return commit
    }

    private static func delivery(_ store: Store) throws {
        guard let entry = try store.claim(receiver: "team", now: evaluatedAt, for: .seconds(60), lease: "lease") else { return }
        let attempt = DeliveryAttempt(at: evaluatedAt, outcome: .retry, took: .milliseconds(12), reason: "503")
        try store.markRetry(entry, attempt, next: Fixtures.at(65))
        try store.disable(receiver: "boss", because: "410 Gone", at: evaluatedAt)
    }

    /// Imports a bill of one line.
    static func bill(_ store: Store) throws {
        let writer = try ChargeWriter(store: store, at: evaluatedAt)
        writer.beginFile()
        let key = BillKey(source: .focus, provider: "AWS", payer: nil, month: BillingMonth(evaluatedAt))
        let line = ChargeBatch.Line(
            bill: key, day: evaluatedAt.date.daysSinceEpoch, account: "111122223333", service: "AmazonRDS",
            usageType: "InstanceUsage:db.t4g.micro", category: .usage, currency: "USD", cost: 384_000_000, unit: "Hrs")
        try writer.write(ChargeBatch(lines: [line]))
        writer.endFile(isWhole: true)
        _ = try writer.finish()
    }

    private static let evidence = """
        {"schema": "advisor.evidence/1", "taken_at": "2026-01-01T01:00:00Z", "resource": "db", "kind": "database", "headline": "move",
        "steps": [], "facts": {}, "rules": [], "reasons": [], "before": [], "after": [], "region": "us-east-1",
        "prices_version": "1", "samples_version": "1"}
        """
}
