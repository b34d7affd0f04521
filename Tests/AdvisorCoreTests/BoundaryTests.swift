import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

/// Verdicts at, one unit in the last place below, and one above a threshold, as exact rationals decide them.
@Suite("Exactly at the threshold")
struct BoundaryTests {
    private static let operators = ["<", "<=", ">", ">=", "==", "!="]
    private static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z

    /// A line of the table that `scripts/boundary-check` writes.
    private struct Row {
        let statistic: String
        let unit: MetricUnit
        let hasWindow: Bool
        let threshold: String
        let values: [Double]
        /// For each operator, whether the comparison holds.
        let holds: [Bool]

        init(_ line: Substring) throws {
            let cells = line.split(separator: "\t").map(String.init)
            try #require(cells.count == 6)
            (statistic, threshold, hasWindow) = (cells[0], cells[3], cells[2] == "window")
            unit = try #require(MetricUnit(name: cells[1]))
            values = try cells[4].split(separator: " ").map { try #require(Double($0)) }
            holds = cells[5].map { $0 == "+" }
        }

        /// A number of single observations, one a minute.
        var samples: [Sample] {
            values.enumerated().map { index, value in
                var sample = Sample(start: start + .seconds(Int64(index * 60)), period: .seconds(60), unit: unit)
                (sample.count, sample.sum, sample.minimum, sample.maximum) = (1, value, value, value)
                return sample
            }
        }

        var metric: Metric {
            let base: MetricUnit =
                switch unit.conversion.measure {
                case .bytes: .bytes
                case .time: .seconds
                case .ratio: .percent
                case .money: .usDollars
                case .count: .count
                default: unit.conversion.measure == .count.perTime ? .countPerSecond : .bytesPerSecond
                }
            return Metric(
                id: "m", title: "m", kinds: [.database], origin: .series(namespace: "Boundary", name: "m"), dimension: nil,
                unit: base, display: .count, statistic: .average, nativePeriod: .seconds(60))
        }
    }

    private static let file = ProcessInfo.processInfo.environment["ADVISOR_BOUNDARIES"]
    private static var isGiven: Bool { file != nil }

    private static func rows() throws -> [Row] {
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/boundaries.tsv")
        let text = try String(contentsOf: file.map { URL(filePath: $0) } ?? fixture, encoding: .utf8)
        return try text.split(separator: "\n").map(Row.init)
    }

    /// The states of a row's six comparisons once all samples are in.
    private static func holds(_ row: Row) throws -> [Bool] {
        let vocabulary = Vocabulary(metrics: MetricCatalog(metrics: [row.metric]))
        let size = Int64(row.values.count)
        let history = ResourceHistory(series: [SeriesHistory(metric: row.metric, samples: row.samples)])
        let target = EvaluationTarget(
            resource: Stack.Resource(id: "db", kind: .database), facts: [:], history: history)
        let call = row.hasWindow ? "\(row.statistic)(m, \(size)m)" : "\(row.statistic)(m)"
        return try operators.map { sign in
            let when = try Formula.parse("\(call) \(sign) \(row.threshold)", vocabulary: vocabulary)
            var rule = Rule(id: "r", title: "r", appliesTo: .database, when: when)
            rule.sustain = Sustain(period: .seconds(row.hasWindow ? 60 : 3600))
            let result = Evaluator(rule: rule, target: target, vocabulary: vocabulary)
                .evaluate(upTo: start + .seconds(row.hasWindow ? size * 60 : 3600))
            #expect(result.alarm.state != .insufficientData)
            return result.alarm.state == .alarm
        }
    }

    @Test("every aggregation, unit, operator and window decides as exact rationals do")
    func table() throws {
        let rows = try Self.rows()
        #expect(rows.count >= 1600)
        var wrong: [String] = []
        // Three rows belong together: below, at and above.
        for (number, row) in rows.enumerated() where SlowTests.areEnabled || number / 3 % 5 == 0 || Self.isGiven {
            let found = try Self.holds(row)
            for (index, sign) in Self.operators.enumerated() where found[index] != row.holds[index] {
                wrong.append("\(row.statistic) of \(row.values) \(row.unit.name) \(sign) \(row.threshold)")
            }
        }
        #expect(wrong == [])
    }

    struct Close: Sendable, CustomTestStringConvertible {
        let when: String
        let samples: [Sample]
        let holds: Bool
        var facts: Facts = [:]
        var testDescription: String { when }
    }

    private static func sample(_ minute: Int64, _ unit: MetricUnit, count: Double = 1, sum: Double) -> Sample {
        var sample = Sample(start: start + .seconds(minute * 60), period: .seconds(60), unit: unit)
        (sample.count, sample.sum, sample.minimum, sample.maximum) = (count, sum, sum / count, sum / count)
        return sample
    }

    private static func history(_ values: [(unit: MetricUnit, count: Double, sum: Double)]) -> [Sample] {
        values.enumerated().map { sample(Int64($0), $1.unit, count: $1.count, sum: $1.sum) }
    }

    static let closeRows = [
        Close(
            when: "avg(query_latency) > 200ms", samples: history([(.milliseconds, 3, 500), (.seconds, 2, 0.5)]), holds: false),
        Close(
            when: "avg(query_latency) >= 200ms", samples: history([(.milliseconds, 3, 500), (.seconds, 2, 0.5)]), holds: true),
        Close(when: "avg(cpu) > 0.7%", samples: history([(.percent, 7, 4.9)]), holds: false),
        Close(when: "2 * avg(cpu) > 160.2%", samples: history(Array(repeating: (.percent, 1, 80.1), count: 3)), holds: false),
        Close(when: "3 * avg(cpu) >= 0.9%", samples: history(Array(repeating: (.percent, 1, 0.3), count: 3)), holds: true),
        Close(when: "avg(cpu) / 3 == 0.1%", samples: history([(.percent, 1, 0.3)]), holds: true),
        Close(
            when: "storage_used > 0B", samples: history([(.gigabytes, 1, 21.47483648)]), holds: false,
            facts: ["allocated_storage": .number(21_474_836_480)]),
        Close(
            when: "storage_used <= 75% * allocated_storage", samples: history([(.bytes, 3, 16_106_127_360)]), holds: true,
            facts: ["allocated_storage": .number(21_474_836_480)]),
        Close(when: "not avg(cpu) <= 80% and max(cpu) > 1%", samples: history([(.percent, 3, 240)]), holds: false),
        Close(when: "sum(cpu) >= 0.3%", samples: history(Array(repeating: (.percent, 1, 0.1), count: 3)), holds: true),
    ]

    @Test("so do counts, mixed units, arithmetic and derived metrics", arguments: closeRows)
    func arithmetic(_ row: Close) throws {
        let metric =
            row.when.contains("latency") ? Fixtures.latency : row.when.contains("storage") ? Fixtures.freeStorage : Fixtures.cpu
        let history = ResourceHistory(series: [SeriesHistory(metric: metric, samples: row.samples)])
        let target = EvaluationTarget(resource: Stack.Resource(id: "db", kind: .database), facts: row.facts, history: history)
        var rule = Fixtures.rule(row.when)
        rule.sustain = Sustain(period: .seconds(3600))
        let result = Evaluator(rule: rule, target: target, vocabulary: Fixtures.vocabulary)
            .evaluate(upTo: Self.start + .seconds(3600))
        #expect(result.alarm.state == (row.holds ? .alarm : .ok))
    }

    struct OverTime: Sendable, CustomTestStringConvertible {
        let when: String
        /// The values of consecutive datapoints of a minute, in percent.
        let values: [Double]
        let holds: Bool
        var testDescription: String { when }
    }

    static let rangeRows = [
        OverTime(when: "change(cpu, 1m) > 0.2%", values: [0.1, 0.3], holds: false),
        OverTime(when: "change(cpu, 1m) >= 0.2%", values: [0.1, 0.3], holds: true),
        OverTime(when: "change(cpu, 1m) < -0.2%", values: [0.3, 0.1], holds: false),
        OverTime(when: "change(cpu, 10m) == 0.2%", values: [0.1] + Array(repeating: 0.3, count: 10), holds: true),
        OverTime(when: "increase(cpu, 2m) > 0.6%", values: [0.1, 0.3, 0.7], holds: false),
        OverTime(when: "increase(cpu, 3m) == 0.9%", values: [0.1, 0.3, 0.7, 0.3], holds: true),
        OverTime(when: "increase(cpu, 3m) > 0.9%", values: [0.1, 0.3, 0.7, 0.3], holds: false),
        OverTime(when: "avg(cpu) - avg(cpu, offset: 1m) > 0.2%", values: [0.1, 0.3], holds: false),
        OverTime(when: "avg(cpu) >= 3 * avg(cpu, offset: 1m)", values: [0.1, 0.3], holds: true),
    ]

    @Test("so do changes, increases and offsets", arguments: rangeRows)
    func overTime(_ row: OverTime) {
        let samples = Self.history(row.values.map { (.percent, 1, $0) })
        let history = ResourceHistory(series: [SeriesHistory(metric: Fixtures.cpu, samples: samples)])
        let target = EvaluationTarget(resource: Stack.Resource(id: "db", kind: .database), facts: [:], history: history)
        var rule = Fixtures.rule(row.when)
        rule.sustain = Sustain(period: .seconds(60))
        let result = Evaluator(rule: rule, target: target, vocabulary: Fixtures.vocabulary)
            .evaluate(upTo: Self.start + .seconds(Int64(row.values.count) * 60))
        #expect(result.alarm.state == (row.holds ? .alarm : .ok))
    }

    @Test("a literal is the number that is written", arguments: ["0.7%", "1.1ms", "0.3GB", "70.07%", "1.005K", "2.3h", "0.1GiB"])
    func literal(_ text: String) throws {
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let factors: [String: Double] = ["%": 0.01, "ms": 0.001, "GB": 1e9, "K": 1000, "h": 3600, "GiB": 1_073_741_824]
        let factor = try #require(factors[String(text.dropFirst(digits.count))])
        let exact = try #require(Decimal(string: String(digits))) * (try #require(Decimal(string: "\(factor)")))
        let value = try #require(Double("\(exact)"))
        #expect(DecimalText.double(digits, times: factor) == value)
    }

    @Test("of the one sample that finer ones leave, the stored percentile counts")
    func shadowed() {
        var fine = Self.sample(4, .percent, sum: 99)
        fine.extras = [ExtraStatistic(name: "p95", value: 20)]
        var coarse = Sample(start: Self.start + .seconds(231), period: .seconds(300), unit: .percent)
        coarse.average = 99
        for samples in [[fine], [coarse, fine]] {
            let history = ResourceHistory(series: [SeriesHistory(metric: Fixtures.cpu, samples: samples)])
            let target = EvaluationTarget(
                resource: Stack.Resource(id: "db", kind: .database), facts: [:], history: history)
            var rule = Fixtures.rule("p95(cpu) < 50%")
            rule.sustain = Sustain(period: .seconds(600))
            let result = Evaluator(rule: rule, target: target, vocabulary: Fixtures.vocabulary)
                .evaluate(upTo: Self.start + .seconds(600))
            #expect(result.alarm.state == .alarm)
            #expect(result.finding?.value == 0.2)
        }
    }
}
