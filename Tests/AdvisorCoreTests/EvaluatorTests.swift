import AdvisorCore
import AdvisorTestSupport
import Testing

@Suite("Evaluator")
struct EvaluatorTests {
    private static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z

    private static func at(_ minutes: Int) -> Timestamp { start + .seconds(Int64(minutes * 60)) }

    private static func evaluate(_ rule: Rule, _ values: [Double?], until minutes: Int, facts: Facts = [:]) -> EvaluationResult {
        Evaluator(rule: rule, target: Fixtures.target(cpu: values, from: start, facts: facts), vocabulary: Fixtures.vocabulary)
            .evaluate(upTo: at(minutes))
    }

    @Test("a state changes at the ends of periods")
    func ends() {
        let evaluation = Self.evaluate(Fixtures.rule("avg(cpu) > 80%"), [50, 90, 90, 50], until: 20)
        #expect(
            evaluation.transitions.map { "\($0.at) \($0.to.rawValue)" } == [
                "2026-01-01T00:05:00Z OK", "2026-01-01T00:10:00Z ALARM", "2026-01-01T00:20:00Z OK",
            ])
        #expect(evaluation.episodes.map(\.end) == [Self.at(20)])
        #expect(evaluation.episodes.map(\.peak) == [0.9])
    }

    @Test("an episode's peak is its own, and the farthest beyond the threshold, however the rule says it")
    func peaks() {
        let values: [Double?] = [50, 50, 99, 50, 85, 50]
        #expect(Self.evaluate(Fixtures.rule("avg(cpu) > 80%"), values, until: 30).episodes.map(\.peak) == [0.99, 0.85])
        let negated = Self.evaluate(Fixtures.rule("not avg(cpu) <= 80%"), [90, 81, 95], until: 15)
        #expect(negated.episodes.map(\.peak) == [0.95])
    }

    @Test("a sample of exactly the threshold is not over it")
    func boundary() {
        #expect(Self.evaluate(Fixtures.rule("avg(cpu) > 80%"), [80], until: 5).alarm.state == .ok)
        #expect(Self.evaluate(Fixtures.rule("avg(cpu) >= 80%"), [80], until: 5).alarm.state == .alarm)
    }

    @Test("for: N is the time over the effective period, rounded up")
    func sustain() {
        #expect(Sustain(period: .seconds(60), duration: .seconds(300)).datapoints(effective: .seconds(60)).evaluated == 5)
        #expect(Sustain(period: .seconds(60), duration: .seconds(300)).datapoints(effective: .seconds(300)).evaluated == 1)
        #expect(Sustain(period: .seconds(60), duration: .seconds(310)).datapoints(effective: .seconds(300)).evaluated == 2)
        let shrunk = Sustain(period: .seconds(60), datapoints: Sustain.Datapoints(toAlarm: 4, evaluated: 5))
        #expect(shrunk.datapoints(effective: .seconds(300)) == Sustain.Datapoints(toAlarm: 1, evaluated: 1))
    }

    @Test("clear holds the alarm until it is met")
    func clear() {
        var rule = Fixtures.rule("avg(cpu) > 80%")
        rule.clear = Fixtures.formula("avg(cpu) < 70%")
        let evaluation = Self.evaluate(rule, [90, 75, 75, 60], until: 20)
        #expect(evaluation.transitions.map(\.to) == [.alarm, .ok])
        #expect(evaluation.transitions.last?.at == Self.at(20))
    }

    @Test("keep_firing_for counts whole periods and is forgotten when the condition comes back")
    func keepFiring() {
        var rule = Fixtures.rule("avg(cpu) > 80%")
        rule.keepFiringFor = .seconds(420)
        #expect(Self.evaluate(rule, [90, 50, 50, 50, 50], until: 25).transitions.last?.at == Self.at(20))
        let back = Self.evaluate(rule, [90, 50, 90, 50, 50, 50], until: 30)
        #expect(back.transitions.map(\.to) == [.alarm, .ok])
        #expect(back.transitions.last?.at == Self.at(30))
        #expect(Self.evaluate(rule, [90, 50] + [Double?](repeating: nil, count: 6), until: 40).alarm.state == .insufficientData)
    }

    @Test("facts: false gives no finding, unknown names the fact")
    func facts() {
        var rule = Fixtures.rule("avg(cpu) > 80%")
        rule.condition = Fixtures.formula("tier == \"db.t4g.micro\"", role: .condition)
        #expect(Self.evaluate(rule, [90], until: 5, facts: ["tier": .text("other")]).finding == nil)
        let unknown = Self.evaluate(rule, [90], until: 5)
        #expect(unknown.alarm.state == .insufficientData)
        #expect(unknown.finding?.evidence.gap == .noValue(reason: .factNotSet(fact: "tier")))
    }

    @Test(
        "what divides by zero has no value, and says so", arguments: ["avg(cpu) / replicas > 10%", "avg(cpu) / avg(cpu) < 90%"])
    func division(_ when: String) {
        let evaluation = Self.evaluate(Fixtures.rule(when), [0, 0, 0], until: 15, facts: ["replicas": .number(0)])
        #expect(evaluation.alarm.state == .insufficientData)
        #expect(evaluation.finding?.evidence.gap == .noValue(reason: .divisionByZero))
        let silent = Self.evaluate(Fixtures.rule(when), [0, nil, nil], until: 15, facts: ["replicas": .number(0)])
        #expect(silent.finding?.evidence.gap == .noData(metric: "cpu", since: Self.start))
        #expect(
            Self.evaluate(Fixtures.rule(when), [0, 20], until: 10, facts: ["replicas": .number(1)]).alarm.state
                != .insufficientData)
    }

    @Test("a comparison turned round shows value and threshold as the other does")
    func turnedRound() {
        let usual = Self.evaluate(Fixtures.rule("avg(cpu) > 80%"), [50, 90], until: 10)
        let turned = Self.evaluate(Fixtures.rule("80% < avg(cpu)"), [50, 90], until: 10)
        #expect(turned.episodes == usual.episodes)
        #expect((turned.finding?.shownValue, turned.finding?.shownThreshold) == ("90 %", "80 %"))
        #expect((turned.finding?.sign, turned.finding?.evidence.gap) == (usual.finding?.sign, nil))
    }

    @Test("a window shorter than a datapoint is one")
    func shortWindow() {
        let evaluation = Self.evaluate(Fixtures.rule("avg(cpu, 1m) > 80%"), [50, 90], until: 10)
        #expect(evaluation.transitions == Self.evaluate(Fixtures.rule("avg(cpu) > 80%"), [50, 90], until: 10).transitions)
        #expect(evaluation.alarm.state == .alarm)
    }

    @Test("a standing alarm that no longer applies ends")
    func noLongerApplies() {
        var rule = Fixtures.rule("avg(cpu) > 80%")
        rule.condition = Fixtures.formula("tier == \"db.t4g.micro\"", role: .condition)
        let first = Self.evaluate(rule, [90, 90], until: 5, facts: ["tier": .text("db.t4g.micro")])
        let target = Fixtures.target(cpu: [90, 90], from: Self.start, facts: ["tier": .text("db.t4g.small")])
        let second = Evaluator(rule: rule, target: target, vocabulary: Fixtures.vocabulary).evaluate(
            from: first.alarm, upTo: Self.at(10))
        #expect(second.transitions.map(\.to) == [.ok])
        #expect(second.finding == nil)
    }

    @Test("a derived metric turns least into greatest where it subtracts")
    func derived() {
        let facts: Facts = ["allocated_storage": .number(20e9)]
        let series = [Fixtures.history(Fixtures.freeStorage, [6, 4], from: Self.start)]
        let target = Fixtures.target(series, from: Self.start, facts: facts)
        var rule = Fixtures.rule("storage_used > 15GB")
        rule.sustain.period = .seconds(600)
        let evaluation = Evaluator(rule: rule, target: target, vocabulary: Fixtures.vocabulary).evaluate(upTo: Self.at(10))
        #expect(evaluation.finding?.value == 16e9)
        #expect(evaluation.alarm.state == .alarm)
        let unknown = Fixtures.target(series, from: Self.start)
        let gap = Evaluator(rule: rule, target: unknown, vocabulary: Fixtures.vocabulary).evaluate(upTo: Self.at(10)).finding?
            .evidence.gap
        #expect(gap == .noValue(reason: .factNotSet(fact: "allocated_storage")))
    }

    @Test("a window has a value when at least half of its periods have data")
    func window() {
        let rule = Fixtures.rule("avg(cpu, 20m) > 80%")
        #expect(Self.evaluate(rule, [90, 90], until: 10).alarm.state == .alarm)
        #expect(Self.evaluate(rule, [90], until: 5).alarm.state == .insufficientData)
        #expect(Self.evaluate(rule, [90, 90] + [Double?](repeating: nil, count: 6), until: 40).alarm.state == .insufficientData)
    }

    @Test("evaluating in steps at any times gives what evaluating at once gives")
    func steps() {
        var generator = SplitMix(seed: 11)
        for round in SlowTests.seeds(60, quick: 12) {
            let values = (0..<300).map { _ in
                Int.random(in: 0..<5, using: &generator) == 0 ? nil : Double.random(in: 40...100, using: &generator)
            }
            var rule = Fixtures.rule(["avg(cpu) > 80%", "max(cpu, 20m) > 95%", "avg(cpu) > 70% and max(cpu) < 99%"][round % 3])
            rule.missing = MissingData.allCases[round % 4]
            rule.sustain = Sustain(datapoints: Sustain.Datapoints(toAlarm: 1 + round % 3, evaluated: 3 + round % 2))
            if round % 5 == 0 { rule.clear = Fixtures.formula("avg(cpu) < 60%") }
            if round % 7 == 0 { rule.keepFiringFor = .seconds(900) }
            let evaluator = Evaluator(
                rule: rule, target: Fixtures.target(cpu: values, from: Self.start), vocabulary: Fixtures.vocabulary)
            let whole = evaluator.evaluate(upTo: Self.at(1600))
            var alarm: Alarm?
            var transitions: [Transition] = []
            var minute = 0
            while minute < 1600 {
                minute = min(1600, minute + Int.random(in: 1..<90, using: &generator))
                let part = evaluator.evaluate(from: alarm, upTo: Self.at(minute))
                alarm = part.alarm
                transitions += part.transitions
            }
            #expect(transitions == whole.transitions, "round \(round)")
            #expect(alarm?.state == whole.alarm.state)
        }
    }

    @Test("the effective period is the coarsest of rule and series; a median is snapped")
    func effectivePeriod() {
        let hourly = Fixtures.history(Fixtures.users, [1000, 1100, 1200], from: Self.start, interval: .seconds(3600))
        let target = Fixtures.target([hourly], from: Self.start)
        let evaluation = Evaluator(rule: Fixtures.rule("active_users >= 1100"), target: target, vocabulary: Fixtures.vocabulary)
            .evaluate(upTo: Self.at(180))
        #expect(evaluation.finding?.evidence.period == .seconds(3600))
        #expect(evaluation.transitions.map(\.at) == [Self.at(60), Self.at(120)])
    }
}
