import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

/// A damaged row, and a command that meets it.
private struct DamagedRow: CustomTestStringConvertible, Sendable {
    var table: String
    var sql: String
    var command: [String]

    var testDescription: String { "\(table): \(command.joined(separator: " "))" }

    init(_ table: String, _ change: String, _ command: String...) {
        (self.table, sql, self.command) = (table, "UPDATE \(table) SET \(change)", command)
    }

    static let all = [
        DamagedRow("series", "dimensions = '[]'", "report"), DamagedRow("sample", "unit = 99", "report"),
        DamagedRow("extraStatistic", "name = ''", "report"), DamagedRow("rollUp", "next = upTo + 1", "store", "compact"),
        DamagedRow("evaluation", "at = 1 << 62", "report"), DamagedRow("alarm", "state = 'NOPE'", "report"),
        DamagedRow("alarm", "state = 'NOPE'", "evaluate"), DamagedRow("tierChange", "tier = ''", "report"),
        DamagedRow("recommendation", "steps = '{}'", "recommendations", "list"),
        DamagedRow("recommendation", "state = 'lost'", "evaluate"),
        DamagedRow("recommendationChange", "kind = 'lost'", "recommendations", "show", "1"),
        DamagedRow("recommendationEvidence", "document = '{}'", "recommendations", "show", "1"),
        DamagedRow("alertGroup", "document = '{}'", "evaluate"), DamagedRow("alertGroup", "kind = 'lost'", "status"),
        DamagedRow("receiver", "state = 'asleep'", "status"), DamagedRow("receiver", "state = 'asleep'", "deliver"),
        DamagedRow("outboxEntry", "alert = '{}'", "alerts", "list"), DamagedRow("outboxEntry", "alert = '{}'", "deliver"),
        DamagedRow("outboxEntry", "state = 'lost'", "status"),
        DamagedRow("deliveryAttempt", "outcome = 'lost'", "alerts", "show", "ALERT"),
        DamagedRow("budgetNotification", "limitAmount = 'fifty'", "report"),
        DamagedRow("billStatement", "month = '2026-0'", "evaluate"), DamagedRow("charge", "cost = '12,5'", "report"),
        DamagedRow("billPart", "lines = -1", "ingest", "bill.csv"),
        DamagedRow("checkpoint", "at = 1 << 62", "run"), DamagedRow("fileFingerprint", "size = -1", "run"),
        DamagedRow("run", "exitCode = 1000", "status"),
    ]
}

@Suite("Commands on a store with a row that does not decode")
struct DamagedStoreTests {
    private let folder: TemporaryFolder

    /// A store with rows in every table, of which one file was read by `run`.
    init() throws {
        folder = try TemporaryFolder()
        let fixture = Program.repository.appending(path: "Tests/Fixtures/store/v1.db")
        let file = folder.url.appending(path: "advisor.db")
        try FileManager.default.copyItem(at: fixture, to: file)
        // The newest schema: rows that do not decode are met by commands, not by migrations.
        _ = try Store(path: file.path, create: false, exists: true)
        _ = try folder.write("timestamp,metric,resource,value,period\n2026-01-01T01:00:00Z,cpu,db,50,300\n", to: "exports/a.csv")
        _ = try folder.write(
            """
            BilledCost,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,ProviderName,ServiceName
            1,USD,2026-01-01T00:00:00Z,Usage,2026-01-01T00:00:00Z,AWS,AWS Lambda

            """, to: "bill.csv")
        _ = try folder.write(
            """
            resources: [{ id: db, kind: database, tier: db.t4g.micro }]
            ingest: [exports/]
            webhooks:
              - { name: team, format: file, path: team.jsonl }
              - { name: boss, format: file, path: boss.jsonl }

            """, to: "advisor.yaml")
    }

    private func run(_ arguments: [String], at time: String = "01:30:00") throws -> Program.Run {
        try Program.run(arguments, in: folder.url, environment: ["ADVISOR_NOW": "2026-01-01T\(time)Z"])
    }

    @discardableResult
    private func sql(_ text: String) throws -> String {
        let path = folder.url.appending(path: "advisor.db").path
        return try SQLiteShell.run(text, on: path).trimmingCharacters(in: .newlines)
    }

    @Test("each ends with 74 and names the row, as does store check", arguments: SlowTests.cases(DamagedRow.all, quick: 12))
    private func damaged(_ row: DamagedRow) throws {
        if row.command == ["run"] { _ = try run(["run"], at: "01:20:00") }
        let alert = try sql("SELECT alertId FROM outboxEntry JOIN deliveryAttempt ON entryId = outboxEntry.id")
        let triggers = try sql("SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_master WHERE type = 'trigger'")
        try sql("PRAGMA ignore_check_constraints = ON; \(triggers) \(row.sql);")
        let met = try run(row.command.map { $0 == "ALERT" ? alert : $0 })
        #expect(met.status == 74, "\(met.output)\(met.errors)")
        #expect(met.errors.contains("damaged store: table \(row.table), row "), "\(met.errors)")
        let check = try run(["store", "check"])
        #expect(check.status == 74)
        #expect(check.output.contains("table \(row.table), row "), "\(check.output)")
    }
}
