import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

/// Each stage of the evaluation alone, on an input made by hand: no store, no stage before it.
@Suite("Stages of the evaluation pipeline")
struct PipelineStageTests {
    private static let database: Stack.Resource = {
        var resource = Stack.Resource(id: "db", kind: .database)
        (resource.tier, resource.allocatedStorage, resource.multiAZ) = ("micro", 20, false)
        return resource
    }()

    private static func tier(_ id: String, rank: Int, hourly: String) -> Tier {
        func price(_ usd: String) -> Price { Price(usd: Decimal(string: usd), source: "test", asOf: "2026-01-01") }
        var tier = Tier(id: id, title: id, engine: "postgres", rank: rank)
        (tier.hourly, tier.storage, tier.minimumStorage, tier.isOnGuidePath) = (price(hourly), price("0.115"), 20, true)
        return tier
    }

    /// A database on `micro`, and a rule that moves it to `small`, as of a minute.
    private static func context(at minute: Int = 20) throws -> EvaluationContext {
        var project = try EvaluationBench.project(["hot": "avg(cpu) > 80%"])
        for index in project.rules.indices { project.rules[index].recommend = .move(to: "small") }
        project.catalog = Catalog(
            region: "test", tiers: [tier("micro", rank: 1, hourly: "0.016"), tier("small", rank: 2, hourly: "0.032")])
        project.stack.resources = [database]
        return EvaluationContext(project: project, now: Fixtures.at(minute))
    }

    /// The database with a CPU value every five minutes.
    private static func snapshot(_ cpu: [Double], _ context: EvaluationContext) throws -> ResourceSnapshot {
        let metric = try #require(context.project.vocabulary.metrics.metrics["cpu"])
        let samples = cpu.enumerated().map { Fixtures.value($0.offset * 5, $0.element) }
        let history = ResourceHistory(
            series: [SeriesHistory(metric: metric, samples: samples)], firstSample: samples.first?.start)
        return ResourceSnapshot(target: context.project.target(database, history: history))
    }

    private static func analysis(_ cpu: [Double], _ context: EvaluationContext) throws -> ResourceAnalysis {
        ResourceAnalysis(of: ResourceEvaluation(of: try snapshot(cpu, context), in: context), in: context)
    }

    @Test("evaluation: without a stored alarm everything is new and replaces what is stored")
    func first() throws {
        let context = try Self.context()
        let evaluation = ResourceEvaluation(of: try Self.snapshot([50, 90, 50, 90], context), in: context)
        let outcome = try #require(evaluation.outcomes.first)
        #expect(evaluation.outcomes.count == 1)
        #expect(outcome.history == .replaced && outcome.isStored)
        #expect(outcome.newTransitions.map(\.to) == [.ok, .alarm, .ok, .alarm])
        #expect(evaluation.findings.map(\.state) == [.alarm])
    }

    @Test("evaluation: a stored alarm is gone on from; late samples replace it, and what they reveal is news")
    func resumed() throws {
        let before = try Self.context(at: 10)
        let stored = try #require(
            ResourceEvaluation(of: try Self.snapshot([50, 50], before), in: before).outcomes.first?.result)
        let context = try Self.context()
        var snapshot = try Self.snapshot([50, 50, 90, 90], context)
        snapshot.alarms = ["hot": stored.alarm]
        let continued = try #require(ResourceEvaluation(of: snapshot, in: context).outcomes.first)
        #expect(continued.history == .continued)
        #expect(continued.newTransitions.map(\.to) == [.alarm])
        #expect(continued.correction == nil)
        snapshot = try Self.snapshot([90, 50, 90, 90], context)
        snapshot.alarms = ["hot": stored.alarm]
        snapshot.backfills = ["hot": ResourceSnapshot.Backfill(from: Fixtures.at(0), recorded: stored.transitions)]
        let corrected = try #require(ResourceEvaluation(of: snapshot, in: context).outcomes.first)
        #expect(corrected.history == .replaced)
        #expect(corrected.result.transitions.map(\.to) == [.alarm, .ok, .alarm])
        #expect(corrected.newTransitions.map(\.to) == [.alarm])
        #expect(corrected.lateTransitions.map(\.at) == [Fixtures.at(5), Fixtures.at(10)])
        #expect(continued.lateTransitions.isEmpty)
        #expect(corrected.correction?.changes.map(\.kind) == [.gained])
    }

    @Test("analysis: tiers of databases, verification of what was done, and nothing of the samples")
    func analysis() throws {
        let context = try Self.context()
        var snapshot = try Self.snapshot([90, 90], context)
        #expect(ResourceAnalysis(of: ResourceEvaluation(of: snapshot, in: context), in: context).verification == nil)
        snapshot.completed = CompletedRecommendation(rules: ["hot", "gone"])
        let analysis = ResourceAnalysis(of: ResourceEvaluation(of: snapshot, in: context), in: context)
        #expect(analysis.verification == ["hot": .alarm, "gone": .insufficientData])
        #expect(analysis.tiers?.projections.map(\.tier) == ["micro", "small"])
        #expect(analysis.states == ["hot": .alarm])
    }

    @Test("recommendations: one decision per resource; an allowance without an alarm is not shown")
    func recommendations() throws {
        let context = try Self.context()
        var allowance = try Self.analysis([], context)
        allowance.resource = Stack.Resource(id: "free", kind: .allowance, isDeclared: false)
        allowance.outcomes = []
        let hot = Recommendations(of: [try Self.analysis([90, 90], context), allowance], in: context)
        #expect(hot.reviews.map(\.resource.id) == ["db"])
        #expect(hot.reviews.map { $0.recommendation?.steps.map(\.to) } == [[.tier(id: "small")]])
        let calm = Recommendations(of: [try Self.analysis([50, 50], context)], in: context)
        #expect(calm.reviews.map { $0.recommendation?.steps.isEmpty } == [true])
    }

    @Test("review: recommendations are numbered, and end with their resource only where all are evaluated")
    func review() throws {
        let context = try Self.context()
        let hot = Recommendations(of: [try Self.analysis([90, 90], context)], in: context)
        let unstored = Review(of: hot, memory: nil, in: context)
        #expect(unstored.changes.isEmpty && unstored.changedRecords.isEmpty && unstored.resources == hot.reviews)
        let opened = Review(of: hot, memory: RecommendationMemory(nextID: 7, coverage: .all), in: context)
        #expect(opened.changes.map(\.kind) == [.opened])
        #expect(opened.changedRecords.map(\.id) == [7])
        #expect(opened.resources.map(\.life?.id) == [7])
        let record = try #require(opened.changedRecords.first)
        let records = [ResourceKey(kind: .database, resource: "db"): record]
        let nothing = Recommendations(of: [], in: context)
        func lost(_ coverage: RecommendationMemory.Coverage) -> [RecommendationRecord] {
            Review(of: nothing, memory: RecommendationMemory(records: records, coverage: coverage), in: context).changedRecords
        }
        #expect(lost(.all).map(\.isCurrent) == [false])
        #expect(lost(.some).isEmpty)
    }

    @Test("spend: without charges nothing is known and nothing changes")
    func spend() throws {
        var context = try Self.context()
        context.project.stack.budget = Stack.Budget(monthly: 50, alertAt: [0.5])
        let review = SpendReview(of: SpendSnapshot(), in: context)
        #expect(review.changes.isEmpty)
        #expect(review.report.dataUntil == nil)
    }

    @Test("notifications: an alarm is notified once, and its end once")
    func notifications() throws {
        var context = try Self.context()
        context.project.stack.webhooks = [Stack.Receiver(name: "team", format: .file)]
        func plan(_ cpu: [Double], _ groups: [String: AlertGroupState]) throws -> NotificationPlan {
            let recommendations = Recommendations(of: [try Self.analysis(cpu, context)], in: context)
            return NotificationPlan(
                of: Review(of: recommendations, memory: nil, in: context), SpendReview(of: SpendSnapshot(), in: context),
                memory: NotificationMemory(groups: groups, previous: Fixtures.at(0)), in: context)
        }
        let first = try plan([90, 90, 90, 90], [:])
        #expect(first.requests.map(\.alert.kind) == [.alarm])
        #expect(first.changedGroups.keys.contains("database/db"))
        let second = try plan([90, 90, 90, 90], first.changedGroups)
        #expect(second.requests.isEmpty)
        let third = try plan([90, 90, 50, 50], first.changedGroups)
        #expect(third.requests.map(\.alert.kind) == [.resolved])
    }

    @Test("report: it holds what was reviewed")
    func report() throws {
        let context = try Self.context()
        let review = Review(
            of: Recommendations(of: [try Self.analysis([90, 90], context)], in: context), memory: nil, in: context)
        let spend = SpendReview(of: SpendSnapshot(), in: context)
        let report = review.report(spend, newestSample: Fixtures.at(5), in: context)
        #expect(report.asOf == context.now && report.newestSample == Fixtures.at(5))
        #expect(report.entries == review.resources && report.tips == review.recommendations.tips)
        #expect(report.procedures == nil && report.history == nil)
        #expect(review.procedures(in: context).keys.sorted() == ["db"])
    }
}
