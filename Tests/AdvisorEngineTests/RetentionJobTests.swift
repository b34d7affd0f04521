import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Testing

@Suite("Retention job")
struct RetentionJobTests {
    private let temporary: TemporaryStore
    private let store: Store
    /// Minutes for a day, five minutes for three, hours for nine.
    private static let retention = Retention(
        minutes: .seconds(86_400), fiveMinutes: .seconds(3 * 86_400), hours: .seconds(9 * 86_400))
    private static let days = 1440

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private static func minute(_ minute: Int, _ value: Double, count: Double = 1) -> Sample {
        Fixtures.sample(
            minute, count: count, sum: value * count, minimum: value - 1, maximum: value + 1, period: .seconds(60))
    }

    private func keep(
        at minute: Int, _ retention: Retention = retention, holds: [RetentionJob.RetentionPin] = []
    ) throws -> RetentionJob.Result {
        try RetentionJob(store: store, retention: retention, now: Fixtures.at(minute), holds: holds).run()
    }

    private func periods() throws -> [Int64: Int] {
        Dictionary(grouping: try store.samples(), by: \.periodMilliseconds).mapValues(\.count)
    }

    @Test("what outlived its step is summed up or dropped, the second time nothing is")
    func steps() throws {
        try store.ingest((0..<10 * Self.days).map { Self.minute($0, Double($0 % 90)) })
        let result = try keep(at: 10 * Self.days)
        #expect(try periods() == [60_000: Self.days, 300_000: 2 * 288, 3_600_000: 6 * 24])
        #expect(result.dropped == 24)
        #expect(result.summedUp == 9 * Self.days + 7 * 288)
        #expect(result.made == 9 * 288 + 7 * 24)
        let before = try store.samples()
        #expect(before.reduce(0) { $0 + ($1.count ?? 0) } == Double(9 * Self.days))
        #expect(try keep(at: 10 * Self.days) == RetentionJob.Result())
        #expect(try store.samples() == before)
    }

    @Test("the file that everything came from changes nothing when it is ingested again")
    func again() throws {
        let samples = (0..<6 * Self.days).map { Self.minute($0, Double($0 * 7 % 90) + 0.1) }
        try store.ingest(samples)
        _ = try keep(at: 6 * Self.days)
        let before = try store.samples()
        #expect(try store.ingest(samples, batch: 10_000).accepted == 0)
        #expect(try store.samples() == before)
        #expect(try keep(at: 6 * Self.days) == RetentionJob.Result())
        #expect(try temporary.sql("SELECT count(*) FROM series WHERE changedFrom > \(Fixtures.start.milliseconds)") == "0")
    }

    @Test("late samples: fewer than were summed up are old, as many replace, and new stretches are summed up next")
    func late() throws {
        try store.ingest((0..<2 * Self.days).filter { !(10..<15).contains($0) }.map { Self.minute($0, 50) })
        _ = try keep(at: 2 * Self.days)
        #expect(try store.ingest([Self.minute(3, 99)]).accepted == 0)
        var counts = try store.ingest((0..<5).map { Self.minute($0, 60) })
        #expect((counts.accepted, counts.replaced) == (1, 1))
        counts = try store.ingest((10..<15).map { Self.minute($0, 70) })
        #expect((counts.accepted, counts.replaced) == (5, 0))
        _ = try keep(at: 2 * Self.days)
        let first = try store.samples().prefix(3)
        #expect(first.map(\.periodMilliseconds) == [300_000, 300_000, 300_000])
        #expect(first.map(\.sum) == [300, 250, 350])
    }

    @Test("averages without counts go with whole stretches only")
    func averages() throws {
        let samples = (0..<2 * Self.days).filter { $0 != 7 }.map { Fixtures.sample($0, average: 50, maximum: 60) }
        try store.ingest(samples)
        let result = try keep(at: 2 * Self.days)
        #expect(result.left == 1)
        #expect(try store.samples().prefix(6).map(\.periodMilliseconds) == [300_000, 60_000, 60_000, 60_000, 60_000, 300_000])
        #expect(try keep(at: 2 * Self.days) == RetentionJob.Result())
        try store.ingest([Fixtures.sample(7, average: 50, maximum: 60)])
        #expect(try keep(at: 2 * Self.days).made == 1)
        #expect(try store.ingest(samples).accepted == 0)
    }

    @Test("percentiles are counted when they go")
    func percentiles() throws {
        try store.ingest(
            (0..<10).map { Fixtures.sample($0 < 5 ? $0 : 5, count: Double($0 + 1), sum: 1, extras: ["p99": 9]) })
        // Ages count from the newest sample.
        try store.ingest([Self.minute(2 * Self.days - 1, 50)])
        #expect(try keep(at: 2 * Self.days).percentilesDropped == 5)
        #expect(try store.samples().map { $0.extras.count } == [0, 1, 0])
        #expect(try temporary.sql("SELECT count(*) FROM extraStatistic") == "1")
    }

    @Test("what is held stays as it is, and goes when the hold does")
    func holds() throws {
        try store.ingest((0..<12 * Self.days).map { Self.minute($0, 50) })
        let series = try #require(try store.allSeries(before: Fixtures.at(99_999)).first)
        let hold = RetentionJob.RetentionPin(series: [series.id], from: Fixtures.at(100), to: Fixtures.at(160))
        _ = try keep(at: 12 * Self.days, holds: [hold])
        #expect(try store.samples().prefix(61).map(\.periodMilliseconds).count { $0 == 60_000 } == 60)
        #expect(try store.samples().first?.start == Fixtures.at(100))
        _ = try keep(at: 12 * Self.days)
        #expect(try store.samples().first?.start == Fixtures.at(3 * Self.days))
    }

    @Test("samples that were not evaluated yet stay, however old")
    func unevaluated() throws {
        try store.ingest((0..<9).map { Self.minute($0, 50) })
        let project = try EvaluationBench.project(["cpu": "avg(cpu) > 80%"])
        try store.evaluate(project, at: 5)
        try store.ingest([Self.minute(20, 50)])
        #expect(try keep(at: 20 * Self.days) == RetentionJob.Result())
        try store.evaluate(project, at: 20 * Self.days)
        #expect(try keep(at: 20 * Self.days) == RetentionJob.Result(), "without newer samples nothing is old")
        try store.ingest([Self.minute(20 * Self.days - 1, 50)])
        try store.evaluate(project, at: 20 * Self.days)
        #expect(try keep(at: 20 * Self.days).dropped == 1)
    }

    @Test("stopped at any transaction it goes on where it was")
    func stopped() throws {
        let samples = (0..<12 * Self.days).map { Self.minute($0, Double($0 * 11 % 90)) }
        try store.ingest(samples)
        let other = try Store(path: nil, create: true, exists: false)
        try other.ingest(samples)
        var passes = 0
        while true {
            var transactions = 0
            let pass = RetentionJob(store: store, retention: Self.retention, now: Fixtures.at(12 * Self.days)) {
                transactions += 1
                return transactions > 1
            }
            passes += 1
            if try !pass.run().isStopped { break }
        }
        #expect(passes > 2)
        _ = try RetentionJob(store: other, retention: Self.retention, now: Fixtures.at(12 * Self.days)).run()
        #expect(try store.samples() == other.samples())
    }

    @Test("late samples do not change results of finer samples before them")
    func lateAfterRollUp() throws {
        let gap = 3 * Self.days + 600..<3 * Self.days + 605
        let connections = SeriesKey(
            namespace: "AWS/RDS", name: "DatabaseConnections", dimensions: Fixtures.key.dimensions)
        func connected(_ minute: Int, _ value: Double) -> Entry {
            var sample = Fixtures.sample(minute, average: value)
            sample.unit = .count
            return Entry(key: connections, sample: sample)
        }
        // Five minutes of every third hour, of which an hour's average knows nothing.
        var entries = (0..<4 * Self.days).filter { !gap.contains($0) }.map {
            Entry(sample: Self.minute($0, $0 % 180 < 5 ? 95 : 50))
        }
        entries += (0..<4 * Self.days).filter { $0 != 700 }.map { connected($0, 5) }
        try store.ingest(entries)
        let project = try EvaluationBench.project(["cpu": "avg(cpu) > 80%", "connections": "avg(connections) > 100"])
        let now = 4 * Self.days
        for minute in stride(from: 7, through: now, by: 611) { try store.evaluate(project, at: minute) }
        try store.evaluate(project, at: now)
        let before = try temporary.transitions()
        #expect(before.count == 2 * 32 + 1)
        #expect(try keep(at: now).made > 0)

        try store.ingest([connected(700, 500)])
        var result = try store.evaluate(project, at: now)
        #expect(try temporary.transitions().filter { $0.hasPrefix("cpu") } == before.filter { $0.hasPrefix("cpu") })

        try store.ingest(gap.map { Self.minute($0, 95) })
        result = try store.evaluate(project, at: now)
        #expect(result.corrections.map(\.rule) == ["cpu"])
        #expect(result.corrections.flatMap(\.changes).count == 1)
        let after = try temporary.transitions().filter { $0.hasPrefix("cpu") }
        let added = Set(after).subtracting(before)
        #expect(added.count == 2 && Set(before.filter { $0.hasPrefix("cpu") }).isSubset(of: after))
        #expect(try temporary.sql("SELECT count(*) FROM alarm JOIN transition USING (rule, resource) WHERE since = at") == "2")
    }

    @Test("rules say over the kept span what they said before", arguments: SlowTests.cases([1, 2, 3, 4] as [UInt64], quick: 2))
    func verdicts(_ seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        let isCounted = seed % 2 == 0
        var samples: [Sample] = []
        var minute = 0
        while minute < 5 * Self.days {
            let length = Int.random(in: 30...600, using: &generator)
            let high = Bool.random(using: &generator)
            if Int.random(in: 0..<8, using: &generator) > 0 {
                for minute in minute..<min(5 * Self.days, minute + length) {
                    guard Int.random(in: 0..<50, using: &generator) > 0 else { continue }
                    // Quarters add up without rounding, in any order.
                    let value = Double(Int.random(in: high ? 280...380 : 160...280, using: &generator)) / 4
                    samples.append(
                        isCounted
                            ? Self.minute(minute, value, count: 2) : Fixtures.sample(minute, average: value, maximum: value + 1))
                }
            }
            minute += length
        }
        try store.ingest(samples)
        let statistics =
            isCounted ? ["avg(cpu)", "max(cpu)", "min(cpu)", "avg(cpu, 6h)", "count(cpu, 2h)"] : ["avg(cpu)", "max(cpu)"]
        let hourly = try (0..<8).map { number in
            var rule = try Self.rule(number, statistics, &generator)
            rule.sustain.period = .seconds([3600, 7200].randomElement(using: &generator) ?? 3600)
            return rule
        }
        let fine = try (8..<14).map { number in
            var rule = try Self.rule(number, statistics, &generator)
            rule.sustain.period = .seconds([300, 900].randomElement(using: &generator) ?? 300)
            return rule
        }
        let now = 5 * Self.days
        let hours = EvaluationBench.project(hourly)
        let all = EvaluationBench.project(fine)
        let before = (try store.backtest(hours, at: now), try store.backtest(all, at: now))
        #expect(!before.0.transitions.isEmpty && !before.1.transitions.isEmpty)
        // Five-minute sums change nothing for rules that look at five minutes or more.
        _ = try keep(at: now, Retention(minutes: .seconds(86_400), fiveMinutes: nil, hours: nil))
        #expect(try store.backtest(all, at: now).transitions.asStored == before.1.transitions.asStored)
        // Hours change nothing for rules that look at hours, nor for the rest where five minutes are kept.
        #expect(try keep(at: now).made > 0)
        #expect(try store.backtest(hours, at: now).transitions.asStored == before.0.transitions.asStored)
        let kept = Fixtures.at(now - 3 * Self.days / 2)
        func late(_ result: EvaluationOutcome) -> [String] { result.transitions.filter { $0.at > kept }.asStored }
        #expect(late(try store.backtest(all, at: now)) == late(before.1))
        #expect(try store.backtest(all, at: now).states == before.1.states)
    }

    private static func rule(_ number: Int, _ statistics: [String], _ generator: inout SplitMix) throws -> Rule {
        let statistic = statistics[number % statistics.count]
        let threshold = statistic.hasPrefix("count") ? "> 200" : "> \(Int.random(in: 60...75, using: &generator))%"
        var rule = try EvaluationBench.rule("rule-\(number)", "\(statistic) \(threshold)")
        let evaluated = Int.random(in: 1...3, using: &generator)
        rule.sustain.datapoints = Sustain.Datapoints(
            toAlarm: Int.random(in: 1...evaluated, using: &generator), evaluated: evaluated)
        rule.missing = [MissingData.missing, .breaching, .notBreaching].randomElement(using: &generator) ?? .missing
        return rule
    }
}
