import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Testing

@Suite("Evaluation of stored samples")
struct EvaluationTests {
    private let temporary: TemporaryStore
    private let store: Store

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private func ingest(_ values: [Double]) throws {
        try store.ingest(values.enumerated().map { Fixtures.value($0.offset * 5, $0.element) })
    }

    @Test("again at the same time records nothing new")
    func twice() throws {
        try ingest([50, 90, 50, 90])
        let project = try EvaluationBench.project(["high": "avg(cpu) > 80%"])
        let first = try store.evaluate(project, at: 20)
        #expect(first.isRecorded)
        #expect(first.transitions.map(\.to) == [.ok, .alarm, .ok, .alarm])
        let before = (try temporary.transitions(), try temporary.alarms(), try temporary.evaluations())
        let second = try store.evaluate(project, at: 20)
        #expect(second.transitions.isEmpty)
        #expect(second.states == first.states)
        let after = (try temporary.transitions(), try temporary.alarms(), try temporary.evaluations())
        #expect(after == before)
    }

    @Test("an earlier time evaluates and records nothing")
    func past() throws {
        try ingest([50, 90, 50, 50])
        let project = try EvaluationBench.project(["high": "avg(cpu) > 80%"])
        try store.evaluate(project, at: 20)
        let before = (try temporary.transitions(), try temporary.alarms(), try temporary.evaluations())
        let past = try store.evaluate(project, at: 10)
        #expect(!past.isRecorded)
        #expect(past.states == [.alarm])
        let after = (try temporary.transitions(), try temporary.alarms(), try temporary.evaluations())
        #expect(after == before)
    }

    @Test("evaluating step by step gives what a backtest gives", arguments: SlowTests.seeds(30, quick: 3))
    func steps(_ seed: Int) throws {
        var generator = SplitMix(seed: UInt64(seed))
        let project = EvaluationBench.project(try (0..<4).map { try EvaluationBench.randomRule($0, &generator) })
        let samples = EvaluationBench.randomSamples(60, &generator)
        var minute = 0
        while minute < 400 {
            let next = minute + Int.random(in: 1...45, using: &generator)
            // A sample is there once its period is over.
            try store.ingest(samples.filter { $0.start > Fixtures.at(minute - 5) && $0.start <= Fixtures.at(next - 5) })
            try store.evaluate(project, at: next)
            minute = next
        }
        let backtest = try store.backtest(project, at: minute)
        #expect(try temporary.transitions() == backtest.transitions.asStored, "seed \(seed)")
        try expectAlarms(project, samples, minute, seed)
    }

    @Test("samples that are all there are evaluated alike in any steps", arguments: SlowTests.seeds(30, quick: 3))
    func stepsOverAll(_ seed: Int) throws {
        var generator = SplitMix(seed: UInt64(1000 + seed))
        let project = EvaluationBench.project(try (0..<4).map { try EvaluationBench.randomRule($0, &generator) })
        let samples = EvaluationBench.randomSamples(60, &generator)
        try store.ingest(samples)
        var minute = 0
        while minute < 400 {
            minute += Int.random(in: 1...45, using: &generator)
            try store.evaluate(project, at: minute)
        }
        #expect(try temporary.transitions() == store.backtest(project, at: minute).transitions.asStored, "seed \(seed)")
        try expectAlarms(project, samples, minute, seed)
    }

    @Test("late samples are evaluated as if they had come in order", arguments: SlowTests.seeds(20, quick: 3))
    func late(_ seed: Int) throws {
        var generator = SplitMix(seed: UInt64(2000 + seed))
        let project = EvaluationBench.project(try (0..<4).map { try EvaluationBench.randomRule($0, &generator) })
        let samples = EvaluationBench.randomSamples(60, &generator)
        let isLate = samples.map { _ in Int.random(in: 0..<4, using: &generator) == 0 }
        try store.ingest(samples.indices.filter { !isLate[$0] }.map { samples[$0] })
        try store.evaluate(project, at: 150)
        try store.evaluate(project, at: 300)
        try store.ingest(samples.indices.filter { isLate[$0] }.map { samples[$0] })
        try store.evaluate(project, at: 330)
        #expect(try temporary.transitions() == store.backtest(project, at: 330).transitions.asStored, "seed \(seed)")
        try expectAlarms(project, samples, 330, seed)
    }

    @Test("a late sample leaves what facts decided, and what a rule said while it applied, as it was", arguments: [-5, 10])
    func lateWithoutNeed(_ minute: Int) throws {
        try ingest([50, 50, 90, 50, 50, 50])
        var project = try EvaluationBench.project(["cpu": "avg(cpu) > 80%", "facts": "stage == \"growth\""])
        for index in project.rules.indices where project.rules[index].id == "cpu" {
            project.rules[index].condition = try Formula.parse(
                "multi_az == false", vocabulary: project.vocabulary, role: .condition)
        }
        var database = Stack.Resource(id: "db", kind: .database)
        database.multiAZ = false
        (project.stack.resources, project.stack.stage) = ([database], .launch)
        try store.evaluate(project, at: 30)
        database.multiAZ = true
        (project.stack.resources, project.stack.stage) = ([database], .growth)
        try store.evaluate(project, at: 40)
        let before = try temporary.transitions()
        #expect(before.count { $0.hasPrefix("cpu") } == 3 && before.count { $0.hasPrefix("facts") } == 2)
        try store.ingest([Fixtures.value(minute, 91)])
        let result = try store.evaluate(project, at: 50)
        #expect(result.corrections.isEmpty)
        #expect(try temporary.transitions() == before)
    }

    @Test("a sample that changed is evaluated again at the same time")
    func changedSample() throws {
        try ingest([50, 90, 50, 50])
        let project = try EvaluationBench.project(["high": "avg(cpu) > 80%"])
        try store.evaluate(project, at: 20)
        try store.ingest([Fixtures.value(5, 60)])
        try store.evaluate(project, at: 20)
        #expect(try temporary.transitions() == store.backtest(project, at: 20).transitions.asStored)
        #expect(try temporary.transitions().count == 1)
    }

    @Test("a rule that changed is evaluated anew")
    func changedRule() throws {
        try ingest([50, 75, 90, 50])
        try store.evaluate(EvaluationBench.project(["high": "avg(cpu) > 80%"]), at: 20)
        let lower = try EvaluationBench.project(["high": "avg(cpu) > 70%"])
        try store.evaluate(lower, at: 20)
        #expect(try temporary.transitions() == store.backtest(lower, at: 20).transitions.asStored)
        #expect(try temporary.transitions().count == 3)
    }

    @Test("a rule that is gone loses its alarm and what it did")
    func removedRule() throws {
        try ingest([50, 90])
        try store.evaluate(EvaluationBench.project(["high": "avg(cpu) > 80%", "low": "avg(cpu) < 20%"]), at: 10)
        #expect(try temporary.alarms().count == 2)
        try store.evaluate(EvaluationBench.project(["low": "avg(cpu) < 20%"]), at: 15)
        #expect(try temporary.alarms().count == 1)
        #expect(try temporary.transitions().allSatisfy { $0.hasPrefix("low|") })
    }

    @Test("evaluating one resource keeps the others' alarms")
    func onlyOne() throws {
        try store.ingest(["db", "other"].map { Entry(key: Fixtures.series($0), sample: Fixtures.value(0, 90)) })
        let project = try EvaluationBench.project(["high": "avg(cpu) > 80%"])
        try store.evaluate(project, at: 5)
        #expect(try temporary.alarms().count == 2)
        let one = try EvaluationPipeline(
            store: store, project: project, now: Fixtures.at(10), scope: .resource("db")
        ).run(
            .report)
        #expect(one.states.count == 1)
        #expect(!one.isRecorded)
        #expect(try temporary.alarms().count == 2)
    }

    /// The memory kept is that of one evaluation over everything.
    private func expectAlarms(_ project: Project, _ samples: [Sample], _ minute: Int, _ seed: Int) throws {
        let fresh = try TemporaryStore()
        let other = try fresh.open()
        try other.ingest(samples)
        try other.evaluate(project, at: minute)
        #expect(try temporary.alarms() == fresh.alarms(), "seed \(seed)")
        #expect(try temporary.transitions() == fresh.transitions(), "seed \(seed)")
    }

    @Test("a sample that another phase takes away changes what there is")
    func overlapIsChange() throws {
        try store.ingest([0, 5, 10].map { Fixtures.value($0, 1) })
        let project = try EvaluationBench.project(["high": "avg(cpu) > 80%"])
        _ = try EvaluationPipeline(store: store, project: project, now: Fixtures.at(60)).run(
            .record)
        try store.ingest([Fixtures.value(7, 1)])
        #expect(try store.allSeries(before: Fixtures.at(60)).map(\.changedFrom) == [Fixtures.at(5)])
    }
}
