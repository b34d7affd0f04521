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
        code: InfrastructureCode? = nil
    ) -> [Procedure] {
        var (resource, stack) = (Stack.Resource(id: id, kind: .database), Stack())
        resource.tier = tier
        if tier.hasPrefix("db.") { resource.engine = EngineVersion(.postgres, version: "15.4") }
        stack.infrastructureCode = code
        return Runbook(stack: stack, catalog: catalog).procedures(
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
                #expect(procedure.changes.isEmpty && procedure.deploy == nil)
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

    private static let codeSteps: [(Recommendation.Kind, from: StepTarget?, to: StepTarget?)] = [
        (.move, .tier(id: "db.t4g.micro"), .tier(id: "db.m7g.large")),
        (.growStorage, .storage(gibibytes: 20), .storage(gibibytes: 30)), (.enableMultiAZ, nil, nil),
        (.addReplica, .replicas(count: 0), .replicas(count: 1)), (.raiseCapacity, .capacity(units: 2), .capacity(units: 4)),
    ]

    @Test("the code of the stack is shown where advisor.yaml says what it is declared with, beside the same commands")
    func code() {
        func changes(_ code: InfrastructureCode?) -> [String] {
            Self.procedures(Self.codeSteps, on: "db.t4g.micro", code: code).flatMap(\.changes).map { $0.after }
        }
        #expect(changes(nil) == [])
        #expect(
            changes(.cdk) == [
                "instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),", "allocatedStorage: 30,",
                "multiAz: true,",
                "new rds.DatabaseInstanceReadReplica(this, 'Replica1', { sourceDatabaseInstance: instance, instanceType: instance.instanceType!, vpc });",
                "serverlessV2MaxCapacity: 4,",
            ])
        #expect(
            changes(.terraform) == [
                "instance_class = \"db.m7g.large\"", "allocated_storage = 30", "multi_az = true",
                "resource \"aws_db_instance\" \"replica_1\" { replicate_source_db = \"prod-db\", instance_class = aws_db_instance.main.instance_class }",
                "max_capacity = 4",
            ])
        let commands = { (code: InfrastructureCode?) in
            Self.procedures(Self.codeSteps, on: "db.t4g.micro", code: code).map { $0.commands }
        }
        #expect(commands(nil) == commands(.cdk) && commands(nil) == commands(.terraform))
    }

    @Test("no step names the guide's repository", arguments: [nil, InfrastructureCode.cdk, InfrastructureCode.terraform])
    func ownStack(_ code: InfrastructureCode?) {
        let moves: [(Recommendation.Kind, from: StepTarget?, to: StepTarget?)] = [
            (.move, .tier(id: "supabase-free"), .tier(id: "db.t4g.micro")),
            (.move, .tier(id: "db.t4g.micro"), .tier(id: "aurora-serverless-v2")),
        ]
        for procedure in Self.procedures(Self.codeSteps + moves, on: "supabase-free", code: code) {
            let text = (procedure.commands.map(\.text) + procedure.changes.map(\.after) + [procedure.deploy ?? ""]).joined()
            for word in ["services/infrastructure", "DualTetraX", "database-stack", "environment="] {
                #expect(!text.contains(word), "\(word) in \(text)")
            }
        }
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
        let command = Self.procedures([(.move, nil, .tier(id: "db.t4g.small"))], on: "db.t4g.micro", id: name)[0].commands[2].text
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
