import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Testing

@Suite("Alerts enqueued by evaluations")
struct AlertPassTests {
    private let temporary: TemporaryStore
    private let store: Store

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private func project(_ rules: [String: String] = ["cpu": "avg(cpu) > 80%"]) throws -> Project {
        var project = try EvaluationBench.project(rules)
        project.stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        project.stack.unattended.alerts = AlertSettings(repeatEvery: nil, staleAfter: nil)
        return project
    }

    private func values(_ minutes: Range<Int>, _ value: Double) throws {
        try store.ingest(minutes.filter { $0 % 5 == 0 }.map { Fixtures.value($0, value) })
    }

    /// Kind, rules and minute of every enqueued alert, in order.
    private func pending() throws -> [String] {
        try store.outbox().reversed().map { entry in
            let minute = (entry.alert.at - Fixtures.start).milliseconds / 60_000
            return "\(entry.alert.kind.rawValue) \(entry.alert.reasons.compactMap(\.rule).joined(separator: " "))@\(minute)"
        }
    }

    @Test("the first evaluation enqueues the active alarms, later ones the changes")
    func changes() throws {
        try values(0..<30, 90)
        try values(30..<60, 50)
        try values(60..<90, 90)
        try store.evaluate(try project(), at: 91)
        #expect(try pending() == ["alarm cpu@65"])
        try values(90..<120, 50)
        try values(120..<150, 90)
        try store.evaluate(try project(), at: 151)
        #expect(try pending() == ["alarm cpu@65", "resolved cpu@95", "alarm cpu@125"])
        try store.evaluate(try project(), at: 151)
        try store.evaluate(try project(), at: 20)
        #expect(try pending().count == 3)
    }

    @Test("state and alert are one transaction: where one cannot be written, neither is")
    func transaction() throws {
        try values(0..<30, 50)
        try store.evaluate(try project(), at: 31)
        try values(30..<60, 90)
        try temporary.sql("CREATE TRIGGER stop BEFORE INSERT ON outboxEntry BEGIN SELECT RAISE(ABORT, 'no alerts today'); END")
        #expect(throws: StoreFailure.self) { try store.evaluate(try project(), at: 61) }
        #expect(try temporary.transitions().count == 1)
        #expect(try temporary.evaluations().count == 1)
        try temporary.sql("DROP TRIGGER stop")
        try store.evaluate(try project(), at: 66)
        #expect(try pending() == ["alarm cpu@35"])
    }

    @Test("a rule that is edited while it stands tells nothing as long as it stands; one that is deleted is over")
    func edited() throws {
        try values(0..<60, 90)
        try store.evaluate(try project(), at: 61)
        try store.evaluate(try project(["cpu": "avg(cpu) > 85%"]), at: 62)
        #expect(try pending() == ["alarm cpu@5"])
        try store.evaluate(try project(["cpu": "avg(cpu) > 95%"]), at: 63)
        #expect(try pending() == ["alarm cpu@5", "resolved cpu@63"])
        try store.evaluate(try project(["cpu": "avg(cpu) > 85%"]), at: 64)
        #expect(try pending().count == 3)
        try store.evaluate(try project(["other": "avg(cpu) > 99%"]), at: 66)
        #expect(try pending().suffix(1) == ["resolved cpu@66"])
    }

    @Test("samples that come late, and come again, tell what they changed, once")
    func late() throws {
        try values(0..<30, 50)
        try store.evaluate(try project(), at: 41)
        try values(30..<40, 90)
        try store.evaluate(try project(), at: 46)
        #expect(try pending() == ["alarm cpu@35"])
        try values(30..<40, 90)
        try store.evaluate(try project(), at: 47)
        try values(30..<45, 50)
        try store.evaluate(try project(), at: 51)
        #expect(try pending().count == 2)
        #expect(try pending().last?.hasPrefix("resolved cpu@") == true)
        try store.evaluate(try project(), at: 52)
        #expect(try pending().count == 2)
    }

    @Test("a backtest counts the alerts that evaluating tells, mutes and all", arguments: SlowTests.seeds(6, quick: 1))
    func counted(_ seed: Int) throws {
        var generator = SplitMix(seed: UInt64(900 + seed))
        var project = try project()
        let schedule = try CronSchedule("0 */2 * * *")
        let length = Int64.random(in: 1...23, using: &generator) * 300
        project.stack.language.mutes = [MuteTimeInterval(.recurring(schedule, length: .seconds(length), zone: "UTC"))]
        try store.ingest(EvaluationBench.randomSamples(288, &generator))
        for minute in stride(from: 0, through: 1440, by: 5) { try store.evaluate(project, at: minute) }
        let notified = try pending()
        let pass = BacktestPass(store: store, project: project, from: nil, to: Fixtures.at(1440))
        let alerts = try pass.run().backtest.alerts
        #expect(notified.count { $0.hasPrefix("alarm") } == alerts.alarms[.warning, default: 0])
        #expect(notified.count { $0.hasPrefix("resolved") } == alerts.resolved)
    }

    @Test("what was inhibited from its beginning to its end between two evaluations is not notified")
    func gaveWay() throws {
        var project = try project(["high": "avg(cpu) > 80%", "low": "avg(cpu) > 60%"])
        for index in project.rules.indices where project.rules[index].id == "low" { project.rules[index].unlessAlarm = "high" }
        try values(0..<30, 50)
        try store.evaluate(project, at: 31)
        try values(30..<60, 90)
        try values(60..<90, 50)
        try store.evaluate(project, at: 91)
        let notified = try pending()
        #expect(notified == ["resolved high@65"])
    }

    @Test("a gap longer than the retention, and house-keeping after it, invent nothing")
    func gap() throws {
        try values(0..<60, 90)
        try store.evaluate(try project(), at: 61)
        let day = 1440
        try values(40 * day..<40 * day + 60, 90)
        try store.evaluate(try project(), at: 40 * day + 61)
        let retention = Retention(minutes: .seconds(86_400), fiveMinutes: .seconds(2 * 86_400), hours: .seconds(9 * 86_400))
        #expect(try RetentionJob(store: store, retention: retention, now: Fixtures.at(40 * day + 61)).run().dropped > 0)
        let before = try pending()
        try values(40 * day + 60..<40 * day + 65, 90)
        try store.evaluate(try project(), at: 40 * day + 66)
        #expect(try pending() == before)
        #expect(try pending().first == "alarm cpu@5")
    }

    @Test("without receivers nothing is enqueued, and one that is added later gets the active alarms")
    func noReceivers() throws {
        try values(0..<60, 90)
        try store.evaluate(try EvaluationBench.project(["cpu": "avg(cpu) > 80%"]), at: 61)
        #expect(try pending().isEmpty)
        try store.evaluate(try project(), at: 62)
        #expect(try pending() == ["alarm cpu@5"])
    }

    @Test("a receiver that never got an alarm is not notified of its end")
    func unreached() throws {
        try values(0..<60, 90)
        try store.evaluate(try project(), at: 61)
        let now = Fixtures.at(61)
        let entry = try #require(try store.claim(receiver: "all", now: now, for: .seconds(60), lease: "a"))
        try store.markFailed(entry, DeliveryAttempt(at: now, outcome: .failed, took: .zero, reason: "400"), now: now)
        try values(60..<90, 50)
        try store.evaluate(try project(), at: 91)
        #expect(try pending() == ["alarm cpu@5"])
        try values(90..<120, 90)
        try store.evaluate(try project(), at: 121)
        #expect(try pending() == ["alarm cpu@5", "alarm cpu@95"])
    }

    @Test("data that stop are notified once, and when they arrive again")
    func stale() throws {
        var stale = try project()
        stale.stack.unattended.alerts.staleAfter = .seconds(7200)
        try values(0..<60, 50)
        try store.evaluate(stale, at: 150)
        #expect(try pending().isEmpty)
        try store.evaluate(stale, at: 200)
        try store.evaluate(stale, at: 300)
        let missing = AlertReason.noData(since: Fixtures.at(55), age: Quantity(.seconds(145 * 60)), resource: nil)
        #expect(
            try store.outbox().map(\.alert.content)
                == [.firing(target: "advisor", reason: missing, others: 0, repeatedSince: nil)])
        try values(300..<310, 50)
        try store.evaluate(stale, at: 311)
        guard case .resolved("advisor", .noData?, 0, _, Fixtures.at(311)) = try store.outbox().first?.alert.content else {
            Issue.record("\(try store.outbox().map(\.alert.content))")
            return
        }
    }

    @Test("what a standing recommendation rests on is held, until it is over")
    func holds() throws {
        try values(0..<60, 90)
        try store.evaluate(try project(), at: 61)
        let since = Fixtures.at(60).milliseconds
        try temporary.sql(
            """
            INSERT INTO recommendation(kind, resource, state, steps, rules, severity, since, changedAt, knownRules, knownSeverity, returns)
            VALUES ('database', 'db', 'open', '[{"action":"move"}]', '["cpu"]', 'warning', \(since), \(since), '["cpu"]', 'warning', 0)
            """)
        let holds = try RetentionJob.holds(of: store, try project(), at: Fixtures.at(100))
        #expect(holds.map(\.series.count) == [1])
        #expect(holds.map(\.from) == [Fixtures.at(0)])
        #expect(holds.map(\.to) == [Fixtures.at(120)])
        try temporary.sql("UPDATE recommendation SET endedAt = \(since), ending = 'cleared'")
        #expect(try RetentionJob.holds(of: store, try project(), at: Fixtures.at(100)).isEmpty)
    }
}
