import AdvisorTestSupport
import Foundation
import Glibc
import Testing

@Suite("advisor run")
struct RunTests {
    private let folder: TemporaryFolder
    private static let rules = """
        rules:
          - id: cpu-high
            title: CPU above 80 %
            applies_to: database
            when: avg(cpu) > 80%
            summary: "CPU {value}, limit {threshold}"
        """
    private static let stack = """
        resources: [{ id: db, kind: database }]
        ingest: [exports/]
        alerts: { stale_after: never }
        webhooks: [{ name: file, format: file, path: alerts.jsonl }]

        """

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(Self.rules, to: "only/rules.yaml")
        _ = try folder.write(Self.stack, to: "advisor.yaml")
        try export(0..<12, 50)
    }

    /// Five-minute averages of the hour from 2026-01-01T00:00:00Z on, by their number.
    private func export(_ numbers: Range<Int>, _ value: Double) throws {
        let lines = numbers.map { number in
            "2026-01-01T\(number / 12 < 10 ? "0" : "")\(number / 12):\(number % 12 < 2 ? "0" : "")\(number % 12 * 5):00Z,cpu,db,\(value),300"
        }
        let text = (["timestamp,metric,resource,value,period"] + lines).joined(separator: "\n") + "\n"
        _ = try folder.write(text, to: "exports/\(numbers.lowerBound).csv")
    }

    private func run(_ time: String, _ arguments: [String] = [], in place: URL? = nil) throws -> Program.Run {
        try Program.run(["run", "--rules", "only", "--now", "2026-01-01T\(time)Z"] + arguments, in: place ?? folder.url)
    }

    private func sql(_ text: String) throws -> String {
        try SQLiteShell.run(text, on: folder.url.appending(path: "advisor.db").path)
    }

    private static let alerts = """
        SELECT json_extract(alert, '$.kind'), content.key, json_extract(content.value, '$.target'),
            
            (SELECT key FROM json_each(content.value, '$.reason')), datetime(json_extract(alert, '$.at'))
        FROM outboxEntry, json_each(alert, '$.content') AS content ORDER BY outboxEntry.id
        """

    @Test("neither store nor stack file: nothing is made, 78")
    func nothing() throws {
        let empty = try TemporaryFolder()
        let run = try Program.run(["run"], in: empty.url)
        #expect(run.status == 78)
        #expect(run.errors.hasPrefix("advisor: neither advisor.db nor advisor.yaml exists;"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: empty.url.path).isEmpty)
    }

    @Test("silent when nothing changed, a line a change, and one alert a change")
    func changes() throws {
        let first = try run("01:00:10")
        #expect((first.status, first.output, first.errors) == (0, "", ""))
        try export(12..<15, 90)
        let second = try run("01:15:10")
        #expect(second.output == "2026-01-01T01:05:00Z  db  cpu-high  OK → ALARM\n")
        #expect(try run("01:15:20").output.isEmpty)
        try export(15..<18, 40)
        let third = try run("01:30:10")
        #expect(third.output == "2026-01-01T01:20:00Z  db  cpu-high  ALARM → OK\n")
        #expect(third.errors.isEmpty)
        #expect(
            try sql(Self.alerts)
                == "alarm|firing|db|rule_in_alarm|2026-01-01 01:05:00\nresolved|resolved|db|rule_in_alarm|2026-01-01 01:20:00\n"
        )
    }

    @Test("runs that were missed are made up for, in order; past alarms are not notified")
    func missed() throws {
        try export(0..<3, 95)
        try export(3..<12, 50)
        #expect(try run("01:00:10").output.isEmpty)
        try export(12..<15, 90)
        try export(15..<18, 40)
        try export(18..<24, 85)
        let run = try run("02:00:10")
        #expect(run.output.split(separator: "\n").count == 3)
        #expect(
            try sql(Self.alerts).split(separator: "\n").map { $0.split(separator: "|")[0] } == ["resolved", "alarm"])
        try export(60..<61, 50)
        #expect(try self.run("05:10:00").status == 0)
        #expect(try sql("SELECT count(*) FROM outboxEntry") == "3\n")
    }

    @Test("the first run tells what stands, and nothing else")
    func first() throws {
        try export(0..<6, 90)
        try export(6..<9, 50)
        try export(9..<12, 90)
        #expect(try run("01:00:10").output == "2026-01-01T00:50:00Z  db  cpu-high  INSUFFICIENT_DATA → ALARM\n")
        #expect(try sql(Self.alerts) == "alarm|firing|db|rule_in_alarm|2026-01-01 00:50:00\n")
    }

    @Test("files that did not change are not read again")
    func unchanged() throws {
        func ingested(_ time: String) throws -> [String] {
            try run(time, ["--log-format", "json"]).output.split(separator: "\n").filter { $0.contains(#""event":"ingested""#) }
                .map(String.init)
        }
        #expect(try ingested("01:00:10").count == 1)
        _ = try sql("DELETE FROM sample")
        #expect(try ingested("01:00:20").isEmpty)
        #expect(try sql("SELECT count(*) FROM sample") == "0\n")
        try export(0..<12, 51)
        #expect(try ingested("01:00:30").count == 1)
    }

    @Test("JSON Lines: every line is an object with an event, the last one sums up")
    func jsonLines() throws {
        _ = try run("01:00:10")
        try export(12..<15, 90)
        _ = try folder.write("timestamp,metric,resource,value\nx,cpu,db,1\n", to: "exports/bad.csv")
        let run = try run("01:15:10", ["--log-format", "json"])
        #expect(run.status == 65)
        #expect(run.errors.isEmpty)
        let lines = try run.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(lines.compactMap { $0["event"] as? String } == ["ingested", "problem", "transition", "run"])
        let last = try #require(lines.last)
        #expect(last["status"] as? Int == 65)
        #expect(last["accepted"] as? Int == 3)
        #expect(last["notified"] as? Int == 1)
        #expect(last["as_of"] as? String == "2026-01-01T01:15:10Z")
    }

    @Test("a dry run shows what would be notified, and changes nothing")
    func dry() throws {
        _ = try run("01:00:10")
        try export(12..<15, 90)
        let before = try sql(".dump")
        let dry = try run("01:15:10", ["--dry-run"])
        #expect(dry.status == 0, "\(dry.errors)")
        #expect(
            dry.output
                == "2026-01-01T01:05:00Z  db  cpu-high  OK → ALARM\nwould notify file: alarm: \(TestLanguage.said("db: CPU above 80 %"))\n"
        )
        #expect(try sql(".dump") == before)
        #expect(try run("01:15:10", ["--fail-on", "warning"]).status == 1)
    }

    @Test("a second run of the store ends with 75 when it may not wait, and goes on once it may")
    func twice() throws {
        #expect(try run("01:00:10").status == 0)
        let lock = open(folder.url.appending(path: "advisor.db.lock").path, O_RDWR)
        #expect(flock(lock, LOCK_EX) == 0)
        let refused = try run("01:00:20", ["--wait", "0"])
        #expect(refused.status == 75)
        #expect(refused.errors == "advisor: locked by another run of advisor.db; try again, or --wait 5m\n")
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { close(lock) }
        #expect(try run("01:00:30", ["--wait", "20s"]).status == 0)
    }

    @Test("many runs at once: each evaluates or waits, and every change is notified once")
    func atOnce() async throws {
        _ = try run("01:00:10")
        try export(12..<15, 90)
        let runs = try await withThrowingTaskGroup(of: Program.Run.self) { group in
            for _ in 0..<4 {
                let arguments = ["run", "--rules", "only", "--now", "2026-01-01T01:15:10Z", "--wait", "60s"]
                group.addTask { try Program.runProcess(arguments, in: folder.url) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(runs.map(\.status) == [0, 0, 0, 0], "\(runs.map(\.errors))")
        #expect(runs.map(\.output).joined() == "2026-01-01T01:05:00Z  db  cpu-high  OK → ALARM\n")
        #expect(try sql("SELECT count(*) FROM outboxEntry") == "1\n")
    }

    @Test("a clock that is set back an hour: said, nothing lost, and the next run goes on")
    func clock() throws {
        _ = try run("02:00:10")
        try export(12..<24, 50)
        let back = try run("01:00:10")
        #expect(back.status == 71)
        #expect(
            back.errors
                == "advisor: the clock says 2026-01-01T01:00:10Z, but 2026-01-01T02:00:10Z was evaluated already; nothing is evaluated before that time. Is the clock right?\n"
        )
        #expect(try sql("SELECT count(*) FROM evaluation") == "1\n")
        try export(24..<27, 90)
        let next = try run("02:15:10")
        #expect((next.status, next.output) == (0, "2026-01-01T02:05:00Z  db  cpu-high  OK → ALARM\n"))
        #expect(
            try sql(Self.alerts).split(separator: "\n") == [
                "run_failed|firing|advisor|run_failed|2026-01-01 01:00:10",
                "alarm|firing|db|rule_in_alarm|2026-01-01 02:05:00",
                "resolved|resolved|advisor|run_failed|2026-01-01 02:15:10",
            ])
    }

    @Test("commands are asked for the time since the last run, and their errors are reported once")
    func commands() throws {
        let program = try folder.write(
            "#!/bin/sh\necho \"$@\" >> asked\n[ -e broken ] && { echo Expired token >&2; exit 254; }\necho timestamp,metric,resource,value,period\necho \"$1,cpu,db,50,300\"\n",
            to: "fetch")
        chmod(program, 0o755)
        let stack = Self.stack.replacingOccurrences(
            of: "[exports/]", with: "[{ command: [./fetch, \"{start}\", \"{end}\"], overlap: 1h }]")
        _ = try folder.write(stack, to: "advisor.yaml")
        #expect(try run("01:00:10").status == 0)
        #expect(try run("01:15:10").status == 0)
        _ = try folder.write("", to: "broken")
        let broken = try run("01:30:10")
        #expect((broken.status, broken.output) == (69, ""))
        #expect(broken.errors == "advisor: ./fetch {start} {end}: ended with 254: Expired token\n")
        #expect(try run("01:45:10").status == 69)
        try FileManager.default.removeItem(at: folder.url.appending(path: "broken"))
        #expect(try run("02:00:10").status == 0)
        let asked = try String(contentsOf: folder.url.appending(path: "asked"), encoding: .utf8)
        #expect(
            asked.split(separator: "\n") == [
                "2025-12-18T01:00:00Z 2026-01-01T01:00:00Z", "2026-01-01T00:00:00Z 2026-01-01T01:15:00Z",
                "2026-01-01T00:15:00Z 2026-01-01T01:30:00Z", "2026-01-01T00:15:00Z 2026-01-01T01:45:00Z",
                "2026-01-01T00:15:00Z 2026-01-01T02:00:00Z",
            ])
        #expect(
            try sql(
                "SELECT json_extract(alert, '$.kind'), content.key, reason.key FROM outboxEntry, json_each(alert, '$.content') AS content, json_each(content.value, '$.reason') AS reason ORDER BY outboxEntry.id"
            ) == "run_failed|firing|run_failed\nresolved|resolved|run_failed\n")
    }

    @Test(
        "what an input lacks is said, and the rest goes on",
        arguments: [
            ("[nowhere/, exports/]", 66, "advisor: nowhere/: no such file or folder (`ingest:` of the stack file)\n"),
            ("[\"*.nothing\", exports/]", 0, ""),
            (
                "[{ command: [no-such-program] }, exports/]", 69,
                "advisor: no-such-program: no program 'no-such-program' in /usr/bin:/bin; give its full path\n"
            ),
            (
                "[{ command: [sleep, \"60\"], timeout: 100ms }, exports/]", 69,
                "advisor: sleep 60: took longer than 100 ms; `timeout:` gives it more\n"
            ),
            ("[{ path: exports/, queries: none.json }, exports/]", 66, "advisor: none.json: cannot be read\n"),
        ])
    func lacks(_ ingest: String, _ status: Int32, _ errors: String) throws {
        _ = try folder.write(Self.stack.replacingOccurrences(of: "[exports/]", with: ingest), to: "advisor.yaml")
        let run = try run("01:00:10")
        #expect((run.status, run.errors) == (status, errors))
        #expect(try sql("SELECT count(*) FROM sample") == "12\n")
    }

    @Test(
        "terminate and interrupt end it between two transactions, as the signal would",
        arguments: SlowTests.cases([SIGTERM, SIGINT], quick: 1))
    func stopped(_ number: Int32) throws {
        _ = try folder.write(
            Self.stack.replacingOccurrences(of: "[exports/]", with: "[{ command: [sleep, \"60\"], timeout: 90s }]"),
            to: "advisor.yaml")
        let process = try Program.process(["run", "--now", "2026-01-01T01:00:00Z"], in: folder.url)
        try process.run()
        let deadline = ContinuousClock.now + .seconds(20)
        while try !FileManager.default.fileExists(atPath: folder.url.appending(path: "advisor.db").path)
            || sql("SELECT count(*) FROM run") != "1\n",
            ContinuousClock.now < deadline
        { usleep(50_000) }
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == number)
        #expect(ContinuousClock.now < deadline + .seconds(20))
        #expect(try sql("SELECT exitCode FROM run") == "75\n")
        #expect(try sql("PRAGMA integrity_check") == "ok\n")
    }
}
