import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Bill forecast")
struct BillForecastTests {
    private static let march = Timestamp(text: "2026-03-01T00:00:00Z") ?? Timestamp(seconds: 0)

    /// Days of a bill from a date on, each with its exact cost.
    private static func forecast(_ costs: [Double], from first: String, asOf: String? = nil) throws(BillForecast.Gap)
        -> BillForecast
    {
        let start = Timestamp(text: first) ?? march
        let days = costs.enumerated().map { DailySpend.Day(number: start.date.daysSinceEpoch + $0, amount: $1) }
        let until = start + .seconds(Int64(costs.count) * 86_400)
        let month = (until - .milliseconds(1)).startOfMonth
        let spent = days.filter { $0.number >= month.date.daysSinceEpoch }.reduce(0) { $0 + $1.amount }
        return try BillForecast(
            DailySpend(days: days, until: until), spent: Money(sample: spent) ?? Money(0), from: month,
            to: month.startOfNextMonth,
            asOf: asOf.flatMap { Timestamp(text: $0) } ?? until)
    }

    @Test(
        "60 % charged on the first: on day 3 within 10 % of the truth, where spent / elapsed x days is off by three times and more",
        .tags(.slow), .onlyWithSlowTests
    )
    func chargedOnTheFirst() throws {
        let bill = try #require(ForecastBacktest.bills.first { $0.name == "60 % charged on the first" })
        let onDay3 = ForecastBacktest.outcomes(bill, on: [3])
        #expect(onDay3.count == ForecastBacktest.seeds.count * ForecastBacktest.histories.count)
        for outcome in onDay3 {
            let share = try #require(outcome.advisor)
            #expect((0.9...1.1).contains(share), "\(outcome.history) months before: \(share)")
            #expect(outcome.plain >= 3)
        }
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var costs: [Double]
        var from: String
        var expected: ClosedRange<Double>
    }

    /// Two months of a dollar a day with $20 on the first of each.
    private static let twoMonths = (0..<59).map { [0, 31].contains($0) ? 21.0 : 1 }

    @Test(
        "a month's end",
        arguments: [
            Row(
                testDescription: "a dollar a day", costs: .init(repeating: 1, count: 10), from: "2026-03-01",
                expected: 30.9...31.1),
            Row(
                testDescription: "charged on the first, by days alone", costs: [21] + .init(repeating: 1, count: 9),
                from: "2026-03-01", expected: 50.9...51.1),
            Row(
                testDescription: "the first charge is expected before it came", costs: twoMonths + [1], from: "2026-01-01",
                expected: 40...52),
            Row(
                testDescription: "the first charge has come and is not expected again", costs: twoMonths + [21, 1, 1],
                from: "2026-01-01", expected: 50.5...51.5),
            Row(
                testDescription: "one spike is not a new level", costs: .init(repeating: 1, count: 8) + [12, 1, 1],
                from: "2026-03-01", expected: 41.5...43),
            Row(
                testDescription: "a credit is not multiplied", costs: .init(repeating: 1, count: 8) + [-9, 1, 1],
                from: "2026-03-01", expected: 20.5...21.5),
            Row(
                testDescription: "a new level is one after four days",
                costs: .init(repeating: 1, count: 14) + .init(repeating: 3, count: 5), from: "2026-03-01", expected: 60...66),
            Row(testDescription: "nothing is spent", costs: .init(repeating: 0, count: 10), from: "2026-03-01", expected: 0...0),
            Row(
                testDescription: "the month is over", costs: .init(repeating: 1, count: 31), from: "2026-03-01", expected: 31...31
            ),
        ])
    func monthEnd(_ row: Row) throws {
        let forecast = try Self.forecast(row.costs, from: row.from)
        let expected = NSDecimalNumber(decimal: forecast.expected.amount).doubleValue
        #expect(row.expected.contains(expected), "expected \(forecast.expected)")
        #expect(forecast.low.amount <= forecast.expected.amount && forecast.expected.amount <= forecast.high.amount)
        #expect(forecast.low.amount >= min(forecast.spent.amount, forecast.expected.amount))
    }

    @Test(
        "without enough history there is no forecast, for this reason",
        arguments: [
            ([Double](), BillForecast.Gap.noCharges), ([1], .tooShort(days: 1)), ([20, 1], .tooShort(days: 2)),
        ])
    func tooShort(_ costs: [Double], _ gap: BillForecast.Gap) throws {
        guard !costs.isEmpty else {
            #expect(DailySpend(MonthToDateSeries(amounts: [])) == nil)
            #expect(gap == .noCharges)
            return
        }
        do throws(BillForecast.Gap) {
            let forecast = try Self.forecast(costs, from: "2026-03-01")
            Issue.record("\(forecast.expected)")
        } catch {
            #expect(error == gap)
        }
    }

    @Test("charges that stopped a week ago say nothing of the month's end")
    func stale() {
        #expect(throws: BillForecast.Gap.stale(since: Self.march + .seconds(10 * 86_400))) {
            try Self.forecast(.init(repeating: 1, count: 10), from: "2026-03-01", asOf: "2026-03-18T00:00:01Z")
        }
    }

    /// Where the measured table stands.
    private static let article = URL(filePath: #filePath)
        .appending(path: "../../../Sources/AdvisorCore/Documentation.docc/BillForecasting.md").standardized
    private static let marks = ("<!-- measured -->\n", "<!-- /measured -->")

    @Test(
        "the table in BillForecasting.md is what is measured; RECORD=1 measures all of it anew", .tags(.slow), .onlyWithSlowTests)
    func table() throws {
        let text = try String(contentsOf: Self.article, encoding: .utf8)
        let begin = try #require(text.range(of: Self.marks.0)?.upperBound)
        let end = try #require(text.range(of: Self.marks.1)?.lowerBound)
        let recorded = text[begin..<end].split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"
        // A ninth of the table is measured each time the tests run: all of it takes half a minute.
        let bills = isRecording ? ForecastBacktest.bills : Array(ForecastBacktest.bills.suffix(1))
        let outcomes = bills.map { (name: $0.name, outcomes: ForecastBacktest.outcomes($0)) }
        var lines: [String] = []
        for history in ForecastBacktest.histories {
            lines += ForecastBacktest.heading(history)
            let own = outcomes.map { (name: $0.name, outcomes: $0.outcomes.filter { $0.history == history }) }
            lines += own.map { ForecastBacktest.row($0.name, $0.outcomes) }
            if isRecording { lines += [ForecastBacktest.row("*all*", own.flatMap(\.outcomes)), ""] }
        }
        if isRecording {
            let new = text[..<begin] + lines.joined(separator: "\n") + text[end...]
            try Data(new.utf8).write(to: Self.article)
        } else {
            for line in lines { #expect(recorded.contains(line), "out of date; RECORD=1 measures it: \(line)") }
        }
    }
}
