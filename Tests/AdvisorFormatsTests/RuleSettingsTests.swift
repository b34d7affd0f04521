import AdvisorCore
import Testing

@testable import AdvisorFormats

@Suite("Rule settings: variables, mutes, inhibition")
struct RuleSettingsTests {
    private static let rules = """
        vars: { cpu_limit: 80%, spare: 5 }
        rules:
          - id: a
            title: CPU above {cpu_limit}
            applies_to: database
            when: avg(cpu) > cpu_limit
            summary: "{value} is over {cpu_limit}"
          - { id: b, title: B, applies_to: database, when: max(cpu) > 90%, unless_alarm: a }
        """

    private static func read(_ rules: String, _ stack: String = "{}") -> (rules: [Rule], stack: Stack, diagnostics: [String]) {
        let stack = StackFile.read(stack, file: "advisor.yaml", catalog: ValidFiles.catalog, services: ValidFiles.services)
        let read = RuleFile(vocabulary: ValidFiles.vocabulary, catalog: ValidFiles.catalog)
            .read([("r.yaml", rules)], settings: stack.value.language)
        return (read.rules, stack.value, (stack.diagnostics + read.diagnostics).map(\.description))
    }

    @Test("a variable has its file's value, or the stack file's, in expressions, title and summary")
    func variables() {
        let plain = Self.read(Self.rules)
        #expect(plain.diagnostics == ["r.yaml:1:25: note: unused variable 'spare'"])
        #expect(plain.rules.map(\.title) == ["CPU above 80 %", "B"])
        #expect(plain.rules.first?.summary == "{value} is over 80 %")
        let other = Self.read(Self.rules, "vars: { cpu_limit: 85% }")
        #expect(other.rules.first?.title == "CPU above 85 %")
        #expect(other.rules.first?.when.variables.map(\.text) == ["85%"])
        // What was evaluated by the old value is evaluated anew.
        #expect(other.rules.first?.definition != plain.rules.first?.definition)
        #expect(other.rules.last?.definition == plain.rules.last?.definition)
    }

    struct InvalidCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var rules = RuleSettingsTests.rules
        var stack = "{}"
        let expected: [String]

        init(_ name: String, rules: String = RuleSettingsTests.rules, stack: String = "{}", _ expected: String...) {
            (testDescription, self.rules, self.stack, self.expected) = (name, rules, stack, expected)
        }
    }

    private static func rule(_ vars: String, _ when: String, more: String = "") -> String {
        "vars: \(vars)\nrules:\n  - { id: a, title: A, applies_to: database, when: \(when)\(more) }\n"
    }

    static let errors = [
        InvalidCase(
            "an unknown variable", stack: "vars: { cpu_limt: 85% }",
            "advisor.yaml:1:9: unknown variable 'cpu_limt'; did you mean 'cpu_limit'?"),
        InvalidCase(
            "a variable of another unit", stack: "vars: { cpu_limit: 15GB }",
            "advisor.yaml:1:9: 'cpu_limit' is bytes here and a ratio in r.yaml:1"),
        InvalidCase(
            "a value without its unit", stack: "vars: { cpu_limit: 85 }",
            "advisor.yaml:1:9: 'cpu_limit' is a plain number here and a ratio in r.yaml:1"),
        InvalidCase(
            "a value that is none", stack: "vars: { cpu_limit: high }",
            "advisor.yaml:1:20: invalid value in 'high'; use a number with its unit, such as 80%, or a text in quotes"),
        InvalidCase(
            "a value that makes a rule impossible", stack: "vars: { cpu_limit: 120% }",
            "r.yaml:6:11: 'avg(cpu) > cpu_limit' can never hold: a share is never above 100 %, where cpu_limit is 120%"),
        InvalidCase(
            "an unknown rule", stack: "disable: [aa, bbb]", "advisor.yaml:1:11: unknown rule 'aa'; did you mean 'a'?",
            "advisor.yaml:1:15: unknown rule 'bbb'"),
        InvalidCase(
            "a mute of an unknown rule", stack: "mute: [{ cron: '@daily', for: 1h, rules: [cc] }]",
            "advisor.yaml:1:43: unknown rule 'cc'"),
        InvalidCase(
            "a mute without its length", stack: "mute: [{ cron: 0 25 * * *, zone: Asia/Seol }]",
            "advisor.yaml:1:8: 'for' is missing", "advisor.yaml:1:16: invalid cron '0 25 * * *': invalid hour '25'; use 0 to 23",
            "advisor.yaml:1:34: unknown time zone 'Asia/Seol'; use a name such as Asia/Seoul, or UTC"),
        InvalidCase(
            "an empty mute", stack: "mute: [{ reason: x }]",
            "advisor.yaml:1:8: a mute needs 'cron' and 'for', or 'from' and 'until'"),
        InvalidCase(
            "a mute that ends before it begins", stack: "mute: [{ from: 2026-04-02T00:00:00Z, until: 2026-04-01T00:00:00Z }]",
            "advisor.yaml:1:45: 'until' is not after 'from'"),
        InvalidCase(
            "a mute for ever", stack: "mute: [{ cron: '@daily', for: 99d }]",
            "advisor.yaml:1:31: 'for' must be between 1m and 31d"),
        InvalidCase(
            "the name of a metric", rules: rule("{ cpu: 80% }", "avg(cpu) > 80%"),
            "r.yaml:1:9: 'cpu' is already a metric; rename the variable"),
        InvalidCase(
            "a name that is none", rules: rule("{ CPU-limit: 80% }", "avg(cpu) > 80%"),
            "r.yaml:1:9: invalid name 'CPU-limit'; use snake_case, such as cpu_limit"),
        InvalidCase(
            "a variable of the wrong unit in an expression", rules: rule("{ limit: 15GB }", "avg(cpu) > limit"),
            "r.yaml:3:61: cannot compare a ratio with bytes in 'avg(cpu) > limit'; did you mean 'storage_used'?"),
        InvalidCase(
            "a misspelt variable", rules: rule("{ cpu_limit: 80% }", "avg(cpu) > cpu_limt"),
            "r.yaml:3:63: unknown name 'cpu_limt' in 'avg(cpu) > cpu_limt'; did you mean 'cpu_limit'?"),
        InvalidCase(
            "a rule gives way to itself", rules: rule("{}", "avg(cpu) > 80%", more: ", unless_alarm: a"),
            "r.yaml:3:82: inhibition cycle: a → a"),
        InvalidCase(
            "a rule gives way to none that there is", rules: rule("{}", "avg(cpu) > 80%", more: ", unless_alarm: aa"),
            "r.yaml:3:82: unknown rule 'aa'; did you mean 'a'?"),
        InvalidCase(
            "a rule gives way to one of another kind",
            rules: rule("{}", "avg(cpu) > 80%", more: ", unless_alarm: p")
                + "  - { id: p, title: P, applies_to: project, when: stage == \"mvp\" }\n",
            "r.yaml:3:82: 'p' applies to project, 'a' to database; both must apply to the same kind"),
    ]

    @Test("an error has its place and its words", arguments: errors)
    func error(_ row: InvalidCase) {
        #expect(Self.read(row.rules, row.stack).diagnostics.filter { !$0.contains(": note: ") } == row.expected)
    }

    @Test("mutes, disabled rules and packs are read")
    func stack() throws {
        let stack = Self.read(
            Self.rules,
            """
            disable: [b]
            packs: [team/rules]
            mute:
              - { cron: 0 2 * * sun, for: 2h, zone: Asia/Seoul, rules: [a], reason: backups }
              - { from: 2026-04-01T00:00:00Z, until: 2026-04-02T00:00:00Z, resources: [db], severities: [info, warning] }
            """)
        #expect(stack.diagnostics.allSatisfy { $0.contains(": note: ") })
        let language = stack.stack.language
        #expect(language.disabled.map(\.name) == ["b"] && language.packs.map(\.name) == ["team/rules"])
        #expect(language.mutes.map(\.rules) == [["a"], []] && language.mutes.map(\.reason) == ["backups", nil])
        let rule = try #require(stack.rules.first)
        // 02:00 on a Sunday in Seoul is 17:00 UTC the day before.
        #expect(language.mutes.isMuted(rule: rule, resource: "x", at: try #require(Timestamp(text: "2026-03-07T17:30:00Z"))))
        #expect(language.mutes.isMuted(rule: rule, resource: "db", at: try #require(Timestamp(text: "2026-04-01T12:00:00Z"))))
        #expect(!language.mutes.isMuted(rule: rule, resource: "x", at: try #require(Timestamp(text: "2026-04-01T12:00:00Z"))))
    }
}
