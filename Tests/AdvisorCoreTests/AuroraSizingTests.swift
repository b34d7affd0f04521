import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Aurora sizing")
struct AuroraSizingTests {
    private static let start = Timestamp(seconds: 1_767_225_600)
    private static let now = start + .seconds(86_400)
    private static let price = Price(usd: Decimal(string: "0.12"), source: "AWS Price List", asOf: "2026-09-20")
    private static let vocabulary = Vocabulary(
        metrics: MetricCatalog(metrics: [Fixtures.cpu, connections, freeableMemory]))
    private static let connections = Metric(
        id: "connections", title: "Connections", kinds: [.database],
        origin: .series(namespace: "AWS/RDS", name: "DatabaseConnections"), dimension: "DBInstanceIdentifier", unit: .count,
        display: .count, statistic: .maximum, nativePeriod: .seconds(60))
    private static let freeableMemory = Metric(
        id: "freeable_memory", title: "Freeable memory", kinds: [.database],
        origin: .series(namespace: "AWS/RDS", name: "FreeableMemory"), dimension: "DBInstanceIdentifier", unit: .bytes,
        display: .megabytes, statistic: .average, nativePeriod: .seconds(60))

    private static func tier(_ id: String = "db.t4g.micro", memory: Double = 1) -> Tier {
        var tier = Tier(id: id, title: id, engine: "postgres", rank: 1)
        (tier.vcpu, tier.memory) = (2, memory * 1_073_741_824)
        return tier
    }

    /// A day by the hour: percent of CPU, connections, megabytes free.
    private static func sizing(cpu: [Double] = [], connections: [Double] = [], free: [Double] = [], on tier: Tier = tier())
        -> AuroraSizing
    {
        func series(_ metric: Metric, _ values: [Double]) -> SeriesHistory {
            Fixtures.history(metric, values.map { $0 }, from: start, interval: .seconds(3600))
        }
        let all = [(Fixtures.cpu, cpu), (Self.connections, connections), (freeableMemory, free)].filter { !$0.1.isEmpty }
        let target = Fixtures.target(all.map { series($0.0, $0.1) }, from: start)
        return AuroraSizing(target, tier: tier, vocabulary: vocabulary, from: start, to: now)
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var cpu: [Double] = []
        var connections: [Double] = []
        var free: [Double] = []
        var tier = AuroraSizingTests.tier()
        let units: [Double]
    }

    static let rows = [
        Row(testDescription: "80 % of two vCPUs of a T class: 0.8 × 2 × 2 = 3.2 ACU", cpu: [80, 80], units: [3.5, 3.5]),
        Row(testDescription: "an R class counts 4 ACU a vCPU", cpu: [80], tier: tier("db.r6g.large"), units: [6.5]),
        Row(testDescription: "idle is half an ACU", cpu: [1], units: [0.5]),
        Row(testDescription: "300 connections ask for 3 GB", cpu: [1], connections: [300], units: [1.5]),
        Row(
            testDescription: "memory in use on a tier of 4 GiB: 4 GiB - 1 GB over 2 GiB", cpu: [1], free: [1000],
            tier: tier("db.t4g.medium", memory: 4), units: [2]),
        Row(testDescription: "without CPU connections are a floor", connections: [300], units: [1.5]),
        Row(testDescription: "nothing known, nothing said", units: []),
    ]

    @Test("what an hour asks for", arguments: rows)
    func needs(_ row: Row) {
        let sizing = Self.sizing(cpu: row.cpu, connections: row.connections, free: row.free, on: row.tier)
        #expect(sizing.needs.map(\.units) == row.units)
        #expect(sizing.knowsCPU == !row.cpu.isEmpty)
    }

    @Test("hours without CPU are not idle: with too few that have it nothing is known, else those alone count")
    func hoursWithoutCPU() {
        let few = Self.sizing(cpu: [45], connections: [10, 10, 10])
        #expect(!few.knowsCPU)
        let enough = Self.sizing(cpu: [45, 45], connections: [10, 10, 10])
        #expect(enough.knowsCPU && enough.needs.map(\.units) == [2, 2])
    }

    @Test("the guide's writer and reader between 0.5 and 2 ACU: $87.60 at rest, $350.40 at most, and as the load goes between")
    func cost() {
        let sizing = Self.sizing(cpu: [Double](repeating: 10, count: 12) + [Double](repeating: 45, count: 12))
        let cost = sizing.monthlyCost(minimum: 0.5, maximum: 2, instances: 2, price: Self.price)
        #expect(cost?.lowest.cents == "87.60")
        #expect(cost?.highest.cents == "350.40")
        // Half the hours 0.5 ACU, half 2: 1.25 on the average.
        #expect(cost?.expected.cents == "219.00")
        #expect(sizing.maximum == 3)
        #expect(sizing.shareAbove(1) == 0.5)
        #expect(sizing.monthlyCost(minimum: 0.5, maximum: 2, instances: 2, price: Price(usd: nil, source: "", asOf: "")) == nil)
        #expect(Self.sizing().monthlyCost(minimum: 0.5, maximum: 2, instances: 2, price: Self.price) == nil)
    }

    @Test("the guide's Aurora stack as it bills: $124.10 at rest, $386.90 at most; without a price unknown, never less")
    func guideStack() {
        var aurora = Tier(id: "aurora", title: "Aurora", engine: "aurora-postgres", rank: 100)
        aurora.capacity = Tier.Capacity(minimum: 0.5, maximum: 2, instances: 2, price: Self.price)
        func item(_ id: String, _ usd: String) -> CatalogItem {
            CatalogItem(
                id: id, title: id, service: "vpc", unit: "h",
                price: Price(usd: Decimal(string: usd), source: "AWS Price List", asOf: "2026-10-07"))
        }
        let items = [item("nat-gateway-hour", "0.045"), item("public-ipv4-hour", "0.005")]
        let catalog = Catalog(region: "test", tiers: [aurora], items: items)
        #expect(catalog.auroraStack(atMaximum: false)?.total?.cents == "124.10")
        #expect(catalog.auroraStack(atMaximum: true)?.total?.cents == "386.90")
        #expect(Catalog(region: "test", tiers: [aurora]).auroraStack(atMaximum: false)?.total == nil)
        #expect(Catalog(region: "test", tiers: []).auroraStack(atMaximum: false) == nil)
    }

    @Test("what prevents a pause at zero capacity")
    func scaleToZero() {
        #expect(Self.sizing(connections: [2, 5, 3]).scaleToZero == .prevented(leastConnections: 2))
        #expect(Self.sizing(connections: [0, 5, 0, 3]).scaleToZero == .possible(idleShare: 0.5))
        #expect(Self.sizing(cpu: [1]).scaleToZero == .unknown)
    }

    @Test(
        "connections by the greatest capacity",
        arguments: [
            (0.5, 0.5, 94.0), (0.5, 1, 189), (0.5, 2, 400), (1, 4, 823), (1, 16, 3360), (0.5, 16, 2000), (1, 64, 5000),
        ] as [(Double, Double, Double)])
    func connections(_ minimum: Double, _ maximum: Double, _ limit: Double) {
        #expect(AuroraServerless.maximumConnections(minimum: minimum, maximum: maximum) == limit)
    }
}
