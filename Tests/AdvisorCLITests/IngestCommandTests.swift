import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorCLI

@Suite("Ingest: what it says of its input")
struct IngestCommandTests {
    private static let now = ["--now", "2026-03-31T00:00:00Z"]

    private func ingest(_ arguments: String..., input: String = "", in folder: TemporaryFolder) throws -> Program.Run {
        try Program.run(["ingest"] + arguments + Self.now, in: folder.url, input: input)
    }

    @Test("an empty input ends with 66, and says what may have failed", arguments: ["", "\n\n", "  \r\n"])
    func empty(_ content: String) throws {
        let folder = try TemporaryFolder()
        let run = try ingest("-", input: content, in: folder)
        #expect(run.status == 66)
        #expect(run.errors == "-:1: standard input is empty; did the command before the pipe fail?\n")
        #expect(run.output == "")
        _ = try folder.write(content, to: "empty.csv")
        _ = try folder.write("timestamp,metric,resource,value\n2026-03-30T00:00:00Z,cpu,db,5\n", to: "good.csv")
        let file = try ingest("empty.csv", "good.csv", in: folder)
        #expect(file.status == 66)
        #expect(file.errors == "empty.csv:1: the file is empty\n")
        #expect(file.output == "1 new, 0 unchanged, 0 rejected (samples of 1 series)\n")
    }

    @Test("a repeated ingest changes nothing, and says so")
    func again() throws {
        let folder = try TemporaryFolder()
        let header = "timestamp,metric,resource,value\n"
        _ = try folder.write(header + "2026-03-30T00:00:00Z,cpu,db,5\n2026-03-30T00:01:00Z,cpu,db,6\n", to: "a.csv")
        _ = try folder.write(header + "2026-03-30T00:01:00Z,cpu,db,7\n2026-03-30T00:02:00Z,cpu,db,8\n", to: "b.csv")
        #expect(try ingest("a.csv", in: folder).output == "2 new, 0 unchanged, 0 rejected (samples of 1 series)\n")
        #expect(try ingest("a.csv", in: folder).output == "0 new, 2 unchanged, 0 rejected (samples of 1 series)\n")
        #expect(try ingest("b.csv", in: folder).output == "1 new, 1 replaced, 0 unchanged, 0 rejected (samples of 1 series)\n")
        let json = try ingest("b.csv", "--format", "json", in: folder).output
        #expect(json.contains("\"unchanged\" : 2"))
    }

    @Test("queries that are missing are one message, and the number of values")
    func queries() throws {
        let folder = try TemporaryFolder()
        let results = (0..<3).map { #"{"Id":"m\#($0)","Label":"x","Timestamps":[1774828800,1774829100],"Values":[1,2]}"# }
        let run = try ingest("-", input: "{\"MetricDataResults\":[\(results.joined(separator: ","))]}", in: folder)
        #expect(run.status == 65)
        #expect(
            run.errors
                == "-:1: unknown series for 'm0' (label 'x'); pass `--queries FILE`, the file given to get-metric-data (6 records)\n"
        )
    }

    @Test("metrics that no rule can use are named")
    func unused() throws {
        let folder = try TemporaryFolder()
        let header = "timestamp,namespace,name,dimensions,value\n"
        let rows = ["AWS/RDS,BinLogDiskUsage", "Shop,ActiveUsers", "AWS/RDS,CPUUtilization"]
        _ = try folder.write(
            header + rows.map { "2026-03-30T00:00:00Z,\($0),DBInstanceIdentifier=db,5\n" }.joined(), to: "a.csv")
        let run = try ingest("a.csv", in: folder)
        #expect(run.status == 0)
        #expect(run.errors.hasPrefix("advisor: no rule can use AWS/RDS BinLogDiskUsage, Shop ActiveUsers; "))
        let stack = """
            resources:
              - id: db
                kind: database
                metrics: { active_users: { namespace: Shop, name: ActiveUsers, dimensions: { DBInstanceIdentifier: db } } }
            """
        _ = try folder.write(stack, to: "advisor.yaml")
        #expect(try ingest("a.csv", in: folder).errors.hasPrefix("advisor: no rule can use AWS/RDS BinLogDiskUsage; "))
        #expect(try ingest("a.csv", "--quiet", in: folder).errors.isEmpty)
    }

    @Test("a zip archive is read as its files, bills too")
    func zip() throws {
        let folder = try TemporaryFolder()
        let header = "timestamp,metric,resource,value\n"
        _ = try folder.write(header + "2026-03-30T00:00:00Z,cpu,db,5\n", to: "in/a.csv")
        _ = try folder.write(header + "2026-03-30T00:01:00Z,cpu,db,x\n2026-03-30T00:02:00Z,cpu,db,5\n", to: "in/b.csv")
        let bill =
            "identity/LineItemId,lineItem/UsageStartDate,lineItem/ProductCode,lineItem/UsageType,lineItem/UnblendedCost,bill/BillingPeriodStartDate,lineItem/LineItemType\n"
        let line = "1,2026-03-01T00:00:00Z,AmazonRDS,X,3.00,2026-03-01T00:00:00Z,Usage\n"
        _ = try folder.write(bill + line, to: "cur/1.csv")
        try shell(
            "cd \(folder.url.path) && python3 -m zipfile -c in.zip in/a.csv in/b.csv && python3 -m zipfile -c cur.zip cur/1.csv")
        let run = try ingest("in.zip", in: folder)
        #expect(run.output == "2 new, 0 unchanged, 1 rejected (samples of 1 series)\n")
        #expect(
            run.errors == "in.zip:2: in b.csv: 'x' is not a finite number\n"
                || run.errors.contains("b.csv: 'x' is not a finite number"))
        let billed = try ingest("cur.zip", in: folder)
        #expect(billed.status == 0)
        #expect(billed.output.contains("$3.00"))
        let again = try ingest("cur/1.csv", in: folder)
        #expect(again.output.contains("$3.00"))
    }

    private func shell(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test(
        "a value in another kind of unit: the reason names both",
        arguments: [
            ("cpu,db,80,Bytes", "avg(cpu) >= 80%", "the samples of cpu are in Bytes, not in Percent"),
            ("free_storage,db,80,Percent", "avg(free_storage) < 1GB", "the samples of free_storage are in Percent, not in Bytes"),
            ("connections,db,3,Seconds", "max(connections) > 5", "the samples of connections are in Seconds, not in Count"),
        ])
    func unit(_ row: String, _ when: String, _ reason: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write("timestamp,metric,resource,value,unit\n2026-03-30T23:59:00Z,\(row)\n", to: "a.csv")
        _ = try folder.write("resources:\n  - { id: db, kind: database, tier: db.t4g.micro }\n", to: "advisor.yaml")
        _ = try folder.write(
            "rules:\n  - { id: q, title: t, applies_to: database, when: \(when), period: 1m }\n", to: "rules/q.yaml")
        #expect(try ingest("a.csv", in: folder).status == 0)
        let run = try Program.run(
            ["rules", "explain", "q", "--rules", "rules"] + Self.now, in: folder.url, environment: ["COLUMNS": "300"])
        #expect(run.output.contains(reason), "\(run.output)")
    }

    @Test("rules explain survives any finite value", arguments: ["1e19", "1e308", "5e-324", "9.3e16", "123456789012345678"])
    func extremes(_ value: String) throws {
        let folder = try TemporaryFolder()
        let rows = [
            "connections,db,\(value),Count", "read_latency,db,\(value),Seconds", "free_storage,db,\(value),Bytes",
            "estimated_charges,account,\(value),None",
        ]
        _ = try folder.write(
            "timestamp,metric,resource,value,unit\n" + rows.map { "2026-03-30T23:59:00Z,\($0)\n" }.joined(), to: "a.csv")
        _ = try folder.write("resources:\n  - { id: db, kind: database, tier: db.t4g.micro }\n", to: "advisor.yaml")
        let conditions = [
            "max(connections) > 5", "avg(read_latency) > 0ms", "avg(free_storage) > 1B",
            "max(connections) - min(connections) > 5",
        ]
        let rules = conditions.enumerated().map {
            "  - { id: q\($0.offset), title: t, applies_to: database, when: \"\($0.element)\", period: 1m }\n"
        }
        _ = try folder.write("rules:\n" + rules.joined(), to: "rules/q.yaml")
        #expect(try ingest("a.csv", in: folder).status == 0)
        for rule in conditions.indices {
            let run = try Program.run(["rules", "explain", "q\(rule)", "--rules", "rules"] + Self.now, in: folder.url)
            #expect(run.status == 0)
        }
        #expect(try Program.run(["report", "--rules", "rules"] + Self.now, in: folder.url).status == 0)
    }

    @Test("--value: an impossible one is refused; the account needs no --resource")
    func value() throws {
        let folder = try TemporaryFolder()
        let run = try ingest("--metric", "cpu", "--resource", "db", "--value", "150", in: folder)
        #expect(run.status == 65)
        #expect(run.errors == "advisor: impossible value of cpu: 150 % (at most 100 %)\n")
        #expect(try ingest("--metric", "connections", "--resource", "db", "--value", "7", in: folder).status == 0)
        let charges =
            #"{"Label":"EstimatedCharges","Datapoints":[{"Timestamp":"2026-03-20T00:00:00Z","Maximum":31.2,"Unit":"None"}]}"#
        _ = try folder.write(charges, to: "charges.json")
        #expect(try ingest("charges.json", "--metric", "estimated_charges", in: folder).status == 0)
        let named = try ingest("charges.json", "--metric", "estimated_charges", "--resource", "account", in: folder)
        #expect(named.output == "0 new, 1 unchanged, 0 rejected (samples of 1 series)\n")
    }
}
