import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Costs of recommendations")
struct AdviceTests {
    private static func price(_ usd: String?) -> Price {
        Price(usd: usd.flatMap { Decimal(string: $0) }, source: "test", asOf: "2026-01-01")
    }

    private static func tier(_ id: String, _ rank: Int, hourly: String?, storage: String? = "0.115") -> Tier {
        var tier = Tier(id: id, title: id, engine: "postgres", rank: rank)
        tier.isOnGuidePath = true
        tier.vcpu = 2
        tier.minimumStorage = 20
        tier.hourly = price(hourly)
        tier.storage = price(storage)
        return tier
    }

    private static let catalog = Catalog(
        region: "test",
        tiers: [tier("micro", 20, hourly: "0.016"), tier("small", 30, hourly: "0.032"), tier("large", 50, hourly: "0.129")])

    private static func resource(_ storage: Double? = 20, tier: String? = "micro") -> Stack.Resource {
        var resource = Stack.Resource(id: "db", kind: .database)
        (resource.tier, resource.allocatedStorage) = (tier, storage)
        return resource
    }

    private static func finding(_ id: String, _ action: Action, state: AlarmState = .alarm) -> Finding {
        var rule = Fixtures.rule("avg(cpu) > 80%", id: id)
        rule.recommend = action
        return Finding(rule: rule, resource: "db", state: state, evidence: Evidence())
    }

    struct Cost: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let tier: Tier
        let storage: Double?
        let expected: String?
    }

    static let costs = [
        Cost(testDescription: "micro with 20 GiB", tier: tier("t", 1, hourly: "0.016"), storage: 20, expected: "13.98"),
        Cost(
            testDescription: "less than the minimum is billed as the minimum", tier: tier("t", 1, hourly: "0.016"), storage: 5,
            expected: "13.98"),
        Cost(testDescription: "small with 20 GiB", tier: tier("t", 1, hourly: "0.032"), storage: 20, expected: "25.66"),
        Cost(
            testDescription: "no storage price: the total is unknown", tier: tier("t", 1, hourly: "0.016", storage: nil),
            storage: 20, expected: nil),
        Cost(testDescription: "storage is not declared", tier: tier("t", 1, hourly: "0.016"), storage: nil, expected: nil),
    ]

    @Test("a month on a tier", arguments: costs)
    func cost(_ row: Cost) {
        #expect(row.tier.monthlyCost(TierConfiguration(Self.resource(row.storage))).total?.cents == row.expected)
    }

    @Test("of several moves the highest target wins, and every rule that asked is listed")
    func highest() {
        let findings = [
            Self.finding("cpu", .move(to: "small")), Self.finding("users", .move(to: "large")),
            Self.finding("soon", .plan("small")),
        ]
        let result = Recommender(catalog: Self.catalog).recommendation(for: Self.resource(), findings: findings)
        #expect(result.steps.map(\.to) == [.tier(id: "large")])
        #expect(result.rules == ["cpu", "users", "soon"])
        #expect(Set(result.steps[0].rules) == ["cpu", "users", "soon"])
        #expect(result.after?.total?.cents == "96.47")
        #expect(result.steps[0].monthlyChange?.cents == "82.49")
    }

    @Test("a target at or below the present tier is dropped, and said")
    func dropped() {
        let result = Recommender(catalog: Self.catalog)
            .recommendation(for: Self.resource(tier: "large"), findings: [Self.finding("cpu", .move(to: "small"))])
        // The alarm remains, and no action is known that ends it.
        #expect(result.kind == .unknown)
        #expect(result.reasons.map(\.code).contains("already_reached"))
    }

    @Test("storage grows beside a move, and both are priced together")
    func together() {
        let findings = [Self.finding("disk", .growStorage(bytes: 10 * 1_073_741_824)), Self.finding("cpu", .move(to: "small"))]
        let result = Recommender(catalog: Self.catalog).recommendation(for: Self.resource(), findings: findings)
        #expect(result.steps.map(\.kind) == [.move, .growStorage])
        #expect(result.steps.map { $0.monthlyChange?.cents } == ["11.68", "1.15"])
        #expect(result.after?.total?.cents == "26.81")
    }

    @Test("of two that grow storage the greater stands, and the steps' changes add up to the whole")
    func greatest() {
        let gibibyte = 1_073_741_824.0
        let findings = [
            Self.finding("a", .growStorage(bytes: 10 * gibibyte)), Self.finding("b", .growStorage(bytes: 100 * gibibyte)),
            Self.finding("c", .growStorage(bytes: 50 * gibibyte)), Self.finding("d", .addReplica(1)),
            Self.finding("e", .addReplica(2)), Self.finding("f", .move(to: "small")), Self.finding("g", .move(to: "large")),
        ]
        let result = Recommender(catalog: Self.catalog).recommendation(for: Self.resource(), findings: findings)
        #expect(result.steps.map(\.to) == [.tier(id: "large"), .storage(gibibytes: 120), .replicas(count: 2)])
        #expect(result.steps.map(\.rules) == [["f", "g"], ["a", "b", "c"], ["d", "e"]])
        let changes = result.steps.compactMap(\.monthlyChange).reduce(Money(0), +)
        #expect(changes == result.after?.total.flatMap { after in result.before?.total.map { after - $0 } })
    }

    @Test("read replicas of a Multi-AZ instance are billed as Single-AZ, their storage too")
    func replicas() {
        var resource = Self.resource()
        (resource.multiAZ, resource.replicas) = (true, 1)
        var tier = Self.tier("t", 1, hourly: "0.016")
        (tier.hourlyMultiAZ, tier.storageMultiAZ) = (Self.price("0.032"), Self.price("0.23"))
        #expect(tier.monthlyCost(TierConfiguration(resource)).total?.cents == "41.94")
    }

    @Test("any_of is met by an action already chosen, else by its first")
    func anyOf() {
        let either = Action.anyOf([.addReplica(1), .move(to: "large")])
        let alone = Recommender(catalog: Self.catalog).recommendation(
            for: Self.resource(), findings: [Self.finding("slow", either)])
        #expect(alone.kind == .addReplica)
        let met = Recommender(catalog: Self.catalog)
            .recommendation(
                for: Self.resource(), findings: [Self.finding("slow", either), Self.finding("users", .move(to: "large"))])
        #expect(met.steps.map(\.kind) == [.move])
        #expect(met.steps[0].rules == ["users", "slow"])
    }

    @Test("nothing fired and a rule lacks data: unknown, never stay")
    func unknown() {
        var gap = Self.finding("cpu", .move(to: "small"), state: .insufficientData)
        gap.evidence.gap = .noSeries(metric: "cpu")
        let result = Recommender(catalog: Self.catalog).recommendation(for: Self.resource(), findings: [gap])
        #expect(result.kind == .unknown)
        #expect(result.reasons == [.dataMissing(rule: RuleName(id: "cpu", title: "cpu"), reason: .noSeries(metric: "cpu"))])
    }

    @Test("money is exact, rounded half-even only where it is shown")
    func money() {
        #expect(Money(sample: 41.2)?.exact == "41.20")
        #expect(Money(sample: 0.1 + 0.2)?.exact == "0.30")
        #expect(Money(Decimal(string: "0.125") ?? 0).cents == "0.12")
        #expect(Money(Decimal(string: "0.135") ?? 0).cents == "0.14")
        #expect(Money(-1).description == "-$1.00")
        #expect(Money(sample: .nan) == nil)
    }
}
