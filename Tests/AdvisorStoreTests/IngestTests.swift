import AdvisorCore
import AdvisorStore
import AdvisorTestSupport
import Testing

@Suite("Sample ingest")
struct IngestTests {
    private let temporary: TemporaryStore
    private let store: Store

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private func expect(_ counts: IngestCounts, accepted: Int, replaced: Int, _ location: SourceLocation = #_sourceLocation) {
        #expect(counts.accepted == accepted, sourceLocation: location)
        #expect(counts.replaced == replaced, sourceLocation: location)
    }

    @Test("the same file again changes nothing")
    func twice() throws {
        let samples = (0..<50).map { Fixtures.value($0 * 5, Double($0)) }
        expect(try store.ingest(samples), accepted: 50, replaced: 0)
        let before = try store.everything()
        expect(try store.ingest(samples, batch: 7), accepted: 0, replaced: 0)
        #expect(try store.everything() == before)
    }

    @Test("duplicates in several batches are counted once")
    func net() throws {
        let samples = [
            Fixtures.sample(0, count: 1, sum: 1), Fixtures.sample(0, count: 3, sum: 3), Fixtures.sample(1, count: 1, sum: 1),
            Fixtures.sample(0, count: 2, sum: 2), Fixtures.sample(1, count: 1, sum: 1),
        ]
        expect(try store.ingest(samples, batch: 1), accepted: 2, replaced: 0)
        #expect(try store.samples().map(\.count) == [3, 1])
        expect(try store.ingest(samples, batch: 2), accepted: 0, replaced: 0)
    }

    @Test("a sample that goes away and comes back in one ingest is no change")
    func thereAndBack() throws {
        try store.ingest([Fixtures.sample(0, count: 3, sum: 3)])
        let again = [Fixtures.sample(0, count: 3, sum: 2), Fixtures.sample(0, count: 3, sum: 3)]
        expect(try store.ingest(again, batch: 1), accepted: 0, replaced: 0)
        #expect(try store.samples().map(\.sum) == [3])
    }

    @Test("a later, smaller count is a late, older record")
    func smallerCount() throws {
        try store.ingest([Fixtures.sample(0, count: 5, sum: 50)])
        expect(try store.ingest([Fixtures.sample(0, count: 4, sum: 99)]), accepted: 0, replaced: 0)
        #expect(try store.samples() == [Fixtures.sample(0, count: 5, sum: 50)])
    }

    @Test("a later record of the same count, or of none, replaces")
    func replaces() throws {
        try store.ingest([Fixtures.sample(0, count: 5, sum: 50, average: 10)])
        expect(try store.ingest([Fixtures.sample(0, count: 5, sum: 40)]), accepted: 1, replaced: 1)
        #expect(try store.samples().map(\.sum) == [40])
        expect(try store.ingest([Fixtures.sample(0, average: 8)]), accepted: 1, replaced: 1)
        #expect(try store.samples() == [Fixtures.sample(0, count: 5, sum: 40, average: 8)])
    }

    @Test("statistics are known one by one")
    func union() throws {
        try store.ingest([Fixtures.sample(0, average: 8), Fixtures.sample(0, maximum: 90), Fixtures.sample(0, minimum: 1)])
        #expect(try store.samples() == [Fixtures.sample(0, average: 8, minimum: 1, maximum: 90)])
        expect(try store.ingest([Fixtures.sample(0, sum: 4)]), accepted: 1, replaced: 1)
        #expect(try store.samples() == [Fixtures.sample(0, sum: 4, average: 8, minimum: 1, maximum: 90)])
    }

    @Test("observations of a minute are added, in one batch and across batches", arguments: [1, 2, 10])
    func observations(_ size: Int) throws {
        let entries = [3.0, 9, 6].map { value in
            Entry(sample: Fixtures.sample(0, count: 1, sum: value, minimum: value, maximum: value), isObservation: true)
        }
        expect(try store.ingest(entries, batch: size), accepted: 1, replaced: 0)
        #expect(try store.samples() == [Fixtures.sample(0, count: 3, sum: 18, minimum: 3, maximum: 9)])
        expect(try store.ingest(entries, batch: size), accepted: 0, replaced: 0)
        #expect(try store.samples() == [Fixtures.sample(0, count: 3, sum: 18, minimum: 3, maximum: 9)])
    }

    @Test("extra statistics are kept, and replaced on their own")
    func extras() throws {
        try store.ingest([Fixtures.sample(0, count: 2, sum: 2, extras: ["p50": 1, "p99": 3])])
        expect(try store.ingest([Fixtures.sample(0, extras: ["p99": 4])]), accepted: 1, replaced: 1)
        #expect(try store.samples() == [Fixtures.sample(0, count: 2, sum: 2, extras: ["p50": 1, "p99": 4])])
        expect(try store.ingest([Fixtures.sample(0, extras: ["p99": 4])]), accepted: 0, replaced: 0)
    }

    @Test("stated periods in another phase: the later ingest's replace those they overlap")
    func phases() throws {
        try store.ingest([0, 5, 10, 15].map { Fixtures.value($0, 1) })
        try store.ingest([Fixtures.value(7, 2)])
        #expect(try store.samples().map(\.start) == [0, 7, 15].map(Fixtures.at))
    }

    @Test("stated periods in another phase are kept within one ingest", arguments: [1, 2, 10])
    func phasesOfOneIngest(_ size: Int) throws {
        try store.ingest([0, 5, 7, 10].map { Fixtures.value($0, 1) }, batch: size)
        #expect(try store.samples().map(\.start) == [0, 5, 7, 10].map(Fixtures.at))
    }

    @Test("samples of other periods overlap nothing")
    func periods() throws {
        try store.ingest([Fixtures.value(0, 1), Fixtures.value(2, 1, period: nil)])
        try store.ingest([Fixtures.value(2, 2, period: .seconds(60)), Fixtures.value(1, 1, period: nil)])
        #expect(try store.samples().count == 4)
    }

    @Test("a series with an account and one without are two")
    func accounts() throws {
        let keys = [nil, "123456789012", "210987654321"].map { Fixtures.series("db", account: $0) }
        try store.ingest(keys.map { Entry(key: $0, sample: Fixtures.value(0, 1)) })
        try store.ingest(keys.reversed().map { Entry(key: $0, sample: Fixtures.value(5, 1)) })
        #expect(try store.everything().mapValues(\.count) == Dictionary(uniqueKeysWithValues: keys.map { ($0, 2) }))
    }

    @Test("a batch that fails half-way stores nothing; the ones before it stand")
    func halfWay() throws {
        try store.ingest([Fixtures.value(0, 1)])
        let broken = "CREATE TRIGGER broken BEFORE INSERT ON sample WHEN new.start = \(Fixtures.at(20).milliseconds)"
        try temporary.sql("\(broken) BEGIN SELECT RAISE(ABORT, 'broken'); END")
        let entries = [5, 10, 15, 20].map { Entry(key: Fixtures.series("other"), sample: Fixtures.value($0, 1)) }
        #expect(throws: StoreFailure.self) { try store.ingest(entries, batch: 4) }
        #expect(try store.everything().keys.map(\.self) == [Fixtures.key])
        #expect(throws: StoreFailure.self) { try store.ingest(entries, batch: 2) }
        #expect(try store.everything()[Fixtures.series("other")]?.map(\.start) == [5, 10].map(Fixtures.at))
    }

    @Test("after a batch that failed, the same writer goes on")
    func goesOn() throws {
        let broken = "CREATE TRIGGER broken BEFORE INSERT ON sample WHEN new.start = \(Fixtures.at(20).milliseconds)"
        try temporary.sql("\(broken) BEGIN SELECT RAISE(ABORT, 'broken'); END")
        let writer = try SampleWriter(store: store, at: Fixtures.start)
        try writer.beginFile()
        var batch = SampleBatch()
        batch.newSeries = [Fixtures.key]
        for minute in [5, 20] { batch.records.append(SampleBatch.Record(series: 0, sample: Fixtures.value(minute, 1))) }
        let copy = batch
        #expect(throws: StoreFailure.self) { try writer.write(copy) }
        try temporary.sql("DROP TRIGGER broken")
        try writer.write(copy)
        #expect(try store.samples().count == 2)
        #expect(try writer.finishFile().accepted == 2)
    }

    @Test("new series beyond the limit are left out with their samples; known ones go on")
    func seriesLimit() throws {
        var batch = SampleBatch()
        batch.newSeries = (0..<3).map {
            SeriesKey(namespace: "Shop", name: "Users", dimensions: [SeriesKey.Dimension("n", "\($0)")])
        }
        batch.records = ContiguousArray((0..<3).map { SampleBatch.Record(series: $0, sample: Fixtures.value(0, 1)) })
        for (accepted, rejected) in [(2, 1), (0, 1)] {
            let writer = try SampleWriter(store: store, at: Fixtures.start, seriesLimit: 2)
            try writer.beginFile()
            try writer.write(batch)
            #expect(try writer.finishFile().accepted == accepted)
            #expect(writer.rejected == rejected)
            #expect(try writer.finish().series == 2)
        }
        #expect(try store.allSeries(before: Fixtures.start + .seconds(60)).count == 2)
        #expect(throws: StoreFailure.tooManySeries(path: store.path, count: 2)) {
            try store.allSeries(before: Fixtures.start, limit: 1)
        }
    }
}
