import AdvisorCore
@testable import AdvisorStore
import Foundation
import Testing

@Suite("Budgets in the evaluation pass")
struct BudgetPassTests {
    private static let march = Timestamp(text: "2026-03-01T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let key = SeriesKey(
        namespace: "AWS/Billing", name: "EstimatedCharges", dimensions: [SeriesKey.Dimension("Currency", "USD")])

    private static func project(_ budget: Stack.Budget?) -> Project {
        var stack = Stack()
        stack.budget = budget
        return Project(
            rules: [], stack: stack, catalog: Catalog(region: "test", tiers: []),
            vocabulary: Vocabulary(metrics: MetricCatalog()), services: ServiceCatalog())
    }

    /// So much a day, six-hourly, from 1 March up to a day.
    private static func ingest(_ store: Store, rate: Double, days: Int) throws {
        let entries = (0..<(days * 4)).map { number in
            var sample = Sample(start: march + .seconds(Int64(number) * 21_600), period: .seconds(21_600), unit: .usDollars)
            sample.maximum = Double(number % 124) * rate / 4
            return Entry(key: key, sample: sample)
        }
        try store.ingest(entries)
    }

    private static func evaluate(_ store: Store, _ project: Project, day: Int) throws -> EvaluationPass.Result {
        try EvaluationPass(store: store, project: project, now: march + .seconds(Int64(day) * 86_400)).evaluate()
    }

    @Test("a step is told once, the same evaluation twice tells and records nothing")
    func once() throws {
        let file = try TemporaryStore()
        let store = try file.open()
        let project = Self.project(Stack.Budget(monthly: 50))
        try Self.ingest(store, rate: 3, days: 40)
        func rows() throws -> String { try file.sql("SELECT * FROM budgetStep") }
        #expect(
            try Self.evaluate(store, project, day: 9).budgetChanges.map(\.key) == [
                "budget/monthly/2026-03/500", "budget/monthly/2026-03/forecast",
            ])
        let recorded = try rows()
        #expect(try Self.evaluate(store, project, day: 9).budgetChanges.isEmpty)
        #expect(try rows() == recorded && !recorded.isEmpty)
        #expect(try Self.evaluate(store, project, day: 18).budgetChanges.map(\.key) == ["budget/monthly/2026-03/1000"])
        #expect(try Self.evaluate(store, project, day: 30).budgetChanges.isEmpty)
        let memory = try store.budgetMemory()
        #expect(memory.map { $0.steps.keys.sorted() } == [[500, 800, 1000]])
    }

    @Test("an evaluation as of an earlier instant records nothing of budgets")
    func earlier() throws {
        let store = try Store(path: nil, create: true, exists: false)
        try Self.ingest(store, rate: 3, days: 40)
        _ = try Self.evaluate(store, Self.project(nil), day: 30)
        #expect(try Self.evaluate(store, Self.project(Stack.Budget(monthly: 50)), day: 20).isRecorded == false)
        #expect(try store.budgetMemory().isEmpty)
    }

    @Test("the report tells what an evaluation would, and records nothing")
    func report() throws {
        let store = try Store(path: nil, create: true, exists: false)
        try Self.ingest(store, rate: 1, days: 20)
        let now = Self.march + .seconds(20 * 86_400)
        let result = try EvaluationPass(store: store, project: Self.project(Stack.Budget(monthly: 50)), now: now).report()
        let money = try #require(result.report.money)
        #expect(money.spent?.exact == "19.75" && money.source == .estimatedCharges)
        #expect(money.budgets.map(\.budget.name) == ["monthly"])
        let forecast = try #require(money.forecast)
        #expect(
            forecast.expected.cents == "31.00" || abs(NSDecimalNumber(decimal: forecast.expected.amount).doubleValue - 31) < 0.1)
        #expect(try store.budgetMemory().isEmpty)
    }

    @Test("a limit that was raised begins anew")
    func raised() throws {
        let store = try Store(path: nil, create: true, exists: false)
        try Self.ingest(store, rate: 3, days: 40)
        _ = try Self.evaluate(store, Self.project(Stack.Budget(monthly: 50)), day: 18)
        let changes = try Self.evaluate(store, Self.project(Stack.Budget(monthly: 90)), day: 19).budgetChanges
        #expect(changes.map(\.key) == ["budget/monthly/2026-03/500", "budget/monthly/2026-03/forecast"])
        #expect(try store.budgetMemory().map(\.limit) == [90])
    }
}
