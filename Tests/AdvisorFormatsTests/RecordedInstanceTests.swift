import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

/// The instances in the public recordings of cloud-custodian (tests/data/placebo, DescribeDBInstances): facts only.
@Suite("Instances in public recordings")
struct RecordedInstanceTests {
    struct Recorded: Sendable {
        var engine: String
        var instanceClass: String
        var storageType: String
        var count: Int

        init(_ engine: String, _ instanceClass: String, _ storageType: String, _ count: Int) {
            (self.engine, self.instanceClass, self.storageType, self.count) = (engine, instanceClass, storageType, count)
        }
    }

    static let all: [Recorded] = [
        Recorded("aurora", "db.r4.large", "aurora", 1), Recorded("aurora", "db.t2.medium", "aurora", 16),
        Recorded("aurora", "db.t2.small", "aurora", 2), Recorded("aurora-mysql", "db.t3.medium", "aurora", 2),
        Recorded("mariadb", "db.r3.large", "gp2", 6), Recorded("mariadb", "db.t3.micro", "gp2", 1),
        Recorded("mysql", "db.m3.2xlarge", "io1", 1), Recorded("mysql", "db.m3.medium", "gp2", 3),
        Recorded("mysql", "db.m3.medium", "io1", 2), Recorded("mysql", "db.m4.xlarge", "io1", 1),
        Recorded("mysql", "db.m6i.large", "gp2", 1), Recorded("mysql", "db.m6i.large", "io1", 2),
        Recorded("mysql", "db.t2.micro", "gp2", 17), Recorded("mysql", "db.t3.micro", "gp2", 6),
        Recorded("oracle-ee", "db.m5.xlarge", "gp2", 1), Recorded("postgres", "db.m3.medium", "gp2", 3),
        Recorded("postgres", "db.m4.large", "gp2", 8), Recorded("postgres", "db.m4.xlarge", "io1", 8),
        Recorded("postgres", "db.m5d.xlarge", "io1", 3), Recorded("postgres", "db.m6g.large", "gp2", 1),
        Recorded("postgres", "db.r6g.large", "gp2", 1), Recorded("postgres", "db.t2.micro", "gp2", 9),
        Recorded("postgres", "db.t2.small", "gp2", 2), Recorded("postgres", "db.t3.micro", "gp2", 4),
    ]

    @Test("all have a shape, at least 70 a price in us-east-1, the others a named reason")
    func recorded() throws {
        let catalog = try BundledFiles.catalog()
        #expect(Self.all.reduce(0) { $0 + $1.count } == 101)
        var priced = 0
        for recorded in Self.all {
            let name = "\(recorded.engine) \(recorded.instanceClass)"
            #expect(catalog.shapes.shape(recorded.instanceClass) != nil, "\(name)")
            let tier = try #require(
                catalog.tier(recorded.instanceClass, engine: DatabaseEngine(rawValue: recorded.engine)), "\(name)")
            #expect(tier.vcpu != nil && tier.memory != nil, "\(name)")
            if tier.hourly?.usd != nil {
                priced += recorded.count
            } else {
                #expect(tier.hourly?.source == .noPriceOfEngine(engine: recorded.engine, region: "us-east-1"), "\(name)")
            }
        }
        #expect(priced == 94, "all but MariaDB on db.r3.large and Oracle")
    }

    @Test("storage and provisioned IOPS are billed by their type")
    func storage() throws {
        let catalog = try BundledFiles.catalog()
        func cost(_ engine: String, _ tier: String, _ type: String, size: Double, iops: Int?) throws -> CostEstimate {
            var resource = Stack.Resource(id: "db", kind: .database)
            (resource.tier, resource.engine) = (tier, EngineVersion(text: engine))
            (resource.storageType, resource.allocatedStorage, resource.iops) = (type, size, iops)
            let known = try #require(catalog.tier(of: resource))
            return known.monthlyCost(TierConfiguration(resource))
        }
        // 730 h at $0.365, 100 GiB at $0.125, 1,000 IOPS at $0.10.
        #expect(try cost("postgres", "db.m4.xlarge", "io1", size: 100, iops: 1000).total == Money(Decimal(string: "378.95") ?? 0))
        // 730 h at $0.016, 400 GiB at $0.115; 2,000 IOPS above the 12,000 included, at $0.02.
        #expect(
            try cost("postgres", "db.t4g.micro", "gp3", size: 400, iops: 14_000).total == Money(Decimal(string: "97.68") ?? 0))
        #expect(try cost("postgres", "db.t4g.micro", "gp3", size: 20, iops: 3000).total == Money(Decimal(string: "13.98") ?? 0))
        #expect(try cost("mysql", "db.t3.micro", "standard", size: 20, iops: nil).total == Money(Decimal(string: "14.41") ?? 0))
        #expect(try cost("postgres", "db.m5.large", "io2", size: 100, iops: 1000).total == nil, "io2 is unknown, not free")
    }
}
