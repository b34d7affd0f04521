import AdvisorCore
@testable import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Spend section of the report")
struct SpendReportTests {
    private static let march = Timestamp(text: "2026-03-01T00:00:00Z") ?? Timestamp(seconds: 0)
    private static let hostile = "<script>alert('x')</script>&\"|\u{1B}[31m,=1+1"

    /// A bill of so much a day in March up to a day, with a service of a hostile name, after half of it in February.
    private static func report(rate: Double, days: Int, budget: Stack.Budget?) throws -> Report {
        func samples(_ factor: Double) -> [Sample] {
            let begin = Timestamp(seconds: 1_769_904_000)  // 2026-02-01T00:00:00Z
            return (0..<((28 + days) * 4)).map { number in
                var sample = Sample(start: begin + .seconds(Int64(number) * 21_600), period: .seconds(21_600), unit: .usDollars)
                let isMarch = number >= 112
                sample.maximum = Double(isMarch ? number - 112 : number) / 4 * rate * (isMarch ? 1 : 0.5) * factor
                return sample
            }
        }
        func key(_ dimensions: [SeriesKey.Dimension]) -> SeriesKey {
            SeriesKey(
                namespace: "AWS/Billing", name: "EstimatedCharges",
                dimensions: dimensions + [SeriesKey.Dimension("Currency", "USD")])
        }
        let asOf = march + .seconds(Int64(days) * 86_400)
        let services = try BundledFiles.services()
        let book = ChargeLedger(
            [
                (key([]), samples(1)), (key([SeriesKey.Dimension("ServiceName", "AmazonRDS")]), samples(0.75)),
                (key([SeriesKey.Dimension("ServiceName", hostile)]), samples(0.25)),
            ], services: services, asOf: asOf)
        var stack = Stack()
        (stack.name, stack.budget) = (hostile, budget)
        let statement = SpendSummary(book: book, asOf: asOf)
        let statuses = Budget.all(of: stack, services: services).map { budget in
            BudgetStatus(budget, statement.ledger(budget.scope), month: asOf - .milliseconds(1), asOf: asOf)
        }
        var report = Report(asOf: asOf, stack: stack)
        report.money = SpendReport(statement, statuses: statuses, stack: stack, services: services, asOf: asOf)
        return report
    }

    private static func lines(_ report: Report, width: Int = 72) throws -> [String] {
        MoneyText(money: try #require(report.money), asOf: report.asOf, width: width, language: TestLanguage.current).lines()
    }

    @Test("a budget that will not hold, with the day on which it is passed")
    func willPass() throws {
        let lines = try Self.lines(Self.report(rate: 2, days: 20, budget: Stack.Budget(monthly: 50)))
        #expect(lines.contains { $0.contains("$39.50 of $50.00, 79 %") })
        #expect(lines.contains { $0.contains("at this rate over the limit on 26 March") })
        #expect(lines.contains { $0.contains("RDS") && $0.contains("$29.62") && $0.contains("+$14.81") })
    }

    @Test("no line is wider than the terminal", arguments: [40, 44, 60, 72, 100, 140])
    func widths(_ width: Int) throws {
        for line in try Self.lines(
            Self.report(rate: 4, days: 20, budget: Stack.Budget(monthly: 50, services: ["rds": 1000])), width: width)
        {
            #expect(line.count <= width, "\(line)")
        }
    }

    @Test("spent, expected, range and limit on one scale")
    func bar() throws {
        let report = try Self.report(rate: 2, days: 20, budget: Stack.Budget(monthly: 50))
        let status = try #require(report.money?.budgets.first)
        let bar = MoneyText.bar(status, width: 40)
        #expect(bar.count == 40 && bar.count { $0 == "│" } == 1)
        let order = Array("█▒░·")
        let places = bar.filter { $0 != "│" }.map { order.firstIndex(of: $0) ?? 9 }
        #expect(places == places.sorted() && !places.contains(9))
        let over = try Self.report(rate: 4, days: 20, budget: Stack.Budget(monthly: 50))
        let first = try #require(over.money?.budgets.first.map { MoneyText.bar($0, width: 40) })
        #expect(first.firstIndex(of: "│").map { first[$0...].contains("█") } == true)
    }

    @Test("hostile text stays text, in every form", arguments: ReportFormat.all.map(\.id))
    func hostile(_ form: String) throws {
        let report = try Self.report(rate: 2, days: 20, budget: Stack.Budget(monthly: 50))
        let format = try #require(ReportFormat.all.first { $0.id == form })
        let text = format.render(report, ReportFormat.Options(width: 100, language: TestLanguage.current))
        #expect(!text.contains("\u{1B}"))
        switch form {
        case "html":
            #expect(!text.lowercased().contains("<script") && text.contains("&lt;script&gt;"))
            // Nothing is fetched from anywhere.
            #expect(!text.contains("http:") && !text.contains("https:") && !text.contains("url("))
        case "markdown": #expect(!text.contains("<script"))
        case "csv":
            let quotes = text.split(separator: "\n").map { line in line.count { $0 == "\"" } % 2 }
            #expect(quotes.allSatisfy { $0 == 0 })
        default: break
        }
    }

    @Test("a report without anything known of money has no money part")
    func nothing() throws {
        var report = Report(asOf: Self.march, stack: Stack())
        let statement = SpendSummary(book: ChargeLedger([], services: ServiceCatalog(), asOf: Self.march), asOf: Self.march)
        report.money = SpendReport(statement, statuses: [], stack: Stack(), services: ServiceCatalog(), asOf: Self.march)
        #expect(try Self.lines(report).isEmpty)
    }
}
