import AdvisorCore
import Foundation
import Testing

@Suite("Budgets")
struct BudgetTests {
    private static let march = Timestamp(text: "2026-03-01T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let day: Int64 = 86_400

    /// Six-hourly figures of so much a day, from 1 March on; by day of the month, from that day on.
    private static func curve(_ rates: [(day: Int, rate: Decimal)], days: Int) -> MonthToDateSeries {
        var sum: Decimal = 0
        var figures: [(at: Timestamp, amount: Decimal)] = []
        for number in 0...(days * 4) {
            let time = march + .seconds(Int64(number) * 21_600)
            if time == time.startOfMonth { sum = 0 }
            figures.append((time, sum))
            sum += (rates.last { number / 4 + 1 >= $0.day }?.rate ?? 0) / 4
        }
        return MonthToDateSeries(amounts: figures)
    }

    /// Evaluates a budget every six hours over a curve as it becomes known.
    private static func notified(_ budget: Budget, _ curve: MonthToDateSeries, days: Int) -> [String] {
        var memory: [BudgetNotificationState] = []
        var notified: [String] = []
        for number in 1...(days * 4) {
            let now = march + .seconds(Int64(number) * 21_600)
            let known = curve.known(at: now - .seconds(21_600))
            let ledger = SpendSeries(known)
            let statuses = BudgetTracker.months(budget, at: now).map { BudgetStatus(budget, ledger, month: $0, asOf: now) }
            let outcome = BudgetTracker.changes(statuses, memory: memory, at: now)
            let again = BudgetTracker.changes(statuses, memory: outcome.memory, at: now)
            #expect(again.changes.isEmpty && again.memory == outcome.memory)
            memory = memory.filter { old in !outcome.memory.contains { $0.month == old.month } } + outcome.memory
            notified += outcome.changes.map { "\(now.date.text) \($0.key)" }
        }
        return notified
    }

    @Test("each step once a month, the forecast when it crosses and again only after it fell back")
    func notifies() {
        let budget = Budget(name: "monthly", scope: .total, limit: Money(50))
        // $1 a day, from the 8th $3 a day, from the 15th nothing: 7 + 21 = 28; April $2.40 a day: 72.
        let curve = Self.curve([(1, 1), (8, 3), (15, 0), (32, 2.4)], days: 61)
        #expect(
            Self.notified(budget, curve, days: 61) == [
                "2026-03-11 budget/monthly/2026-03/forecast",
                "2026-03-14 budget/monthly/2026-03/500",
                "2026-04-08 budget/monthly/2026-04/forecast",
                "2026-04-11 budget/monthly/2026-04/500",
                "2026-04-18 budget/monthly/2026-04/800",
                "2026-04-22 budget/monthly/2026-04/1000",
            ])
    }

    @Test("of several steps passed at once the greatest is notified, and none of them again")
    func atOnce() throws {
        let budget = Budget(name: "rds", scope: .service("rds"), limit: Money(10))
        let ledger = try #require(SpendSeries(Self.curve([(1, 1)], days: 9)))
        let now = Self.march + .seconds(9 * Self.day)
        let statuses = [BudgetStatus(budget, ledger, month: now - .milliseconds(1), asOf: now)]
        let (changes, memory) = BudgetTracker.changes(statuses, memory: [], at: now)
        #expect(changes.map(\.key) == ["budget/rds/2026-03/800", "budget/rds/2026-03/forecast"])
        #expect(memory.first?.steps.keys.sorted() == [500, 800])
        var stack = Stack()
        stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        let alerts = AlertPolicy(stack: stack, previous: nil, now: now).notificationRequests(of: changes).map(\.alert)
        #expect(alerts.map(\.content.code) == ["budget_spent", "budget_forecast"])
        guard case .budgetSpent(let month, 800)? = alerts.first?.content else {
            Issue.record("\(alerts)")
            return
        }
        #expect((month.name, month.month, month.limit.description) == ("rds", "2026-03", "$10.00"))
        #expect((month.spent?.description, month.source, month.dataUntil) == ("$9.00", .estimatedCharges, statuses[0].dataUntil))
        #expect(
            month.forecast.map { [$0.low, $0.expected, $0.high] } == statuses[0].forecast.map { [$0.low, $0.expected, $0.high] })
        #expect(month.forecast != nil && month.passesOn != nil)
        #expect(month.passesOn == statuses[0].passesAt?.date)
        #expect(BudgetTracker.changes(statuses, memory: memory, at: now).changes.isEmpty)
        var raised = budget
        raised.limit = Money(12)
        let other = [BudgetStatus(raised, ledger, month: now - .milliseconds(1), asOf: now)]
        #expect(BudgetTracker.changes(other, memory: memory, at: now).changes.map(\.key).first == "budget/rds/2026-03/500")
    }

    @Test("exactly the step's amount has not passed it")
    func exactly() {
        let budget = Budget(name: "monthly", scope: .total, limit: Money(50))
        func status(_ amount: String) -> BudgetStatus {
            let figures = [(at: Self.march + .seconds(21_600), amount: Money(text: amount)?.amount ?? 0)]
            return BudgetStatus(
                budget, SpendSeries(MonthToDateSeries(amounts: figures)), month: Self.march, asOf: Self.march + .seconds(43_200))
        }
        #expect(status("25").passed == [])
        #expect(status("25.000001").passed == [500])
        #expect(status("50").state == .ok)
        #expect(status("50.000001").state == .alarm)
        #expect(status("50.000001").percent == 100)
    }

    @Test("nothing known is neither zero nor OK")
    func unknown() {
        let budget = Budget(name: "monthly", scope: .total, limit: Money(50))
        let status = BudgetStatus(budget, nil, month: Self.march, asOf: Self.march + .seconds(Self.day))
        #expect(status.actual == nil && status.state == .insufficientData && status.isForecastOver == nil)
        #expect(BudgetTracker.changes([status], memory: [], at: Self.march + .seconds(Self.day)).memory.isEmpty)
    }

    @Test("a month that ended while its figures are hours old still tells its last step, as that month's")
    func lastHours() {
        let budget = Budget(name: "monthly", scope: .total, limit: Money(50), steps: [1000], notifiesForecast: false)
        var figures = (0..<124).map { (at: Self.march + .seconds(Int64($0) * 21_600), amount: Decimal($0) * 0.404) }
        let april = Self.march.startOfNextMonth
        figures += [(april, 50.2), (april + .seconds(21_600), 0.3)]
        func keys(upTo count: Int, _ now: Timestamp) -> [String] {
            let ledger = SpendSeries(MonthToDateSeries(amounts: Array(figures.prefix(count))))
            let statuses = BudgetTracker.months(budget, at: now).map { BudgetStatus(budget, ledger, month: $0, asOf: now) }
            return BudgetTracker.changes(statuses, memory: [], at: now).changes.map(\.key)
        }
        #expect(keys(upTo: 124, april) == [])
        #expect(keys(upTo: 125, april + .seconds(3600)) == ["budget/monthly/2026-03/1000"])
        #expect(keys(upTo: 126, april + .seconds(7 * 3600)) == ["budget/monthly/2026-03/1000"])
    }

    @Test(
        "months of a zone",
        arguments: [
            ("UTC", "2026-03-31T23:59:59Z", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z", "2026-03"),
            ("Asia/Seoul", "2026-03-31T15:00:00Z", "2026-03-31T15:00:00Z", "2026-04-30T15:00:00Z", "2026-04"),
            ("Asia/Seoul", "2026-03-31T14:59:59Z", "2026-02-28T15:00:00Z", "2026-03-31T15:00:00Z", "2026-03"),
            // Daylight saving begins on 8 March and ends on 1 November.
            ("America/New_York", "2026-03-15T00:00:00Z", "2026-03-01T05:00:00Z", "2026-04-01T04:00:00Z", "2026-03"),
            ("America/New_York", "2026-11-15T00:00:00Z", "2026-11-01T04:00:00Z", "2026-12-01T05:00:00Z", "2026-11"),
        ])
    func zones(_ zone: String, _ time: String, _ begin: String, _ end: String, _ name: String) throws {
        let clock = try #require(BudgetCalendar(zone: zone))
        let month = clock.month(of: try #require(Timestamp(text: time)))
        #expect(month.begin.description == begin && month.end.description == end && clock.name(month.begin) == name)
    }

    @Test("a budget of Seoul's month takes nine hours from the month before")
    func seoul() throws {
        let clock = try #require(BudgetCalendar(zone: "Asia/Seoul"))
        let budget = Budget(name: "monthly", scope: .total, limit: Money(50), clock: clock)
        // $1 a day in March, $2 a day in April.
        let ledger = try #require(SpendSeries(Self.curve([(1, 1), (32, 2)], days: 41)))
        let now = Self.march + .seconds(41 * Self.day)
        let status = BudgetStatus(budget, ledger, month: now - .milliseconds(1), asOf: now)
        #expect(status.begin.description == "2026-03-31T15:00:00Z")
        // Nine hours of March at $1 a day, ten days of April at $2; March's last six hours were never seen.
        #expect(status.actual.map { $0.amount.rounded(scale: 2) } == Money(text: "20.12")?.amount)
        #expect(BudgetCalendar(zone: "Asia/Soul") == nil)
    }

    @Test("budgets of a stack file")
    func stack() {
        let services = ServiceCatalog(
            services: [], presets: ["guide-prod": ["rds": 30, "lambda": 20]], totals: ["guide-launch": 50])
        func words(_ budget: Stack.Budget) -> [String] {
            var stack = Stack()
            stack.budget = budget
            return Budget.all(of: stack, services: services).map {
                "\($0.name) \($0.limit)\($0.isNotified ? "" : " quiet") \($0.steps)"
            }
        }
        #expect(words(Stack.Budget(monthly: 40, alertAt: [1, 0.5])) == ["monthly $40.00 [500, 1000]"])
        #expect(
            words(Stack.Budget(preset: "guide-prod", services: ["rds": 35])) == [
                "monthly $50.00 [500, 800, 1000]", "lambda $20.00 quiet [500, 800, 1000]", "rds $35.00 [500, 800, 1000]",
            ])
        #expect(words(Stack.Budget(preset: "guide-launch")) == ["monthly $50.00 [500, 800, 1000]"])
        #expect(
            words(Stack.Budget(accounts: ["111122223333": 9])) == ["account 111122223333 $9.00 [500, 800, 1000]"])
        #expect(words(Stack.Budget()) == [])
    }

    @Test("a day of a bill belongs to the month that holds its middle", arguments: ["UTC", "Asia/Seoul", "America/New_York"])
    func zones(_ zone: String) throws {
        let clock = try #require(BudgetCalendar(zone: zone))
        let begin = try #require(CivilDate(text: "2026-10-20"))
        let days = (0..<50).map { number -> (day: CivilDate, cost: Money) in
            let day = CivilDate(daysSinceEpoch: begin.daysSinceEpoch + number)
            return (day, Money(day.day == 1 ? 41 : 1))
        }
        let until = try #require(Timestamp(text: "2026-12-09T00:00:00Z"))
        let ledger = try #require(SpendSeries(days: days, until: until, source: .bill(form: "CUR")))
        let november = clock.month(of: try #require(Timestamp(text: "2026-11-15T00:00:00Z")))
        #expect(ledger.charged(november.begin, november.end)?.exact == "70.00")
    }
}
