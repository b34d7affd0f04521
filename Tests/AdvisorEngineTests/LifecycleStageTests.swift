import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Recommendation life cycle in the store")
struct LifecycleStageTests {
    private static func price(_ usd: String) -> Price {
        Price(usd: Decimal(string: usd), source: "test", asOf: "2026-01-01")
    }

    private static func tier(_ id: String, rank: Int, hourly: String) -> Tier {
        var tier = Tier(id: id, title: id, engine: "postgres", rank: rank)
        (tier.hourly, tier.storage, tier.minimumStorage, tier.isOnGuidePath) = (price(hourly), price("0.115"), 20, true)
        return tier
    }

    /// A database on a tier, and a rule that asks for the next one.
    private static func project(tier present: String = "micro", rules: [String: String] = ["hot": "avg(cpu) > 80%"]) throws
        -> Project
    {
        var project = try EvaluationBench.project(rules)
        project.rules = project.rules.map {
            var rule = $0
            rule.recommend = .move(to: "small")
            return rule
        }
        project.catalog = Catalog(
            region: "test", tiers: [tier("micro", rank: 1, hourly: "0.016"), tier("small", rank: 2, hourly: "0.032")])
        var resource = Stack.Resource(id: "db", kind: .database)
        (resource.tier, resource.allocatedStorage, resource.multiAZ) = (present, 20, false)
        project.stack.resources = [resource]
        return project
    }

    private static func evidence(_ store: Store, _ project: Project, at minute: Int) throws -> EvidenceSnapshot? {
        let result = try EvaluationPipeline(
            store: store, project: project, now: Fixtures.at(minute)
        ).run(.report)
        return result.report.entries.first.flatMap { EvidenceSnapshot($0, region: "test", now: Fixtures.at(minute)) }
    }

    @Test("a metric that flaps every half hour makes one row a resource")
    func flapping() throws {
        let store = try TemporaryStore()
        let open = try store.open()
        let project = try Self.project()
        var news = 0
        for step in 0..<48 {
            try open.ingest((0..<6).map { Fixtures.value(step * 30 + $0 * 5, step % 2 == 0 ? 90 : 50) })
            news += try open.evaluate(project, at: step * 30 + 30).recommendationChanges.count
        }
        // Advice is held for a day after an alarm, so it comes once and stands.
        #expect(news == 1)
        let lives = try open.recommendations()
        #expect(lives.map(\.id) == [1])
        #expect(lives[0].returns == 0)
        #expect(try store.sql("SELECT count(*) FROM recommendationChange") == "1")
    }

    @Test("evidence is as it was when claimed, whatever comes later, and SQLite refuses to change it")
    func frozen() throws {
        let store = try TemporaryStore()
        let open = try store.open()
        var project = try Self.project()
        try open.ingest((0..<12).map { Fixtures.value($0 * 5, 91) })
        try open.evaluate(project, at: 60)
        let evidence = try #require(try Self.evidence(open, project, at: 60))
        let change = try open.act(.claim(by: "kim"), on: 1, evidence: evidence, at: Fixtures.at(60))
        #expect(change?.kind == .claimed)
        let before = try open.recommendationEvidence(of: 1)
        #expect(before.count == 1)
        let document = try EvidenceSnapshot(json: before[0].document)
        #expect(document == evidence)
        #expect(document.rules.map(\.id) == ["hot"])
        #expect(document.rules[0].when == "avg(cpu) > 80%")
        #expect(document.rules[0].datapoints.contains { $0.value == 0.91 && $0.breaching == true })
        #expect(document.monthlyCostBefore?.cents == "13.98" && document.monthlyCostAfter?.cents == "25.66")
        #expect(document.pricesAsOf == "2026-01-01")
        // Other samples, another rule of the same name, other prices.
        try open.ingest((0..<12).map { Fixtures.value($0 * 5, 99) })
        project = try Self.project(rules: ["hot": "avg(cpu) > 95%"])
        project.catalog = Catalog(
            region: "test", tiers: [Self.tier("micro", rank: 1, hourly: "1"), Self.tier("small", rank: 2, hourly: "2")])
        try open.evaluate(project, at: 120)
        #expect(try open.recommendations().map(\.state) == [.claimed])
        #expect(try open.recommendations()[0].summary.after?.cents == "25.66")
        #expect(try open.recommendationEvidence(of: 1).map(\.document) == before.map(\.document))
        for table in ["recommendationEvidence", "recommendationChange"] {
            for statement in ["UPDATE \(table) SET at = 0", "DELETE FROM \(table)"] {
                #expect(try store.sqlProblem(statement).contains("rows of \(table) are never changed"))
            }
        }
        #expect(try open.recommendationEvidence(of: 1).map(\.document) == before.map(\.document))
    }

    @Test("a snoozed one comes back by the evaluation alone; claimed, done and checked on the way")
    func datapointSeries() throws {
        let store = try TemporaryStore()
        let open = try store.open()
        let day = 24 * 60
        try open.ingest((0..<(14 * 288)).map { Fixtures.value($0 * 5, $0 < 6 * 288 ? 91 : 40) })
        let project = try Self.project()
        try open.evaluate(project, at: day)
        _ = try open.act(.snooze(until: Fixtures.at(3 * day)), on: 1, evidence: nil, at: Fixtures.at(day))
        #expect(try open.evaluate(project, at: 2 * day).recommendationChanges.isEmpty)
        #expect(try open.evaluate(project, at: 3 * day).recommendationChanges.map(\.kind) == [.reopened])
        _ = try open.act(
            .claim(by: nil), on: 1, evidence: try Self.evidence(open, project, at: 4 * day), at: Fixtures.at(4 * day))
        _ = try open.act(.done(note: nil), on: 1, evidence: nil, at: Fixtures.at(6 * day))
        let after = try Self.project(tier: "small")
        #expect(try open.evaluate(after, at: 7 * day).recommendationChanges.isEmpty)
        let changes = try open.evaluate(after, at: 9 * day).recommendationChanges
        #expect(changes.map(\.kind) == [.hit])
        let outcome = RecommendationOutcome(
            rules: .cleared, open: [], bill: .asSaid, expected: Money(text: "25.66"), actual: Money(text: "25.66"))
        #expect(changes.map(\.reason) == [.checked(outcome: outcome)])
        #expect(try open.recommendationHistory().map(\.what) == [.opened, .snoozed, .reopened, .claimed, .done, .hit])
        #expect(try open.recommendations().map { $0.outcome?.verdict } == [.hit])
    }

    @Test("a rule for the old tier alone is asked of the new one: CPU that stays is a miss")
    func stays() throws {
        let store = try TemporaryStore()
        let open = try store.open()
        let day = 24 * 60
        try open.ingest((0..<(6 * 288)).map { Fixtures.value($0 * 5, 91) })
        func project(_ tier: String) throws -> Project {
            var project = try Self.project(tier: tier)
            project.rules[0].condition = try Formula.parse(
                "tier == \"micro\"", vocabulary: project.vocabulary, role: .condition)
            return project
        }
        try open.evaluate(try project("micro"), at: day)
        _ = try open.act(.done(note: nil), on: 1, evidence: nil, at: Fixtures.at(day))
        let changes = try open.evaluate(try project("small"), at: 5 * day).recommendationChanges
        #expect(changes.map(\.kind) == [.miss])
        let outcome = RecommendationOutcome(
            rules: .standing, open: ["hot"], bill: .asSaid, expected: Money(text: "25.66"), actual: Money(text: "25.66"))
        #expect(changes.map(\.reason) == [.checked(outcome: outcome)])
    }

    @Test("a claim between evaluating and recording makes the evaluation begin again; one whose resource is gone has ended")
    func between() throws {
        let open = try TemporaryStore().open()
        let project = try Self.project()
        try open.ingest((0..<12).map { Fixtures.value($0 * 5, 91) })
        try open.evaluate(project, at: 60)
        let first = try open.recommendationHistory()
        #expect(try open.evaluate(project, at: 60).recommendationChanges.isEmpty)
        #expect(try open.recommendationHistory() == first)
        #expect(try open.act(.claim(by: nil), on: 9, evidence: nil, at: Fixtures.at(60)) == nil)
        var empty = project
        empty.stack.resources = []
        empty.rules = []
        #expect(try open.evaluate(empty, at: 90).recommendationChanges.map(\.kind) == [.gone])
        #expect(try open.recommendations().map(\.ending) == [.gone])
    }
}

extension TemporaryStore {
    /// Runs SQL on the file from another process, and returns what it complained of.
    fileprivate func sqlProblem(_ text: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/sqlite3")
        process.arguments = ["-cmd", ".timeout 5000", path, text]
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let data = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
