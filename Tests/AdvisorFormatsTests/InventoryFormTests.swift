import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorFormats

/// What `advisor init` writes of databases that AWS describes in other ways.
@Suite("Inventories: storage, clusters and regions")
struct InventoryFormTests {
    /// A stack as init writes it, read again, with what each resource costs a month.
    private struct Outcome {
        var text: String
        var stack: Stack
        var costs: [String: String] = [:]
        var total = "unknown"
        var queries: String
        var notices: [String]

        init(_ outputs: String..., storage: Double? = nil) throws {
            var inventory = DatabaseInventory()
            for output in outputs {
                let isRead = inventory.add(Array(output.utf8))
                #expect(isRead)
            }
            let catalog = try BundledFiles.catalog()
            let files = InitFiles(resources: inventory.databases(), catalog: catalog)
            notices = inventory.notices
            (text, queries) = (files.stack(), files.queries(metrics: Reading.metrics))
            let read = try BundledFiles.stack(text)
            #expect(read.diagnostics == [], "\(text)")
            stack = read.value
            var sum: Money? = Money(0)
            for index in stack.resources.indices {
                if let storage { stack.resources[index].allocatedStorage = storage }
                let resource = stack.resources[index]
                let cost = catalog.tier(of: resource)?.monthlyCost(TierConfiguration(resource)).total
                costs[resource.id] = cost?.cents ?? "unknown"
                sum = sum.flatMap { sum in cost.map { sum + $0 } }
            }
            total = sum?.cents ?? "unknown"
        }

        subscript(_ id: String) -> Stack.Resource? { stack.resources.first { $0.id == id } }
    }

    private static func instances(_ all: String...) -> String { #"{"DBInstances":[\#(all.joined(separator: ","))]}"# }

    private static func instance(
        _ id: String, _ engine: String, _ name: String, region: String = "us-east-1", _ more: String
    ) -> String {
        #"{"DBInstanceIdentifier":"\#(id)","DBInstanceClass":"\#(name)","Engine":"\#(engine)","#
            + #""DBInstanceArn":"arn:aws:rds:\#(region):111122223333:db:\#(id)",\#(more)}"#
    }

    private static let volume = #""EngineVersion":"15.4","AllocatedStorage":1,"StorageType":"aurora","MultiAZ":false"#

    // MARK: Classes and stopped instances

    @Test(
        "classes of Aurora with 10 GiB, and of RDS with 20",
        arguments: [
            // 730 × 0.073, 730 × 0.26, and 10 × 0.10.
            ("aurora-postgresql", "db.t4g.medium", #"\#(volume),"DBClusterIdentifier":"c""#, 10.0, "54.29"),
            ("aurora-postgresql", "db.r6g.large", #"\#(volume),"DBClusterIdentifier":"c""#, 10, "190.80"),
            // 730 × 0.065 + 20 × 0.115.
            (
                "postgres", "db.t4g.medium",
                #""EngineVersion":"16.3","AllocatedStorage":20,"StorageType":"gp3","MultiAZ":false"#, nil, "49.75"
            ),
        ])
    func classes(_ engine: String, _ name: String, _ more: String, _ storage: Double?, _ cost: String) throws {
        let found = try Outcome(Self.instances(Self.instance("a", engine, name, more)), storage: storage)
        #expect(found.costs == ["a": cost])
        #expect(!found.text.contains("gp3") || engine == "postgres")
    }

    @Test(
        "a stopped instance costs its storage and what is provisioned, and no hour",
        arguments: [
            // io1: 100 GiB at least, × 0.125, + 1,000 × 0.10.
            (
                "mysql", "db.t4g.medium",
                #""EngineVersion":"8.4.3","AllocatedStorage":30,"StorageType":"io1","Iops":1000,"MultiAZ":false,"DBInstanceStatus":"stopping""#,
                nil, "112.50"
            ),
            (
                "mariadb", "db.t4g.small",
                #""EngineVersion":"10.11.6","AllocatedStorage":20,"StorageType":"gp2","MultiAZ":true,"DBInstanceStatus":"stopped""#,
                nil, "4.60"
            ),
            (
                "aurora-mysql", "db.r6g.large",
                #""EngineVersion":"8.0.mysql_aurora.3.04.0","AllocatedStorage":1,"StorageType":"aurora","MultiAZ":false,"DBClusterIdentifier":"c","DBInstanceStatus":"stopped""#,
                10.0, "1.00"
            ),
        ])
    func stopped(_ engine: String, _ name: String, _ more: String, _ storage: Double?, _ cost: String) throws {
        let found = try Outcome(Self.instances(Self.instance("off", engine, name, more)), storage: storage)
        #expect(found["off"]?.isStopped == true)
        #expect(found.costs == ["off": cost])
    }

    // MARK: Aurora I/O-Optimized

    private static func cluster(_ more: String, members: [String] = ["core-0"]) -> String {
        let list = members.enumerated().map {
            #"{"DBInstanceIdentifier":"\#($0.element)","IsClusterWriter":\#($0.offset == 0)}"#
        }
        return
            #"{"DBClusters":[{"DBClusterIdentifier":"core","DBClusterArn":"arn:aws:rds:us-east-1:111122223333:cluster:core",\#(more),"DBClusterMembers":[\#(list.joined(separator: ","))]}]}"#
    }

    @Test("I/O-Optimized storage has its own prices, and free reads and writes", arguments: ["instances", "clusters", "both"])
    func ioOptimized(_ form: String) throws {
        let scaling = #""ServerlessV2ScalingConfiguration":{"MinCapacity":1,"MaxCapacity":4}"#
        let instances = Self.instances(
            Self.instance(
                "core-0", "aurora-postgresql", "db.serverless",
                #""EngineVersion":"16.4","AllocatedStorage":1,"StorageType":"aurora-iopt1","MultiAZ":false,"DBClusterIdentifier":"core""#
            ))
        let clusters = Self.cluster(
            #""Engine":"aurora-postgresql","EngineVersion":"16.4","StorageType":"aurora-iopt1",\#(scaling)"#)
        let found =
            switch form {
            case "instances": try Outcome(instances, storage: 10)
            case "clusters": try Outcome(clusters, storage: 10)
            default: try Outcome(clusters, instances, storage: 10)
            }
        #expect(found["core-0"]?.storageType == "aurora-iopt1")
        // 730 × 1 ACU × 0.16 + 10 × 0.225; a range that is not described is that of the tier, from 0.5 ACU.
        #expect(found.costs == ["core-0": form == "instances" ? "60.65" : "119.05"])
        var resource = try #require(found["core-0"])
        let family = try #require(try BundledFiles.catalog().tier(of: resource)?.family)
        #expect(family.requestItem(storage: resource.storageType) == nil)
        resource.storageType = nil
        #expect(family.requestItem(storage: resource.storageType) == "aurora-io")
    }

    @Test("the hours of a class with I/O-Optimized storage have no known price, rather than that of Standard")
    func ioOptimizedClass() throws {
        let member = Self.instance(
            "a", "aurora-postgresql", "db.r6g.large", Self.volume.replacing("\"aurora\"", with: "\"aurora-iopt1\""))
        #expect(try Outcome(Self.instances(member), storage: 10).costs == ["a": "unknown"])
    }

    // MARK: Clusters

    private static let standby =
        #""Engine":"postgres","EngineVersion":"16.3","AllocatedStorage":100,"StorageType":"io1","Iops":1000"#

    @Test("a Multi-AZ cluster of RDS has the same cost from either command: three instances, each with its storage")
    func multiAZ() throws {
        let ids = ["core-0", "core-1", "core-2"]
        let members = ids.map {
            Self.instance(
                $0, "postgres", "db.m6g.large", #"\#(Self.standby.dropFirst(20)),"MultiAZ":false,"DBClusterIdentifier":"core""#)
        }
        let instances = #"{"DBInstances":[\#(members.joined(separator: ","))]}"#
        let clusters = Self.cluster(#"\#(Self.standby),"DBClusterInstanceClass":"db.m6g.large""#, members: ids)
        let found = try [Outcome(instances), Outcome(clusters), Outcome(clusters, instances), Outcome(instances, clusters)]
        for outcome in found {
            #expect(outcome.stack.resources.map(\.id).sorted() == ids)
            #expect(outcome.stack.resources.map(\.allocatedStorage) == [100, 100, 100])
            #expect(outcome.total == found[0].total && outcome.total != "unknown", "\(outcome.costs)")
        }
    }

    @Test("a cluster without instances is written, and said to have no cost", arguments: ["serverless", "provisioned"])
    func withoutMembers(_ mode: String) throws {
        let found = try Outcome(
            Self.cluster(
                #""Engine":"aurora-mysql","EngineVersion":"5.7.mysql_aurora.2.08.3","EngineMode":"\#(mode)""#, members: []))
        #expect(found.stack.resources.map(\.id) == ["core"])
        #expect(found["core"]?.engine?.description == "aurora-mysql 5.7" && found["core"]?.region == "us-east-1")
        #expect(found.notices.count == 1 && found.notices[0].contains("the cluster 'core' has no instances"))
        #expect(found.queries.contains("DBClusterIdentifier") && !found.queries.contains("DBInstanceIdentifier"))
    }

    @Test(
        "engines with a namespace of their own are asked for in it, and for what they have",
        arguments: [("neptune", "AWS/Neptune", false), ("docdb", "AWS/DocDB", true)])
    func namespaces(_ engine: String, _ namespace: String, _ hasConnections: Bool) throws {
        let more =
            #""EngineVersion":"5.0.0","AllocatedStorage":1,"StorageType":"standard","MultiAZ":false,"DBClusterIdentifier":"core""#
        let instances = Self.instances(Self.instance("core-0", engine, "db.r6g.large", more))
        let clusters = Self.cluster(#""Engine":"\#(engine)","EngineVersion":"5.0.0""#)
        for found in [try Outcome(instances), try Outcome(clusters), try Outcome(clusters, instances)] {
            #expect(!found.queries.contains("AWS/RDS") && !found.queries.contains("FreeStorageSpace"))
            #expect(found.queries.contains(namespace))
            #expect(found.queries.contains("DatabaseConnections") == hasConnections)
            #expect(found["core-0"]?.metrics[.cpu]?.namespace == namespace)
            #expect(found["core-0"]?.metrics[.volumeBytesUsed]?.dimensions.first?.value == "core")
            #expect(found["core-0"]?.allocatedStorage == nil)
        }
    }

    // MARK: One id twice

    @Test("an id in several regions or accounts is said to be written once; the same database again is not")
    func regions() throws {
        let all = ["us-east-1", "eu-central-1", "ap-south-1"].map {
            Self.instances(Self.instance("db", "postgres", "db.t4g.micro", region: $0, Self.standby.dropFirst(20).description))
        }
        let found = try Outcome(all[0], all[1], all[2])
        #expect(found.stack.resources.map(\.region) == ["us-east-1"])
        #expect(found.notices.count == 2)
        #expect(found.notices[0].contains("arn:aws:rds:us-east-1:111122223333:db:db"))
        #expect(found.notices[0].contains("arn:aws:rds:eu-central-1:111122223333:db:db"))
        #expect(try Outcome(all[0], all[0]).notices.isEmpty)
        let cluster = Self.cluster(#""Engine":"aurora-mysql","EngineVersion":"8.0""#)
        let other = cluster.replacing(":us-east-1:", with: ":eu-west-1:").replacing("core-0", with: "far-0")
        #expect(try Outcome(cluster, other).notices.count == 1)
        #expect(try Outcome(cluster, cluster).notices.isEmpty)
    }

    @Test("the least policy allows the commands that init reads")
    func policy() throws {
        let steps = InitFiles(resources: [], catalog: try BundledFiles.catalog()).nextSteps(now: Fixtures.at(0))
        for action in ["cloudwatch:GetMetricData", "rds:DescribeDBInstances", "rds:DescribeDBClusters"] {
            #expect(steps.contains("\"\(action)\""))
        }
    }
}
