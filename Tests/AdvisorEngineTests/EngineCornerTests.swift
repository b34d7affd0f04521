import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Testing

/// Resources without data, data that stop, and series that begin later.
@Suite("Corners of the engine")
struct EngineCornerTests {
    private let temporary: TemporaryStore
    private let store: Store

    init() throws {
        temporary = try TemporaryStore()
        store = try temporary.open()
    }

    private func declared(_ rules: [Rule], _ ids: String...) -> Project {
        var project = EvaluationBench.project(rules)
        project.stack.resources = ids.map { Stack.Resource(id: $0, kind: .database) }
        return project
    }

    private static func rule(_ when: String, _ missing: MissingData, period: Int = 5) throws -> Rule {
        var rule = try EvaluationBench.rule("rule", when)
        rule.missing = missing
        rule.sustain = Sustain(period: .seconds(Int64(period * 60)))
        return rule
    }

    @Test(
        "a declared resource without a sample: what the table says of missing datapoints, from the first evaluation on",
        arguments: [
            (MissingData.breaching, AlarmState.alarm), (.notBreaching, .ok), (.missing, .insufficientData),
            (.ignore, .insufficientData),
        ])
    func noSample(_ missing: MissingData, _ state: AlarmState) throws {
        let project = declared([try Self.rule("max(connections) < 1", missing)], "db")
        #expect(try store.evaluate(project, at: 12).states == [state])
        #expect(try store.evaluate(project, at: 47).states == [state])
        let expected =
            state == .insufficientData ? [] : ["rule|db|\(Fixtures.at(10).milliseconds)|INSUFFICIENT_DATA|\(state.rawValue)"]
        #expect(try temporary.transitions() == expected)
        #expect(try store.backtest(project, at: 47).transitions.asStored == expected)
    }

    @Test("its first samples change what comes after them, and a backtest agrees", arguments: [20, 60, 61])
    func firstSamples(_ minute: Int) throws {
        let project = declared([try Self.rule("max(connections) < 1", .breaching)], "db")
        try store.evaluate(project, at: 12)
        try store.evaluate(project, at: 60)
        try store.ingest((0..<6).map { Fixtures.connections(minute + $0 * 5, 7) })
        try store.evaluate(project, at: 130)
        #expect(try temporary.transitions() == store.backtest(project, at: 130).transitions.asStored)
        #expect(try temporary.transitions().last?.hasSuffix("|OK|ALARM") == true)
    }

    @Test("its first samples are hourly: the record is a backtest's", arguments: [20, 60, 180])
    func firstHourlySamples(_ minute: Int) throws {
        let project = declared([try Self.rule("max(connections) < 1", .breaching)], "db")
        try store.evaluate(project, at: 12)
        try store.evaluate(project, at: 60)
        try store.ingest((0..<3).map { Fixtures.connections(minute + $0 * 60, 7, period: .seconds(3600)) })
        try store.evaluate(project, at: 600)
        #expect(try temporary.transitions() == store.backtest(project, at: 600).transitions.asStored)
    }

    @Test("a resource that only samples name is not watched before them")
    func undeclared() throws {
        let project = declared([try Self.rule("max(connections) < 1", .breaching)], "db")
        try store.evaluate(project, at: 12)
        #expect(try store.watchedResources().keys.map(\.resource) == ["db"])
    }

    @Test("an alarm whose data stop goes to INSUFFICIENT_DATA and never to OK, whatever the period", arguments: [1, 5, 15, 60])
    func silence(_ period: Int) throws {
        for (toAlarm, evaluated) in [(1, 1), (3, 3), (5, 5), (2, 4)] {
            var rule = try Self.rule("avg(cpu) > 80%", .missing, period: period)
            rule.sustain.datapoints = Sustain.Datapoints(toAlarm: toAlarm, evaluated: evaluated)
            rule.id = "rule-\(toAlarm)-\(evaluated)"
            let project = EvaluationBench.project([rule])
            let other = try TemporaryStore()
            let store = try other.open()
            try store.ingest((0..<12).map { Fixtures.value($0 * period, 95, period: .seconds(Int64(period * 60))) })
            for step in 1...30 { try store.evaluate(project, at: step * period) }
            #expect(try store.transitions().map(\.to) == [.alarm, .insufficientData], "\(toAlarm) of \(evaluated)")
        }
    }

    @Test("a series that begins after an evaluation gives the same record as a backtest", arguments: [5, 60, 360])
    func newSeries(_ period: Int) throws {
        for missing in MissingData.allCases {
            let other = try TemporaryStore()
            let store = try other.open()
            let project = declared([try Self.rule("max(connections) > 5", missing)], "db")
            try store.ingest((0..<20).map { Fixtures.value($0 * 5, 50) })
            try store.evaluate(project, at: 100)
            try store.ingest((0..<4).map { Fixtures.connections(120 + $0 * period, 9, period: .seconds(Int64(period * 60))) })
            let end = 120 + 5 * period
            try store.evaluate(project, at: end)
            let backtest = try store.backtest(project, at: end)
            #expect(try other.transitions() == backtest.transitions.asStored, "\(missing.rawValue)")
        }
    }

    @Test("a removed series leaves the store as if it had never been there")
    func forgotten() throws {
        let project = declared([try Self.rule("avg(cpu) > 80%", .missing)], "db")
        try store.ingest((0..<10).map { Fixtures.value($0 * 5, 50) })
        try store.ingest((0..<10).map { Entry(key: Fixtures.series("bd"), sample: Fixtures.value($0 * 5, 95)) })
        try store.evaluate(project, at: 50)
        #expect(try store.transitions().map(\.resource).contains("bd"))
        let found = try ForgottenSeries(of: .resources(["bd"]), names: [], in: store, project: project)
        #expect((found.series.count, found.samples) == (1, 10))
        #expect(try found.remove(at: Fixtures.at(50)) == 10)
        try store.evaluate(project, at: 55)
        #expect(try store.transitions().map(\.resource) == ["db"])
        #expect(try temporary.sql("SELECT count(*) FROM sample") == "10")
        #expect(try store.problems() == [])
        #expect(throws: ExitError.self) { try ForgottenSeries(of: .resources(["bd"]), names: [], in: store, project: project) }
        #expect(throws: ExitError.self) { try ForgottenSeries(of: .undeclared, names: [], in: store, project: project) }
        try store.ingest((0..<3).map { Entry(key: Fixtures.series("other-\($0)"), sample: Fixtures.value(5, 95)) })
        let others = try ForgottenSeries(of: .undeclared, names: [], in: store, project: project)
        #expect(others.series.map(\.key) == (0..<3).map { Fixtures.series("other-\($0)") })
        #expect(try others.remove(at: Fixtures.at(55)) == 3)
        let named = try ForgottenSeries(
            of: .all, names: ["AWS/RDS CPUUtilization {DBInstanceIdentifier=db}"], in: store, project: project)
        #expect(named.samples == 10)
    }

    @Test(
        "a new resource like a declared one is found once",
        arguments: [("prod-bd", true), ("PROD_DB", true), ("prod-db2", false), ("other", false)])
    func lookalike(_ id: String, _ isFound: Bool) {
        let declared = [Stack.Resource(id: "prod-db", kind: .database), Stack.Resource(id: "stage-db", kind: .database)]
        let keys = [Fixtures.series(id), Fixtures.series("prod-db")]
        let found = LookalikeResource.found(in: keys, declared: declared, kindOfDimension: ["DBInstanceIdentifier": .database])
        #expect(found == (isFound ? [LookalikeResource(id: id, declared: "prod-db")] : []))
    }
}

extension Fixtures {
    /// One observation of the number of connections.
    fileprivate static func connections(_ minute: Int, _ value: Double, period: Duration = .seconds(300)) -> Entry {
        var sample = Fixtures.value(minute, value, period: period)
        sample.unit = .count
        let key = SeriesKey(
            namespace: "AWS/RDS", name: "DatabaseConnections", dimensions: [SeriesKey.Dimension("DBInstanceIdentifier", "db")])
        return Entry(key: key, sample: sample)
    }
}
