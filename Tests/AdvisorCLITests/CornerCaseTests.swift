import AdvisorTestSupport
import Foundation
import Testing

/// Small inputs that people have, with what is right.
@Suite("Corner cases: rules, stores and facts")
struct CornerCaseTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(_ arguments: String..., now: String, input: String = "") throws -> Program.Run {
        try Program.run(arguments + ["--now", now], in: folder.url, input: input)
    }

    private func write(stack: String, rule: String? = nil) throws {
        _ = try folder.write("name: x\nstage: launch\nresources:\n\(stack)\n", to: "advisor.yaml")
        guard let rule else { return }
        _ = try folder.write("rules:\n  - { id: r, title: t, applies_to: database, \(rule) }\n", to: "only/r.yaml")
    }

    private func sql(_ text: String) throws -> [String] {
        try SQLiteShell.run(text, on: folder.url.appending(path: "advisor.db").path).split(separator: "\n").map(String.init)
    }

    private func finding(_ now: String) throws -> [String: Any] {
        let run = try run("report", "--format", "json", "--rules", "only", now: now)
        let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        let resources = report["resources"] as? [[String: Any]] ?? []
        let findings = resources.compactMap { ($0["findings"] as? [[String: Any]])?.first }
        return try #require(findings.first)
    }

    private static let database =
        "  - { id: db, kind: database, tier: db.t4g.micro, engine: postgres 16, allocated_storage: 20GiB }"

    // MARK: Data that are not there

    @Test("missing: breaching without a single sample is ALARM; beside a resource with samples, and when they stop")
    func deadman() throws {
        try write(
            stack: "  - { id: a, kind: database, tier: db.t4g.micro }\n  - { id: b, kind: database, tier: db.t4g.micro }",
            rule: "when: max(active_users) < 1, period: 5m, missing: breaching")
        let header = "timestamp,metric,resource,value,unit,period\n"
        _ = try folder.write(header + "2026-01-01T05:30:00Z,active_users,b,5,Count,3600\n", to: "b.csv")
        _ = try folder.write(header + "2026-01-01T00:00:00Z,cpu,a,5,Percent,60\n", to: "a.csv")
        #expect(try run("evaluate", "--rules", "only", now: "2026-01-01T05:00:00Z").status == 66, "there is no store yet")
        #expect(try run("ingest", "b.csv", now: "2026-01-01T06:00:00Z").status == 0)
        #expect(try run("evaluate", "--rules", "only", now: "2026-01-01T06:02:00Z").status == 0)
        #expect(try sql("SELECT resource, state FROM alarm ORDER BY resource") == ["a|ALARM", "b|OK"])
        #expect(try sql("SELECT resource, at FROM transition WHERE toState = 'ALARM' AND resource = 'a'") == ["a|1767247200000"])
        #expect(try run("ingest", "a.csv", now: "2026-01-01T06:10:00Z").status == 0)
        #expect(try run("evaluate", "--rules", "only", now: "2026-01-01T06:10:00Z").status == 0)
        #expect(try run("evaluate", "--rules", "only", now: "2026-01-01T12:00:00Z").status == 0)
        #expect(try sql("SELECT resource, state FROM alarm ORDER BY resource") == ["a|ALARM", "b|ALARM"])
        let backtest = try run("backtest", "--rules", "only", "--format", "json", now: "2026-01-01T12:00:00Z")
        for start in try sql(
            "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', at / 1000, 'unixepoch') FROM transition WHERE toState = 'ALARM'")
        {
            #expect(backtest.output.contains("\"start\" : \"\(start)\""), "\(start)")
        }
    }

    @Test("an alarm whose data stop: ALARM until INSUFFICIENT_DATA, and no receiver is notified of an end", arguments: [60, 300])
    func silence(_ period: Int) throws {
        try write(
            stack: Self.database + "\nwebhooks:\n  - { name: f, format: file, path: out.jsonl }",
            rule: "when: avg(cpu) > 80%, period: 1m, for: 5m")
        let lines = (0..<7200 / period).map { "\(1_794_290_400 + $0 * period),cpu,db,95,Percent,\(period)" }
        _ = try folder.write(
            "timestamp,metric,resource,value,unit,period\n" + lines.joined(separator: "\n") + "\n", to: "cpu.csv")
        #expect(try run("ingest", "cpu.csv", now: "2026-11-10T08:00:00Z").status == 0)
        for minute in stride(from: 0, through: 55, by: 5) {
            let now = "2026-11-10T08:\(minute < 10 ? "0" : "")\(minute):00Z"
            #expect([0, 1].contains(try run("evaluate", "--rules", "only", now: now).status))
        }
        #expect(try sql("SELECT toState FROM transition ORDER BY at") == ["ALARM", "INSUFFICIENT_DATA"])
        #expect(try sql("SELECT DISTINCT json_extract(alert, '$.kind') FROM outboxEntry") == ["alarm"])
    }

    // MARK: Averages only

    @Test("average-only free storage: a rule on the maximum used uses it and says so, unless it may not")
    func averages() throws {
        for (name, content, arguments) in [
            ("free.csv", "timestamp,value\n2026-03-01T00:00:00Z,3000000000\n2026-03-01T00:05:00Z,3000000000\n", ["--metric"]),
            (
                "gms.json",
                #"{"Label":"FreeStorageSpace","Datapoints":[{"Timestamp":"2026-03-01T00:05:00Z","Average":3000000000.0,"Unit":"Bytes"}]}"#,
                ["--metric"]
            ),
            (
                "long.csv",
                "timestamp,metric,resource,average,unit,period\n2026-03-01T00:05:00Z,free_storage,db,3,Gigabytes,300\n", []
            ),
        ] {
            let folder = try TemporaryFolder()
            let other = CornerCaseTests(in: folder)
            try other.write(stack: Self.database, rule: "when: max(storage_used) > 15GB, period: 5m")
            _ = try folder.write(content, to: name)
            let naming = arguments.isEmpty ? [] : ["--metric", "free_storage", "--resource", "db"]
            let ingest = try Program.run(["ingest", name, "--now", "2026-03-01T00:10:00Z"] + naming, in: folder.url)
            #expect(ingest.status == 0, "\(name): \(ingest.errors)")
            let finding = try other.finding("2026-03-01T00:10:00Z")
            #expect(finding["state"] as? String == "ALARM", "\(name)")
            #expect(finding["value"] as? Double == 18_474_836_480, "\(name)")
            let evidence = finding["evidence"] as? [String: Any]
            #expect(evidence?["statistic"] as? String == "average in place of an extreme", "\(name)")
            try other.write(stack: Self.database, rule: "when: max(storage_used) > 15GB, period: 5m, fallback: none")
            #expect(try other.finding("2026-03-01T00:10:00Z")["state"] as? String == "INSUFFICIENT_DATA", "\(name)")
        }
    }

    private init(in folder: TemporaryFolder) { self.folder = folder }

    // MARK: Facts that are out of date

    @Test(
        "more free than allocated: the fact is out of date, and nothing negative is used",
        arguments: [25_000_000_000, 38_000_000_000])
    func outOfDate(_ free: Int) throws {
        try write(stack: Self.database, rule: "when: storage_used > 15GB, period: 1h")
        let rows = (0..<6).map { "2026-11-1\($0 < 3 ? 0 : 1)T0\($0):00:00Z,\($0 < 3 ? 10_000_000_000 : free)\n" }.joined()
        _ = try folder.write("timestamp,minimum\n" + rows, to: "free.csv")
        let ingest = try run("ingest", "free.csv", "--metric", "free_storage", "--resource", "db", now: "2026-11-11T06:00:00Z")
        #expect(ingest.status == 0, "\(ingest.errors)")
        let text = try run("report", "--rules", "only", now: "2026-11-11T06:00:00Z").output
        #expect(!text.contains("-") || !text.contains("GB used"), "\(text)")
        let finding = try finding("2026-11-11T06:00:00Z")
        #expect(finding["state"] as? String == "INSUFFICIENT_DATA")
        #expect(finding["value"] is NSNull)
        #expect((finding["evidence"] as? [String: Any]).map { "\($0)" }?.contains("fact_out_of_date") == true)
        #expect(try run("rules", "explain", "r", "--rules", "only", now: "2026-11-11T06:00:00Z").output.contains("out of date"))
    }

    // MARK: Typing errors

    @Test("a resource like a declared one is warned about once, changes no plan, and can be forgotten")
    func ghost() throws {
        try write(stack: "  - { id: prod-db, kind: database, tier: db.t4g.micro, engine: postgres 16, allocated_storage: 20GiB }")
        let now = "2026-03-01T02:00:00Z"
        func value(_ resource: String) throws -> Program.Run {
            try run("ingest", "--metric", "active_users", "--resource", resource, "--value", "700", now: now)
        }
        #expect(try value("prod-db").errors == "")
        let plan = try run("whatif", "--months", "3", "--growth", "20%/month", now: now).output
        let first = try value("prod-bd")
        #expect(first.errors.contains("new resource 'prod-bd' is not in advisor.yaml; did you mean 'prod-db'?"))
        #expect(try value("prod-bd").errors == "")
        #expect(try run("whatif", "--months", "3", "--growth", "20%/month", now: now).output == plan)
        let backtest = try run("backtest", "--format", "json", now: now).output
        #expect(try run("store", "forget", "--resource", "prod-db2", now: now).status == 66)
        let unconfirmed = try run("store", "forget", "--resource", "prod-bd", now: now)
        #expect(unconfirmed.status == 64 && unconfirmed.errors.contains("would remove 1 sample of 1 series"))
        #expect(try run("store", "forget", "--resource", "prod-bd", "--yes", now: now).output == "removed 1 sample of 1 series\n")
        #expect(try sql("SELECT count(*) FROM series") == ["1"])
        #expect(try run("whatif", "--months", "3", "--growth", "20%/month", now: now).output == plan)
        for key in ["following_cost", "staying_cost"] where backtest.contains(key) {
            #expect(!backtest.contains("\"\(key)\" : null"))
        }
    }

    @Test(
        "a backup onto the store itself is refused, under any name",
        arguments: ["advisor.db", "./advisor.db", "link.db", "advisor.db-wal"])
    func backup(_ target: String) throws {
        _ = try run("ingest", "--metric", "cpu", "--resource", "db", "--value", "7", now: "2026-03-01T02:00:00Z")
        let path = folder.url.path
        try FileManager.default.createSymbolicLink(atPath: path + "/link.db", withDestinationPath: path + "/advisor.db")
        if target.hasSuffix("wal") { _ = FileManager.default.createFile(atPath: path + "/advisor.db-wal", contents: nil) }
        let run = try Program.run(["store", "backup", target, "--force"], in: folder.url)
        #expect(run.status == 64, "\(run.errors)")
        #expect(try sql("SELECT count(*) FROM sample") == ["1"])
    }

    @Test(
        "a second rule of one id is reported although the first is itself broken",
        arguments: ["avg(cpuu) > 80%", "avg(cpu) >> 80%"])
    func duplicate(_ broken: String) throws {
        let rules = """
            rules:
              - { id: a, title: t, applies_to: database, when: \(broken) }
              - { id: a, title: t, applies_to: database, when: avg(cpu) > 80% }

            """
        _ = try folder.write(rules, to: "only/r.yaml")
        let run = try Program.run(["rules", "check", "--rules", "only"], in: folder.url)
        #expect(run.status == 2)
        #expect((run.output + run.errors).contains("r.yaml:3:11: duplicate rule 'a'; it is already in only/r.yaml:2"))
    }

    @Test("a forecast beyond what it can ever know does not load", arguments: [("281d", false), ("455d", false), ("280d", true)])
    func forecast(_ time: String, _ loads: Bool) throws {
        try write(stack: Self.database, rule: "when: 'forecast(storage_used, \(time)) > 15GB'")
        let run = try Program.run(["rules", "check", "--rules", "only"], in: folder.url)
        #expect((run.status == 0) == loads, "\(run.output)\(run.errors)")
    }
}
