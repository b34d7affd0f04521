import AdvisorCore
import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("The guide's budget alarm on a simulated bill")
struct BillSimulationTests {
    private static let start = Timestamp(text: "2026-01-01T00:00:00Z") ?? Timestamp(seconds: 0)

    /// Three months: $18 on the first, 90 cents a day, $1.90 from each month's 11th on; some noise; figures four hours late.
    private static func account(_ vocabulary: Vocabulary, days: Int = 90) throws -> EvaluationTarget {
        var bill = SimulatedBill("workload from the 11th on")
        (bill.first, bill.usage, bill.noise, bill.fromEleventh) = (18, 0.9, 0.05, 1)
        let metric = try #require(vocabulary.metrics.metrics["estimated_charges"])
        let samples = bill.figures(from: start, days: days, seed: 7).map { figure in
            var sample = Sample(start: figure.at, period: .seconds(21_600), unit: .usDollars)
            sample.maximum = NSDecimalNumber(decimal: figure.amount).doubleValue
            return sample
        }
        return EvaluationTarget(
            resource: Stack.Resource(id: "account", kind: .account), facts: [:],
            history: ResourceHistory(series: [SeriesHistory(metric: metric, samples: samples)]))
    }

    private static func evaluation(_ id: String, upTo days: Int64 = 90) throws -> EvaluationResult {
        let vocabulary = try BundledFiles.vocabulary()
        let file = "rules/guide-7.3-budget.yaml"
        let rules = try BundledFiles.rules([(file, BundledFiles.text(file))]).rules
        let rule = try #require(rules.first { $0.id == id })
        return Evaluator(rule: rule, target: try account(vocabulary), vocabulary: vocabulary)
            .evaluate(upTo: start + .seconds(days * 86_400))
    }

    @Test("one alarm a month over $50, none at the reset, and a forecast alarm days before")
    func threeMonths() throws {
        let spent = try Self.evaluation("monthly-charges-over-50").episodes
        let foreseen = try Self.evaluation("month-end-over-50").episodes
        #expect(spent.map(\.start.date.month) == [1, 2, 3])
        #expect(foreseen.map(\.start.date.month) == [1, 2, 3])
        for (alarm, forecast) in zip(spent, foreseen) {
            let lead = (alarm.start - forecast.start).seconds / 86_400
            #expect(lead >= 5, "the forecast alarm came \(lead) days before")
            #expect(alarm.start.date.day > 5 && forecast.start.date.day > 5)
        }
        for (alarm, next) in zip(spent, [2, 3]) {
            let end = try #require(alarm.end)
            #expect(end.date.month == next && end.date.day == 1)
        }
    }

    @Test("an alarm that ends with the month is notified as a new month, one that ends within it as resolved")
    func reset() throws {
        let evaluation = try Self.evaluation("monthly-charges-over-50")
        let file = "rules/guide-7.3-budget.yaml"
        let rule = try #require(
            BundledFiles.rules([(file, BundledFiles.text(file))]).rules.first { $0.id == "monthly-charges-over-50" })
        let ends = evaluation.transitions.filter { $0.from == .alarm }
        #expect(!ends.isEmpty)
        for end in ends { #expect(MonthlyCounterReset.ended(end, of: rule)) }
        var credited = try #require(ends.first)
        credited.at = credited.at + .seconds(10 * 86_400)
        #expect(!MonthlyCounterReset.ended(credited, of: rule))
    }

    @Test("evaluating day by day, from stored alarms on, gives what evaluating at once gives")
    func dayByDay() throws {
        let vocabulary = try BundledFiles.vocabulary()
        let file = "rules/guide-7.3-budget.yaml"
        let rule = try #require(
            BundledFiles.rules([(file, BundledFiles.text(file))]).rules.first { $0.id == "month-end-over-50" })
        let whole = try Self.account(vocabulary)
        let atOnce = Evaluator(rule: rule, target: whole, vocabulary: vocabulary)
            .evaluate(upTo: Self.start + .seconds(90 * 86_400))
        var alarm: Alarm?
        var transitions: [Transition] = []
        let step = SlowTests.size(3, quick: 15)
        for day in stride(from: step, through: 90, by: step) {
            let now = Self.start + .seconds(Int64(day) * 86_400)
            var known = whole
            known.history.series = whole.history.series.mapValues { series in
                SeriesHistory(metric: series.metric, samples: series.samples.filter { $0.start < now })
            }
            let evaluation = Evaluator(rule: rule, target: known, vocabulary: vocabulary).evaluate(from: alarm, upTo: now)
            alarm = evaluation.alarm
            transitions += evaluation.transitions
        }
        #expect(transitions == atOnce.transitions)
        #expect(alarm == atOnce.alarm)
    }
}
