import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

/// What minute-by-minute evaluating, backfilling and backtesting must have in common, on histories and rules of any kind.
@Suite("Laws of evaluation at any times")
struct EvaluationLawTests {
    /// `scripts/law-check` asks for more.
    static let seeds =
        ProcessInfo.processInfo.environment["ADVISOR_SEEDS"].flatMap(Int.init).map { 0..<$0 } ?? SlowTests.seeds(24, quick: 6)

    private static func project(_ history: RandomHistory, _ random: inout SplitMix) throws -> Project {
        var stack = Stack()
        var resource = Stack.Resource(id: "db", kind: .database)
        resource.tier = "db.t4g.micro"
        if history.target.facts["allocated_storage"] != nil { resource.allocatedStorage = 20 }
        stack.resources = [resource]
        var metrics = RandomHistory.vocabulary.metrics
        metrics.kindOfDimension = ["DBInstanceIdentifier": .database]
        return Project(
            rules: try (0..<3).map { try history.rule(&random, id: "rule-\($0)") }, stack: stack,
            catalog: Catalog(region: "test", tiers: []), vocabulary: Vocabulary(metrics: metrics), services: ServiceCatalog())
    }

    /// A sample with the series that it is of.
    private struct Record {
        var key: SeriesKey
        var sample: Sample
        /// When its source has it.
        var isThere: Timestamp
    }

    private static func records(_ history: RandomHistory) -> [Record] {
        history.target.history.series.values.sorted { $0.metric.id < $1.metric.id }.flatMap { series -> [Record] in
            guard case .series(let namespace, let name) = series.metric.origin else { return [] }
            let key = SeriesKey(
                namespace: namespace, name: name, dimensions: [SeriesKey.Dimension("DBInstanceIdentifier", "db")])
            return series.samples.map { Record(key: key, sample: $0, isThere: $0.start + ($0.period ?? .seconds(60))) }
        }
    }

    private static func ingest(_ records: [Record], into store: Store) throws {
        let writer = try SampleWriter(store: store, at: RandomHistory.start)
        try writer.beginFile()
        var batch = SampleBatch()
        for record in records {
            let number = batch.newSeries.firstIndex(of: record.key) ?? batch.newSeries.count
            if number == batch.newSeries.count { batch.newSeries.append(record.key) }
            batch.records.append(SampleBatch.Record(series: Int32(number), sample: record.sample))
        }
        try writer.write(batch)
        _ = try writer.finishFile()
        _ = try writer.finish()
    }

    private static func evaluate(_ store: Store, _ project: Project, at minute: Int) throws -> EvaluationOutcome {
        try EvaluationPipeline(store: store, project: project, now: at(minute)).run(.record)
    }

    private static func at(_ minute: Int) -> Timestamp { RandomHistory.start + .seconds(Int64(minute) * 60) }

    /// Every interval in ALARM that the recorded changes make.
    private static func episodes(_ store: Store) throws -> [String] {
        var result: [String] = []
        var open: [String: Timestamp] = [:]
        for transition in try store.transitions() {
            if transition.to == .alarm {
                open[transition.rule] = transition.at
            } else if let start = open.removeValue(forKey: transition.rule) {
                result.append("\(transition.rule) \(start) \(transition.at)")
            }
        }
        return (result + open.map { "\($0.key) \($0.value) open" }).sorted()
    }

    private static func episodes(_ backtest: Backtest) -> [String] {
        backtest.episodes.map { "\($0.rule) \($0.start) \($0.end.map { "\($0)" } ?? "open")" }.sorted()
    }

    @Test("evaluating at random times gives the episodes of a backtest", arguments: seeds)
    func randomTimes(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed) &* 7919)
        let history = RandomHistory(&random)
        let project = try Self.project(history, &random)
        let store = try Store(path: nil, create: true, exists: false)
        var waiting = Self.records(history)
        // Every other time all is there from the beginning, and `now` alone moves.
        if seed % 2 == 1 {
            try Self.ingest(waiting, into: store)
            waiting = []
        }
        var minute = 0
        while minute < 640 {
            minute += Int.random(in: 1...90, using: &random)
            let come = waiting.filter { $0.isThere <= Self.at(minute) }
            if !come.isEmpty { try Self.ingest(come, into: store) }
            waiting.removeAll { $0.isThere <= Self.at(minute) }
            _ = try Self.evaluate(store, project, at: minute)
        }
        let backtest = try BacktestPass(store: store, project: project, from: nil, to: Self.at(minute)).run().backtest
        #expect(try Self.episodes(store) == Self.episodes(backtest))
        let whole = try EvaluationPipeline(store: store, project: project, now: Self.at(minute))
            .run(.replay)
        #expect(Set(whole.episodes) == Set(backtest.episodes))
        for track in backtest.tracks {
            let inAlarm = track.episodes.reduce(0) { $0 + (($1.end ?? Self.at(minute)) - max($1.start, backtest.from)).seconds }
            #expect(track.inAlarm.seconds == inAlarm)
        }
    }

    @Test("a gap filled later gives what evaluating in order gives, and says which alarms changed", arguments: seeds)
    func backfill(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed) &+ 40_000)
        let history = RandomHistory(&random)
        let project = try Self.project(history, &random)
        let (gappy, whole) = (
            try Store(path: nil, create: true, exists: false), try Store(path: nil, create: true, exists: false)
        )
        let all = Self.records(history)
        let gap = Self.at(Int.random(in: 60...200, using: &random))...Self.at(Int.random(in: 220...420, using: &random))
        try Self.ingest(all.filter { !gap.contains($0.sample.start) }, into: gappy)
        for minute in [150, 300, 600] { _ = try Self.evaluate(gappy, project, at: minute) }
        let before = try Self.episodes(gappy)
        try Self.ingest(all.filter { gap.contains($0.sample.start) }, into: gappy)
        let result = try Self.evaluate(gappy, project, at: 610)
        try Self.ingest(all, into: whole)
        for minute in [150, 300, 600, 610] { _ = try Self.evaluate(whole, project, at: minute) }
        #expect(try gappy.transitions() == whole.transitions())
        // An alarm is named where its episodes up to the last evaluation before differ, and nowhere else.
        let past = try BacktestPass(store: whole, project: project, from: nil, to: Self.at(600)).run().backtest
        let changed = Set(before).symmetricDifference(Self.episodes(past)).map { $0.split(separator: " ")[0] }
        #expect(Set(result.corrections.map { Substring($0.rule) }) == Set(changed))
        #expect(result.transitions.allSatisfy { $0.at > Self.at(600) })
        let again = try Self.evaluate(gappy, project, at: 620)
        #expect(again.corrections.isEmpty)
    }
}
