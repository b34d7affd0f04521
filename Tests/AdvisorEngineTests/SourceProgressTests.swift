import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Testing

/// Sources that are asked now and then: rules wait for them, until a pull is overdue.
@Suite("How far a source is complete")
struct SourceProgressTests {
    private let temporary: TemporaryStore
    private let store: Store

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private static func project() throws -> Project {
        var rule = try EvaluationBench.rule("cpu", "avg(cpu) > 80%")
        rule.sustain = Sustain(period: .seconds(60), duration: .seconds(300))
        return EvaluationBench.project([rule])
    }

    /// Stores the minutes of an interval as a pull at its end.
    private func pull(_ minutes: Range<Int>, _ value: Double, cadence: Duration = .seconds(3600)) throws {
        try store.ingest(minutes.map { Fixtures.value($0, value, period: .seconds(60)) })
        let end = Fixtures.at(minutes.upperBound)
        let series = Set(try store.allSeries(before: end).map(\.id))
        try store.saveProgress(of: "pull", series: series) { _, _ in
            SourceProgress(completeUpTo: end - .seconds(180), cadence: cadence)
        }
    }

    @Test("between two hourly pulls a rule keeps its state; after two hours without one it has insufficient data")
    func hourly() throws {
        let project = try Self.project()
        for hour in 0..<3 {
            try pull(hour * 60..<(hour + 1) * 60, 95)
            for minute in stride(from: 0, to: 60, by: 7) { try store.evaluate(project, at: (hour + 1) * 60 + minute) }
        }
        #expect(try store.transitions().map(\.to) == [.alarm])
        #expect(try store.evaluate(project, at: 296).states == [.alarm])
        #expect(try store.evaluate(project, at: 299).states == [.insufficientData])
        #expect(try store.transitions().map(\.to) == [.alarm, .insufficientData])
    }

    @Test("a report between two pulls shows what the evaluation recorded, and a backtest agrees")
    func report() throws {
        let project = try Self.project()
        try pull(0..<60, 95)
        try store.evaluate(project, at: 60)
        try store.evaluate(project, at: 100)
        #expect(try store.backtest(project, at: 110).transitions.asStored == temporary.transitions())
        try pull(60..<120, 50)
        try store.evaluate(project, at: 120)
        #expect(try temporary.transitions() == store.backtest(project, at: 120).transitions.asStored)
        #expect(try store.transitions().map(\.to) == [.alarm, .ok])
    }

    @Test("a source without such a record is complete up to now")
    func pushed() throws {
        let project = try Self.project()
        try store.ingest((0..<60).map { Fixtures.value($0, 95, period: .seconds(60)) })
        #expect(try store.evaluate(project, at: 60).states == [.alarm])
        #expect(try store.evaluate(project, at: 90).states == [.insufficientData])
    }

    @Test("what is pulled is late when it was when its source was asked, or when a pull is overdue")
    func freshness() {
        func isStale(_ now: Int, asked: Int?, newest: Int, cadence: Int = 60) -> Bool {
            let progress = asked.map { SourceProgress(completeUpTo: Fixtures.at($0), cadence: .seconds(Int64(cadence * 60))) }
            let one = AlertGroupBuilder.Freshness(
                resource: "db", kind: .database, newest: Fixtures.at(newest), period: .seconds(60), progress: progress)
            return AlertGroupBuilder.isStale(one, at: Fixtures.at(now), after: .seconds(7200))
        }
        #expect(!isStale(359, asked: 60, newest: 59, cadence: 360), "six-hourly pulls are not late after two hours")
        #expect(isStale(359, asked: nil, newest: 59))
        #expect(isStale(190, asked: 60, newest: 59), "the pull is overdue")
        #expect(isStale(190, asked: 185, newest: 59), "the source has no new data")
        #expect(!isStale(170, asked: 60, newest: 59))
    }
}
