import AdvisorTestSupport
import Foundation
import Testing

@Suite("advisor backtest")
struct BacktestCommandTests {
    private static let shared = Result { try DemoStore.make() }
    private static let now = DemoStore.now

    @Test("as people read it", arguments: SlowTests.cases([40, 60, 100], quick: 1))
    func text(_ columns: Int) throws {
        let folder = try Self.shared.get()
        let rules = ["database-cpu-sustained", "active-users-1000", "storage-over-15gb", "aurora-at-maximum"]
        let arguments = ["backtest"] + rules.flatMap { ["--rule", $0] }
        let run = try Program.run(arguments + Self.now, in: folder.url, environment: ["COLUMNS": "\(columns)"])
        #expect(run.status == 0)
        #expect(run.errors.isEmpty)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= columns })
        try Golden.expect(run.output, is: "backtest-\(columns).txt")
    }

    @Test("for programs and spreadsheets", arguments: ["json", "csv"])
    func forms(_ form: String) throws {
        let folder = try Self.shared.get()
        let arguments = ["backtest", "--rule", "database-cpu-sustained", "--rule", "active-users-1000", "--format", form]
        let run = try Program.run(arguments + Self.now, in: folder.url)
        try Golden.expect(run.output, is: "backtest.\(form)")
    }

    @Test("a changed pack against the shipped one: gained, lost, shifted", arguments: ["text", "json", "csv"])
    func against(_ form: String) throws {
        let folder = try Self.shared.get()
        let rule = { (id: String, when: String) in
            "  - { id: \(id), title: A, applies_to: database, when: \(when), period: 1m, recommend: { move_to: db.t4g.small } }\n"
        }
        let changed =
            "rules:\n" + rule("database-cpu-sustained", "avg(cpu) > 95%") + rule("active-users-1000", "active_users > 5000")
            + rule("more", "avg(cpu) > 85%")
        _ = try folder.write(changed, to: "changed-\(form)/mine.yaml")
        let rules = ["--rule", "database-cpu-sustained", "--rule", "active-users-1000", "--rule", "more"]
        let arguments = ["backtest", "--rules", "changed-\(form)", "--against", "built-in", "--format", form] + rules
        let run = try Program.run(arguments + Self.now, in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        try Golden.expect(run.output, is: "backtest-against.\(form == "text" ? "txt" : form)")
    }

    @Test("wrong words end with codes and hints")
    func wrong() throws {
        let folder = try Self.shared.get()
        func run(_ arguments: String...) throws -> Program.Run {
            try Program.run(["backtest"] + arguments + Self.now, in: folder.url)
        }
        #expect(try run("--format", "cvs").errors.contains("did you mean 'csv'?"))
        #expect(try run("--against", "nowhere").status == 66)
        #expect(try run("--from", "2026-03-05", "--to", "2026-03-01").status == 64)
        #expect(try run("--resource", "nothing").status == 66)
        _ = try folder.write("rules:\n  - { id: a, when: avg(cppu) > 80% }\n", to: "bad/bad.yaml")
        let bad = try run("--against", "bad")
        #expect(bad.status == 78)
        #expect(bad.errors.contains("bad/bad.yaml:2:"))
    }

    @Test("late samples: evaluate says which alarm changed")
    func late() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("resources:\n  - { id: db, kind: database, tier: db.t4g.micro }\n", to: "advisor.yaml")
        _ = try folder.write(
            "timestamp,value\n2026-03-01T00:00:00Z,91\n2026-03-01T00:05:00Z,20\n2026-03-01T00:10:00Z,20\n", to: "a.csv")
        _ = try folder.write("timestamp,value\n2026-03-01T00:05:00Z,95\n", to: "b.csv")
        let (series, now) = (["--metric", "cpu", "--resource", "db"], ["--now", "2026-03-01T00:15:00Z"])
        _ = try Program.run(["ingest", "a.csv"] + series + now, in: folder.url)
        _ = try Program.run(["evaluate"] + now, in: folder.url)
        _ = try Program.run(["ingest", "b.csv"] + series + now, in: folder.url)
        let run = try Program.run(["evaluate"] + now, in: folder.url)
        #expect(
            run.errors.contains(
                "late samples from 2026-03-01T00:05:00Z change database-cpu-sustained of db: ALARM from 2026-03-01T00:05:00Z to 2026-03-01T00:15:00Z, it was from 2026-03-01T00:05:00Z to 2026-03-01T00:06:00Z"
            ), "\(run.errors)\(run.output)")
        #expect(run.output == "0 in ALARM; `advisor report` shows what to do\n")
    }
}
