import Foundation

/// `month_end(estimated_charges)`: the expected cost of the calendar month, UTC.
///
/// One-time charges are not extrapolated; running costs continue with their level, weekdays and trend (`BillForecast`). The
/// previous four months are used.
public struct MonthEndFunction: RangeFunction {
    /// A metric.
    public static let shape = RangeFunctionSignature.metric
    /// A long datapoint may contain values of two months, of which the newest counts.
    public static let statistic: Statistic? = .latest
    /// Money, for metrics with money.
    public static func measure(of metric: QuantityKind) -> QuantityKind? { metric == .money ? .money : nil }

    private let reach: Int64
    private var months = MonthlyCounterReset()
    /// The next datapoint to read; nil before the first.
    private var next: Int64?
    private var month: Timestamp?
    /// The values of this month.
    private var figures: [(at: Timestamp, amount: Double)] = []
    /// The days of earlier months.
    private var earlier: [DailySpend.Day] = []
    private var foreseen: (month: Timestamp, count: Int, result: Result<BillForecast, BillForecast.Gap>)?
    /// The value of a datapoint longer than this applies at its end instead of its start; milliseconds.
    private static let longest: Int64 = 6 * 3_600_000
    private static let monthsKept = 4

    /// Uses this month and the four before.
    public init(_ call: RangeFunctionCall) {
        reach = max(1, MonthlyCounterReset.lateness.milliseconds / call.period.milliseconds)
    }

    /// Five months, and the days in which a month end may be visible.
    public var lookback: Duration { .seconds(160 * 86_400) }

    /// Known if there is a value of the last 36 hours.
    public mutating func value(at number: Int64, of datapointSeries: DatapointSeries) -> RangeFunctionResult {
        switch forecast(at: number, of: datapointSeries) {
        case nil, .failure(.noCharges), .failure(.stale), .failure(.notDaily): .noData
        case .failure(.tooShort):
            .insufficientHistory(
                has: figures.first.map { datapointSeries.end(of: number) - $0.at } ?? .zero,
                needs: .seconds(Int64(SpendModel.daysNeeded) * 86_400))
        case .success(let forecast): .value(forecast.expected.amount.double)
        }
    }

    /// The forecast with its 80 % range.
    public mutating func outlook(at number: Int64, of datapointSeries: DatapointSeries) -> ForecastEvidence? {
        guard case .success(let forecast) = forecast(at: number, of: datapointSeries) else { return nil }
        return .monthEnd(forecast)
    }

    private mutating func forecast(at number: Int64, of datapointSeries: DatapointSeries) -> Result<
        BillForecast, BillForecast.Gap
    >? {
        take(upTo: number, datapointSeries)
        guard let month, let last = figures.last, (0..<reach).contains(where: { datapointSeries.value(number - $0) != nil })
        else {
            return nil
        }
        if let foreseen, foreseen.month == month, foreseen.count == figures.count { return foreseen.result }
        let end = month.startOfNextMonth
        let until = min(last.at, end)
        let spend = DailySpend(days: earlier + DailySpend.days(of: figures, month: month), until: until)
        let result = Result { () throws(BillForecast.Gap) in
            try BillForecast(spend, spent: Money(sample: last.amount) ?? Money(0), from: month, to: end, asOf: until)
        }
        foreseen = (month, figures.count, result)
        return result
    }

    /// Reads the datapoints up to one, each once.
    private mutating func take(upTo number: Int64, _ datapointSeries: DatapointSeries) {
        var index = next ?? datapointSeries.first
        while index <= number {
            if let amount = datapointSeries.value(index) {
                let isLong = datapointSeries.period > Self.longest
                let stamp = isLong ? datapointSeries.end(of: index) : datapointSeries.start(of: index)
                let own = months.month(of: isLong ? stamp - .milliseconds(1) : stamp, amount: amount)
                if own != month {
                    if let month { close(month, before: own) }
                    (month, figures) = (own, [])
                }
                figures.append((stamp, amount))
            }
            index += 1
        }
        next = index
    }

    private mutating func close(_ month: Timestamp, before new: Timestamp) {
        earlier += DailySpend.days(of: figures, month: month)
        var oldest = new
        for _ in 0..<Self.monthsKept { oldest = (oldest - .milliseconds(1)).startOfMonth }
        let first = oldest.date.daysSinceEpoch
        earlier.removeAll { $0.number < first }
    }
}
