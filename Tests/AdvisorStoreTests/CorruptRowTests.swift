import AdvisorCore
@testable import AdvisorStore
import AdvisorTestSupport
import Foundation
import GRDB
import Testing

/// A row that is damaged, and a function that meets it.
private struct Damage: CustomTestStringConvertible, Sendable {
    var table: String
    /// Ignores every CHECK and trigger.
    var sql: String
    var key: String
    var column: String
    var meets: @Sendable (Store) throws -> Void

    var testDescription: String { table }

    static let all = [
        Damage(table: "unit", sql: "UPDATE unit SET name = 'Furlongs' WHERE id = 1", key: "id=1", column: "name") {
            _ = try $0.read { try UnitTable.fetchAll($0) }
        },
        Damage(table: "ingest", sql: "UPDATE ingest SET records = -1 WHERE id = 1", key: "id=1", column: "records") {
            _ = try $0.read { try IngestTable.fetchAll($0) }
        },
        Damage(table: "series", sql: "UPDATE series SET dimensions = '[]'", key: "id=1", column: "dimensions") {
            _ = try $0.allSeries(before: Timestamp(milliseconds: .max))
        },
        Damage(
            table: "sample", sql: "UPDATE sample SET unit = 99 WHERE start = \(Fixtures.at(5).milliseconds)",
            key: "seriesId=1 start=\(Fixtures.at(5).milliseconds) period=300000", column: "unit"
        ) { _ = try $0.samples(of: 1, from: Fixtures.at(0), to: Fixtures.at(60)) },
        Damage(
            table: "extraStatistic", sql: "UPDATE extraStatistic SET name = ''",
            key: "seriesId=1 start=\(Fixtures.at(55).milliseconds) period=300000 name=", column: "name"
        ) { _ = try $0.samples(of: 1, from: Fixtures.at(0), to: Fixtures.at(60)) },
        Damage(
            table: "rollUp", sql: "UPDATE rollUp SET next = upTo + 1 WHERE period = 300000", key: "seriesId=1 period=300000",
            column: "next"
        ) { _ = try RetentionJob(store: $0, retention: FullStore.retention, now: Fixtures.at(90)).run() },
        Damage(
            table: "sampleChecksum",
            sql: "UPDATE sampleChecksum SET day = -1 WHERE day = (SELECT max(day) FROM sampleChecksum)",
            key: "seriesId=1 day=-1", column: "day"
        ) { _ = try $0.read { try SampleChecksumTable.fetchAll($0) } },
        Damage(
            table: "rowChecksum", sql: "UPDATE rowChecksum SET name = '' WHERE name = 'alarm'",
            key: "name= key=cpu database db", column: "name"
        ) { _ = try $0.read { try RowChecksumTable.fetchAll($0) } },
        Damage(table: "evaluation", sql: "UPDATE evaluation SET at = 1 << 62", key: "id=1", column: "at") {
            _ = try $0.lastEvaluation()
        },
        Damage(
            table: "alarm", sql: "UPDATE alarm SET state = 'NOPE'", key: "rule=cpu kind=database resource=db", column: "state"
        ) { _ = try $0.alarms() },
        Damage(
            table: "transition", sql: "UPDATE transition SET toState = 'NOPE'",
            key: "rule=cpu kind=database resource=db at=\(Fixtures.at(5).milliseconds)", column: "toState"
        ) { _ = try $0.transitions() },
        Damage(
            table: "tierChange", sql: "UPDATE tierChange SET tier = ''", key: "resource=db at=\(Fixtures.at(60).milliseconds)",
            column: "tier"
        ) { _ = try $0.tierChanges() },
        Damage(table: "recommendation", sql: "UPDATE recommendation SET steps = '{}'", key: "id=1", column: "steps") {
            _ = try $0.recommendations()
        },
        Damage(
            table: "recommendationChange", sql: "UPDATE recommendationChange SET kind = 'lost' WHERE id = 1", key: "id=1",
            column: "kind"
        ) { _ = try $0.recommendationHistory() },
        Damage(
            table: "recommendationEvidence", sql: "UPDATE recommendationEvidence SET document = '{}'", key: "id=1",
            column: "document"
        ) { _ = try $0.recommendationEvidence(of: 1) },
        Damage(table: "alertGroup", sql: "UPDATE alertGroup SET document = '{}'", key: "key=database/db", column: "document") {
            _ = try $0.openAlertGroups()
        },
        Damage(table: "receiver", sql: "UPDATE receiver SET state = 'asleep'", key: "name=boss", column: "state") {
            _ = try $0.receiverStatuses()
        },
        Damage(table: "outboxEntry", sql: "UPDATE outboxEntry SET alert = '{}' WHERE id = 1", key: "id=1", column: "alert") {
            _ = try $0.outbox(alert: "")
        },
        Damage(
            table: "deliveryAttempt", sql: "UPDATE deliveryAttempt SET outcome = 'lost'", key: "id=1", column: "outcome"
        ) { store in for entry in try store.outbox() { _ = try store.attempts(of: entry) } },
        Damage(
            table: "budgetNotification", sql: "UPDATE budgetNotification SET limitAmount = 'fifty' WHERE step = 500",
            key: "budget=monthly month=\(Fixtures.at(0).milliseconds) step=500", column: "limitAmount"
        ) { _ = try $0.budgetNotificationStates() },
        Damage(table: "billStatement", sql: "UPDATE billStatement SET month = 'May'", key: "id=1", column: "month") {
            _ = try $0.statements()
        },
        Damage(
            table: "billPart", sql: "UPDATE billPart SET firstDay = lastDay + 1", key: "statementId=1 path=", column: "lastDay"
        ) { try FullStore.bill($0) },
        Damage(
            table: "charge", sql: "UPDATE charge SET cost = '12,5'",
            key:
                "statementId=1 partId=1 day=20454 account=111122223333 service=AmazonRDS usageType=InstanceUsage:db.t4g.micro category=usage "
                + "currency=USD", column: "cost"
        ) { store in
            let month = BillingMonth(Fixtures.at(0))
            _ = try store.charges(in: month...month, services: ServiceCatalog())
        },
        Damage(table: "checkpoint", sql: "UPDATE checkpoint SET at = 1 << 62", key: "name=house-keeping", column: "at") {
            _ = try $0.checkpoint("house-keeping")
        },
        Damage(
            table: "sourceProgress", sql: "UPDATE sourceProgress SET completeUpTo = 1 << 62",
            key: "source=\(Fingerprint.of(["aws"])) seriesId=1", column: "completeUpTo"
        ) { _ = try $0.allSeries(before: Timestamp(milliseconds: .max)) },
        Damage(
            table: "watchedResource", sql: "UPDATE watchedResource SET since = 1 << 62", key: "kind=database resource=idle",
            column: "since"
        ) { _ = try $0.watchedResources() },
        Damage(
            table: "fileFingerprint", sql: "UPDATE fileFingerprint SET size = -1", key: "input=file\tcpu.csv\t", column: "size"
        ) { _ = try $0.fingerprint(of: "file\tcpu.csv\t") },
        Damage(table: "run", sql: "UPDATE run SET exitCode = 1000", key: "id=1", column: "exitCode") {
            _ = try $0.runs(limit: 1)
        },
    ]

    func apply(to store: Store) throws {
        try store.queue.writeWithoutTransaction { database in
            let triggers = try String.fetchAll(
                database, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", arguments: [table])
            for trigger in triggers { try database.execute(sql: "DROP TRIGGER \(trigger)") }
            try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \(sql)")
        }
    }
}

@Suite("Rows that do not decode")
struct CorruptRowTests {
    @Test("each table's is an error with table, key and column, and store check lists it", arguments: Damage.all)
    private func damage(_ damage: Damage) throws {
        let store = try Store(path: nil, create: true, exists: false)
        try FullStore.fill(store)
        #expect(try store.problems() == [])
        try damage.meets(store)
        try damage.apply(to: store)
        let expected = "table \(damage.table), row \(damage.key): \(damage.column): "
        let problems = try store.problems()
        #expect(problems.contains { $0.hasPrefix(expected) }, "\(problems)")
        let failure = #expect(throws: StoreFailure.self) { try damage.meets(store) }
        guard case .undecodable(_, let row) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect((row.table, row.key) == (damage.table, damage.key))
        #expect(row.problem.hasPrefix(damage.column + ": "), "\(row)")
    }

    @Test("the list of damages has every table")
    func tables() {
        let (damaged, tables) = (Damage.all.map { $0.table }, StoredTables.all.map { $0.name })
        #expect(damaged.sorted() == tables.sorted())
    }

    @Test("an alarm of an unknown state is neither skipped nor deleted by an evaluation")
    func kept() throws {
        let store = try Store(path: nil, create: true, exists: false)
        try FullStore.fill(store)
        try Damage(table: "alarm", sql: "UPDATE alarm SET state = 'NOPE'", key: "", column: "state") { _ in }.apply(to: store)
        let commit = EvaluationCommit(at: Fixtures.at(90), generation: try store.generation())
        #expect(throws: StoreFailure.self) { try store.commit(commit) }
        #expect(try store.read { try String.fetchAll($0, sql: "SELECT state FROM alarm") } == ["NOPE"])
    }
}
