import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

/// What keeps a recommendation from changing its mind.
@Suite("Stability of alarms and recommendations")
struct StabilityTests {
    private static func tier(_ id: String, _ rank: Int, _ hourly: String) -> Tier {
        var tier = Tier(id: id, title: id, engine: "postgres", rank: rank)
        (tier.vcpu, tier.memory, tier.minimumStorage, tier.isOnGuidePath) = (2, 1_073_741_824, 20, true)
        tier.hourly = Price(usd: Decimal(string: hourly), source: "test", asOf: "2026-01-01")
        tier.storage = Price(usd: Decimal(string: "0.115"), source: "test", asOf: "2026-01-01")
        return tier
    }

    private static func project(_ rules: [Rule], on present: String = "micro") -> Project {
        var project = EvaluationBench.project(rules)
        project.catalog = Catalog(
            region: "test", tiers: [tier("micro", 20, "0.016"), tier("small", 30, "0.032"), tier("large", 50, "0.129")])
        var resource = Stack.Resource(id: "db", kind: .database)
        (resource.tier, resource.allocatedStorage, resource.multiAZ) = (present, 20, false)
        project.stack.resources = [resource]
        return project
    }

    private static func rule(_ id: String, _ when: String, to target: String) throws -> Rule {
        var rule = try EvaluationBench.rule(id, when)
        rule.recommend = .move(to: target)
        return rule
    }

    /// What is recommended at the end of each of these minutes.
    private static func advice(_ store: Store, _ project: Project, at minutes: some Sequence<Int>) throws -> [String] {
        try minutes.map { minute in
            let result = try store.evaluate(project, at: minute)
            let recommendation = result.report.entries.first { $0.resource.id == "db" }?.recommendation
            return "\(recommendation?.kind.rawValue ?? "none") \(recommendation?.steps.first?.to?.tier ?? "")"
        }
    }

    @Test("a metric that flaps across its threshold all day makes one recommendation, which ends a day after the last time")
    func flapping() throws {
        let store = try TemporaryStore().open()
        let day = 288
        try store.ingest((0..<3 * day).map { Fixtures.value($0 * 5, $0 < day ? ($0 / 3 % 2 == 0 ? 90 : 50) : 50) })
        let project = Self.project([try Self.rule("cpu", "avg(cpu) > 80%", to: "small")])
        let flapping = try Self.advice(store, project, at: stride(from: 15, through: day * 5, by: SlowTests.size(15, quick: 45)))
        #expect(Set(flapping) == ["move small"])
        let after = try Self.advice(
            store, project, at: stride(from: day * 5, through: day * SlowTests.size(15, quick: 11) - 15, by: 60))
        // The last time in ALARM ends 15 minutes before the day does.
        let last = after.lastIndex(of: "move small").map { $0 * 60 } ?? 0
        #expect((1380...1440).contains(last))
        #expect(after.drop { $0 == "move small" }.allSatisfy { $0 == "stay " })
    }

    @Test("between two neighbouring thresholds the higher target stands, and does not change back and forth")
    func neighbours() throws {
        let store = try TemporaryStore().open()
        try store.ingest((0..<288).map { Fixtures.value($0 * 5, $0 / 4 % 2 == 0 ? 91 : 89) })
        let rules = [
            try Self.rule("lower", "avg(cpu) > 80%", to: "small"), try Self.rule("upper", "avg(cpu) > 90%", to: "large"),
        ]
        let advice = try Self.advice(
            store, Self.project(rules), at: stride(from: 10, through: 1440, by: SlowTests.size(10, quick: 50)))
        #expect(Set(advice) == ["move large"])
    }

    @Test("a change of tier is seen, and nothing further is recommended for a day")
    func coolDown() throws {
        let store = try TemporaryStore().open()
        try store.ingest((0..<800).map { Fixtures.value($0 * 5, 90) })
        let rules = [try Self.rule("cpu", "avg(cpu) > 80%", to: "large")]
        #expect(try Self.advice(store, Self.project(rules), at: [60]) == ["move large"])
        let moved = Self.project(rules, on: "small")
        #expect(try Self.advice(store, moved, at: [120, 180, 1500]) == ["stay ", "stay ", "stay "])
        #expect(try Self.advice(store, moved, at: [1560]) == ["move large"])
        let since = try store.evaluate(moved, at: 1600).report.entries.first { $0.resource.id == "db" }?
            .recommendation?.outlook?.tierSince
        #expect(since == Fixtures.at(120))
    }

    @Test("the tier of the first evaluation may have been there for ever: no cool-down")
    func firstSeen() throws {
        let store = try TemporaryStore().open()
        try store.ingest((0..<24).map { Fixtures.value($0 * 5, 90) })
        let project = Self.project([try Self.rule("cpu", "avg(cpu) > 80%", to: "small")])
        #expect(try Self.advice(store, project, at: [60, 120]) == ["move small", "move small"])
    }
}
