import AdvisorTestSupport
import Foundation
import Testing

/// `advisor init` on inventories of every engine, and on bills that credits pay.
@Suite("Corner cases: inventories and credits")
struct InventoryCaseTests {
    private static let engines = [
        ("postgres", "9.6.24"), ("postgres", "16.3"), ("mysql", "5.7.44"), ("mysql", "8.4.3"), ("mariadb", "10.6.14"),
        ("aurora", "5.6.10a"), ("aurora-mysql", "8.0.mysql_aurora.3.04.0"), ("aurora-postgresql", "15.4"),
        ("oracle-ee", "19.0.0.0.ru-2024"), ("oracle-se2", "19.0"), ("oracle-ee-cdb", "21.0"), ("sqlserver-ex", "15.00.4236.7.v1"),
        ("sqlserver-se", "16.00"), ("sqlserver-ee", "16.00"), ("db2-se", "11.5.9"), ("db2-ae", "11.5"), ("neptune", "1.2.0.0"),
        ("docdb", "5.0.0"), ("custom-oracle-ee", "19"), ("postgresql", "17"),
    ]
    private static let classes = [
        "db.t3.micro", "db.t4g.micro", "db.serverless", "db.r6g.large", "db.m7g.large", "db.x2iedn.32xlarge",
    ]

    /// An instance of an engine and a class, with a replica of its own.
    private static func instances(_ number: Int) -> String {
        let (engine, version) = engines[number]
        let region = ["us-east-1", "eu-central-1", "ap-northeast-2"][number % 3]
        func instance(_ id: String, _ more: String) -> String {
            #"{"DBInstanceIdentifier":"\#(id)","DBInstanceClass":"\#(classes[number % classes.count])","Engine":"\#(engine)","#
                + #""EngineVersion":"\#(version)","DBInstanceStatus":"available","AllocatedStorage":20,"StorageType":"gp3","#
                + #""MultiAZ":false,"DBInstanceArn":"arn:aws:rds:\#(region):111122223333:db:\#(id)",\#(more)}"#
        }
        let (id, replica) = ("db-\(number)", "db-\(number)-ro")
        return instance(id, #""ReadReplicaDBInstanceIdentifiers":["\#(replica)"]"#) + ","
            + instance(replica, #""ReadReplicaSourceDBInstanceIdentifier":"\#(id)","ReadReplicaDBInstanceIdentifiers":[]"#)
    }

    @Test("what init writes of every engine and class passes rules check, alone and together", arguments: 0...engines.count)
    func written(_ number: Int) throws {
        let folder = try TemporaryFolder()
        let numbers = number < Self.engines.count ? [number] : Array(Self.engines.indices)
        _ = try folder.write("{\"DBInstances\":[\(numbers.map(Self.instances).joined(separator: ","))]}", to: "inventory.json")
        let run = try Program.run(["init", "inventory.json"], in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let check = try Program.run(["rules", "check"], in: folder.url)
        #expect(check.status == 0, "\(check.output)")
        #expect(check.errors.hasSuffix(" rules loaded, 0 errors\n"), "\(check.errors)")
        let stack = try String(contentsOf: folder.url.appending(path: "advisor.yaml"), encoding: .utf8)
        #expect(stack.components(separatedBy: "replica_of: ").count == numbers.count + 1)
        #expect(stack.components(separatedBy: "\n    region: ").count == numbers.count * 2 + 1)
        let json = try Program.run(["report", "--format", "json", "--db", "none.db"], in: folder.url)
        #expect(json.status == 66 || json.output.contains("advisor.report/1"))
    }

    @Test("a replica's cost is in its source's, once", arguments: [("db.t4g.small", "58.22"), ("db.t4g.micro", "34.86")])
    func once(_ tier: String, _ total: String) throws {
        let folder = try TemporaryFolder()
        func instance(_ id: String, _ more: String) -> String {
            #"{"DBInstanceIdentifier":"\#(id)","DBInstanceClass":"\#(tier)","Engine":"postgres","EngineVersion":"16.3","#
                + #""DBInstanceStatus":"available","AllocatedStorage":50,"StorageType":"gp3","MultiAZ":false,"#
                + #""DBInstanceArn":"arn:aws:rds:us-east-1:111122223333:db:\#(id)",\#(more)}"#
        }
        let list =
            instance("orders", #""ReadReplicaDBInstanceIdentifiers":["orders-ro"]"#) + ","
            + instance("orders-ro", #""ReadReplicaSourceDBInstanceIdentifier":"orders""#)
        _ = try folder.write("{\"DBInstances\":[\(list)]}", to: "inventory.json")
        #expect(try Program.run(["init", "inventory.json"], in: folder.url).status == 0)
        let now = ["--now", "2026-03-01T00:00:00Z"]
        let value = ["ingest", "--metric", "cpu", "--resource", "orders", "--value", "7"]
        #expect(try Program.run(value + now, in: folder.url).status == 0)
        let report = try Program.run(["report", "--format", "json"] + now, in: folder.url).output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
        let costs = (object["resources"] as? [[String: Any]] ?? []).compactMap { $0["monthly_cost"] as? [String: Any] }
        let amounts = costs.compactMap { $0["amount"] as? String }.compactMap { Decimal(string: $0) }
        #expect(amounts.reduce(0, +) == Decimal(string: total))
    }

    @Test(
        "what credits pay counts as their use a day, whatever part of the bill it is",
        arguments: [(["4.032", "1.08"], "0.00", "5.112"), (["4.032"], "21.60", "4.032"), (["1.08"], "80.64", "1.08")])
    func credits(_ paid: [String], _ net: String, _ burn: String) throws {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            "name: x\nstage: launch\naccount: { created: 2025-06-01, credits: [{ amount: $1000, expires: 2027-12-31 }] }\n",
            to: "advisor.yaml")
        let header =
            "bill_payer_account_id,bill_billing_period_start_date,line_item_usage_account_id,line_item_line_item_type,"
            + "line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,"
            + "line_item_usage_amount,line_item_currency_code,line_item_unblended_cost,pricing_unit\n"
        let kinds = [("4.032", "AmazonRDS,InstanceUsage:db.m7g.large"), ("1.08", "AmazonEC2,NatGateway-Hours")]
        let lines = (1...20).flatMap { day in
            let (start, end) = (String(format: "2026-11-%02dT00:00:00Z", day), String(format: "2026-11-%02dT00:00:00Z", day + 1))
            let prefix = "111122223333,2026-11-01T00:00:00Z,111122223333"
            return kinds.map { cost, kind in "\(prefix),Usage,\(start),\(end),\(kind),24,USD,\(cost),Hrs\n" }
                + kinds.filter { paid.contains($0.0) }.map { cost, kind in
                    "\(prefix),Credit,\(start),\(end),\(kind),0,USD,-\(cost),Hrs\n"
                }
        }
        _ = try folder.write(header + lines.joined(), to: "cur.csv")
        let now = ["--now", "2026-11-25T00:00:00Z"]
        let ingest = try Program.run(["ingest", "cur.csv"] + now, in: folder.url)
        #expect(ingest.output == "2026-11 CUR of 111122223333: \(lines.count) lines, $\(net)\n")
        let report = try Program.run(["report", "--format", "json"] + now, in: folder.url).output
        let object = try #require(try JSONSerialization.jsonObject(with: Data(report.utf8)) as? [String: Any])
        let credits = try #require(object["credits"] as? [String: Any])
        #expect((credits["burn_per_day"] as? [String: Any])?["amount"] as? String == burn)
    }
}
