import AdvisorTestSupport
import Foundation
import Testing

/// Bills, tips, allowances, credits and prices, as users meet them.
@Suite("Money commands: report, tips, prices")
struct MoneyAdviceTests {
    static let bills = Program.repository.appending(path: "Tests/Fixtures/bills").path
    static let stack = """
        name: Bills
        account: { created: 2025-06-01, credits: [{ amount: $500, expires: 2026-12-31, used: $100, used_on: 2026-02-28 }], plans: [vercel-hobby] }
        resources:
          - { id: db, kind: database, tier: db.t4g.micro, engine: postgres 13, allocated_storage: 20GiB }

        """

    /// A folder with the month's CUR in its store.
    static func folder(_ stack: String = stack) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try folder.write(stack, to: "advisor.yaml")
        let run = try Program.run(["ingest", "\(bills)/cur.csv.gz", "--now", "2026-03-31T12:00:00Z"], in: folder.url)
        #expect(run.output == "2026-03 CUR of 111122223333: 564 lines, $330.01\n")
        #expect(run.status == 0)
        return folder
    }

    /// The CUR has $330.01 for March.
    @Test(
        "--fail-on counts budgets by the bill",
        arguments: [
            ("budget: { monthly: $300 }", "critical", Int32(1)), ("budget: { monthly: $400 }", "warning", 0),
            ("budget: { services: { rds: $1 } }", "critical", 1), ("budget: { monthly: $400 }", "critical", 0),
        ])
    func failOn(_ budget: String, _ severity: String, _ status: Int32) throws {
        // Only the rule on charges, of which the store has no samples.
        let stack = "name: Bills\nresources: []\n\(budget)\n"
        let folder = try Self.folder(stack)
        let rules = folder.url.appending(path: "charges")
        try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
        let file = "guide-7.3-budget.yaml"
        try FileManager.default.copyItem(at: Program.repository.appending(path: "rules/\(file)"), to: rules.appending(path: file))
        let run = try Program.run(
            ["report", "--fail-on", severity, "--rules", "charges", "--now", "2026-03-31T12:00:00Z"], in: folder.url)
        #expect(run.status == status, "\(run.output)\(run.errors)")
    }

    @Test("tips are sorted by what they save, with the sources of their prices", arguments: SlowTests.cases([60, 100], quick: 1))
    func tips(_ width: Int) throws {
        let folder = try Self.folder()
        let run = try Program.run(
            ["report", "--tips", "--now", "2026-03-31T12:00:00Z"], in: folder.url, environment: ["COLUMNS": "\(width)"]
        )
        #expect(run.status == 0)
        try Golden.expect(run.output, is: "tips-\(width).txt")
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= width })
    }

    @Test("the report has tips, allowances and credits in every form", arguments: ["text", "markdown", "json"])
    func report(_ form: String) throws {
        let folder = try Self.folder()
        let run = try Program.run(["report", "--format", form, "--now", "2026-03-31T12:00:00Z"], in: folder.url)
        #expect(run.status == 0)
        try Golden.expect(run.output, is: "bills.\(form)")
    }

    @Test("without a bill nothing is said of it, and what to do is")
    func noBill() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("name: Nothing\n", to: "advisor.yaml")
        _ = try Program.run(
            ["ingest", "--metric", "cpu", "--resource", "db", "--value", "5", "--now", "2026-03-31"], in: folder.url)
        let run = try Program.run(["report", "--tips", "--now", "2026-03-31T12:00:00Z"], in: folder.url)
        #expect(run.output == "No tips. Most tips need a bill: `advisor ingest` a CUR or FOCUS file of a month.\n")
        let report = try Program.run(["report", "--now", "2026-03-31T12:00:00Z"], in: folder.url)
        #expect(!report.output.contains("billed"))
        #expect(!report.output.contains("Free tier"))
    }

    @Test("the price book lists and shows, with the user's own prices marked")
    func prices() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            "name: P\nprices: { nat-gateway-hour: $0.04, db.t4g.micro.hourly: { usd: 0.015, source: our contract, as_of: 2025-01-01 } }\n",
            to: "advisor.yaml")
        let list = try Program.run(["prices", "--now", "2027-06-01"], in: folder.url, environment: ["COLUMNS": "80"])
        try Golden.expect(list.output, is: "prices-80.txt")
        #expect(list.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
        let shown = try Program.run(["prices", "show", "db.t4g.micro.hourly", "--now", "2026-12-01"], in: folder.url)
        #expect(
            shown.output == """
                db.t4g.micro.hourly: RDS PostgreSQL db.t4g.micro, Single-AZ

                  price     $0.015 per h, us-east-1
                  a month   $10.95 (730 hours)
                  source    our contract
                  read      2025-01-01, 699 days ago: stale, look it up again
                  yours     from `prices:` in advisor.yaml

                """)
        let unknown = try Program.run(["prices", "show", "nat-gateway-hours"], in: folder.url)
        #expect(
            unknown.errors
                == "advisor: no price 'nat-gateway-hours'; did you mean 'nat-gateway-hour'?; `advisor prices` lists them\n")
        #expect(unknown.status == 66)
    }

    @Test("another region has no prices but its own files', and says so")
    func region() throws {
        let folder = try TemporaryFolder()
        let stack = "region: eu-west-1\nresources: [{ id: db, kind: database, tier: db.t4g.micro, allocated_storage: 20GiB }]\n"
        _ = try folder.write(stack, to: "advisor.yaml")
        _ = try Program.run(
            ["ingest", "--metric", "cpu", "--resource", "db", "--value", "5", "--now", "2026-03-31"], in: folder.url)
        let unknown = try Program.run(["report", "--now", "2026-03-31T12:00:00Z"], in: folder.url)
        #expect(unknown.output.contains("db.t4g.micro · 20 GiB gp3 · $12.41 or more a month"))
        let price = "{ usd: 0.018, source: the console, as_of: 2026-03-01 }"
        let own = """
            region: eu-west-1
            tiers:
              - { id: db.t4g.micro, title: micro, engine: postgres, rank: 20, prices: { hourly: \(price), storage: \(price) } }

            """
        _ = try folder.write(own, to: "data/catalog/ours.yaml")
        let known = try Program.run(["report", "--now", "2026-03-31T12:00:00Z"], in: folder.url)
        #expect(known.output.contains("db.t4g.micro · 20 GiB · $13.50 a month"))
    }

    @Test("prices past 180 days are warned of where they are used")
    func stale() throws {
        let folder = try Self.folder()
        let run = try Program.run(["report", "--now", "2027-06-01"], in: folder.url)
        #expect(run.output.contains("older than 180 days"))
        let young = try Program.run(["report", "--now", "2026-10-20"], in: folder.url)
        #expect(!young.output.contains("older than 180 days"))
    }

    @Test("errors in account, region and prices are named with their place")
    func errors() throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            region: Frankfurt
            account: { created: 2026-13-01, credits: [{ amount: $100, used: $200 }], plan: x }
            prices: { nat-gateway-hours: $1 }

            """, to: "advisor.yaml")
        let run = try Program.run(["prices"], in: folder.url)
        #expect(run.status == 78)
        #expect(
            run.errors == """
                advisor.yaml:1:9: invalid region 'Frankfurt'; use eu-west-1
                advisor.yaml:2:21: invalid date '2026-13-01'; use 2026-02-01
                advisor.yaml:2:65: 'used' exceeds 'amount'
                advisor.yaml:2:74: unknown key 'plan'; did you mean 'plans'?
                advisor.yaml:3:11: unknown price 'nat-gateway-hours'; did you mean 'nat-gateway-hour'?; `advisor prices` lists all
                advisor: 5 errors in the configuration; nothing was evaluated

                """)
    }
}
