import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Runbooks")
struct RunbookTests {
    private static let catalog: Catalog = {
        func tier(_ id: String, _ engine: String, _ rank: Int) -> Tier { Tier(id: id, title: id, engine: engine, rank: rank) }
        var aurora = tier("aurora-serverless-v2", "aurora-postgres", 100)
        aurora.capacity = Tier.Capacity(
            minimum: 0.5, maximum: 2, instances: 2, price: Price(usd: nil, source: "test", asOf: "2026-01-01"))
        return Catalog(
            region: "test",
            tiers: [
                tier("supabase-free", "supabase", 10), tier("supabase-pro", "supabase", 12), tier("db.t4g.micro", "postgres", 20),
                tier("db.t4g.small", "postgres", 30), tier("db.m7g.large", "postgres", 55), aurora,
            ])
    }()

    private static func procedures(
        _ steps: [(Recommendation.Kind, from: StepTarget?, to: StepTarget?)], on tier: String, id: String = "prod-db",
        environment: String = "prod"
    ) -> [Procedure] {
        var resource = Stack.Resource(id: id, kind: .database)
        (resource.tier, resource.environment) = (tier, DeploymentEnvironment(rawValue: environment))
        return Runbook(stack: Stack(), catalog: catalog).procedures(
            steps.map { RecommendationSummary.Step(action: $0.0, from: $0.from, to: $0.to) }, for: resource, quiet: nil)
    }

    @Test("every kind of step has its commands, its code, its downtime and its way back")
    func table() throws {
        let cases: [(String, [(Recommendation.Kind, from: StepTarget?, to: StepTarget?)])] = [
            (
                "db.t4g.micro",
                [
                    (.move, .tier(id: "db.t4g.micro"), .tier(id: "db.t4g.small")),
                    (.growStorage, .storage(gibibytes: 20), .storage(gibibytes: 30)),
                ]
            ),
            ("db.t4g.micro", [(.move, .tier(id: "db.t4g.micro"), .tier(id: "db.m7g.large"))]),
            (
                "db.t4g.small",
                [
                    (.enableMultiAZ, .availability(multiZone: false), .availability(multiZone: true)),
                    (.addReplica, .replicas(count: 0), .replicas(count: 1)),
                ]
            ),
            (
                "db.t4g.small",
                [
                    (.move, .tier(id: "db.t4g.small"), .tier(id: "aurora-serverless-v2")),
                    (.addReplica, .replicas(count: 0), .replicas(count: 1)),
                ]
            ),
            ("aurora-serverless-v2", [(.raiseCapacity, .capacity(units: 2), .capacity(units: 4))]),
            ("supabase-free", [(.move, .tier(id: "supabase-free"), .tier(id: "db.t4g.micro"))]),
            ("supabase-free", [(.move, .tier(id: "supabase-free"), .tier(id: "supabase-pro"))]),
            ("db.t4g.micro", [(.plan, nil, .tier(id: "db.t4g.small"))]),
        ]
        var text = ""
        for (tier, steps) in cases {
            text += "== on \(tier)\n"
            for procedure in Self.procedures(steps, on: tier) {
                text += "-- \(procedure.step.action.rawValue) \(procedure.step.to?.text ?? "")\n"
                text += procedure.commands.map { ($0.purpose.map { "# \($0.code)\n" } ?? "") + $0.text + "\n" }.joined()
                text += procedure.changes.map { "\($0.file)\n- \($0.before ?? "")\n+ \($0.after)\n" }.joined()
                text += procedure.deploy.map { "$ \($0)\n" } ?? ""
                text += "window: \(procedure.window?.code ?? "")\ndowntime: \(procedure.downtime.code)\n"
                text += "restart: \(procedure.restart.code)\neffort: \(procedure.effort.code)\n"
                text += "rollback: \(try procedure.rollback?.json() ?? "")\n"
                text += "irreversible: \(procedure.irreversible?.code ?? "")\n"
                text += procedure.cautions.map { "! \($0.code)\n" }.joined()
                let isDone = procedure.step.action == .plan
                #expect(isDone || !procedure.commands.isEmpty && procedure.window != nil && procedure.rollback != nil)
            }
        }
        try Golden.expect(
            text, is: "procedures.txt", besides: Program.repository.appending(path: "Tests/AdvisorCLITests/Golden.swift").path)
    }

    @Test("the code that a step changes stands in the guide, word for word")
    func guide() throws {
        let file = Program.repository.appending(path: "../shared/guide/aws-deployment-guide.ko.md")
        guard FileManager.default.fileExists(atPath: file.path) else { return }
        let guide = try String(contentsOf: file, encoding: .utf8)
        let all = ["prod", "dev"].flatMap { environment in
            Self.procedures(
                [
                    (.move, .tier(id: "db.t4g.micro"), .tier(id: "db.m7g.large")),
                    (.growStorage, .storage(gibibytes: 20), .storage(gibibytes: 30)), (.enableMultiAZ, nil, nil),
                    (.move, .tier(id: "db.m7g.large"), .tier(id: "aurora-serverless-v2")),
                    (.raiseCapacity, .capacity(units: 2), .capacity(units: 4)),
                ], on: "db.t4g.micro", environment: environment)
        }
        let lines = all.flatMap(\.changes).compactMap(\.before)
        #expect(lines.count >= 10)
        for line in lines { #expect(guide.contains(line), "\(line)") }
    }

    @Test(
        "a name from outside never becomes shell",
        arguments: [
            "prod-db", "", "a b", "$(touch x)", "`id`", "it's", "'; rm -rf /; '", "a\\b", "\"", "*", "-x", "ß", "a\nb", "!x", "~",
        ])
    func quoting(_ name: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "printf %s \(Shell.quoted(name))"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(String(decoding: data, as: UTF8.self) == name)
        let command = Self.procedures([(.move, nil, .tier(id: "db.t4g.small"))], on: "db.t4g.micro", id: name)[0].commands[1].text
        #expect(command.contains("--db-instance-identifier \(Shell.quoted(name)) --db-instance-class"))
    }

    @Test("the quietest hour of the week, by mean CPU; none without a week")
    func quietHour() throws {
        let start = Timestamp(seconds: 1_767_571_200)  // Monday 2026-01-05
        func history(hours: Int) -> ResourceHistory {
            let values: [Double?] = (0..<hours).map { (hour: Int) -> Double? in
                if hour % 168 == 148 { return 12 }
                return 40 + Double(hour % 24)
            }
            return ResourceHistory(series: [Fixtures.history(Fixtures.cpu, values, from: start, interval: .seconds(3600))])
        }
        let quiet = try #require(LowestLoadHour(history(hours: 21 * 24), now: start + .seconds(21 * 86_400)))
        #expect(quiet == LowestLoadHour(weekday: 6, hour: 4, cpu: 0.12, days: 21))
        #expect(LowestLoadHour(history(hours: 6 * 24), now: start + .seconds(6 * 86_400)) == nil)
        #expect(LowestLoadHour(ResourceHistory(series: []), now: start) == nil)
    }
}
