import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
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

    private static func evaluate(_ store: Store, _ project: Project, day: Int) throws -> EvaluationOutcome {
        try EvaluationPipeline(
            store: store, project: project, now: march + .seconds(Int64(day) * 86_400)
        ).run(.record)
    }

    @Test("a step is notified once; the same evaluation again notifies and records nothing")
    func once() throws {
        let file = try TemporaryStore()
        let store = try file.open()
        let project = Self.project(Stack.Budget(monthly: 50))
        try Self.ingest(store, rate: 3, days: 40)
        func rows() throws -> String { try file.sql("SELECT * FROM budgetNotification") }
        #expect(
            try Self.evaluate(store, project, day: 9).budgetChanges.map(\.key) == [
                "budget/monthly/2026-03/500", "budget/monthly/2026-03/forecast",
            ])
        let recorded = try rows()
        #expect(try Self.evaluate(store, project, day: 9).budgetChanges.isEmpty)
        #expect(try rows() == recorded && !recorded.isEmpty)
        #expect(try Self.evaluate(store, project, day: 18).budgetChanges.map(\.key) == ["budget/monthly/2026-03/1000"])
        #expect(try Self.evaluate(store, project, day: 30).budgetChanges.isEmpty)
        let memory = try store.budgetNotificationStates()
        #expect(memory.map { $0.steps.keys.sorted() } == [[500, 800, 1000]])
    }

    @Test("an evaluation as of an earlier time records nothing of budgets")
    func earlier() throws {
        let store = try Store(path: nil, create: true, exists: false)
        try Self.ingest(store, rate: 3, days: 40)
        _ = try Self.evaluate(store, Self.project(nil), day: 30)
        #expect(try Self.evaluate(store, Self.project(Stack.Budget(monthly: 50)), day: 20).isRecorded == false)
        #expect(try store.budgetNotificationStates().isEmpty)
    }

    @Test("the report tells what an evaluation would, and records nothing")
    func report() throws {
        let store = try Store(path: nil, create: true, exists: false)
        try Self.ingest(store, rate: 1, days: 20)
        let now = Self.march + .seconds(20 * 86_400)
        let result = try EvaluationPipeline(
            store: store, project: Self.project(Stack.Budget(monthly: 50)), now: now
        ).run(.report)
        let money = try #require(result.report.money)
        #expect(money.spent?.exact == "19.75" && money.source == .estimatedCharges)
        #expect(money.budgets.map(\.budget.name) == ["monthly"])
        let forecast = try #require(money.forecast)
        #expect(
            forecast.expected.cents == "31.00" || abs(NSDecimalNumber(decimal: forecast.expected.amount).doubleValue - 31) < 0.1)
        #expect(try store.budgetNotificationStates().isEmpty)
    }

    @Test("a limit that was raised begins anew")
    func raised() throws {
        let store = try Store(path: nil, create: true, exists: false)
        try Self.ingest(store, rate: 3, days: 40)
        _ = try Self.evaluate(store, Self.project(Stack.Budget(monthly: 50)), day: 18)
        let changes = try Self.evaluate(store, Self.project(Stack.Budget(monthly: 90)), day: 19).budgetChanges
        #expect(changes.map(\.key) == ["budget/monthly/2026-03/500", "budget/monthly/2026-03/forecast"])
        #expect(try store.budgetNotificationStates().map(\.limit) == [90])
    }

    @Test("an anomaly is notified while it is new, once when it ends, and not for an old bill")
    func anomaly() throws {
        var project = Self.project(nil)
        project.stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        project.stack.unattended.alerts = AlertSettings(repeatEvery: nil, staleAfter: nil)
        let store = try Store(path: nil, create: true, exists: false)
        let key = SeriesKey(
            namespace: "AWS/Billing", name: "EstimatedCharges",
            dimensions: [SeriesKey.Dimension("Currency", "USD"), SeriesKey.Dimension("ServiceName", "AmazonRDS")])
        var charged = 0.0
        var entries: [Entry] = []
        for number in 0..<(30 * 4) {
            // A datapoint tells what was charged before it.
            charged += 20..<22 ~= (number - 1) / 4 ? 10 : 0.5
            var sample = Sample(start: Self.march + .seconds(Int64(number) * 21_600), period: .seconds(21_600), unit: .usDollars)
            sample.maximum = charged
            entries += [Entry(key: key, sample: sample), Entry(key: Self.key, sample: sample)]
        }
        func notified(_ days: Int, at now: Int) throws -> [AlertContent] {
            try store.ingest(Array(entries.prefix(days * 8)))
            let before = try store.outbox().count
            _ = try Self.evaluate(store, project, day: now)
            return try store.outbox().prefix(try store.outbox().count - before).map(\.alert.content)
        }
        #expect(try notified(20, at: 20).isEmpty)
        let began = try notified(23, at: 23)
        #expect(began.count == 1)
        guard case .firing("AmazonRDS", .costsMore("AmazonRDS", let anomaly), 0, nil)? = began.first else {
            Issue.record("\(began)")
            return
        }
        #expect((anomaly.since.text, anomaly.days) == ("2026-03-21", 2))
        #expect((anomaly.spent.description, anomaly.usual.description) == ("$80.00", "$4.00"))
        #expect(try notified(24, at: 24).isEmpty)
        let ended = try notified(30, at: 30)
        #expect(ended.count == 1)
        guard case .resolved("AmazonRDS", .costsMore("AmazonRDS", let over)?, 0, _, _)? = ended.first else {
            Issue.record("\(ended)")
            return
        }
        #expect((over.since, over.days, over.spent) == (anomaly.since, anomaly.days, anomaly.spent))
        #expect((anomaly.isOngoing, over.isOngoing) == (true, false))
        // Nothing comes any more: that is neither an end nor a beginning.
        #expect(try notified(30, at: 60).isEmpty)
    }
}
