import AdvisorTestSupport
@testable import AdvisorCore
import Testing

@Suite("Sample roll-up")
struct RollUpTests {
    private static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z

    private static func sample(
        _ minute: Int, count: Double? = nil, sum: Double? = nil, average: Double? = nil, minimum: Double? = nil,
        maximum: Double? = nil, period: Int64 = 60, unit: MetricUnit = .percent, p99: Double? = nil
    ) -> Sample {
        var sample = Sample(start: start + .seconds(Int64(minute) * 60), unit: unit)
        sample.periodMilliseconds = period * 1000
        (sample.count, sample.sum, sample.average) = (count, sum, average)
        (sample.minimum, sample.maximum) = (minimum, maximum)
        sample.extras = p99.map { [ExtraStatistic(name: "p99", value: $0)] } ?? []
        return sample
    }

    private struct Case: CustomTestStringConvertible {
        let testDescription: String
        let samples: [Sample]
        let result: Sample?
        init(_ name: String, _ samples: [Sample], _ result: Sample?) {
            (testDescription, self.samples, self.result) = (name, samples, result)
        }
    }

    private static let cases: [Case] = [
        Case(
            "count and sum are added, of minimum and maximum the outermost stands",
            [
                sample(0, count: 2, sum: 10, minimum: 4, maximum: 6), sample(1, count: 1, sum: 9, minimum: 9, maximum: 9),
                sample(4, count: 1, sum: 1, minimum: 1, maximum: 1),
            ], sample(0, count: 4, sum: 20, minimum: 1, maximum: 9, period: 300)),
        Case(
            "a stated average follows from count and sum",
            [sample(0, count: 1, sum: 2, average: 2), sample(1, count: 3, sum: 18, average: 6)],
            sample(0, count: 4, sum: 20, average: 5, period: 300)),
        Case(
            "averages that fill the stretch have a mean", (0..<5).map { sample($0, average: Double($0), maximum: 7) },
            sample(0, average: 2, maximum: 7, period: 300)),
        Case("averages with a gap stay", [0, 1, 2, 4].map { sample($0, average: 5) }, nil),
        Case("averages that overlap stay", [0, 1, 2, 3].map { sample($0, average: 5, period: 75) }, nil),
        Case("sums alone are added", [sample(0, sum: 1), sample(3, sum: 2)], sample(0, sum: 3, period: 300)),
        Case("a count of zero stays", [sample(0, count: 0, sum: 0), sample(1, count: 1, sum: 1)], nil),
        Case(
            "samples that know different things stay", [sample(0, count: 1, sum: 1), sample(1, maximum: 1)], nil),
        Case(
            "samples of two units stay",
            [sample(0, count: 1, sum: 1), sample(1, count: 1, sum: 1, unit: .none)], nil),
        Case("a single value that states no period stays", [sample(2, count: 1, sum: 1, period: 0)], nil),
        Case(
            "several values that state none become one of the stretch",
            [sample(1, count: 1, sum: 1, period: 0), sample(2, count: 1, sum: 3, period: 0)],
            sample(0, count: 2, sum: 4, period: 300)),
        Case(
            "the percentile of a lone sample is the whole's", [sample(2, count: 9, sum: 9, p99: 3)],
            sample(0, count: 9, sum: 9, period: 300, p99: 3)),
        Case(
            "percentiles of several samples are unknown",
            [sample(2, count: 9, sum: 9, p99: 3), sample(3, count: 1, sum: 9, p99: 9)],
            sample(0, count: 10, sum: 18, period: 300)),
        Case(
            "of a longer one and finer ones over its time the finer stand",
            [sample(0, count: 5, sum: 99, period: 300), sample(1, count: 1, sum: 2), sample(2, count: 1, sum: 3)],
            sample(0, count: 2, sum: 5, period: 300)),
        Case("one that is long enough is done", [sample(0, count: 5, sum: 99, period: 300)], nil),
        Case("nothing gives nothing", [], nil),
    ]

    @Test("of five minutes", arguments: cases)
    private func result(_ row: Case) {
        #expect(RollUp.sample(of: row.samples, from: Self.start, period: 300_000) == row.result)
        #expect(RollUp.sample(of: row.samples.reversed(), from: Self.start, period: 300_000) == row.result)
    }

    @Test("the sum of all counts no stretch twice")
    func sum() {
        let minutes = (0..<4).map { Self.sample($0, count: 1, sum: 10) }
        let whole = Self.sample(0, count: 4, sum: 40, period: 300)
        let other = Self.sample(60, count: 2, average: 3, period: 3600)
        #expect(RollUp.sum(of: minutes + [whole, other]) == 46)
    }

    @Test("a window over minutes and hours says what it said over minutes alone", arguments: Statistic.all.prefix(5))
    func mixed(_ statistic: Statistic) throws {
        let metric = Metric(
            id: "cpu", title: "CPU", kinds: [.database], origin: .series(namespace: "AWS/RDS", name: "CPUUtilization"),
            dimension: nil, unit: .percent, display: .percent, statistic: .average, nativePeriod: .seconds(60))
        let minutes = (0..<180).map { minute in
            let value = Double(minute * 37 % 64)
            return Self.sample(minute, count: 2, sum: 2 * value, minimum: value - 1, maximum: value + 1)
        }
        let averages = (0..<180).map { Self.sample($0, average: Double($0 * 37 % 64)) }
        for samples in statistic == .average ? [minutes, averages] : [minutes] {
            let hour = try #require(RollUp.sample(of: Array(samples.prefix(60)), from: Self.start, period: 3_600_000))
            let fives: [Sample] = (0..<12).compactMap { number in
                let begin = 60 + number * 5
                let start = Self.start + .seconds(Int64(begin) * 60)
                return RollUp.sample(of: Array(samples[begin..<begin + 5]), from: start, period: 300_000)
            }
            let all: [Sample] = [hour] + fives + Array(samples.suffix(60))
            let aggregation = Aggregation(metric: metric, statistic: statistic)
            let before = try #require(aggregation.value(of: samples[...]))
            let after = try #require(aggregation.value(of: all[...]))
            let difference = abs(before.value - after.value)
            #expect(difference < 1e-12 * max(1, abs(before.value)))
            #expect(before.provenance == after.provenance)
        }
    }

    @Test("the steps are CloudWatch's, from whole periods on")
    func steps() {
        let now = Timestamp(seconds: 1_774_915_217)  // 2026-03-31T00:00:17Z
        let steps = Retention.cloudWatch.steps(asOf: now)
        #expect(steps.map(\.period) == [.seconds(300), .seconds(3600)])
        #expect(steps.map(\.before.description) == ["2026-03-16T00:00:00Z", "2026-01-27T00:00:00Z"])
        #expect(Retention.cloudWatch.end(asOf: now)?.description == "2024-12-31T00:00:00Z")
        #expect(Retention.forever.steps(asOf: now).isEmpty)
        #expect(Retention.forever.end(asOf: now) == nil)
    }
}
