import AdvisorTestSupport
import AdvisorCore
import AdvisorFormats
import Testing

@Suite("Scenario files")
struct ScenarioFileTests {
    @Test("every key arrives")
    func everyKey() throws {
        let text = """
            rules: [../guide-7.2-upgrade.yaml]
            scenarios:
              - name: sustained across a short gap
                resource: { id: db, kind: database, tier: db.t4g.micro, allocated_storage: 20GiB }
                stack: { stage: launch }
                start: 2026-01-01T00:00:00Z
                interval: 1m
                quiet: true
                series:
                  cpu: 50 85x3 _x2 90x10
                  active_users: { interval: 1h, values: 900+100x3 }
                expect:
                  - { at: 0, rule: database-cpu-sustained, state: INSUFFICIENT_DATA }
                  - { at: 16m, rule: database-cpu-sustained, state: ALARM, since: 8m }
                  - { at: 16m, recommendation: { action: move, to: db.t4g.small } }
            """
        let read = try BundledFiles.scenarios(text)
        #expect(read.diagnostics == [])
        let scenario = try #require(read.scenarios.first)
        #expect((scenario.file, scenario.line, scenario.name) == ("s.yaml", 3, "sustained across a short gap"))
        #expect(scenario.ruleFiles == ["../guide-7.2-upgrade.yaml"] && scenario.isQuiet)
        #expect(scenario.start == Timestamp(text: "2026-01-01T00:00:00Z"))
        #expect(scenario.resource.tier == "db.t4g.micro" && scenario.stack.stage == .launch)
        #expect(scenario.stack.resources == [scenario.resource])
        #expect(scenario.series.map(\.metric) == ["cpu", "active_users"])
        #expect(scenario.series.map(\.interval) == [.seconds(60), .seconds(3600)])
        #expect(scenario.series.map(\.values.count) == [18, 4])
        #expect(scenario.expectations.map(\.at) == [.zero, .seconds(960), .seconds(960)])
        #expect(scenario.expectations.map(\.line) == [13, 14, 15])
    }

    struct InvalidCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// In place of one line of a sound scenario.
        let line: (key: String, text: String)
        let expected: [String]

        init(_ name: String, _ key: String, _ text: String, _ expected: String...) {
            (testDescription, line, self.expected) = (name, (key, text), expected)
        }
    }

    static let errors = [
        InvalidCase("no start", "start", "# nothing", "3:5: 'start' is missing"),
        InvalidCase(
            "a start that is none", "start", "start: tomorrow", "5:12: invalid time 'tomorrow'; use 2026-01-01T00:00:00Z"),
        InvalidCase("an unknown metric", "series", "series: { cpuu: 1 }", "7:15: unknown metric 'cpuu'; did you mean 'cpu'?"),
        InvalidCase(
            "a derived metric", "series", "series: { storage_used: 1 }",
            "7:15: 'storage_used' is derived from other metrics; set the series of those"),
        InvalidCase(
            "values that are none", "series", "series: { cpu: 50 85y3 }",
            "7:20: invalid values '50 85y3'; use '50 85x3 _x2 90x10'"),
        InvalidCase("a list of series", "series", "series: [cpu]", "7:13: expected a mapping of metrics to values"),
        InvalidCase("no interval", "interval", "# nothing", "7:20: 'interval' is missing; set it for the series or the scenario"),
        InvalidCase(
            "an unknown state", "expect", "expect: [{ at: 5m, rule: r, state: FIRING }]",
            "8:40: unknown state 'FIRING'; expected one of: OK, ALARM, INSUFFICIENT_DATA"),
        InvalidCase("nothing expected", "expect", "expect: [{ at: 5m }]", "8:14: 'rule' is missing", "8:14: 'state' is missing"),
        InvalidCase(
            "an unknown action", "expect", "expect: [{ at: 5m, recommendation: { action: mov } }]",
            "8:50: unknown action 'mov'; did you mean 'move'?"
        ),
        InvalidCase(
            "two in one", "expect", "expect: [{ at: 5m, rule: r, recommendation: { action: move } }]",
            "8:30: 'rule' has no effect with 'recommendation'; write a separate expectation"),
        InvalidCase("an unknown fact", "stack", "stack: { stag: launch }", "9:14: unknown key 'stag'; did you mean 'stage'?"),
    ]

    @Test("a broken scenario loses only itself", arguments: errors)
    func error(_ row: InvalidCase) throws {
        let sound = [
            ("name", "name: a"), ("resource", "resource: { id: db, kind: database }"), ("start", "start: 2026-01-01T00:00:00Z"),
            ("interval", "interval: 1m"), ("series", "series: { cpu: 50 }"),
            ("expect", "expect: [{ at: 5m, rule: r, state: OK }]"),
            ("stack", "stack: {}"),
        ]
        func scenario(_ lines: [String]) -> String { "  - " + lines.joined(separator: "\n    ") + "\n" }
        let text =
            "rules: []\nscenarios:\n" + scenario(sound.map { $0.0 == row.line.key ? row.line.text : $0.1 })
            + scenario(sound.map(\.1))
        let read = try BundledFiles.scenarios(text)
        #expect(read.diagnostics.map(\.description) == row.expected.map { "s.yaml:\($0)" })
        #expect(read.scenarios.count == 1)
    }

    @Test(
        "promtool's notation",
        arguments: [
            ("50 85x3 _x2 90x2", [50, 85, 85, 85, 85, nil, nil, 90, 90, 90]), ("900+100x3", [900, 1000, 1100, 1200]),
            ("5-1x2", [5, 4, 3]), ("-5", [-5]), ("-5-1x1", [-5, -6]), ("-5+-1x1", nil), ("0x2", [0, 0, 0]), ("_", [nil]),
            ("1 _x0 2", [1, 2]),
            ("1e3", [1000]), ("1e-3+1e-3x1", [0.001, 0.002]), ("  1\n 2 ", [1, 2]), ("85x3.5", nil), ("_x-1", nil),
            ("85x-1", nil),
            ("85x", nil), ("x3", nil), ("1+x3", nil), ("1+2", nil), ("nan", nil), ("inf", nil), ("1+infx2", nil), ("1x2x3", nil),
            ("_x99999999", nil), ("1x99999999", nil), ("", nil), ("stale", nil), ("_2", nil), ("0x1p3", nil), ("1,2", nil),
        ] as [(String, [Double?]?)])
    func notation(_ text: String, _ expected: [Double?]?) {
        #expect(ScenarioFile.values(text) == expected)
    }
}
