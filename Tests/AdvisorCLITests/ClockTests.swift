import AdvisorTestSupport
import Foundation
import Testing

/// Runs whose clock is wrong.
@Suite("Wrong clocks")
struct ClockTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let rules = """
            rules:
              - { id: cpu-high, title: CPU above 80 %, applies_to: database, when: avg(cpu) > 80% }
            """
        _ = try folder.write(rules, to: "only/rules.yaml")
        let stack = """
            resources: [{ id: db, kind: database }]
            ingest: [exports/]
            alerts: { stale_after: never, repeat: never }
            retention: { 1m: 15d, 5m: 63d, 1h: 455d }
            webhooks: [{ name: file, format: file, path: alerts.jsonl }]

            """
        _ = try folder.write(stack, to: "advisor.yaml")
        try export("2023-01-01", 0..<48, high: 12..<24)
    }

    /// Five-minute averages of a day, by their number.
    private func export(_ day: String, _ numbers: Range<Int>, high: Range<Int>) throws {
        let lines = numbers.map { number in
            let (hour, minute) = (String(format: "%02d", number / 12), String(format: "%02d", number % 12 * 5))
            return "\(day)T\(hour):\(minute):00Z,cpu,db,\(high.contains(number) ? 90 : 50),300"
        }
        let text = (["timestamp,metric,resource,value,period"] + lines).joined(separator: "\n") + "\n"
        _ = try folder.write(text, to: "exports/\(day)-\(numbers.lowerBound).csv")
    }

    private func run(_ time: String, _ arguments: [String] = []) throws -> Program.Run {
        try Program.run(["run", "--rules", "only", "--now", time] + arguments, in: folder.url)
    }

    private func sql(_ text: String) throws -> String {
        try SQLiteShell.run(text, on: folder.url.appending(path: "advisor.db").path)
    }

    private static let kinds = "SELECT json_extract(alert, '$.kind') FROM outboxEntry ORDER BY id"

    @Test(
        "a time long after everything stored records and deletes nothing: 71, and the next run goes on",
        arguments: ["2023-01-02T09:00:00Z", "2025-01-01T04:00:00Z"])
    func ahead(_ wrong: String) throws {
        for time in ["00:30", "01:00", "01:30", "02:15", "04:00"] { _ = try run("2023-01-01T\(time):00Z") }
        let samples = try sql("SELECT count(*), sum(period) FROM sample")
        let before = try sql(Self.kinds)
        let ahead = try run(wrong)
        #expect(ahead.status == 71)
        #expect(ahead.errors.contains("confirm it once with --accept-clock"))
        #expect(try sql("SELECT count(*), sum(period) FROM sample") == samples)
        #expect(try sql("SELECT count(*) FROM evaluation") == "5\n")
        try export("2023-01-01", 48..<60, high: 48..<60)
        let next = try run("2023-01-01T05:00:10Z")
        #expect((next.status, next.output) == (0, "2023-01-01T04:05:00Z  db  cpu-high  OK → ALARM\n"))
        #expect(try sql(Self.kinds) == before + "run_failed\nalarm\nresolved\n")
    }

    @Test("three runs in a row that evaluate nothing are urgent, once, and over with the next that does")
    func idle() throws {
        for time in ["00:30", "01:00"] { _ = try run("2023-01-01T\(time):00Z") }
        for _ in 0..<4 { #expect(try run("2025-01-01T00:00:00Z").status == 71) }
        let alerts = """
            SELECT json_extract(alert, '$.kind'), json_extract(alert, '$.severity') FROM outboxEntry WHERE groupKey = 'run' ORDER BY id
            """
        #expect(try sql(alerts) == "run_failed|warning\nrun_failed|critical\n")
        #expect(try run("2023-01-01T01:04:00Z").status == 0)
        #expect(try sql(alerts) == "run_failed|warning\nrun_failed|critical\nresolved|critical\n")
    }

    @Test("new samples of that time, or a person, confirm it; even then nothing is deleted at once")
    func confirmed() throws {
        _ = try run("2023-01-01T04:00:00Z")
        try export("2025-01-01", 0..<12, high: 0..<0)
        #expect(try run("2025-01-01T01:00:00Z").status == 0)
        #expect(try sql("SELECT count(*) FROM sample") == "60\n")
        #expect(try run("2025-01-03T12:00:00Z").status == 71)
        #expect(try run("2025-01-03T12:00:00Z", ["--accept-clock"]).status == 0)
        #expect(try sql("SELECT count(*) FROM sample") == "60\n")
    }

    @Test("ages are counted from the newest sample, whatever the clock says")
    func retention() throws {
        _ = try run("2023-01-01T04:00:00Z")
        let compacted = try Program.run(["store", "compact", "--now", "2026-01-01T00:00:00Z"], in: folder.url)
        #expect(compacted.status == 0)
        #expect(try sql("SELECT count(*) FROM sample") == "48\n")
    }

    @Test("rewind goes back: the next run goes on, nothing is evaluated or notified twice")
    func rewind() throws {
        for time in ["00:30", "01:30", "02:15", "04:00"] { _ = try run("2023-01-01T\(time):00Z") }
        #expect(try sql(Self.kinds) == "alarm\nresolved\n")
        let transitions = try sql("SELECT * FROM transition ORDER BY at")
        #expect(try run("2025-01-01T04:00:00Z", ["--accept-clock"]).status == 0)
        #expect(try run("2023-01-01T04:15:00Z").status == 71)
        let rewound = try Program.run(["store", "rewind", "--to", "2023-01-01T01:15:00Z"], in: folder.url)
        #expect(rewound.status == 0)
        #expect(rewound.output.hasPrefix("removed 4 evaluations and "))
        #expect(try Program.run(["store", "check"], in: folder.url).status == 0)
        #expect(try sql("SELECT max(at) <= \(1_672_535_700_000) FROM evaluation") == "1\n")
        let alerts = try sql("SELECT count(*) FROM outboxEntry WHERE groupKey = 'database/db'")
        let next = try run("2023-01-01T04:00:00Z")
        #expect(next.status == 0)
        #expect(try sql("SELECT * FROM transition ORDER BY at") == transitions)
        #expect(
            try sql("SELECT count(*) FROM outboxEntry WHERE groupKey = 'database/db'") == alerts)
        let late = try Program.run(["store", "rewind", "--to", "2999-01-01T00:00:00Z"], in: folder.url)
        #expect(late.status == 64)
    }
}
