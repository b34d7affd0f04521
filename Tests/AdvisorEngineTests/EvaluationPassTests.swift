import AdvisorCore
import AdvisorEngine
import AdvisorTestSupport
import AdvisorStore
import Testing

@Suite("Evaluation pass")
struct EvaluationPassTests {
    private static let cpu = Metric(
        id: "cpu", title: "CPU", kinds: [.database], origin: .series(namespace: "AWS/RDS", name: "CPUUtilization"),
        dimension: "DBInstanceIdentifier", unit: .percent, display: .percent, statistic: .average, nativePeriod: .seconds(60))

    private static func project(_ when: [String]) throws -> Project {
        let vocabulary = Vocabulary(metrics: MetricCatalog(metrics: [cpu], kindOfDimension: ["DBInstanceIdentifier": .database]))
        let rules = try when.enumerated().map { number, text in
            var rule = Rule(
                id: "rule-\(number)", title: "rule", appliesTo: .database, when: try Formula.parse(text, vocabulary: vocabulary))
            rule.sustain = Sustain(datapoints: Sustain.Datapoints(toAlarm: 1 + number, evaluated: 2 + number))
            rule.missing = MissingData.allCases[number % 4]
            return rule
        }
        return Project(
            rules: rules, stack: Stack(), catalog: Catalog(region: "test", tiers: []), vocabulary: vocabulary,
            services: ServiceCatalog())
    }

    private static func samples(_ generator: inout SplitMix, count: Int) -> [Sample] {
        (0..<count).compactMap { number in
            guard Int.random(in: 0..<6, using: &generator) > 0 else { return nil }
            return Batches.sample(number * 5, average: Double.random(in: 50...100, using: &generator), period: .seconds(300))
        }
    }

    private static func evaluate(_ store: Store, _ project: Project, minute: Int) throws -> EvaluationOutcome {
        try EvaluationPipeline(
            store: store, project: project, now: Batches.start + .seconds(Int64(minute * 60))
        ).run(.record)
    }

    private static func transitions(_ store: Store) throws -> [String] {
        try store.transitions().map { "\($0.rule) \($0.at.milliseconds) \($0.from.rawValue) \($0.to.rawValue)" }
    }

    @Test("evaluating at random times records what backtesting finds")
    func episodes() throws {
        var generator = SplitMix(seed: 5)
        let project = try Self.project(["avg(cpu) > 80%", "avg(cpu) > 70%", "avg(cpu, 20m) > 75%"])
        for _ in 0..<8 {
            let store = try Store(path: nil, create: true, exists: false)
            let samples = Self.samples(&generator, count: 200)
            var minute = 0
            while minute < 1100 {
                let next = min(1100, minute + Int.random(in: 1..<120, using: &generator))
                let (from, to) = (Batches.start + .seconds(Int64(minute * 60)), Batches.start + .seconds(Int64(next * 60)))
                _ = try Batches.ingest([Batches.batch(samples.filter { $0.start >= from && $0.start < to })], into: store)
                _ = try Self.evaluate(store, project, minute: next)
                minute = next
            }
            let backtest = try EvaluationPipeline(
                store: store, project: project, now: Batches.start + .seconds(66_000)
            ).run(
                .replay)
            let expected = backtest.transitions.map { "\($0.rule) \($0.at.milliseconds) \($0.from.rawValue) \($0.to.rawValue)" }
                .sorted()
            #expect(try Self.transitions(store).sorted() == expected)
        }
    }

    @Test("late samples evaluated again give what evaluating in order gives")
    func late() throws {
        var generator = SplitMix(seed: 9)
        let project = try Self.project(["avg(cpu) > 80%"])
        let samples = Self.samples(&generator, count: 100)
        let store = try Store(path: nil, create: true, exists: false)
        let early = samples.enumerated().filter { !(20..<40).contains($0.offset) }.map(\.element)
        _ = try Batches.ingest([Batches.batch(early)], into: store)
        _ = try Self.evaluate(store, project, minute: 600)
        _ = try Batches.ingest([Batches.batch(samples)], into: store)
        _ = try Self.evaluate(store, project, minute: 605)
        let inOrder = try Store(path: nil, create: true, exists: false)
        _ = try Batches.ingest([Batches.batch(samples)], into: inOrder)
        _ = try Self.evaluate(inOrder, project, minute: 605)
        #expect(try Self.transitions(store) == Self.transitions(inOrder))
    }

    @Test("again at the same time, or an earlier one, records nothing")
    func again() throws {
        let project = try Self.project(["avg(cpu) > 80%"])
        let store = try Store(path: nil, create: true, exists: false)
        _ = try Batches.ingest(
            [Batches.batch((0..<9).map { Batches.sample($0 * 5, average: 90, period: .seconds(300)) })], into: store)
        _ = try Self.evaluate(store, project, minute: 40)
        let before = try Self.transitions(store)
        #expect(try Self.evaluate(store, project, minute: 40).transitions.isEmpty)
        let past = try Self.evaluate(store, project, minute: 20)
        #expect(!past.isRecorded)
        #expect(try Self.transitions(store) == before)
    }

    @Test("a rule that changed is evaluated anew; one that is gone loses its alarm")
    func changed() throws {
        let store = try Store(path: nil, create: true, exists: false)
        _ = try Batches.ingest(
            [Batches.batch((0..<9).map { Batches.sample($0 * 5, average: 75, period: .seconds(300)) })], into: store)
        _ = try Self.evaluate(store, try Self.project(["avg(cpu) > 80%", "avg(cpu) > 90%"]), minute: 40)
        #expect(try store.alarms().count == 2)
        let edited = try Self.evaluate(store, try Self.project(["avg(cpu) > 70%"]), minute: 40)
        #expect(edited.transitions.map(\.to) == [.alarm])
        #expect(try store.alarms().count == 1)
    }
}
