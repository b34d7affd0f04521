import AdvisorCore
import Testing

@testable import AdvisorFormats

@Suite("Scenario runs")
struct ScenarioRunTests {
    private static let rules = """
        rules:
          - { id: high, title: CPU, applies_to: database, when: avg(cpu) > 80%, period: 1m, for: 2m, recommend: { move_to: db.t4g.small } }
          - { id: raised, title: CPU, applies_to: database, when: avg(cpu) > 60%, period: 1m, for: 3m, unless_alarm: high }
          - { id: slow, title: Slow, applies_to: database, when: avg(query_latency) > 500ms }
        """

    private static func run(_ expectation: String, stack: String = "{}", series: String = "50x4 90x4 50x9") -> [ScenarioFailure] {
        let text = """
            rules: [r.yaml]
            scenarios:
              - name: one
                resource: { id: db, kind: database, tier: db.t4g.micro, allocated_storage: 20GiB, multi_az: false }
                stack: \(stack)
                start: 2026-01-01T00:00:00Z
                interval: 1m
                series: { cpu: \(series) }
                expect: [\(expectation)]
            """
        let read = ScenarioFile.read(
            text, file: "s.yaml", metrics: ValidFiles.metrics, catalog: ValidFiles.catalog, services: ValidFiles.services)
        let errors = read.diagnostics.map { ScenarioFailure(file: "s.yaml", line: $0.line ?? 0, problem: $0.problem) }
        return errors
            + read.scenarios.flatMap {
                $0.result(
                    ruleFiles: [("r.yaml", rules)], catalog: ValidFiles.catalog, services: ValidFiles.services,
                    vocabulary: ValidFiles.vocabulary)
            }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var expectation: String
        var stack = "{}"
        /// What is wrong; nil when it holds.
        let problem: String?

        init(_ name: String, _ expectation: String, stack: String = "{}", _ problem: String? = nil) {
            (testDescription, self.expectation, self.stack, self.problem) = (name, expectation, stack, problem)
        }
    }

    static let muted = "{ mute: [{ cron: '0 0 * * *', for: 1h, rules: [high], reason: backup }] }"

    static let until9 = "{ mute: [{ from: 2026-01-01T00:00:00Z, until: 2026-01-01T00:09:00Z }] }"
    static let from9 = "{ mute: [{ from: 2026-01-01T00:09:00Z, until: 2026-01-01T01:00:00Z }] }"

    static let rows = [
        Row("a state", "{ at: 7m, rule: high, state: ALARM, since: 7m }"),
        Row("another state", "{ at: 7m, rule: high, state: OK }", "at 7m, high is ALARM, not OK"),
        Row("an episode with its end", "{ at: 20m, rule: high, episode: { start: 7m, end: 11m } }"),
        Row("an episode that lasts", "{ at: 8m, rule: high, episode: { start: 7m, end: none } }"),
        Row("an episode, however it ends", "{ at: 20m, rule: high, episode: { start: 7m } }"),
        Row(
            "no such end", "{ at: 20m, rule: high, episode: { start: 7m, end: 12m } }",
            "at 20m, high has no episode from 7m to 12m; it has 7m to 11m"),
        Row(
            "none yet", "{ at: 5m, rule: high, episode: { start: 7m, end: none } }",
            "at 5m, high has no episode from 7m that lasts; it has none"),
        Row("an alert", "{ at: 7m, rule: high, alert: alarm }"),
        Row("that it is over", "{ at: 11m, rule: high, alert: resolved }"),
        Row("nothing while it stands", "{ at: 8m, rule: high, alert: none }"),
        Row("an alert that is none", "{ at: 8m, rule: high, alert: alarm }", "at 8m, high sends nothing, not an alarm"),
        Row("a muted alert", "{ at: 7m, rule: high, alert: none }", stack: muted),
        Row(
            "a mute is said", "{ at: 7m, rule: high, alert: alarm }", stack: muted,
            "at 7m, high sends nothing (suppressed: muted until 1 Jan 01:00 (backup)), not an alarm"),
        Row(
            "another rule is not muted", "{ at: 7m, rule: high, alert: alarm }",
            stack: "{ mute: [{ cron: '@daily', for: 1h, rules: [raised] }] }"),
        Row("notified when the mute ends", "{ at: 9m, rule: high, alert: alarm }", stack: until9),
        Row("and that it is over", "{ at: 11m, rule: high, alert: resolved }", stack: until9),
        Row("not notified at its beginning", "{ at: 7m, rule: high, alert: none }", stack: until9),
        Row("a receiver that was notified gets the end in a mute", "{ at: 11m, rule: high, alert: resolved }", stack: from9),
        Row(
            "one that was not notified does not", "{ at: 11m, rule: high, alert: resolved }", stack: muted,
            "at 11m, high sends nothing (the alarm was not notified), not that it is over"),
        Row("what gives way stands", "{ at: 8m, rule: raised, state: ALARM, since: 8m }"),
        Row("what gives way sends nothing", "{ at: 8m, rule: raised, alert: none }"),
        Row(
            "what gives way is said", "{ at: 8m, rule: raised, alert: alarm }",
            "at 8m, raised sends nothing (suppressed: inhibited by high), not an alarm"),
        Row("no data", "{ at: 7m, rule: slow, no_data: true }"),
        Row("no data, and which", "{ at: 7m, rule: slow, gap: no_series query_latency }"),
        Row("data after all", "{ at: 7m, rule: high, no_data: true }", "at 7m, high is ALARM and has data"),
        Row(
            "data expected", "{ at: 7m, rule: slow, no_data: false }",
            "at 7m, slow has insufficient data: no_series query_latency"),
        Row(
            "another gap", "{ at: 7m, rule: slow, gap: fact_not_set stage }",
            "at 7m, slow has insufficient data because of no_series query_latency, not fact_not_set stage"),
        Row(
            "a recommendation with its cost",
            "{ at: 7m, recommendation: { action: move, to: db.t4g.small, monthly_cost_after: $25.66 } }"),
        Row(
            "another cost", "{ at: 7m, recommendation: { action: move, monthly_cost_after: $30 } }",
            "at 7m, monthly_cost_after is $25.66, not $30.00"),
        Row(
            "an unknown cost", "{ at: 7m, recommendation: { action: move, monthly_cost_after_max: $30 } }",
            "at 7m, monthly_cost_after_max is unknown, not $30.00"),
        Row("several in one", "{ at: 7m, rule: high, state: ALARM, alert: alarm, episode: { start: 7m } }"),
        Row("an unknown rule", "{ at: 7m, rule: hihg, state: OK }", "at 7m, no rule 'hihg' for a database; did you mean 'high'?"),
        Row("since without a state", "{ at: 7m, rule: high, since: 7m }", "'since' needs 'state'"),
    ]

    @Test("an expectation holds, or says what came instead", arguments: rows)
    func expectation(_ row: Row) {
        #expect(Self.run(row.expectation, stack: row.stack).map(\.problem) == (row.problem.map { [$0] } ?? []))
    }

    @Test("what gives way speaks again when the rule above it is quiet")
    func speaksAgain() {
        let values = "70x4 90x4 70x4 50x4"
        #expect(Self.run("{ at: 3m, rule: raised, alert: alarm }", series: values).isEmpty)
        #expect(Self.run("{ at: 12m, rule: raised, state: ALARM, since: 3m }", series: values).isEmpty)
        // What began while the other rule was in ALARM is notified when that ends.
        #expect(Self.run("{ at: 11m, rule: raised, alert: alarm }", series: "50x4 90x4 70x4 50x4").isEmpty)
        #expect(Self.run("{ at: 16m, rule: raised, alert: resolved }", series: "50x4 90x4 70x4 50x4").map(\.problem) == [])
        #expect(Self.run("{ at: 16m, rule: raised, alert: resolved }", series: values).isEmpty)
    }

    @Test("a variable of the stack holds")
    func variables() {
        let failures = Self.run("{ at: 7m, rule: high, state: ALARM }", stack: "{ vars: { limit: 85% } }")
        #expect(failures.map(\.description) == ["s.yaml:5:22: one: unknown variable 'limit'"])
    }

    @Test("a failure shows its datapoints, in text and for CI")
    func report() throws {
        var report = ScenarioReport()
        report.add([Diagnostic(file: "b<.yaml", line: 3, column: 1, problem: "unknown key 'x' & more")], of: "b<.yaml")
        let text = """
            rules: [r.yaml]
            scenarios:
              - name: "a \\"name\\" \\u0007"
                resource: { id: db, kind: database, tier: db.t4g.micro }
                start: 2026-01-01T00:00:00Z
                interval: 1m
                series: { cpu: 50 _ 90x2 }
                expect: [{ at: 4m, rule: high, state: OK }]
            """
        for scenario in ScenarioFile.read(
            text, file: "s.yaml", metrics: ValidFiles.metrics, catalog: ValidFiles.catalog, services: ValidFiles.services
        ).scenarios {
            let failures = scenario.result(
                ruleFiles: [("r.yaml", Self.rules)], catalog: ValidFiles.catalog, services: ValidFiles.services,
                vocabulary: ValidFiles.vocabulary)
            report.add(scenario, failures)
        }
        #expect(
            report.text() == """
                b<.yaml:3:1: unknown key 'x' & more
                s.yaml:8: a "name" \u{7}: at 4m, high is ALARM, not OK
                    1m  50 %  not breaching
                    2m     -  missing
                    3m  90 %  breaching
                    4m  90 %  breaching
                    breaching is > 80 %; 2 of 2 datapoints of 1 min make an alarm
                0 passed, 2 failed

                """)
        let junit = report.junit()
        #expect(junit.contains("<testcase name=\"a &quot;name&quot; \u{FFFD}\" classname=\"s.yaml\" file=\"s.yaml\" line=\"3\">"))
        #expect(junit.contains("tests=\"2\" failures=\"2\""))
        #expect(junit.contains("b&lt;.yaml:3:1: unknown key 'x' &amp; more"))
    }

    @Test(
        "--filter looks at name, file, rules and resource",
        arguments: [("ONE", true), ("high", true), ("db", true), ("s.yaml", true), ("other", false)])
    func filter(_ text: String, _ isFound: Bool) throws {
        let file = """
            rules: [r.yaml]
            scenarios:
              - { name: one, resource: { id: db, kind: database }, start: 2026-01-01T00:00:00Z, expect: [{ at: 0, rule: high, no_data: true }] }
            """
        let read = ScenarioFile.read(
            file, file: "s.yaml", metrics: ValidFiles.metrics, catalog: ValidFiles.catalog, services: ValidFiles.services)
        #expect(try #require(read.scenarios.first).matches(text) == isFound)
    }
}
