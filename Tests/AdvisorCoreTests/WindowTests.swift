import Testing
import AdvisorTestSupport

@testable import AdvisorCore

@Suite("Sliding windows")
struct WindowTests {
    private static let start: Int64 = 1_767_225_600_000  // 2026-01-01T00:00:00Z

    /// Samples with gaps, of one period or of several, some without counts.
    private static func samples(_ seed: Int, _ generator: inout SplitMix) -> [Sample] {
        var result: [Sample] = []
        for minute in 0..<400 where Int.random(in: 0..<5, using: &generator) > 0 {
            let period: Int64 = seed % 3 == 0 && Int.random(in: 0..<9, using: &generator) == 0 ? 300 : 60
            var sample = Sample(
                start: Timestamp(milliseconds: start + Int64(minute) * 60_000), period: .seconds(period), unit: .percent)
            let value = Double.random(in: 0...100, using: &generator)
            let count = Double(Int.random(in: 1...3, using: &generator))
            (sample.average, sample.minimum, sample.maximum) = (value, value * 0.9, value * 1.1)
            if seed % 2 == 0 || Int.random(in: 0..<4, using: &generator) > 0 {
                (sample.count, sample.sum) = (count, value * count)
            }
            result.append(sample)
        }
        return result
    }

    @Test("come to what all their samples at once come to, wherever the stretch begins", arguments: SlowTests.seeds(24, quick: 8))
    func likeAllAtOnce(_ seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        let series = SeriesHistory(metric: Fixtures.cpu, samples: Self.samples(seed, &generator))
        let statistic = Statistic.all[seed % Statistic.all.count]
        let period: Int64 = [60_000, 300_000, 120_000][seed % 3]
        let window = period * Int64.random(in: 1...40, using: &generator) + (seed % 4 == 0 ? 60_000 : 0)
        let reading = Formula.MetricSelector(metric: "cpu", statistic: statistic, window: .milliseconds(window))
        let source = DatapointSource(
            reading, history: ResourceHistory(series: [series]), facts: [:], vocabulary: Fixtures.vocabulary)
        let aggregation = Aggregation(metric: Fixtures.cpu, statistic: statistic)
        let first = Self.start / period - 3
        let last = first + 24_000_000 / period + 8
        var provenance = Provenance.exact
        let values = source.values(first, last, period: period, provenance: &provenance)
        var compared = 0
        for (offset, value) in values.enumerated() {
            let end = (first + Int64(offset) + 1) * period
            let inside = series.samples.filter { $0.start.milliseconds >= end - window && $0.start.milliseconds < end }
            let periods = (window + period - 1) / period
            // A sample is there in each datapoint that the period it states goes on into.
            var covered: Set<Int64> = []
            for sample in series.samples where sample.start.milliseconds < end {
                let number: Int64 = sample.start.milliseconds / period
                let count: Int64 = max(1, sample.periodMilliseconds / period)
                for bucket in number..<number + count where bucket * period >= end - periods * period && bucket * period < end {
                    covered.insert(bucket)
                }
            }
            let expected = Int64(covered.count) * 2 >= periods ? aggregation.value(of: inside[...])?.value : nil
            #expect((value == nil) == (expected == nil), "datapoint \(offset)")
            guard let value, let expected else { continue }
            #expect(abs(value - expected) <= 1e-12 * max(1, abs(expected)), "datapoint \(offset)")
            compared += 1
        }
        #expect(compared > 20)
        // To the last bit: a verdict must not depend on where evaluating began.
        for _ in 0..<8 {
            let begin = Int64.random(in: first...last, using: &generator)
            let end = Int64.random(in: begin...last, using: &generator)
            let part = source.values(begin, end, period: period, provenance: &provenance)
            #expect(part == Array(values[Int(begin - first)...Int(end - first)]))
        }
    }
}
