import AdvisorCore
import AdvisorEngine
import AdvisorFormats
import AdvisorTestSupport
import ArgumentParser
import Foundation
import Testing

@testable import AdvisorCLI

@Suite("Commands from ingest to report")
struct CommandTests {
    /// The demo, run once and kept, since a debug build takes seconds for it.
    private static let demo = Result {
        let folder = try TemporaryFolder()
        let run = try Program.run(["demo", "--keep", "kept"], in: folder.url, environment: ["COLUMNS": "100"])
        return (folder: folder, run: run)
    }

    /// The demo's report, evaluated once for all renderings.
    static let report = Result {
        let folder = try demo.get().folder
        return try CommandEnvironment.$current.withValue(Program.environment(in: folder.url)) {
            let options = try WorkspaceOptions.parse(["--dir", "kept"])
            let project = try ProjectLoader(options: options).project()
            let store = try options.openStore(create: false)
            return try EvaluationPipeline(store: store, project: project, now: Demo.end).run(
                .report
            ).report
        }
    }

    @Test("the demo ends in the report with a tier move and its price")
    func demo() throws {
        let run = try Self.demo.get().run
        #expect(run.status == 0)
        #expect(run.output.contains("Move to db.t4g.small"))
        #expect(run.output.contains("$36.94 → $37.67 a month"))
        #expect(run.errors.contains("`advisor report --dir kept --now 2026-03-31T00:00:00Z` shows it again"))
        let report = ["report", "--dir", "kept", "--now", "2026-03-31T00:00:00Z"]
        let shown = try Program.run(report, in: try Self.demo.get().folder.url, environment: ["COLUMNS": "100"])
        #expect(shown.output == run.output)
        #expect(
            shown.output
                == ReportFormat.text.render(
                    try Self.report.get(), ReportFormat.Options(width: 100, language: TestLanguage.current)))
        let again = try Program.run(["demo", "--keep", "kept"], in: try Self.demo.get().folder.url)
        #expect(again.status == 64)
    }

    @Test("the report fits its terminal", arguments: [40, 72, 100, 140])
    func widths(_ columns: Int) throws {
        let text = ReportFormat.text.render(
            try Self.report.get(), ReportFormat.Options(width: columns, language: TestLanguage.current))
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= columns })
        try Golden.expect(text, is: "demo-\(columns).txt")
    }

    @Test("the report for programs", arguments: ["json", "markdown", "html", "csv"])
    func forms(_ form: String) throws {
        let format = try ReportFormat(parsing: form)
        try Golden.expect(
            format.render(try Self.report.get(), ReportFormat.Options(width: 100, language: TestLanguage.current)),
            is: "demo.\(form)")
    }

    @Test("the shipped scenarios hold")
    func scenarios() throws {
        let run = try Program.run(["rules", "test"], in: Program.repository)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.hasSuffix(" passed, 0 failed\n"))
    }

    @Test("the shipped packs are clean")
    func packs() throws {
        let folder = try TemporaryFolder()
        let run = try Program.run(["rules", "check"], in: folder.url)
        #expect(run.status == 0)
        #expect(run.output.isEmpty)
        #expect(run.errors == "65 rules loaded, 0 errors\n")
    }

    @Test("what the binary carries is what the folders hold")
    func embedded() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", Program.repository.appending(path: "scripts/embed.py").path, "--check"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "run `make embed`")
    }

    @Test("ten errors give ten diagnostics with their places, and 2")
    func tenErrors() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            rules:
              - id: one
                title: a ratio against bytes
                applies_to: database
                when: avg(cpu) > 15GB
              - id: two
                title: an unknown key
                applies_to: database
                when: avg(cpu) > 80%
                fore: 5m
              - id: three
                title: an unknown kind
                applies_to: databse
                when: avg(cpu) > 80%
              - id: four
                title: an unknown metric
                applies_to: database
                when: avg(cppu) > 80%
              - id: five
                title: both for and datapoints
                applies_to: database
                when: avg(cpu) > 80%
                for: 5m
                datapoints: 2 of 3
              - id: six
                title: an unknown tier
                applies_to: database
                when: avg(cpu) > 80%
                recommend: { move_to: db.t4g.smal }
              - id: seven
                title: an unknown placeholder
                applies_to: database
                when: avg(cpu) > 80%
                summary: "CPU {valu}"
              - id: one
                title: never holds
                applies_to: database
                when: avg(cpu) > 120%
              - title: no id
                applies_to: database
                when: avg(cpu) > 80%
              - id: ten
                title: a period of facts
                applies_to: project
                when: stage == "growth"
                period: 5m
            """, to: "rules/mine.yaml")
        let run = try Program.run(["rules", "check", "--rules", "rules"], in: folder.url)
        #expect(run.status == 2)
        #expect(run.output.split(separator: "\n").count == 11)
        try Golden.expect(run.output, is: "ten-errors.txt")
        let evaluated = try Program.run(["report", "--rules", "rules"], in: folder.url)
        #expect(evaluated.status == 78)
    }

    struct Ending: Sendable, CustomTestStringConvertible {
        let arguments: [String]
        let status: Int32
        let says: String
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let endings = [
        Ending(arguments: [], status: 0, says: ""),
        Ending(arguments: ["--help"], status: 0, says: ""),
        Ending(arguments: ["--version"], status: 0, says: ""),
        Ending(arguments: ["reprot"], status: 64, says: "did you mean 'report'?"),
        Ending(
            arguments: ["report", "--formt", "json"], status: 64,
            says: "advisor: unknown option '--formt'; did you mean '--format'?"),
        Ending(arguments: ["rules", "lst"], status: 64, says: "advisor: unknown command 'lst'; did you mean 'list'?"),
        Ending(arguments: ["alerts", "list", "--limit", "0"], status: 64, says: "See `advisor alerts list --help`."),
        Ending(
            arguments: ["report", "--fail-on", "warnin"], status: 64, says: "unknown severity 'warnin'; did you mean 'warning'?"),
        Ending(arguments: ["rules", "functions", "--fail-on", "info"], status: 64, says: "unknown option '--fail-on'"),
        Ending(arguments: ["recommendations", "claim"], status: 64, says: "advisor: missing expected argument '<id>'"),
        Ending(arguments: ["report", "--format", "jsn"], status: 64, says: "did you mean 'json'?"),
        Ending(arguments: ["report", "--now", "yesterday"], status: 64, says: "advisor: invalid time 'yesterday'; use RFC 3339"),
        Ending(arguments: ["report"], status: 66, says: "no such store"),
        Ending(arguments: ["ingest", "nothing.csv"], status: 66, says: "no such file"),
        Ending(arguments: ["ingest"], status: 64, says: "missing input: name files"),
        Ending(arguments: ["ingest", "-", "--metric", "cpuu", "--resource", "db"], status: 64, says: "did you mean 'cpu'?"),
        Ending(
            arguments: ["backtest", "--rule", "database-cpu-sustaind"], status: 64, says: "did you mean 'database-cpu-sustained'?"
        ),
        Ending(arguments: ["report", "--stack", "none.yaml"], status: 66, says: "no such file"),
        Ending(arguments: ["--format", "json", "report"], status: 64, says: ""),
    ]

    @Test("exit codes and words", arguments: endings)
    func ending(_ ending: Ending) throws {
        let folder = try TemporaryFolder()
        let run = try Program.run(ending.arguments, in: folder.url)
        #expect(run.status == ending.status)
        #expect(ending.says.isEmpty || run.errors.contains(ending.says), "\(run.errors)")
        #expect((ending.status == 0) != run.output.isEmpty)
    }

    @Test("ingest, evaluate, report: good lines are kept, bad ones named, twice changes nothing")
    func spine() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            "timestamp,value\n2026-03-01T00:00:00Z,91\n2026-03-01T00:05:00Z,many\n2026-03-01T00:10:00Z,95\n2026-03-01T00:15:00Z,95\n",
            to: "cpu.csv")
        let stack = "resources:\n  - { id: db, kind: database, tier: db.t4g.micro, allocated_storage: 20GiB, multi_az: false }\n"
        _ = try folder.write(stack, to: "advisor.yaml")
        let arguments = ["ingest", "cpu.csv", "--metric", "cpu", "--resource", "db", "--now", "2026-03-01T00:20:00Z"]
        let first = try Program.run(arguments, in: folder.url)
        #expect(first.status == 65)
        #expect(first.output == "3 new, 0 unchanged, 1 rejected (samples of 1 series)\n")
        #expect(first.errors == "cpu.csv:3:22: 'many' is not a finite number\n")
        let second = try Program.run(arguments + ["--format", "json"], in: folder.url)
        #expect(second.output.contains("\"accepted\" : 0,"))
        let later = ["--now", "2026-03-01T00:20:00Z"]
        let evaluated = try Program.run(["evaluate"] + later, in: folder.url)
        #expect(evaluated.output.contains("db  database-cpu-sustained  INSUFFICIENT_DATA → ALARM"))
        let again = try Program.run(["evaluate"] + later, in: folder.url)
        #expect(again.output == "1 in ALARM; `advisor report` shows what to do\n")
        let failing = try Program.run(["report", "--fail-on", "warning"] + later, in: folder.url)
        #expect(failing.status == 1)
        #expect(failing.output.contains("▲ Move to db.t4g.small"))
        let calm = try Program.run(["report", "--fail-on", "critical"] + later, in: folder.url)
        #expect(calm.status == 0)
        let old = try Program.run(["report", "--now", "2026-03-09"], in: folder.url)
        #expect(old.output.contains("newest sample is 7 days old"))
    }

    @Test("one value, hostile names, and a pipe that closes")
    func odds() throws {
        let folder = try TemporaryFolder()
        let value = try Program.run(
            ["ingest", "--metric", "active_users", "--resource", "d\u{1B}[31mb", "--value", "7"], in: folder.url)
        #expect(value.status == 0)
        let report = try Program.run(["report"], in: folder.url)
        #expect(report.status == 0)
        #expect(!report.output.contains("\u{1B}"))
        let json = try Program.run(["report", "--format", "json"], in: folder.url)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(json.output.utf8)) }
    }

    @Test("init writes files that load, and never over others")
    func begin() throws {
        let folder = try TemporaryFolder()
        let instances = """
            {"DBInstances": [{"DBInstanceIdentifier": "prod-db", "DBInstanceClass": "db.t4g.micro", "Engine": "postgres",
            "EngineVersion": "15.3", "AllocatedStorage": 20, "MultiAZ": false, "ReadReplicaDBInstanceIdentifiers": []}]}
            """
        let first = try Program.run(["init", "-", "--now", "2026-03-31T00:07:00Z"], in: folder.url, input: instances)
        #expect(first.status == 0, "\(first.errors)")
        try Golden.expect(first.output, is: "init.txt")
        let written = try ["advisor.yaml", "queries.json"].map {
            try String(contentsOf: folder.url.appending(path: $0), encoding: .utf8)
        }
        try Golden.expect(written.joined(separator: "\n---\n"), is: "init-files.txt")
        let check = try Program.run(["rules", "check"], in: folder.url)
        #expect(check.status == 0, "\(check.output)")
        let second = try Program.run(["init", "-"], in: folder.url, input: instances)
        #expect(second.status == 78)
    }
}
