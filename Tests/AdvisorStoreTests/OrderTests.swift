import AdvisorCore
import AdvisorStore
import AdvisorTestSupport
import Testing

@Suite("Ingest in any order")
struct OrderTests {
    @Test("shuffled records, in batches of any size, give the same samples", arguments: SlowTests.seeds(40, quick: 3))
    func shuffled(_ seed: Int) throws {
        var generator = SplitMix(seed: UInt64(seed))
        let entries = (0..<60).map { _ in Self.entry(&generator) }
        let reference = try Self.stored(entries, batch: 1000)
        for size in [1, 2, 7, 60] {
            let other = try Self.stored(entries.shuffled(using: &generator), batch: size)
            #expect(other.samples == reference.samples, "seed \(seed), batches of \(size)")
            #expect(other.counts == reference.counts, "seed \(seed), batches of \(size)")
        }
    }

    @Test("observations too, in any order", arguments: SlowTests.seeds(10, quick: 3))
    func observations(_ seed: Int) throws {
        var generator = SplitMix(seed: UInt64(seed))
        let entries = (0..<40).map { _ in
            let value = Double(Int.random(in: 1...9, using: &generator))
            let sample = Fixtures.sample(
                Int.random(in: 0..<5, using: &generator), count: 1, sum: value, minimum: value, maximum: value)
            return Entry(sample: sample, isObservation: true)
        }
        let reference = try Self.stored(entries, batch: 1000)
        for size in [1, 3, 40] {
            let other = try Self.stored(entries.shuffled(using: &generator), batch: size)
            #expect(other.samples == reference.samples, "seed \(seed), batches of \(size)")
        }
    }

    private static func stored(_ entries: [Entry], batch: Int) throws -> (samples: [SeriesKey: [Sample]], counts: IngestCounts) {
        let store = try TemporaryStore()
        let open = try store.open()
        let counts = try open.ingest(entries, batch: batch)
        return (try open.everything(), counts)
    }

    private static func entry(_ generator: inout SplitMix) -> Entry {
        func some() -> Double { Double(Int.random(in: 1...3, using: &generator)) }
        let minute = Int.random(in: 0..<8, using: &generator)
        let period: Duration? = Bool.random(using: &generator) ? .seconds(60) : nil
        // What formats give: a whole record, or one statistic of a query.
        let sample =
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: Fixtures.sample(minute, average: some(), period: period)
            case 1: Fixtures.sample(minute, maximum: some(), period: period)
            case 2: Fixtures.sample(minute, period: period, extras: ["p50": some()])
            default:
                Fixtures.sample(
                    minute, count: some(), sum: some(), minimum: some(), maximum: some(), period: period)
            }
        return Entry(key: Fixtures.series(Bool.random(using: &generator) ? "db" : "other"), sample: sample)
    }
}
