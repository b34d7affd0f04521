import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

@Suite("Inventories of databases")
struct DatabaseInventoryTests {
    /// A stack as init writes it, read again, with what each resource costs a month.
    private struct Outcome {
        var text: String
        var stack: Stack
        var costs: [String: String] = [:]
        var queries: String

        init(_ outputs: String...) throws {
            var inventory = DatabaseInventory()
            for output in outputs {
                let isRead = inventory.add(Array(output.utf8))
                #expect(isRead)
            }
            let catalog = try BundledFiles.catalog()
            let files = InitFiles(resources: inventory.databases(), catalog: catalog)
            text = files.stack()
            queries = files.queries(metrics: Reading.metrics)
            let read = try BundledFiles.stack(text)
            #expect(read.diagnostics == [], "\(text)")
            stack = read.value
            for resource in stack.resources {
                guard let tier = catalog.tier(of: resource) else { continue }
                costs[resource.id] = tier.monthlyCost(TierConfiguration(resource)).total?.cents ?? "unknown"
            }
        }

        subscript(_ id: String) -> Stack.Resource? { stack.resources.first { $0.id == id } }
    }

    private static func instance(_ id: String, _ members: String) -> String {
        #"{"DBInstanceIdentifier":"\#(id)","DBInstanceStatus":"available","MultiAZ":false,\#(members)}"#
    }

    private static func instances(_ all: String...) -> String { #"{"DBInstances":[\#(all.joined(separator: ","))]}"# }

    private static func member(_ id: String, class name: String = "db.serverless", engine: String = "aurora-postgresql") -> String
    {
        instance(
            id,
            #""DBInstanceClass":"\#(name)","Engine":"\#(engine)","EngineVersion":"15.4","AllocatedStorage":1,"StorageType":"aurora","DBClusterIdentifier":"core","DBInstanceArn":"arn:aws:rds:us-east-1:111122223333:db:\#(id)""#
        )
    }

    private static let postgres =
        #""DBInstanceClass":"db.t4g.small","Engine":"postgres","EngineVersion":"16.4","AllocatedStorage":50,"StorageType":"gp3""#

    @Test("a replica is counted once, and each has its region")
    func replica() throws {
        let arn = #""DBInstanceArn":"arn:aws:rds:eu-central-1:111122223333:db:x""#
        let found = try Outcome(
            Self.instances(
                Self.instance("orders", #"\#(Self.postgres),\#(arn),"ReadReplicaDBInstanceIdentifiers":["orders-ro"]"#),
                Self.instance(
                    "orders-ro", #"\#(Self.postgres),\#(arn),"ReadReplicaSourceDBInstanceIdentifier":"orders""#)))
        #expect(found.stack.region == "eu-central-1")
        #expect(found.stack.resources.map(\.region) == ["eu-central-1", "eu-central-1"])
        #expect(found["orders"]?.replicas == 1 && found["orders-ro"]?.replicaOf == "orders")
        // 730 × 0.032 + 50 × 0.115 each, at the prices of us-east-1.
        #expect(found.costs == ["orders": "29.11", "orders-ro": "29.11"])
        #expect(found.queries.contains("ReplicaLag"))
    }

    @Test("a replica in another inventory is billed with its source; in the same, in either order, by itself")
    func replicas() throws {
        let source = Self.instance("orders", #"\#(Self.postgres),"ReadReplicaDBInstanceIdentifiers":["orders-ro"]"#)
        let replica = Self.instance(
            "orders-ro",
            #"\#(Self.postgres),"ReadReplicaSourceDBInstanceIdentifier":"arn:aws:rds:us-east-1:111122223333:db:orders""#)
        #expect(try Outcome(Self.instances(source)).costs == ["orders": "58.22"])
        #expect(try Outcome(Self.instances(replica)).costs == ["orders-ro": "29.11"])
        #expect(try Outcome(Self.instances(replica), Self.instances(source)).costs == ["orders": "29.11", "orders-ro": "29.11"])
        #expect(try Outcome(Self.instances(source, source)).stack.resources.count == 1)
    }

    @Test("the members of a cluster are one cluster: as many instances, one volume, one query of its size")
    func cluster() throws {
        let cluster =
            #"{"DBClusters":[{"DBClusterIdentifier":"core","Engine":"aurora-postgresql","EngineVersion":"15.4","DBClusterArn":"arn:aws:rds:us-east-1:111122223333:cluster:core","ServerlessV2ScalingConfiguration":{"MinCapacity":0.5,"MaxCapacity":4},"DBClusterMembers":[{"DBInstanceIdentifier":"core-0","IsClusterWriter":false},{"DBInstanceIdentifier":"core-1","IsClusterWriter":true}]}]}"#
        let members = Self.instances(Self.member("core-0"), Self.member("core-1"))
        for found in [try Outcome(members, cluster), try Outcome(cluster, members), try Outcome(cluster)] {
            #expect(found["core-1"]?.replicas == 1 && found["core-0"]?.replicaOf == "core-1")
            #expect(found.stack.resources.map(\.maximumCapacity) == [4, 4])
            #expect(found.queries.components(separatedBy: "VolumeBytesUsed").count == 2)
            // 730 h × 0.5 ACU × $0.12; the size of the volume is not in the inventory.
            #expect(found.costs == ["core-0": "43.80", "core-1": "unknown"])
        }
        var alone = try Outcome(members)
        #expect(alone["core-0"]?.replicas == 1 && alone["core-1"]?.replicaOf == "core-0")
        alone.stack.resources[0].allocatedStorage = 10
        let tier = try #require(try BundledFiles.catalog().tier(AuroraServerless.tier))
        let total = alone.stack.resources.compactMap { tier.monthlyCost(TierConfiguration($0)).total }.reduce(Money(0), +)
        #expect(total.cents == "88.60")
    }

    @Test("a class, engine or storage whose price is not known has no price")
    func unknown() throws {
        let found = try Outcome(
            Self.instances(
                Self.member("aur", class: "db.t4g.medium"), Self.member("legacy", class: "db.r5.large", engine: "aurora"),
                Self.instance(
                    "t3", #""DBInstanceClass":"db.t3.micro","Engine":"postgres","EngineVersion":"16.3","AllocatedStorage":20"#),
                Self.instance("ora", #""DBInstanceClass":"db.t4g.medium","Engine":"oracle-se2","AllocatedStorage":20"#),
                Self.instance(
                    "graph",
                    #""DBInstanceClass":"db.serverless","Engine":"neptune","AllocatedStorage":1,"DBClusterIdentifier":"g""#),
                Self.instance(
                    "io",
                    #""DBInstanceClass":"db.t4g.medium","Engine":"mysql","EngineVersion":"8.0.35","AllocatedStorage":20,"StorageType":"io1","Iops":3000"#
                )))
        // 730 × 0.018 + 20 × 0.115; io1: 730 × 0.065 + 100 × 0.125 + 3,000 × 0.10. The volumes of Aurora are not in the inventory.
        #expect(
            found.costs == ["aur": "unknown", "legacy": "211.70", "t3": "15.44", "ora": "unknown", "io": "359.95"])
        #expect(found["legacy"]?.engine?.description == "aurora-mysql 15.4" || found["legacy"]?.engine?.engine == .auroraMySQL)
        #expect(found["io"]?.engine?.description == "mysql 8.0" && found["io"]?.iops == 3000)
        #expect(found.text.components(separatedBy: "no price is known").count == 2, "Oracle's")
        #expect(found.text.components(separatedBy: "not in the catalog").count == 2, "Neptune's serverless class")
        #expect(found.stack.resources.filter { $0.allocatedStorage == 1 }.isEmpty)
    }

    @Test("a stopped instance has no hours")
    func stopped() throws {
        let off = #"{"DBInstanceIdentifier":"off","DBInstanceStatus":"stopped","MultiAZ":false,\#(Self.postgres)}"#
        let found = try Outcome(Self.instances(off, Self.instance("on", Self.postgres)))
        #expect(found.costs == ["off": "5.75", "on": "29.11"])
    }

    @Test("twenty engines and classes: what is written can be read, with the region of each")
    func engines() throws {
        let engines = [
            ("postgres", "9.6.24"), ("postgres", "16.3"), ("mysql", "5.7.44"), ("mysql", "8.4.3"), ("mariadb", "10.6.14"),
            ("aurora", "5.6.10a"), ("aurora-mysql", "8.0.mysql_aurora.3.04.0"), ("aurora-postgresql", "15.4"),
            ("oracle-ee", "19.0.0.0.ru-2024"),
            ("oracle-se2", "19.0"), ("oracle-ee-cdb", "21.0"), ("oracle-se2-cdb", "21.0"), ("sqlserver-ex", "15.00.4236.7.v1"),
            ("sqlserver-web", "15.00"), ("sqlserver-se", "16.00"), ("sqlserver-ee", "16.00"), ("db2-se", "11.5.9"),
            ("db2-ae", "11.5"),
            ("neptune", "1.2.0.0"), ("docdb", "5.0.0"), ("custom-oracle-ee", "19"), ("postgresql", ""), ("", ""),
        ]
        let classes = ["db.t3.micro", "db.t4g.micro", "db.serverless", "db.r6g.large", "db.m7g.large", "db.x2iedn.32xlarge"]
        let regions = ["us-east-1", "eu-central-1", "ap-northeast-2", "us-gov-west-1", "cn-north-1"]
        let all = engines.indices.map { index in
            let region = regions[index % regions.count]
            return Self.instance(
                "db-\(index)",
                #""DBInstanceClass":"\#(classes[index % classes.count])","Engine":"\#(engines[index].0)","EngineVersion":"\#(engines[index].1)","AllocatedStorage":20,"StorageType":"gp3","DBInstanceArn":"arn:aws:rds:\#(region):111122223333:db:db-\#(index)""#
            )
        }
        let found = try Outcome(#"{"DBInstances":[\#(all.joined(separator: ","))]}"#)
        #expect(found.stack.resources.count == engines.count)
        for (index, resource) in found.stack.resources.enumerated() { #expect(resource.region == regions[index % regions.count]) }
        #expect(found["db-2"]?.engine?.description == "mysql 5.7" && found["db-0"]?.engine?.description == "postgres 9.6")
        #expect(
            found["db-6"]?.engine?.description == "aurora-mysql 8.0" && found["db-5"]?.engine?.description == "aurora-mysql 5.6")
        #expect(found.stack.region == nil && !found.text.contains("prices are"))
    }

    @Test(
        "metrics are asked for in every region of the resources, and billing metrics where they are",
        arguments: [
            (["us-east-1"], " --region us-east-1 "), (["eu-central-1"], "for region in eu-central-1 us-east-1; do "),
            (["eu-central-1", "us-east-1"], "for region in eu-central-1 us-east-1; do "),
            (["ap-northeast-2", "eu-central-1"], "for region in ap-northeast-2 eu-central-1 us-east-1; do "),
            (["cn-north-1"], " --region cn-north-1 "), ([], "file://queries.json --start-time "),
        ])
    func regions(_ regions: [String], _ words: String) throws {
        let resources = (regions.isEmpty ? [nil] : regions.map(Optional.some)).enumerated().map { number, region in
            var resource = Stack.Resource(id: "db-\(number)", kind: .database)
            resource.region = region
            return resource
        }
        let steps = InitFiles(resources: resources, catalog: try BundledFiles.catalog()).nextSteps(now: Fixtures.at(0))
        let commands = steps.split(separator: "\n").filter { $0.contains("get-metric-data") }
        #expect(commands.count == 2)
        for command in commands { #expect(command.contains(words), "\(command)") }
    }

    @Test(
        "the lists alone are read too, other documents are not",
        arguments: [
            (#"[{"DBInstanceIdentifier":"a"}]"#, true), (#"{"DBInstanceIdentifier":"a"}"#, true),
            (#"{"DBInstances":[]}{"DBClusters":[]}"#, true), (#"{"Reservations":[]}"#, false), ("[1]", false), ("", false),
            ("{", false),
            (#"{"DBInstances":[{}]}"#, false),
        ])
    func documents(_ text: String, _ isRead: Bool) {
        var inventory = DatabaseInventory()
        let found = inventory.add(Array(text.utf8))
        #expect(found == isRead)
    }
}
