import AdvisorTestSupport
import Foundation
import Glibc
import Testing

@Suite("advisor run: sources that are pulled")
struct PullTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let rules = """
            rules:
              - { id: cpu-high, title: CPU above 80 %, applies_to: database, when: avg(cpu) > 80%, period: 1m, for: 5m }

            """
        _ = try folder.write(rules, to: "only/rules.yaml")
        let stack = """
            resources: [{ id: db, kind: database }]
            ingest: [{ command: [./fetch, "{end}"] }]
            alerts: { stale_after: never }
            webhooks: [{ name: file, format: file, path: alerts.jsonl }]

            """
        _ = try folder.write(stack, to: "advisor.yaml")
        // Minutes from 00:00 on up to the end that is asked for, high from 00:53 to 01:29.
        let program = try folder.write(
            """
            #!/usr/bin/env python3
            import sys
            end = int(sys.argv[1][11:13]) * 60 + int(sys.argv[1][14:16])
            print("timestamp,metric,resource,value,unit,period")
            for minute in range(max(0, end - 120), end):
                value = 95 if 53 <= minute < 90 else 50
                print(f"2026-01-01T{minute // 60:02}:{minute % 60:02}:00Z,cpu,db,{value},Percent,60")

            """, to: "fetch")
        chmod(program, 0o755)
    }

    private func advisor(_ command: String, _ time: String) throws -> Program.Run {
        try Program.run([command, "--rules", "only", "--now", "2026-01-01T\(time)Z"], in: folder.url)
    }

    private func sql(_ text: String) throws -> String {
        try SQLiteShell.run(text, on: folder.url.appending(path: "advisor.db").path)
    }

    @Test("a change that a pull could not settle is news with the next one, once; between pulls a rule keeps its state")
    func pulls() throws {
        #expect(try advisor("run", "01:00:10").output == "")
        #expect(try advisor("run", "01:20:10").output == "2026-01-01T00:58:00Z  db  cpu-high  OK → ALARM\n")
        for time in ["01:25:00", "01:40:00", "01:55:00"] { #expect(try advisor("evaluate", time).status == 0) }
        #expect(try sql("SELECT toState FROM transition ORDER BY at") == "OK\nALARM\n")
        #expect(try advisor("run", "02:00:10").output == "2026-01-01T01:31:00Z  db  cpu-high  ALARM → OK\n")
        #expect(try sql("SELECT json_extract(alert, '$.kind') FROM outboxEntry ORDER BY id") == "alarm\nresolved\n")
    }

    @Test("a command that is not asked for an interval is complete up to now")
    func gauge() throws {
        let stack = try String(contentsOf: folder.url.appending(path: "advisor.yaml"), encoding: .utf8)
        let fixed = stack.replacingOccurrences(of: "\"{end}\"", with: "\"2026-01-01T01:00:00Z\"")
        _ = try folder.write(fixed, to: "advisor.yaml")
        #expect(try advisor("run", "01:00:10").output.contains("2026-01-01T00:58:00Z"))
        #expect(try sql("SELECT count(*) FROM checkpoint WHERE name LIKE 'complete%'") == "0\n")
    }
}
