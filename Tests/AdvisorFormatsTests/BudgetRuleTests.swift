import AdvisorCore
import AdvisorFormats
import Testing

/// The budget and the variables of advisor.yaml in the built-in rules on money.
@Suite("Budget and variables in built-in rules")
struct BudgetRuleTests {
    private static func rules(_ stack: String) throws -> (titles: [String: String], diagnostics: [String]) {
        let read = try BundledFiles.stack(stack)
        let files = try BundledFiles.yaml(in: "rules").map { (file: $0, text: try BundledFiles.text($0)) }
        let rules = RuleFile(vocabulary: try BundledFiles.vocabulary(), catalog: try BundledFiles.catalog())
            .read(files, settings: read.value.language)
        return (
            Dictionary(rules.rules.map { ($0.id, $0.title) }, uniquingKeysWith: { first, _ in first }),
            (read.diagnostics + rules.diagnostics).filter { !$0.isNote }.map(\.description)
        )
    }

    struct Row: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var stack: String
        var limit: String
    }

    static let rows = [
        Row(testDescription: "without a budget the guide's $50", stack: "{}", limit: "$50"),
        Row(testDescription: "the monthly budget", stack: "budget: { monthly: $80 }", limit: "$80"),
        Row(testDescription: "a budget with cents", stack: "budget: { monthly: $79.90 }", limit: "$79.9"),
        Row(testDescription: "the total of the preset", stack: "budget: { preset: guide-prod }", limit: "$92"),
        Row(
            testDescription: "the monthly budget before the preset", stack: "budget: { monthly: $60, preset: guide-prod }",
            limit: "$60"),
        Row(
            testDescription: "the variable before the budget", stack: "budget: { monthly: $80 }\nvars: { charges_limit: $70 }",
            limit: "$70"),
        Row(
            testDescription: "a budget of services alone changes no total", stack: "budget: { services: { rds: $30 } }",
            limit: "$50"),
    ]

    @Test("both rules on charges have the limit of advisor.yaml", arguments: rows)
    func limit(_ row: Row) throws {
        let (titles, diagnostics) = try Self.rules(row.stack)
        #expect(diagnostics == [])
        #expect(titles["monthly-charges-over-50"] == "Estimated charges over \(row.limit)")
        #expect(titles["month-end-over-50"] == "Month end expected over \(row.limit)")
    }

    @Test("rules without the variable, or with one of another kind, do not mind the budget")
    func otherRules() throws {
        let stack = try BundledFiles.stack("budget: { monthly: $80 }").value
        for text in [
            "rules:\n  - { id: a, title: A, applies_to: database, when: avg(cpu) > 80% }\n",
            "vars: { charges_limit: 80% }\nrules:\n  - { id: a, title: A, applies_to: database, when: avg(cpu) > charges_limit }\n",
        ] {
            let read = RuleFile(vocabulary: try BundledFiles.vocabulary(), catalog: try BundledFiles.catalog())
                .read([("r.yaml", text)], settings: stack.language)
            #expect(read.diagnostics.map(\.description) == [])
        }
    }

    @Test("the amount of credits that expire is a variable")
    func credits() throws {
        let (_, diagnostics) = try Self.rules("vars: { credits_lost_limit: $100 }")
        #expect(diagnostics == [])
    }
}
