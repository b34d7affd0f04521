import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

@Suite("Budget section of advisor.yaml")
struct BudgetSectionTests {
    @Test("everything that may stand there")
    func whole() throws {
        let read = try BundledFiles.stack(
            """
            budget:
              monthly: $50
              alert_at: [50%, 80%, 100%]
              forecast: true
              timezone: Asia/Seoul
              services: { AmazonRDS: $30 }
              accounts: { "011122223333": $20 }
            planned:
              - { service: rds, from: 2026-03-01, to: 2026-03-07, reason: load test }
              - { from: 2026-04-01 }
            """)
        #expect(read.diagnostics == [])
        let budget = try #require(read.value.budget)
        #expect(budget.zone == "Asia/Seoul" && budget.accounts == ["011122223333": 20] && budget.services == ["rds": 30])
        #expect(read.value.planned.map(\.service) == ["rds", nil])
        #expect(read.value.planned.first?.reason == "load test")
        #expect(read.value.planned.last?.to == nil)
    }

    @Test(
        "errors are named, with what would be right",
        arguments: [
            (
                "budget: { timezone: Asia/Soul }",
                "1:21: unknown time zone 'Asia/Soul'; did you mean 'Asia/Seoul'?; use a name such as Asia/Seoul, or UTC"
            ),
            ("budget: { alert_at: [5000%] }", "1:22: 'alert_at' must be between 0.1% and 1000%"),
            (
                "budget: { accounts: { prod: $5 } }",
                "1:23: invalid account 'prod'; use twelve digits, quoted where they begin with 0"
            ),
            ("budget: { presett: guide-prod }", "1:11: unknown key 'presett'; did you mean 'preset'?"),
            ("planned: [{ service: rdz, from: 2026-03-01 }]", "1:22: unknown service 'rdz'; did you mean 'rds'?"),
            ("planned: [{ service: rds, from: 2026-03-07, to: 2026-03-01 }]", "1:49: 'to' is before 'from'"),
            ("planned: [{ service: rds }]", "1:11: 'from' is missing"),
            ("planned: [{ from: 2026-02-30 }]", "1:19: invalid date '2026-02-30'; use 2026-02-01"),
        ])
    func errors(_ text: String, _ expected: String) throws {
        let read = try BundledFiles.stack(text)
        #expect(read.diagnostics.map(\.description) == ["advisor.yaml:\(expected)"])
        #expect(read.value.planned == [])
    }

    @Test(
        "every preset of the guide gives a budget with its total",
        arguments: [
            ("guide-dev", "$32.00"), ("guide-prod", "$92.00"), ("guide-startup", "$30.00"), ("guide-mvp", "$20.00"),
            ("guide-launch", "$50.00"),
        ])
    func presets(_ name: String, _ total: String) throws {
        let read = try BundledFiles.stack("budget: { preset: \(name) }")
        #expect(read.diagnostics == [])
        let budgets = Budget.all(of: read.value, services: try BundledFiles.services())
        #expect(budgets.first?.limit.description == total && budgets.first?.name == "monthly")
    }
}
