import AdvisorTestSupport
import Foundation
import Testing

@Suite("advisor rules schema, functions and test")
struct LanguageCommandTests {
    @Test("schemas come for each kind of file, and another kind is named", arguments: ["rule", "scenario", "stack"])
    func schema(_ kind: String) throws {
        let run = try Program.run(["rules", "schema", kind])
        #expect(run.status == 0 && run.errors.isEmpty)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(document["$id"] as? String == "urn:advisor:schema:\(kind):1")
        let wrong = try Program.run(["rules", "schema", "stck"])
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("did you mean 'stack'?"))
    }

    @Test("a word of the language is shown with its unit and an example")
    func functions() throws {
        let run = try Program.run(["rules", "functions", "time_until"], environment: ["COLUMNS": "60"])
        #expect(run.status == 0)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 60 })
        try Golden.expect(run.output, is: "functions-time_until-60.txt")
        let json = try Program.run(["rules", "functions", "--format", "json"])
        let words = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
        #expect(words.count > 100)
        #expect(words.allSatisfy { ($0["meaning"] as? String)?.isEmpty == false && ($0["unit"] as? String)?.isEmpty == false })
        let wrong = try Program.run(["rules", "functions", "forcast"])
        #expect(wrong.status == 64 && wrong.errors.contains("did you mean 'forecast'?"))
    }

    private static let rules = """
        vars: { cpu_limit: 80% }
        rules:
          - { id: high, title: CPU above {cpu_limit}, applies_to: database, when: avg(cpu) > cpu_limit, period: 1m }
        """.replacingOccurrences(of: "title: CPU above {cpu_limit}", with: "title: 'CPU above {cpu_limit}'")

    @Test("a failing scenario shows its datapoints, on the screen and as JUnit; --filter leaves the others out")
    func test() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.rules, to: "rules/r.yaml")
        _ = try folder.write(
            """
            rules: [../r.yaml]
            scenarios:
              - name: wrong
                resource: { id: db, kind: database }
                start: 2026-01-01T00:00:00Z
                interval: 1m
                series: { cpu: 50 90 }
                expect: [{ at: 2m, rule: high, state: OK }]
              - name: right
                resource: { id: db, kind: database }
                start: 2026-01-01T00:00:00Z
                interval: 1m
                series: { cpu: 50 90 }
                expect: [{ at: 2m, rule: high, alert: alarm }]
            """, to: "rules/tests/t.yaml")
        let all = try Program.run(["rules", "test", "--junit", "out.xml"], in: folder.url)
        #expect(all.status == 2)
        #expect(all.output.contains("rules/tests/t.yaml:8: wrong: at 2m, high is ALARM, not OK\n"))
        #expect(all.output.contains("2m  90 %  breaching\n"))
        #expect(all.output.hasSuffix("1 passed, 1 failed\n"))
        let junit = try String(contentsOf: folder.url.appending(path: "out.xml"), encoding: .utf8)
        #expect(junit.contains("<testsuite name=\"rules/tests/t.yaml\" tests=\"2\" failures=\"1\" errors=\"0\">"))
        let right = try Program.run(["rules", "test", "--filter", "RIGHT"], in: folder.url)
        #expect(right.status == 0 && right.output == "1 passed, 0 failed\n")
        #expect(try Program.run(["rules", "test", "--filter", "nothing"], in: folder.url).status == 66)
    }

    @Test("the stack file overrides variables, leaves rules out, adds packs, and mutes: evaluated and shown, marked as muted")
    func settings() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(Self.rules, to: "team/r.yaml")
        _ = try folder.write(
            """
            resources: [{ id: db, kind: database, tier: db.t4g.micro }]
            vars: { cpu_limit: 85% }
            packs: [team]
            disable: [database-cpu-sustained]
            mute: [{ cron: 0 9 * * *, for: 2h, zone: Asia/Seoul, rules: [high], reason: backup }]
            """, to: "advisor.yaml")
        _ = try folder.write("timestamp,value\n2026-03-01T00:00:00Z,84\n2026-03-01T00:01:00Z,86\n", to: "cpu.csv")
        let now = ["--now", "2026-03-01T00:02:00Z"]
        _ = try Program.run(["ingest", "cpu.csv", "--metric", "cpu", "--resource", "db"] + now, in: folder.url)
        let report = try Program.run(["report"] + now, in: folder.url)
        #expect(report.status == 0, "\(report.errors)")
        #expect(report.output.contains("CPU above 85 %"))
        #expect(report.output.contains("muted until 1 Mar 02:00 (backup)"))
        let evaluation = try Program.run(["evaluate"] + now, in: folder.url)
        #expect(evaluation.output.contains("→ ALARM  muted\n"))
        #expect(evaluation.output.contains("1 in ALARM, 1 suppressed"))
        let list = try Program.run(["rules", "list"], in: folder.url)
        #expect(list.output.contains("database-cpu-sustained (disabled)\n"))
        #expect(list.output.contains("when avg(cpu) > cpu_limit   (cpu_limit = 85%)"))
        _ = try folder.write("vars: { cpu_limt: 85% }\npacks: [taem]\ndisable: [hihg]\n", to: "advisor.yaml")
        let check = try Program.run(["rules", "check"], in: folder.url)
        #expect(check.status == 2)
        #expect(check.output.contains("advisor.yaml:1:9: unknown variable 'cpu_limt'; did you mean 'cpu_limit'?\n"))
        #expect(check.output.contains("advisor.yaml:2:9: no folder 'taem'\n"))
        #expect(check.output.contains("advisor.yaml:3:11: unknown rule 'hihg'"))
    }

    private static let python = "/usr/bin/env"

    private static func status(_ arguments: [String]) -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.currentDirectoryURL = Program.repository
        process.arguments = ["python3"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }

    @Test(
        "the schemas take what is shipped and refuse what is broken, by PyPI's jsonschema",
        .enabled(
            if: status(["-c", "import jsonschema, yaml; jsonschema.Draft202012Validator"]) == 0,
            "Python's jsonschema is absent; scripts/schema-check fetches it"))
    func independent() {
        let binary = AdvisorTestSupport.Program.binary.path
        #expect(Self.status(["scripts/schema_check.py", binary]) == 0, "run scripts/schema-check")
    }
}
