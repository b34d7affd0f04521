import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

@Suite("Prices by region and engine")
struct RegionalPriceTests {
    static let regions = [
        "us-east-1", "us-east-2", "us-west-2", "eu-west-1", "eu-central-1", "ap-northeast-1", "ap-northeast-2", "ap-southeast-1",
        "ap-south-1",
    ]

    @Test("every built-in price has a source and a date", arguments: try BundledFiles.yaml(in: "data/prices"))
    func sources(_ path: String) throws {
        let read = PricesFile.read(try BundledFiles.text(path), file: path)
        #expect(read.diagnostics == [])
        #expect(Self.regions.contains(read.value.region) && path == "data/prices/\(read.value.region).yaml")
        let catalog = try BundledFiles.catalog()
        for id in read.value.items.keys { #expect(catalog.item(id) != nil, "\(id) is an item of the catalog") }
        for key in read.value.instances.keys { #expect(catalog.shapes.shape(key.instanceClass) != nil, "\(key.instanceClass)") }
    }

    @Test("every price of a region's price book names its source and its date, an unknown one its reason", arguments: regions)
    func book(_ region: String) throws {
        for entry in PriceBook(try BundledFiles.catalog(region)).entries {
            guard entry.price.usd != nil else { continue }
            guard case .cited(let text) = entry.price.source else {
                Issue.record("\(entry.id) has no source")
                continue
            }
            #expect(!text.isEmpty && CivilDate(text: entry.price.asOf) != nil, "\(entry.id)")
        }
    }

    @Test("a price without source or date is an error")
    func incomplete() {
        let text = """
            region: r-x-1
            instances:
              - { engines: [mysql], as_of: 2026-10-01, hourly: { db.t3.micro: [0.017] } }
              - { engines: [mysql], source: s, hourly: { db.t3.small: [0.034] } }
            prices: { nat-gateway-hour: { usd: 0.05, as_of: 2026-10-01 } }
            """
        let read = PricesFile.read(text, file: "p")
        #expect(
            read.diagnostics.map(\.description) == [
                "p:3:5: 'source' is missing", "p:4:5: 'as_of' is missing", "p:5:29: 'source' is missing",
            ])
        #expect(read.value.instances.isEmpty && read.value.items.isEmpty)
    }

    @Test(
        "an instance costs what its engine costs in its region",
        arguments: [
            ("us-east-1", "db.t3.micro", "postgres", "0.018", "0.036"), ("us-east-1", "db.t3.micro", "mysql", "0.017", "0.034"),
            ("us-east-1", "db.t4g.micro", "mariadb", "0.016", "0.032"),
            ("us-east-1", "db.m4.xlarge", "postgres", "0.365", "0.73"),
            ("us-east-1", "db.m7g.large", "postgres", "0.168", "0.337"), ("us-east-1", "db.m7i.large", "postgres", nil, nil),
            ("ap-northeast-2", "db.t4g.micro", "postgres", "0.025", "0.051"),
            ("ap-northeast-2", "db.t3.micro", "mysql", "0.026", "0.052"),
            ("ap-northeast-2", "db.r6g.large", "aurora-postgres", "0.313", "0.313"),
            ("eu-west-1", "db.t4g.small", "postgres", "0.035", "0.069"), ("eu-west-1", "db.r7g.large", "postgres", nil, nil),
            ("us-east-1", "db.t3.medium", "aurora-mysql", "0.082", "0.082"), ("us-east-1", "db.m5.xlarge", "oracle-ee", nil, nil),
        ] as [(String, String, String, String?, String?)])
    func engines(_ row: (region: String, id: String, engine: String, single: String?, multi: String?)) throws {
        let tier = try #require(
            try BundledFiles.catalog(row.region).tier(row.id, engine: DatabaseEngine(rawValue: row.engine)))
        #expect(tier.hourly?.usd == row.single.flatMap { Decimal(string: $0) })
        #expect(tier.hourlyMultiAZ?.usd == row.multi.flatMap { Decimal(string: $0) })
        if row.single == nil {
            #expect(
                tier.hourly?.source == .noPriceOfEngine(engine: row.engine, region: row.region), "unknown, not $0 and not nothing"
            )
        }
    }

    @Test("without an engine a price is known only where all engines have the same")
    func engineNotSet() throws {
        let catalog = try BundledFiles.catalog()
        #expect(catalog.tier("db.t3.micro")?.hourly?.source == .engineNotSet)
        #expect(catalog.tier("db.t4g.2xlarge")?.hourly?.usd == Decimal(string: "0.517"))
        #expect(catalog.tier("db.t9.micro") == nil)
    }

    @Test("a MySQL database is compared with classes at MySQL's prices, its own class and its neighbors among them")
    func adapted() throws {
        let catalog = try BundledFiles.catalog().adapted(to: .mysql, on: "db.m5.large")
        let ids = catalog.tiers.map(\.id)
        #expect(ids.contains("db.m5.large") && ids.contains("db.m5.xlarge") && ids.contains("db.m8g.large"))
        #expect(!ids.contains("db.m5.24xlarge"))
        for tier in catalog.tiers where tier.id.hasPrefix("db.") {
            #expect(tier.engine == "mysql" && tier.title.contains("MySQL"), "\(tier.id)")
            #expect(!tier.remarks.contains { $0.contains("connections") })
        }
        #expect(catalog.elasticTier?.engine == "aurora-mysql")
        let same = try BundledFiles.catalog()
        #expect(same.adapted(to: .postgres, on: "db.t4g.micro") == same, "nothing changes for the guide's databases")
    }

    @Test("in a region without prices every price is unknown with its reason, limits and global prices stay")
    func noPrices() throws {
        let catalog = try BundledFiles.catalog("sa-east-1")
        let micro = try #require(catalog.tier("db.t4g.micro", engine: .postgres))
        #expect(micro.hourly?.source == .noPrices(region: "sa-east-1") && micro.vcpu == 2)
        #expect(catalog.item("nat-gateway-hour")?.price.usd == nil && catalog.item("route53-zone")?.price.usd != nil)
        #expect(micro.credits?.surplusPrice?.usd == Decimal(string: "0.075"), "credits cost the same in all regions")
        let large = try #require(catalog.tier("db.m5.large", engine: .mysql))
        #expect(large.hourly?.source == .noPriceOfEngine(engine: "mysql", region: "sa-east-1"))
    }

    /// The demo's database in a region, by itself.
    private static func demo(_ region: String) throws -> (bill: StackBill, cost: CostEstimate) {
        let catalog = try BundledFiles.catalog(region)
        let stack = try BundledFiles.stack(try BundledFiles.text("data/samples/advisor.yaml")).value
        let now = try #require(Timestamp(text: "2026-11-29"))
        let database = try #require(stack.resources.first { $0.kind == .database })
        let tier = try #require(catalog.tier(of: database))
        return (
            StackBill(stack: stack, catalog: catalog, now: now),
            tier.monthlyCost(TierConfiguration(database, in: catalog, at: now))
        )
    }

    @Test("the demo's stack in Seoul: a complete bill, each line with its source")
    func seoul() throws {
        let (bill, cost) = try Self.demo("ap-northeast-2")
        // 730 × 0.025 + 20 × 0.131.
        #expect(cost.total == Money(Decimal(string: "20.87") ?? 0))
        for line in bill.lines {
            #expect(line.cost.monthly != nil, "\(line)")
            switch line.cost.price.source {
            case .cited(let text): #expect(!text.isEmpty && CivilDate(text: line.cost.price.asOf) != nil)
            case .declared: break
            default: Issue.record("\(line) has no source")
            }
        }
    }

    @Test("the demo's stack in a region without prices: every price is unknown by name, none is another region's")
    func elsewhere() throws {
        let (_, cost) = try Self.demo("sa-east-1")
        #expect(cost.total == nil && !cost.lines.isEmpty)
        for line in cost.lines { #expect(line.price.source == .noPrices(region: "sa-east-1")) }
    }
}
