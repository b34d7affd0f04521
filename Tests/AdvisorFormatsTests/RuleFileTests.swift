import AdvisorCore
import AdvisorFormats
import Testing

@Suite("Rule files")
struct RuleFileTests {
    @Test("ten errors, ten places")
    func tenErrors() throws {
        let text = """
            rules:
              - id: cpu-high
                title: CPU
                applies_to: datbase
                when: avg(cpuu) > 80%
                fore: 5m
              - id: Storage High
                title: Storage
                applies_to: database
                where: "name == 'prod' and allocated_storage > 5m"
                when: 'avg(cpu) > 15GB'
                period: 90s
                missing: ignored
                recommend: { move_to: db.t4g.smal }
                summary: "{value} over {fro}"
            """
        let found = try BundledFiles.rules([("r.yaml", text)]).diagnostics.map(\.description)
        #expect(
            found == [
                "r.yaml:4:17: unknown kind 'datbase'; did you mean 'database'?",
                "r.yaml:5:15: unknown metric 'cpuu' in 'avg(cpuu) > 80%'; did you mean 'cpu'?",
                "r.yaml:6:5: unknown key 'fore'; did you mean 'for'?",
                "r.yaml:7:9: invalid id 'Storage High'; use kebab-case, such as cpu-high",
                "r.yaml:10:50: cannot compare bytes with a time in 'name == 'prod' and allocated_storage > 5m'",
                "r.yaml:11:21: cannot compare a ratio with bytes in 'avg(cpu) > 15GB'; did you mean 'storage_used'?",
                "r.yaml:12:13: 'period' must be a whole number of minutes",
                "r.yaml:13:14: unknown treatment of missing data 'ignored'; did you mean 'ignore'?",
                "r.yaml:14:27: unknown tier 'db.t4g.smal'; did you mean 'db.t4g.small'?",
                "r.yaml:15:28: unknown placeholder '{fro}'; expected one of: {value} {threshold} {for} {resource} {since}",
            ])
    }

    struct InvalidCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// Lines of a rule besides id, title and applies_to; its first is line 5.
        let rule: String
        let expected: [String]

        init(_ name: String, _ rule: String, _ expected: String...) {
            (testDescription, self.rule, self.expected) = (name, rule, expected)
        }
    }

    static let brokenRules = [
        InvalidCase("no condition", "period: 1m", "r.yaml:2:5: 'when' is missing"),
        InvalidCase(
            "a key without a value", "when: avg(cpu) > 80%\nwhere:",
            "r.yaml:6:5: 'where' has no value; set one or remove the key"),
        InvalidCase(
            "a condition without a value is named once", "when:",
            "r.yaml:5:5: 'when' has no value; set one or remove the key"),
        InvalidCase(
            "both for and datapoints", "when: avg(cpu) > 80%\nfor: 5m\ndatapoints: 4 of 5",
            "r.yaml:7:17: 'for' and 'datapoints' exclude each other; keep one"),
        InvalidCase(
            "more of fewer", "when: avg(cpu) > 80%\ndatapoints: 5 of 4",
            "r.yaml:6:17: invalid value '5 of 4'; use 4 of 5, at most 10000"),
        InvalidCase(
            "facts alone know no periods", "when: multi_az == false\nperiod: 5m\nmissing: ignore",
            "r.yaml:6:13: 'period' has no effect: 'when' uses facts only, and those have no datapoints",
            "r.yaml:7:14: 'missing' has no effect: 'when' uses facts only, and those have no datapoints"),
        InvalidCase(
            "a period of no time", "when: avg(cpu) > 80%\nperiod: 0.1ms",
            "r.yaml:6:13: invalid duration '0.1ms'; use 5m, 1h or 30d"),
        InvalidCase(
            "longer than anyone lives", "when: avg(cpu) > 80%\nfor: 4000d",
            "r.yaml:6:10: invalid duration '4000d'; use 5m, 1h or 30d"),
        InvalidCase(
            "more datapoints than are looked at", "when: avg(cpu) > 80%\nfor: 3000d",
            "r.yaml:6:10: 'for' spans more than 10000 datapoints; use a longer 'period'"),
        InvalidCase("a block", "when: |\n  avg(cpu) > 80%", "r.yaml:5:11: expressions must be on one line (no '|' or '>')"),
        InvalidCase(
            "two lines", "when: avg(cpu) > 80%\n  and max(cpu) > 90%",
            "r.yaml:5:11: expressions must be on one line (no '|' or '>')"),
        InvalidCase(
            "two quoted lines", "when: 'avg(cpu) > 80%\n  and max(cpu) > 90%'",
            "r.yaml:5:11: expressions must be on one line (no '|' or '>')"),
        InvalidCase(
            "within single quotes", "when: 'name == ''x'' or agv(cpu) > 80%'",
            "r.yaml:5:29: unknown function 'agv' in 'name == 'x' or agv(cpu) > 80%'; did you mean 'avg'?"),
        InvalidCase(
            "within double quotes, after escapes", #"when: "\"a\" in wants and agv(cpu) > 80%""#,
            #"r.yaml:5:31: unknown function 'agv' in '"a" in wants and agv(cpu) > 80%'; did you mean 'avg'?"#),
        InvalidCase(
            "after letters of other scripts", "when: \"name == \\\"운영\\\" and agv(cpu) > 80%\"",
            #"r.yaml:5:31: unknown function 'agv' in 'name == "운영" and agv(cpu) > 80%'; did you mean 'avg'?"#),
        InvalidCase(
            "never", "when: avg(cpu) > 100%", "r.yaml:5:11: 'avg(cpu) > 100%' can never hold: a share is never above 100 %"),
        InvalidCase(
            "always", "when: avg(cpu) >= 0%", "r.yaml:5:11: 'avg(cpu) >= 0%' always holds: a measurement is never below zero"),
        InvalidCase(
            "never, turned round", "when: 100% < avg(cpu)",
            "r.yaml:5:11: '100% < avg(cpu)' can never hold: a share is never above 100 %"),
        InvalidCase(
            "never, joined", "when: avg(cpu) > 80% and avg(cpu) < 70%",
            "r.yaml:5:11: 'avg(cpu) > 80% and avg(cpu) < 70%' can never hold: no value of avg(cpu) does"),
        InvalidCase(
            "never, among others", "when: avg(cpu) > 80% and connections > 5 and not avg(cpu) > 70%",
            "r.yaml:5:11: 'avg(cpu) > 80% and connections > 5 and not avg(cpu) > 70%' can never hold: no value of avg(cpu) does"),
        InvalidCase(
            "always, joined", "when: avg(cpu) > 20% or avg(cpu) < 50%",
            "r.yaml:5:11: 'avg(cpu) > 20% or avg(cpu) < 50%' always holds: every value of avg(cpu) does"),
        InvalidCase(
            "numbers alone", "when: 1 > 2", "r.yaml:5:11: '1 > 2' can never hold: nothing measured decides it"),
        InvalidCase(
            "an end that never comes", "when: avg(cpu) > 80%\nclear: avg(cpu) > 90%",
            "r.yaml:6:12: 'avg(cpu) > 90%' holds only where 'avg(cpu) > 80%' does, so it never ends an alarm"),
        InvalidCase(
            "an end that is impossible", "when: avg(cpu) > 80%\nclear: avg(cpu) < 0%\nmissing: breaching",
            "r.yaml:6:12: 'avg(cpu) < 0%' can never hold: a measurement is never below zero"),
        InvalidCase(
            "an unknown tier", "when: avg(cpu) > 80%\nwhere: 'tier == \"db.t4g.mirco\"'",
            "r.yaml:6:21: unknown tier 'db.t4g.mirco' in 'tier == \"db.t4g.mirco\"'; did you mean 'db.t4g.micro'?"),
        InvalidCase(
            "an unknown stage", "when: avg(cpu) > 80%\nwhere: 'stage in [\"mvp\", \"scale\"]'",
            "r.yaml:6:30: unknown stage 'scale' in 'stage in [\"mvp\", \"scale\"]'; expected one of: mvp, launch, growth"),
        InvalidCase(
            "nearly an engine", "when: avg(cpu) > 80%\nwhere: 'engine == \"postgress\"'",
            "r.yaml:6:23: unknown engine 'postgress' in 'engine == \"postgress\"'; did you mean 'postgres'?"),
        InvalidCase(
            "over nothing", "when: avg(cpu) / (2 - 2) > 80%",
            "r.yaml:5:20: division by zero in 'avg(cpu) / (2 - 2) > 80%'"),
        InvalidCase(
            "a thousand words", "when: \(Array(repeating: "avg(cpu) > 80%", count: 2000).joined(separator: " or "))",
            "r.yaml:5:2582: expression too long in '\(Array(repeating: "avg(cpu) > 80%", count: 20).joined(separator: " or ").prefix(200))…'; at most 1000 words and signs are allowed"
        ),
        InvalidCase(
            "two actions", "when: avg(cpu) > 80%\nrecommend: { move_to: db.t4g.small, add_replica: 1 }",
            "r.yaml:6:16: 'recommend' takes one action; use 'any_of' for several"),
        InvalidCase(
            "no action", "when: avg(cpu) > 80%\nrecommend: {}",
            "r.yaml:6:16: 'recommend' needs an action, such as { move_to: db.t4g.small }"),
        InvalidCase(
            "an unknown action", "when: avg(cpu) > 80%\nrecommend: { moveto: db.t4g.small }",
            "r.yaml:6:18: unknown key 'moveto'; did you mean 'move_to'?"),
        InvalidCase(
            "a word for an action", "when: avg(cpu) > 80%\nrecommend: db.t4g.small",
            "r.yaml:6:16: 'recommend' must be a mapping with move_to, move_up, plan, grow_storage, …"),
        InvalidCase(
            "growing by nothing", "when: avg(cpu) > 80%\nrecommend: { grow_storage: 0GiB }",
            "r.yaml:6:32: invalid size '0GiB'; use 10GiB"),
        InvalidCase(
            "not doing it", "when: avg(cpu) > 80%\nrecommend: { enable_multi_az: false }",
            "r.yaml:6:35: invalid value 'false'; use true"),
        InvalidCase(
            "a factor of one", "when: avg(cpu) > 80%\nrecommend: { raise_capacity: 1x }",
            "r.yaml:6:34: invalid factor '1x'; use 2x"),
        InvalidCase(
            "any of nothing", "when: avg(cpu) > 80%\nrecommend: { any_of: [] }", "r.yaml:6:26: 'any_of' needs a list of actions"),
        InvalidCase(
            "any of an unknown tier", "when: avg(cpu) > 80%\nrecommend: { any_of: [ { plan: db.t4g.smal } ] }",
            "r.yaml:6:36: unknown tier 'db.t4g.smal'; did you mean 'db.t4g.small'?"),
        InvalidCase(
            "an open placeholder", "when: avg(cpu) > 80%\nsummary: \"CPU {value\"",
            "r.yaml:6:19: unknown placeholder '{value'; expected one of: {value} {threshold} {for} {resource} {since}"),
        InvalidCase("a list for a cite", "when: avg(cpu) > 80%\ncite: [1.1]", "r.yaml:6:11: expected text"),
    ]

    @Test("an error in a rule", arguments: brokenRules)
    func error(_ row: InvalidCase) throws {
        let body = row.rule.split(separator: "\n").map { "    \($0)\n" }.joined()
        let text = "rules:\n  - id: a\n    title: A\n    applies_to: database\n" + body
        let read = try BundledFiles.rules([("r.yaml", text)])
        #expect(read.diagnostics.map(\.description) == row.expected)
        #expect(read.rules.isEmpty)
    }

    static let brokenFiles = [
        InvalidCase("no YAML", "rules:\n  - id: [a", "r.yaml:3:1: invalid YAML: did not find expected ',' or ']'"),
        InvalidCase(
            "a half-quoted expression", "rules:\n  - id: a\n    when: \"aws\" in wants",
            "r.yaml:3:17: invalid YAML: did not find expected key; quote an expression that begins with \""),
        InvalidCase(
            "a key twice", "rules:\n  - id: a\n    when: avg(cpu) > 80%\n    # why\n    when: avg(cpu) > 90%",
            "r.yaml:5:5: duplicate key 'when'"),
        InvalidCase(
            "a key twice on a line", "rules: [{ id: a, id: b }]",
            "r.yaml:1:11: duplicate key 'id'"),
        InvalidCase(
            "a character that is none", "rules:\n  - id: \u{1}a",
            "r.yaml:2:9: invalid text: control characters are not allowed"),
        InvalidCase("nothing", "", "r.yaml: empty file"),
        InvalidCase("comments alone", "# rules\n", "r.yaml: empty file"),
        InvalidCase("a word", "rules", "r.yaml:1:1: a rule file must be a mapping with rules, vars"),
        InvalidCase("another file", "resources: []", "r.yaml:1:1: unknown key 'resources'", "r.yaml:1:1: 'rules' is missing"),
        InvalidCase("a mapping of rules", "rules: { a: b }", "r.yaml:1:8: expected a list of rules"),
        InvalidCase("two documents", "rules: []\n---\nrules: []", "r.yaml:2:1: invalid YAML: but found another document"),
        InvalidCase(
            "deeper than anyone writes", "rules: " + String(repeating: "[", count: 2000),
            "r.yaml:1:9: invalid YAML: Maximum nesting level reached, set with yaml_set_max_nest_level())"),
    ]

    @Test("a file that cannot be read loses only itself", arguments: brokenFiles)
    func unreadable(_ row: InvalidCase) throws {
        let good = "rules: [{ id: good, title: Good, applies_to: database, when: avg(cpu) > 80% }]"
        let read = try BundledFiles.rules([("r.yaml", row.rule), ("good.yaml", good)])
        #expect(read.diagnostics.map(\.description) == row.expected)
        #expect(read.rules.map(\.id) == ["good"])
    }

    @Test("a broken rule loses only itself; an id stands once over all files; a twin is worth a note")
    func together() throws {
        let first = """
            rules:
              - { id: a, title: A, applies_to: database, when: avg(cpu) > 80% }
              - { id: b, title: B, applies_to: database, when: avg(cpu) >> 80% }
            """
        let second = """
            rules:
              - { id: a, title: A, applies_to: database, when: avg(cpu) > 70% }
              - { id: c, title: C, applies_to: database, when: avg(cpu) > 80% }
              - { id: d, title: D, applies_to: api, when: avg(cpu) > 60% }
            """
        let read = try BundledFiles.rules([("1.yaml", first), ("2.yaml", second)])
        #expect(read.rules.map(\.id) == ["a", "c", "d"])
        #expect(
            read.diagnostics.map(\.description) == [
                "1.yaml:3:62: expected a value before '>' in 'avg(cpu) >> 80%'",
                "2.yaml:2:11: duplicate rule 'a'; it is already in 1.yaml:2",
                "2.yaml:3:11: note: 'c' has the same condition and recommendation as 'a'",
                "2.yaml:4:47: note: 'cpu' is a metric of database; a resource of kind api needs 'metrics:' in the stack file for it",
            ])
    }

    @Test(
        "what may be meant is only noted",
        arguments: [
            (
                "when: avg(cpu) > 120% or connections > 5",
                "r.yaml:5:11: note: 'avg(cpu) > 120%' can never hold: a share is never above 100 %"
            ),
            (
                "when: avg(cpu, 1m) > 80%",
                "r.yaml:5:11: note: 'avg(cpu, 1m)' has a window shorter than the period of 5 min; the period is used"
            ),
        ])
    func noted(_ line: String, _ note: String) throws {
        let read = try BundledFiles.rules([("r.yaml", "rules:\n  - id: a\n    title: A\n    applies_to: database\n    \(line)")])
        #expect(read.diagnostics.map(\.description) == [note])
        #expect(read.rules.count == 1)
    }

    @Test(
        "what only seems impossible loads without a word",
        arguments: [
            "when: avg(cpu) < 0%\n    missing: breaching", "when: min(replica_lag) < 0s", "when: max(replica_lag) == -1s",
            "when: min(storage_used) < 0GB", "when: change(cpu, 1h) < -10%", "when: sum(cpu, 1h) > 500%",
            "when: is_on and avg(cpu) > 80%", "when: avg(cpu) > 80%\n    where: is_on == true and tier == mine",
        ])
    func possible(_ lines: String) throws {
        let text =
            "vars: { is_on: false, mine: '\"db.t4g.micro\"' }\nrules:\n  - id: a\n    title: A\n    applies_to: database\n    \(lines)"
        let read = try BundledFiles.rules([("r.yaml", text)])
        #expect(read.diagnostics.filter { !$0.problem.hasPrefix("unused variable") } == [])
        #expect(read.rules.count == 1)
    }

    @Test("what asks the same of other lengths or severities is no twin")
    func noTwins() throws {
        let text = """
            rules:
              - { id: a, title: A, applies_to: database, when: avg(cpu) > 80% }
              - { id: b, title: B, applies_to: database, when: avg(cpu) > 80%, for: 1h }
              - { id: c, title: C, applies_to: database, when: avg(cpu) > 80%, severity: critical }
              - { id: d, title: D, applies_to: database, when: avg(cpu) > 80%, clear: avg(cpu) < 60% }
            """
        #expect(try BundledFiles.rules([("r.yaml", text)]).diagnostics == [])
    }

    @Test("giving way in circles and in long chains")
    func circles() throws {
        let chain = (0..<500).map { number in
            "  - { id: r-\(number), title: A, applies_to: database, when: avg(cpu) > 80%, period: \(number + 10)m, unless_alarm: r-\(number + 1) }"
        }
        let rest = [
            "  - { id: r-500, title: A, applies_to: database, when: avg(cpu) > 80%, unless_alarm: x }",
            "  - { id: x, title: A, applies_to: database, when: avg(cpu) > 81%, unless_alarm: y }",
            "  - { id: y, title: A, applies_to: database, when: avg(cpu) > 82%, unless_alarm: x }",
        ]
        let read = try BundledFiles.rules([("r.yaml", (["rules:"] + chain + rest).joined(separator: "\n"))])
        #expect(
            read.diagnostics.map(\.description) == [
                "r.yaml:503:82: inhibition cycle: x → y → x", "r.yaml:504:82: inhibition cycle: y → x → y",
            ])
    }

    @Test("every key arrives")
    func everyKey() throws {
        let text = """
            \u{FEFF}rules:\r
              - id: a-1
                title: CPU above 80 %
                applies_to: database
                where: tier == "db.t4g.micro"
                when: avg(cpu) > 80%
                period: 1m
                for: 5m
                missing: not_breaching
                clear: avg(cpu) < 70%
                keep_firing_for: 15m
                severity: critical
                recommend: { any_of: [ { grow_storage: 10GiB }, { move_to: db.t4g.small }, { raise_capacity: 1.5x }, { enable_multi_az: true } ] }
                summary: "{resource}: {value} over {for} since {since}, not {threshold}"
                cite: 7.2
              - { id: b, title: B, applies_to: api, when: p95(api_latency) >= 200ms, datapoints: 4 of 5, recommend: { plan: db.t4g.small } }
              - { id: c, title: C, applies_to: database, when: avg(swap_usage) > 1GB, optional: true, recommend: { move_up: true } }
            """
        let read = try BundledFiles.rules([("r.yaml", text)])
        #expect(read.diagnostics == [])
        let rule = try #require(read.rules.first)
        #expect(rule.condition?.text == "tier == \"db.t4g.micro\"")
        #expect(rule.when.text == "avg(cpu) > 80%")
        #expect(rule.clear?.text == "avg(cpu) < 70%")
        #expect(rule.sustain == Sustain(period: .seconds(60), duration: .seconds(300)))
        #expect(rule.missing == .notBreaching)
        #expect(rule.keepFiringFor == .seconds(900))
        #expect(rule.severity == .critical)
        #expect(
            rule.recommend
                == .anyOf([
                    .growStorage(bytes: 10_737_418_240), .move(to: "db.t4g.small"), .raiseCapacity(factor: 1.5), .enableMultiAZ,
                ]))
        #expect(rule.cite == "7.2")
        #expect((rule.file, rule.line) == ("r.yaml", 2))
        let third = try #require(read.rules.last)
        #expect(third.isOptional && third.recommend == .moveUp && !rule.isOptional)
        let second = read.rules[1]
        #expect(second.sustain == Sustain(datapoints: Sustain.Datapoints(toAlarm: 4, evaluated: 5)))
        #expect(second.missing == .missing && second.severity == .warning && second.recommend == .plan("db.t4g.small"))
    }
}
