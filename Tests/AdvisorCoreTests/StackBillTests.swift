import AdvisorCore
import Foundation
import Testing

@Suite("Whole-stack bill")
struct BillTests {
    private static let now = Timestamp(text: "2026-11-24") ?? Timestamp(seconds: 0)

    private static func price(_ usd: String?, isVerified: Bool = true) -> Price {
        Price(usd: usd.flatMap { Decimal(string: $0) }, source: "test", asOf: "2026-01-01", isVerified: isVerified)
    }

    private static func tier(_ id: String, _ rank: Int, hourly: String?, engine: String = "postgres") -> Tier {
        var tier = Tier(id: id, title: id, engine: engine, rank: rank)
        (tier.isOnGuidePath, tier.vcpu, tier.minimumStorage) = (true, 2, 20)
        (tier.hourly, tier.storage) = (hourly.map { price($0) }, price("0.115"))
        (tier.hourlyMultiAZ, tier.storageMultiAZ) = (price("0.065"), price("0.23"))
        return tier
    }

    private static let catalog: Catalog = {
        var aurora = Tier(id: "aurora", title: "aurora", engine: "aurora-postgres", rank: 100)
        aurora.capacity = Tier.Capacity(minimum: 0.5, maximum: 2, instances: 2, price: price("0.12"))
        (aurora.storage, aurora.minimumStorage) = (price("0.10"), 10)
        var free = Tier(id: "supabase-free", title: "free", engine: "supabase", rank: 10)
        free.monthly = price("0")
        func item(_ id: String, _ service: String, _ unit: String, _ usd: String?, free: Decimal = 0) -> CatalogItem {
            CatalogItem(id: id, title: id, service: service, unit: unit, freeUnits: free, price: price(usd))
        }
        var catalog = Catalog(
            region: "test", tiers: [free, tier("micro", 20, hourly: "0.016"), tier("small", 30, hourly: "0.032"), aurora],
            items: [
                item("nat-gateway-hour", "nat-gateway", "h", "0.045"), item("nat-gateway-gb", "nat-gateway", "GB", "0.045"),
                item("public-ipv4-hour", "vpc", "h", "0.005"), item("rds-backup", "rds", "GB-month", "0.095"),
                item("rds-extended-support", "rds", "vCPU-h", "0.10"),
                item("rds-extended-support-third-year", "rds", "vCPU-h", "0.20"),
                item("aurora-io", "rds", "1M", "0.20"), item("aurora-backup", "rds", "GB-month", "0.021"),
                item("secrets-manager-secret", "secrets-manager", "secret", "0.40"),
                item("lambda-requests", "lambda", "1M", "0.20", free: 1), item("lambda-gb-second", "lambda", "GB-s", nil),
            ])
        catalog.extendedSupport = [
            ExtendedSupport(engine: .postgres, version: "13", from: "2026-03-01", third: "2028-03-01"),
            ExtendedSupport(engine: .postgres, version: "14", from: "2027-03-01", third: nil),
        ]
        return catalog
    }()

    private static func resource(_ tier: String?, engine: String? = nil, backup: Double? = 20) -> Stack.Resource {
        var resource = Stack.Resource(id: "db", kind: .database)
        (resource.tier, resource.engine, resource.allocatedStorage) = (tier, engine.flatMap { EngineVersion(text: $0) }, 20)
        (resource.multiAZ, resource.replicas, resource.backupStorage) = (false, 0, backup)
        return resource
    }

    private static func stack(_ resource: Stack.Resource, _ services: [Stack.Service]? = []) -> Stack {
        var stack = Stack()
        (stack.resources, stack.services) = ([resource], services)
        return stack
    }

    private static func service(_ id: String, _ count: Int = 1, monthly: Decimal? = nil, usage: [String: Decimal] = [:])
        -> Stack.Service
    {
        var service = Stack.Service(id: id, monthly: monthly, count: count)
        service.usage = usage
        return service
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let stack: Stack
        let date: String
        /// The total; nil when it is unknown.
        let total: String?
        let atLeast: String
        let unknown: [BillGap]
    }

    static let rows = [
        Row(
            testDescription: "instance and storage, and backup within what is allocated", stack: stack(resource("micro")),
            date: "2026-01-01", total: "13.98", atLeast: "13.98", unknown: []),
        Row(
            testDescription: "backup above what is allocated", stack: stack(resource("micro", backup: 35)), date: "2026-01-01",
            total: "15.40", atLeast: "15.40", unknown: []),
        Row(
            testDescription: "an unknown backup makes the total unknown, never smaller",
            stack: stack(resource("micro", backup: nil)),
            date: "2026-01-01", total: nil, atLeast: "13.98", unknown: [.backup(allocated: 20)]),
        Row(
            testDescription: "the tier is not declared", stack: stack(resource(nil)), date: "2026-01-01", total: nil,
            atLeast: "0.00",
            unknown: [.tierNotSet]),
        Row(
            testDescription: "the rest is not declared", stack: stack(resource("micro"), nil), date: "2026-01-01", total: nil,
            atLeast: "13.98", unknown: [.stackNotSet]),
        Row(
            testDescription: "a NAT gateway brings its address, and its data are unknown",
            stack: stack(resource("micro"), [service("nat-gateway")]), date: "2026-01-01", total: nil, atLeast: "50.48",
            unknown: [.usage(item: "nat-gateway-gb", title: "nat-gateway-gb")]),
        Row(
            testDescription: "with its data said",
            stack: stack(resource("micro"), [service("nat-gateway", usage: ["nat-gateway-gb": 10])]),
            date: "2026-01-01", total: "50.93", atLeast: "50.93", unknown: []),
        Row(
            testDescription: "what the file says it costs", stack: stack(resource("micro"), [service("lambda", monthly: 5)]),
            date: "2026-01-01", total: "18.98", atLeast: "18.98", unknown: []),
        Row(
            testDescription: "what is free is not billed; an item without a price makes the total unknown",
            stack: stack(resource("micro"), [service("lambda", usage: ["lambda-requests": 3, "lambda-gb-second": 5])]),
            date: "2026-01-01", total: nil, atLeast: "14.38", unknown: []),
        Row(
            testDescription: "Extended Support from its first day", stack: stack(resource("micro", engine: "postgres 13.4")),
            date: "2026-03-01", total: "159.98", atLeast: "159.98", unknown: []),
        Row(
            testDescription: "and not the day before", stack: stack(resource("micro", engine: "postgres 13.4")),
            date: "2026-02-28",
            total: "13.98", atLeast: "13.98", unknown: []),
        Row(
            testDescription: "twice as much from its third year on", stack: stack(resource("micro", engine: "postgres 13.4")),
            date: "2028-03-01", total: "305.98", atLeast: "305.98", unknown: []),
    ]

    @Test("a stack's bill", arguments: rows)
    func bill(_ row: Row) throws {
        let now = try #require(Timestamp(text: row.date))
        let bill = StackBill(stack: row.stack, catalog: Self.catalog, now: now)
        #expect(bill.total?.cents == row.total)
        #expect(bill.atLeast.cents == row.atLeast)
        #expect(bill.unknown.map(\.item) == row.unknown)
        let parts = StackBill.ChargeModel.allCases.compactMap { bill.sum($0) }
        if row.total != nil { #expect(parts.reduce(Money(0), +) == bill.total) }
    }

    private static func pair(_ resource: Stack.Resource, _ services: [Stack.Service]?, to target: String, _ action: Action? = nil)
        -> BillComparison?
    {
        var rule = Fixtures.rule("avg(cpu) > 80%", id: "rule")
        rule.recommend = action ?? .move(to: target)
        let finding = Finding(rule: rule, resource: "db", state: .alarm, evidence: Evidence())
        let stack = stack(resource, services)
        let reviews = Recommender(catalog: catalog, now: now).reviews(
            of: [resource], findings: [finding], analyses: [:], stack: stack, at: now)
        return BillComparison(reviews: reviews, stack: stack, catalog: catalog, now: now)
    }

    @Test("a move to Aurora brings the NAT gateway of the guide's stack, and its address; one that is there is not doubled")
    func aurora() throws {
        let pair = try #require(Self.pair(Self.resource("micro"), [], to: "aurora"))
        let brought = try #require(pair.after).lines.filter { $0.group == .move }
        #expect(brought.map { $0.cost.monthly?.cents } == ["32.85", "3.65"])
        // E1: 87.60 + 36.50, and 20 GiB at $0.10; 350.40 at the ceiling.
        #expect(pair.before.atLeast.cents == "13.98")
        #expect(pair.after?.atLeast.cents == "126.10")
        #expect(pair.afterMaximum?.atLeast.cents == "388.90")
        #expect(pair.after?.total == nil)
        #expect(pair.after?.unknown.map(\.item).contains(.gatewayData) == true)
        let present = try #require(Self.pair(Self.resource("micro"), [Self.service("nat-gateway")], to: "aurora"))
        #expect(present.after?.lines.contains { $0.group == .move } == false)
        #expect(present.after?.atLeast.cents == "126.10")
    }

    @Test("a move within RDS changes its own lines alone; a plan changes nothing; leaving Supabase brings a secret")
    func moves() throws {
        let small = try #require(Self.pair(Self.resource("micro"), [Self.service("lambda", monthly: 5)], to: "small"))
        #expect(small.before.total?.cents == "18.98" && small.after?.total?.cents == "30.66")
        #expect(Self.pair(Self.resource("micro"), [], to: "small", .plan("small"))?.after == nil)
        let left = try #require(Self.pair(Self.resource("supabase-free"), [], to: "micro"))
        #expect(left.before.total?.cents == "0.00")
        #expect(left.after?.atLeast.cents == "14.38")
        #expect(left.after?.unknown.contains { $0.item == .includedInPlan(of: "Supabase") } == true)
    }

    @Test("Extended Support is announced a year ahead")
    func coming() throws {
        let pair = try #require(Self.pair(Self.resource("micro", engine: "postgres 14.9"), [], to: "small"))
        #expect(
            pair.coming == [
                .extendedSupport(resource: "db", version: "PostgreSQL 14", from: "2027-03-01", monthlyCost: Money(146))
            ])
        #expect(Self.pair(Self.resource("micro", engine: "postgres 15"), [], to: "small")?.coming == [])
    }
}
