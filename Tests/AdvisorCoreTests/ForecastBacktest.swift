import AdvisorCore
import AdvisorTestSupport
import Foundation

/// Measures the forecast of the bill on simulated bills with known truth, against what else is done.
struct ForecastBacktest {
    static let days = [3, 7, 14, 21]
    /// None of the seeds by which the method was tuned.
    static let seeds: [UInt64] = (1...12).map { $0 }
    /// The number of earlier months.
    static let histories = [0, 1, 3]
    static let start = Timestamp(text: "2026-01-01T00:00:00Z") ?? Timestamp(seconds: 0)

    static let bills: [SimulatedBill] = [
        bill("usage alone") { _ in },
        bill("60 % charged on the first") { $0.first = 45 },
        bill("weekends cost 30 %") { ($0.weekend, $0.first) = (0.3, 10) },
        bill("growing 30 % a month") { ($0.growth, $0.first) = (0.01, 10) },
        bill("spikes on 6 % of days") { ($0.spikes, $0.spikeSize, $0.first) = (0.06, 4, 10) },
        bill("1.8 times as much from 17 March") { ($0.shift, $0.first) = ((75, 1.8), 10) },
        bill("$8 credited on each 10th") { ($0.credit, $0.first) = ((10, 8), 10) },
        bill("$20 charged on each 15th") { ($0.monthly, $0.first) = ((15, 20), 10) },
        bill("everything at once") {
            ($0.first, $0.weekend, $0.growth, $0.spikes, $0.spikeSize, $0.noise) = (20, 0.5, 0.005, 0.04, 3, 0.12)
        },
    ]

    private static func bill(_ name: String, _ change: (inout SimulatedBill) -> Void) -> SimulatedBill {
        var bill = SimulatedBill(name)
        change(&bill)
        return bill
    }

    /// One forecast and what came of it.
    struct Outcome {
        var history: Int
        var day: Int
        /// As a share of the truth; nil without a forecast.
        var advisor: Double?
        /// Spent / elapsed x days.
        var plain: Double
        /// Spent, and the mean of the last five weeks for each day left; nil before five weeks are known.
        var fiveWeeks: Double?
        var isInside: Bool?
    }

    /// Every forecast of one bill on these days.
    static func outcomes(_ bill: SimulatedBill, on days: [Int] = ForecastBacktest.days) -> [Outcome] {
        var result: [Outcome] = []
        for seed in seeds {
            let hours = bill.hours(from: start, days: 120, seed: seed)
            let curve = MonthToDateSeries(amounts: bill.figures(from: start, days: 120, seed: seed))
            for history in histories {
                var month = start
                for _ in 0..<history { month = month.startOfNextMonth }
                for day in days { result.append(outcome(hours, curve, month, history, day)) }
            }
        }
        return result
    }

    private static func outcome(
        _ hours: [Double], _ whole: MonthToDateSeries, _ month: Timestamp, _ history: Int, _ day: Int
    ) -> Outcome {
        let end = month.startOfNextMonth
        let (first, last) = (Int((month - start).seconds / 3600), Int((end - start).seconds / 3600))
        let truth = hours[first..<last].reduce(0, +)
        let now = month + .seconds(Int64(day) * 86_400)
        let length = Double(last - first) / 24
        let curve = whole.known(at: now)
        let spent = curve.monthToDate(month) ?? Money(0)
        let amount = double(spent)
        let known = first + day * 24
        var result = Outcome(history: history, day: day, plain: amount / Double(day) * length / truth)
        if known >= 35 * 24 {
            let mean = hours[(known - 35 * 24)..<known].reduce(0, +) / 35
            result.fiveWeeks = (amount + mean * (length - Double(day))) / truth
        }
        if let spend = DailySpend(curve), let forecast = try? BillForecast(spend, spent: spent, from: month, to: end, asOf: now) {
            result.advisor = double(forecast.expected) / truth
            result.isInside = (double(forecast.low)...double(forecast.high)).contains(truth)
        }
        return result
    }

    private static func double(_ money: Money) -> Double { NSDecimalNumber(decimal: money.amount).doubleValue }

    /// The median distance from the truth, in percent.
    static func error(_ shares: [Double]) -> String {
        guard !shares.isEmpty else { return "–" }
        let sorted = shares.map { abs($0 - 1) * 100 }.sorted()
        let middle = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        return middle >= 10 ? "\(Int(middle.rounded()))" : "\((middle * 10).rounded() / 10)"
    }

    /// One row of the table: a bill, and for each day the three methods' errors.
    static func row(_ name: String, _ outcomes: [Outcome]) -> String {
        let cells = days.map { day in
            let own = outcomes.filter { $0.day == day }
            let errors = [own.compactMap(\.advisor), own.map(\.plain), own.compactMap(\.fiveWeeks)].map(error)
            return "**\(errors[0])** / \(errors[1]) / \(errors[2])"
        }
        let inside = outcomes.compactMap(\.isInside)
        let share = inside.isEmpty ? "–" : "\(inside.count { $0 } * 100 / inside.count) %"
        return "| \(name) | \(cells.joined(separator: " | ")) | \(share) |"
    }

    static func heading(_ history: Int) -> [String] {
        let words =
            history == 0 ? "No earlier month" : history == 1 ? "One earlier month" : "\(history) earlier months"
        return [
            "### \(words)", "", "| bill | day 3 | day 7 | day 14 | day 21 | in the range |",
            "| --- | --- | --- | --- | --- | --- |",
        ]
    }
}
