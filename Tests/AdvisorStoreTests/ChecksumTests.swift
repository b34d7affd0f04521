import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorStore

@Suite("Checksums of values")
struct ChecksumTests {
    private let temporary: TemporaryStore
    private let store: Store

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
        try FullStore.fill(store)
    }

    @Test("whatever writes keeps them: ingests, late and replaced samples, percentiles, roll-up, deliveries, rewinds")
    func kept() throws {
        #expect(try store.quickProblems() == [])
        var sample = Fixtures.value(10, 50)
        sample.extras = [ExtraStatistic(name: "p99", value: 99), ExtraStatistic(name: "p50", value: -0.0)]
        try store.ingest([sample, Fixtures.value(-3000, 1)])
        try store.ingest([Fixtures.value(10, 51), Fixtures.value(12, 52)])  // another phase: it replaces the first
        #expect(try store.quickProblems() == [])
        let now = FullStore.evaluatedAt + .seconds(3600)
        let entry = try store.claim(receiver: "team", now: now, for: .seconds(50), lease: "a")
        if let entry {
            let attempt = DeliveryAttempt(at: now, outcome: .delivered, took: .zero, reason: "ok")
            try store.markDelivered(entry, attempt, now: now)
        }
        #expect(entry != nil)
        #expect(try store.quickProblems() == [])
        _ = try RetentionJob(
            store: store, retention: FullStore.retention, now: now + .seconds(70 * 86_400)
        ).run()
        #expect(try store.quickProblems() == [])
        _ = try store.rewind(to: Fixtures.at(-1), now: Fixtures.at(0))
        #expect(try store.quickProblems() == [])
        try store.vacuum()
        #expect(try store.problems() == [])
    }

    @Test(
        "a value that another program changed is noticed until it is accepted",
        arguments: [
            "UPDATE sample SET count = count + 1 WHERE start = (SELECT max(start) FROM sample)",
            "UPDATE sample SET sum = sum + 1e-9 WHERE start = (SELECT min(start) FROM sample)",
            "DELETE FROM sample WHERE start = (SELECT max(start) FROM sample)",
            "UPDATE sample SET start = start + 1 WHERE start = (SELECT max(start) FROM sample)",
            "UPDATE extraStatistic SET value = 98", "DELETE FROM sampleChecksum",
            "UPDATE alarm SET state = 'OK', leftAlarm = 1", "UPDATE alarm SET since = since + 1",
            "UPDATE recommendation SET severity = 'info'", "DELETE FROM outboxEntry WHERE state = 'held'",
            "UPDATE outboxEntry SET alert = json_set(alert, '$.severity', 'info')", "UPDATE alertGroup SET notifiedAt = 1",
        ])
    func noticed(_ sql: String) throws {
        try temporary.sql(sql)
        let problems = try store.quickProblems()
        #expect(problems.count == 1, "\(problems)")
        try store.acceptValues()
        #expect(try store.quickProblems() == [])
    }
}
