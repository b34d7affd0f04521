import AdvisorCore
import AdvisorTestSupport
import Testing

@Suite("Range functions")
struct RangeFunctionTests {
    private static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z, a Thursday
    private static let hour = Duration.seconds(3600)

    /// A database whose used storage has these gigabytes, one value an hour, of 20 allocated.
    private static func storage(_ used: [Double?]) -> EvaluationTarget {
        Fixtures.target(
            [Fixtures.history(Fixtures.freeStorage, used.map { $0.map { 20 - $0 } }, from: start, interval: hour)], from: start,
            facts: ["allocated_storage": .number(20e9)])
    }

    private static func evaluate(_ when: String, _ target: EvaluationTarget, until hours: Int, from alarm: Alarm? = nil)
        -> EvaluationResult
    {
        var rule = Fixtures.rule(when)
        rule.sustain = Sustain(period: hour)
        return Evaluator(rule: rule, target: target, vocabulary: Fixtures.vocabulary)
            .evaluate(from: alarm, upTo: start + .seconds(Int64(hours) * 3600))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let when: String
        let used: [Double?]
        /// In the base of the measure; nil for none.
        let value: Double?
        let state: AlarmState
        var gap: String?

        init(_ name: String, _ when: String, _ used: [Double?], _ value: Double?, _ state: AlarmState, gap: String? = nil) {
            (testDescription, self.when, self.used, self.value, self.state, self.gap) = (name, when, used, value, state, gap)
        }
    }

    /// 5 GB, growing by 0.24 GB a day.
    static let growing = (0..<480).map { 5 + 0.01 * Double($0) }
    private static func spiked(_ values: [Double]) -> [Double?] {
        values.enumerated().map { $0 % 17 == 3 ? nil : $0 % 29 == 5 ? 19 : $1 }
    }

    static let rows = [
        Row("change over a straight line", "change(storage_used, 7d) > 1GB", growing, 1.68e9, .alarm),
        Row("change with outliers and gaps", "change(storage_used, 7d) > 1GB", spiked(growing), 1.68e9, .alarm),
        Row("change of a step", "change(storage_used, 7d) > 3GB", (0..<300).map { $0 < 250 ? 5 : 9 }, 4e9, .alarm),
        Row("change downward", "change(storage_used, 2d) < -1GB", (0..<100).map { 19 - 0.1 * Double($0) }, -4.8e9, .alarm),
        Row(
            "change without enough history", "change(storage_used, 7d) > 1GB", Array(growing.prefix(48)), nil, .insufficientData,
            gap: "insufficient_history storage_used: 2 of 7.7 d"),
        Row(
            "change with an hour before the window", "change(storage_used, 7d) > 1GB", [19] + Array(growing.prefix(170)), nil,
            .insufficientData, gap: "insufficient_history storage_used: 7 of 7.7 d"),
        Row(
            "a metric compared with itself", "storage_used > 1.1 * offset(storage_used, 7d)", growing, 9.79e9, .alarm),
        Row("an offset", "avg(storage_used, offset: 7d) < 9GB", growing, 8.11e9, .alarm),
        Row("an offset with a window", "max(storage_used, 5h, offset: 1d) > 9.5GB", growing, 9.55e9, .alarm),
        Row(
            "an offset before the history", "avg(storage_used, offset: 7d) < 9GB", Array(growing.prefix(48)), nil,
            .insufficientData, gap: "insufficient_history storage_used: 2 of 7 d"),
        Row("standard deviation", "stddev(storage_used, 10h) > 28MB", growing, 1e7 * (99.0 / 12).squareRoot(), .alarm),
        Row("standard deviation of a constant", "stddev(storage_used, 10h) > 1MB", [Double](repeating: 5, count: 20), 0, .ok),
        Row("increase over a reset", "increase(storage_used, 4h) > 4GB", [1, 2, 3, 4, 2, 3], 5e9, .alarm),
        Row(
            "increase without a value before", "increase(storage_used, 4h) > 4GB", [1], nil, .insufficientData,
            gap: "insufficient_history storage_used: 0 of 0.104 d"),
        Row("rate", "rate(storage_used) > 2kB/s", growing, 1e7 / 3600, .alarm),
        Row("rate with outliers and gaps", "rate(storage_used, 7d) * 1d > 200MB", spiked(growing), nil, .alarm),
        Row("forecast of a straight line", "forecast(storage_used, 30d) > 15GB", growing, (5 + 4.8 + 7.2) * 1e9, .alarm),
        Row("forecast with outliers and gaps", "forecast(storage_used, 30d) > 16GB", spiked(growing), 17e9, .alarm),
        Row(
            "forecast without enough history", "forecast(storage_used, 30d) > 15GB", Array(growing.prefix(100)), nil,
            .insufficientData, gap: "insufficient_history storage_used: 4 of 7 d"),
        Row("time until a bound", "time_until(storage_used > 15GB) < 30d", growing, (15 - 9.8) / 0.24 * 86_400, .alarm),
        Row("no hurry", "time_until(storage_used > 15GB) < 14d", growing, (15 - 9.8) / 0.24 * 86_400, .ok),
        Row("it holds already", "time_until(storage_used > 9GB) < 1h", growing, 0, .alarm),
        Row("a bound of facts", "time_until(storage_used > 75% * allocated_storage) < 30d", growing, 21.67 * 86_400, .alarm),
        Row("it never comes", "time_until(storage_used > 15GB) < 30d", [Double](repeating: 5, count: 480), .infinity, .ok),
        Row("from above", "time_until(free_storage < 5GB) < 30d", growing, 21.67 * 86_400, .alarm),
        Row(
            "two days say nothing of a month", "time_until(storage_used > 15GB) < 90d", Array(growing.prefix(48)), nil,
            .insufficientData, gap: "insufficient_history storage_used: 2 of 7 d"),
        Row(
            "two days of a flood do", "time_until(storage_used > 15GB) < 90d", (0..<48).map { 5 + 0.1 * Double($0) },
            5.2 / 2.4 * 86_400, .alarm),
        Row(
            "nothing of late", "forecast(storage_used, 30d) > 15GB", growing + [Double?](repeating: nil, count: 30), nil,
            .insufficientData, gap: "no_data free_storage: 2026-01-20T23:00:00Z"),
    ]

    /// Code, metric, and what there is of it; days rounded as the table has them.
    private static func text(_ gap: Evidence.Gap) -> String {
        let name = "\(gap.innermostCode) \(gap.subject ?? "")"
        switch gap {
        case .insufficientHistory(_, let has, let needs):
            return "\(name): \(Int(has.value / 86_400)) of \(ValueText.number(needs.value / 86_400)) d"
        case .noData(_, let since): return "\(name): \(since)"
        case .noValue, .noSeries, .statisticUnavailable, .unitMismatch, .tooFewDatapoints: return name
        }
    }

    @Test("value, state and what is missing", arguments: rows)
    func value(_ row: Row) throws {
        let finding = try #require(Self.evaluate(row.when, Self.storage(row.used), until: row.used.count).finding)
        #expect(finding.state == row.state)
        if let value = row.value, let found = finding.value {
            #expect(value == found || abs(found - value) <= max(abs(value), 3600) * 0.03, "\(found), not \(value)")
        } else if row.value != nil {
            Issue.record("no value")
        }
        #expect(finding.evidence.gap.map(Self.text) == row.gap)
    }

    @Test("what is foreseen is in the evidence, with its range")
    func outlook() throws {
        let finding = try #require(
            Self.evaluate("time_until(storage_used > 15GB) < 30d", Self.storage(Self.growing), until: 480).finding)
        #expect(finding.expression == "time_until(storage_used > 15GB)")
        guard case .crossing(.expected(let time, let earliest?, let latest?), let basis?) = finding.evidence.outlook else {
            Issue.record("\(String(describing: finding.evidence.outlook))")
            return
        }
        #expect(earliest <= time && time <= latest)
        #expect(basis.span == .seconds(480 * 3600))
        #expect(abs((time - Self.start).seconds - 1000 * 3600) < 6 * 3600)
    }

    /// SplitMix, a day's rhythm, drift, gaps and wild values.
    private static func wild(_ count: Int, seed: UInt64) -> [Double?] {
        var generator = SplitMix(seed: seed)
        var level = 6.0
        return (0..<count).map { hour in
            level += Double.random(in: -0.02...0.045, using: &generator)
            if Int.random(in: 0..<12, using: &generator) == 0 { return nil }
            if Int.random(in: 0..<40, using: &generator) == 0 { return 19 }
            return min(19.5, level + (hour % 24 < 8 ? 0 : 0.4) + Double.random(in: -0.2...0.2, using: &generator))
        }
    }

    static let functions = [
        "time_until(storage_used > 12GB) < 7d", "forecast(storage_used, 7d) > 11GB", "change(storage_used, 2d) > 500MB",
        "rate(storage_used) * 1d > 100MB",
    ]

    @Test("nothing later than a datapoint is known at it, and stopping in between changes nothing", arguments: functions)
    func causal(_ when: String) {
        let values = Self.wild(400, seed: 11)
        let whole = Self.evaluate(when, Self.storage(values), until: 400)
        var alarm: Alarm?
        var transitions: [Transition] = []
        let step = SlowTests.size(40, quick: 100)
        for hours in stride(from: step, through: 400, by: step) {
            let known = Self.storage(Array(values.prefix(hours)))
            let part = Self.evaluate(when, known, until: hours, from: alarm)
            alarm = part.alarm
            transitions += part.transitions
        }
        #expect(transitions == whole.transitions)
        #expect(whole.transitions.count > 1)
    }

    @Test("a day that holds figures of two months is worth its newest")
    func monthsOfLongDatapoints() throws {
        // The last day of January, and the first of February, which begins with a late figure of the old month.
        let charges = Fixtures.history(
            Fixtures.charges, [48, 49, 49.5, 50, 50.5, 0.4, 0.8, 1.2],
            from: try #require(Timestamp(text: "2026-01-31T00:00:00Z")),
            interval: .seconds(21_600))
        var rule = Fixtures.rule("month_to_date(estimated_charges) > $40")
        rule.sustain.period = .seconds(86_400)
        let evaluator = Evaluator(
            rule: rule, target: Fixtures.target([charges], from: Self.start), vocabulary: Fixtures.vocabulary)
        let evaluation = evaluator.evaluate(upTo: try #require(Timestamp(text: "2026-02-02T00:00:00Z")))
        #expect(evaluation.transitions.map(\.to) == [.alarm, .ok])
        #expect(evaluation.finding?.value == 1.2)
    }

    @Test("half of the datapoints at either end are enough for change, whatever a tenth of its window is")
    func sparseEnds() {
        let values = (0..<216).map { $0 % 2 == 0 ? nil : 5 + 0.01 * Double($0) }
        let evaluation = Self.evaluate("change(storage_used, 25h) > 200MB", Self.storage(values), until: 216)
        #expect(evaluation.transitions.contains { $0.to == .alarm })
    }

    @Test("a bill of so much a day is foreseen alike by datapoints of any length", arguments: [6, 24, 168])
    func longDatapoints(_ hours: Int64) throws {
        let start = try #require(Timestamp(text: "2026-01-01T00:00:00Z"))
        let charges = (0..<480).map { index in
            let stamp = start + .seconds(Int64(index) * 21_600)
            return (stamp - stamp.startOfMonth).seconds / 86_400 * 1.3 + 0.1
        }
        var rule = Fixtures.rule("month_end(estimated_charges) > $30")
        rule.sustain.period = .seconds(hours * 3600)
        let target = Fixtures.target(
            [Fixtures.history(Fixtures.charges, charges, from: start, interval: .seconds(21_600))], from: start)
        let evaluation = Evaluator(rule: rule, target: target, vocabulary: Fixtures.vocabulary)
            .evaluate(upTo: start + .seconds(120 * 86_400))
        #expect(!evaluation.transitions.contains { $0.to == .ok }, "\(evaluation.transitions)")
    }

    @Test("a metric derived from a function over time", arguments: [480, 100])
    func derived(_ hours: Int) throws {
        var soon = Fixtures.storageUsed
        (soon.id, soon.origin) = ("storage_soon", .derived(["*": "allocated_storage - forecast(free_storage, 7d)"]))
        let vocabulary = Vocabulary(metrics: MetricCatalog(metrics: [Fixtures.freeStorage, soon]))
        var rule = Fixtures.rule("cpu > 1%")
        rule.when = try Formula.parse("storage_soon > 11GB", vocabulary: vocabulary)
        rule.sustain = Sustain(period: Self.hour)
        let evaluation = Evaluator(rule: rule, target: Self.storage(Self.growing), vocabulary: vocabulary)
            .evaluate(upTo: Self.start + .seconds(Int64(hours) * 3600))
        #expect(evaluation.alarm.state == (hours == 480 ? .alarm : .ok))
    }
}
