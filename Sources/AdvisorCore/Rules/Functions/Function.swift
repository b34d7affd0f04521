/// A function of the rule language.
public struct Function: Sendable {
    /// The word: `avg`.
    public var word: String
    /// The arguments for the documentation: `metric[, window]`.
    public var arguments: String
    /// The description, one sentence.
    public var words: String
    /// An example expression.
    public var example: String
    /// The statistic; nil for other functions.
    public var statistic: Statistic?
    /// The range function; nil for other functions.
    public var datapointSeries: (any RangeFunction.Type)?

    /// All functions, in the order of the documentation.
    public static let all: [Function] = statistics + overTime + money

    /// The function with a word, such as `avg` or `p99.95`; nil if there is none.
    public static func named(_ word: String) -> Function? {
        all.first { $0.word == word } ?? Statistic(word: word).map(function)
    }

    /// The function of the quantile that a call states: `quantile(cpu, 0.42)`.
    static let quantile = "quantile"

    private static let statistics: [Function] =
        Statistic.all.map(function) + [
            Function(
                word: quantile, arguments: "metric, share[, window]",
                words: "The value that a share of the observations does not exceed; `pNN.N` for any percentile is the same.",
                example: "quantile(query_latency, 0.42, 1h) > 500ms", statistic: .percentile(50))
        ]

    private static func function(_ statistic: Statistic) -> Function {
        Function(
            word: statistic.word, arguments: "metric[, window][, offset: time]", words: statisticWords(statistic),
            example: "\(statistic.word)(query_latency, 1h) > 500ms".replacingForCount(statistic), statistic: statistic)
    }

    private static func statisticWords(_ statistic: Statistic) -> String {
        switch statistic {
        case .average: "The mean of the observations: sum / count where both are known, otherwise the mean of the averages."
        case .minimum: "The smallest observation."
        case .maximum: "The largest observation."
        case .latest: "The newest value."
        case .sum: "The sum of the observations."
        case .count: "The number of observations."
        case .percentile(let percentile):
            "The value that \(ValueText.number(percentile)) % of the observations do not exceed (interpolated, R-7)."
        }
    }

    private static let overTime: [Function] = [
        Function(
            word: "change", arguments: "metric, window",
            words: "The change over the window: the difference of the medians of its last and first tenth.",
            example: "change(storage_used, 7d) > 1GB", datapointSeries: ChangeFunction.self),
        Function(
            word: "rate", arguments: "metric[, window]",
            words: "The change per second over the window (default: one day): the median slope between its points.",
            example: "rate(storage_used) > 1kB/s", datapointSeries: RateFunction.self),
        Function(
            word: "offset", arguments: "metric, time",
            words: "The value of that time ago; `avg(cpu, offset: 7d)` is the same.",
            example: "avg(cpu) > 1.5 * offset(cpu, 7d)", datapointSeries: OffsetFunction.self),
        Function(
            word: "stddev", arguments: "metric, window",
            words: "The standard deviation of the datapoints of the window.",
            example: "stddev(cpu, 1h) > 10%", datapointSeries: StandardDeviationFunction.self),
        Function(
            word: "increase", arguments: "metric, window",
            words: "The growth of a counter over the window; a fall is a reset.",
            example: "increase(active_users, 1d) > 1000", datapointSeries: IncreaseFunction.self),
        Function(
            word: "forecast", arguments: "metric, time",
            words: "The value expected after that time, from the trend and the daily and weekly seasons of up to four weeks.",
            example: "forecast(storage_used, 30d) > 15GB", datapointSeries: ForecastFunction.self),
        Function(
            word: "time_until", arguments: "metric > bound",
            words: "The time until the comparison is expected to hold; 0 if it holds now, infinite if no trend leads there.",
            example: "time_until(storage_used > 15GB) < 30d", datapointSeries: TimeUntilFunction.self),
    ]

    private static let money: [Function] = [
        Function(
            word: "month_to_date", arguments: "metric",
            words: "The cost of the current calendar month (UTC) so far, from a counter that is reset on the first.",
            example: "month_to_date(estimated_charges) > $40", datapointSeries: MonthToDateFunction.self),
        Function(
            word: "month_end", arguments: "metric",
            words:
                "The expected cost of the current calendar month (UTC): one-time charges plus running costs by weekday.",
            example: "month_end(estimated_charges) > $50", datapointSeries: MonthEndFunction.self),
    ]
}

extension String {
    /// A count is a plain number, whatever it counts.
    fileprivate func replacingForCount(_ statistic: Statistic) -> String {
        statistic == .count ? "count(query_latency, 1h) > 100" : self
    }
}
