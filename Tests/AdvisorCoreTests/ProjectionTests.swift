import Foundation
import Testing

import AdvisorTestSupport
@testable import AdvisorCore

@Suite("Projection on other tiers")
struct ProjectionTests {
    private typealias Series = (metric: Metric, values: [Double])

    private static func steady(_ value: Double) -> [Double] { Array(repeating: value, count: 576) }

    /// Two hours of the one, two of the other.
    private static func shifts(_ busy: Double, _ quiet: Double) -> [Double] {
        (0..<576).map { $0 % 48 < 24 ? busy : quiet }
    }

    private static let start = Timestamp(seconds: 1_767_225_600)
    private static let now = start + .seconds(2 * 86_400)
    private static let gibibyte = 1_073_741_824.0

    private static func metric(_ id: String, _ unit: MetricUnit, _ display: DisplayUnit) -> Metric {
        Metric(
            id: MetricID(id), title: id, kinds: [.database], origin: .series(namespace: "AWS/RDS", name: id),
            dimension: "DBInstanceIdentifier", unit: unit, display: display, statistic: .average, nativePeriod: .seconds(300))
    }

    private static let connections = metric("connections", .count, .count)
    private static let memory = metric("freeable_memory", .bytes, .megabytes)
    private static let vocabulary = Vocabulary(
        metrics: MetricCatalog(metrics: [Fixtures.cpu, Fixtures.users, Fixtures.latency, connections, memory]))

    private static func tier(
        _ id: String, _ rank: Int, vcpu: Int, memory: Double, users: Double? = nil, connections: Double? = nil
    ) -> Tier {
        var tier = Tier(id: id, title: id, engine: "postgres", rank: rank)
        (tier.vcpu, tier.memory, tier.maximumUsers, tier.maximumConnections) = (vcpu, memory * gibibyte, users, connections)
        tier.hourly = Price(usd: Decimal(rank) / 1000, source: "test", asOf: "2026-01-01")
        return tier
    }

    private static let catalog: Catalog = {
        var aurora = Tier(id: "aurora", title: "aurora", engine: "aurora-postgres", rank: 100)
        aurora.maximumUsers = 100_000
        let price = Price(usd: Decimal(string: "0.12"), source: "test", asOf: "2026-01-01")
        aurora.capacity = Tier.Capacity(minimum: 0.5, maximum: 2, instances: 2, price: price)
        return Catalog(
            region: "test",
            tiers: [
                tier("tiny", 10, vcpu: 2, memory: 0.5, users: 1000, connections: 20),
                tier("micro", 20, vcpu: 2, memory: 1, users: 5000, connections: 80),
                tier("small", 30, vcpu: 2, memory: 2, users: 10_000, connections: 190),
                tier("wide", 60, vcpu: 4, memory: 16), aurora,
            ])
    }()

    private static func rule(_ id: String, _ when: String, to target: String?, where condition: String? = nil) throws -> Rule {
        var rule = Rule(
            id: id, title: id, appliesTo: .database, when: try Formula.parse(when, vocabulary: vocabulary, role: .when))
        rule.condition = try condition.map { try Formula.parse($0, vocabulary: vocabulary, role: .condition) }
        rule.recommend = target.map { .move(to: $0) }
        return rule
    }

    /// What two days of five-minute values say on each tier.
    private static func outlook(_ rules: [Rule], _ series: [Series]) throws -> TierAnalysis {
        var project = Project(
            rules: rules, stack: Stack(), catalog: catalog, vocabulary: vocabulary, services: ServiceCatalog())
        var resource = Stack.Resource(id: "db", kind: .database)
        resource.tier = "micro"
        project.stack.resources = [resource]
        let histories = series.map {
            Fixtures.history($0.metric, $0.values, from: start)
        }
        let target = project.target(resource, history: ResourceHistory(series: histories))
        let findings = rules.compactMap {
            Evaluator(rule: $0, target: target, vocabulary: vocabulary).evaluate(upTo: now).finding
        }
        return try #require(TierProjector(project: project, now: now).outlook(target, findings: findings))
    }

    private static func verdict(_ outlook: TierAnalysis, _ tier: String) -> String {
        switch outlook.projection(tier)?.clears {
        case true?: "clears"
        case false?: "stands"
        case nil: "unknown"
        }
    }

    private static let calm: [Series] = [
        (Fixtures.cpu, steady(20)), (connections, steady(10)), (memory, steady(600)),
    ]

    @Test("CPU by the count of vCPUs and by ACU, whichever tier the rule's `where` names")
    func cpu() throws {
        let rule = try Self.rule("cpu", "avg(cpu) > 80%", to: "small", where: "tier == \"micro\"")
        let outlook = try Self.outlook([rule], [(Fixtures.cpu, Self.steady(90)), (Self.connections, Self.steady(10))])
        #expect(
            ["micro", "small", "wide", "aurora"].map { Self.verdict(outlook, $0) } == ["stands", "stands", "clears", "clears"])
        #expect(outlook.projection("small")?.outcomes.first?.verdict == .stands(.cpuUnchanged(load: .ratio(0.9), cpus: 2)))
        #expect(outlook.projection("wide")?.outcomes.first?.verdict == .clears(.cpuLowEnough(load: .ratio(0.45))))
        #expect(outlook.projection("wide")?.cpu == 0.45)
        // 0.9 × 2 vCPUs × 2 = 3.6, rounded up; the maximum is 30 % more, at which CPU is 65 %.
        #expect(outlook.aurora?.peak == 4)
        #expect(outlook.projection("aurora")?.maximumCapacity == 5.5)
    }

    @Test("CPU that fits into the guide's ACU is evaluated by what it is of them")
    func aurora() throws {
        let rule = try Self.rule("cpu", "avg(cpu) > 40%", to: "small")
        let outlook = try Self.outlook([rule], [(Fixtures.cpu, Self.steady(45)), (Self.connections, Self.steady(10))])
        // 0.45 × 4 = 1.8 ACU of 2: the same rule would stand there, at 90 %.
        #expect(Self.verdict(outlook, "aurora") == "stands")
        #expect(outlook.projection("aurora")?.outcomes.first?.verdict == .stands(.cpuTooHigh(load: .ratio(0.9))))
        #expect(outlook.aurora?.peak == 2)
    }

    @Test("users by each tier's rating; a tier without one is compared by its rank")
    func users() throws {
        let rule = try Self.rule("users", "max(active_users) > 4000", to: "small", where: "tier == \"micro\"")
        let outlook = try Self.outlook([rule], Self.calm + [(Fixtures.users, Self.steady(6000))])
        #expect(
            ["tiny", "small", "wide", "aurora"].map { Self.verdict(outlook, $0) } == ["stands", "clears", "clears", "clears"])
        #expect(outlook.projection("tiny")?.outcomes.contains { $0.rejection == .userRating(limit: 1000) } == true)
    }

    @Test("memory by the difference, connections by the limit: a rule that could fire on the candidate is named")
    func limits() throws {
        let outlook = try Self.outlook(
            [], [(Fixtures.cpu, Self.steady(5)), (Self.connections, Self.steady(30)), (Self.memory, Self.steady(300))])
        let tiny = try #require(outlook.projection("tiny"))
        #expect(Set(tiny.outcomes.filter { $0.state == .stands }.map(\.rule)) == ["connections", "memory"])
        #expect(outlook.projection("small")?.hasHeadroom == true)
        let low = try Self.rule("memory-low", "freeable_memory < 900MB", to: nil)
        let notified = try Self.outlook([low], Self.calm)
        #expect(["small", "wide"].map { Self.verdict(notified, $0) } == ["clears", "clears"])
        #expect(notified.projection("tiny")?.outcomes.first { $0.rule == "memory-low" }?.state == .stands)
    }

    @Test("latency is unknown, but where it was slow only while CPU was busy and CPU would not be")
    func latency() throws {
        let rule = try Self.rule("slow", "avg(query_latency) > 500ms", to: "small")
        let matched = try Self.outlook(
            [rule],
            [
                (Fixtures.cpu, Self.shifts(90, 10)), (Self.connections, Self.steady(10)),
                (Fixtures.latency, Self.shifts(800, 90)),
            ])
        #expect(Self.verdict(matched, "wide") == "clears")
        #expect(matched.projection("small")?.outcomes.first { $0.rule == "slow" }?.state == .stands)
        let free = try Self.outlook([rule], Self.calm + [(Fixtures.latency, Self.steady(800))])
        #expect(Self.verdict(free, "wide") == "unknown")
        #expect(free.projection("wide")?.unclear == ["slow"])
    }

    @Test("a rule on facts asks for its tier: what is below it does not clear it")
    func facts() throws {
        let rule = try Self.rule("series-a", "funding.round == \"series-a\"", to: "aurora")
        var facts = try Self.outlook([rule], Self.calm)
        #expect(facts.projection("wide")?.clears == true, "the round is not declared: nothing fired")
        var project = Project(
            rules: [rule], stack: Stack(), catalog: Self.catalog, vocabulary: Self.vocabulary, services: ServiceCatalog())
        project.stack.funding = Stack.Funding(round: .seriesA)
        var resource = Stack.Resource(id: "db", kind: .database)
        resource.tier = "micro"
        let histories = Self.calm.map { Fixtures.history($0.metric, $0.values, from: Self.start) }
        let target = project.target(resource, history: ResourceHistory(series: histories))
        let finding = Evaluator(rule: rule, target: target, vocabulary: Self.vocabulary).evaluate(upTo: Self.now).finding
        facts = try #require(
            TierProjector(project: project, now: Self.now).outlook(target, findings: [finding].compactMap { $0 }))
        #expect(["wide", "aurora"].map { Self.verdict(facts, $0) } == ["stands", "clears"])
    }

    @Test("without CPU nothing clears for certain")
    func withoutCPU() throws {
        let rule = try Self.rule("users", "max(active_users) > 4000", to: "small")
        let outlook = try Self.outlook([rule], [(Fixtures.users, Self.steady(6000)), (Self.connections, Self.steady(10))])
        #expect(Self.verdict(outlook, "small") == "unknown")
        #expect(outlook.projection("small")?.unclear == ["cpu"])
    }
}
