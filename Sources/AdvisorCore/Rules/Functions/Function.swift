/// A function of the rule language.
public struct Function: Sendable {
    /// As it is written: `avg`.
    public var word: String
    /// Its arguments, as documentation shows them: `metric[, window]`.
    public var arguments: String
    /// What it gives, in one sentence.
    public var words: String
    /// An expression that uses it.
    public var example: String
    /// The statistic it stands for; nil for every other function.
    public var statistic: Statistic?
    /// What a function over time does; nil for every other function.
    public var datapointSeries: (any RangeFunction.Type)?

    /// Every function, in the order of the documentation; one that is neither a statistic nor a course is refused with a
    /// clear word.
    public static let all: [Function] = statistics + overTime + money

    /// The function of that word; nil when there is none.
    public static func named(_ word: String) -> Function? { all.first { $0.word == word } }

    private static let statistics: [Function] = Statistic.all.map { statistic in
        Function(
            word: statistic.word, arguments: "metric[, window]", words: statisticWords(statistic),
            example: "\(statistic.word)(query_latency, 1h) > 500ms".replacingForCount(statistic), statistic: statistic)
    }

    private static func statisticWords(_ statistic: Statistic) -> String {
        switch statistic {
        case .average: "The mean of a datapoint: sum over count where both are known, else the plain mean of averages."
        case .minimum: "The least observation."
        case .maximum: "The greatest observation."
        case .latest: "The newest figure."
        case .sum: "The sum of the observations."
        case .count: "How many observations there were."
        case .percentile(let percentile):
            "The value that \(ValueText.number(percentile)) % of the observations stay at or below (R-7)."
        }
    }

    private static let overTime: [Function] = [
        Function(
            word: "change", arguments: "metric, window",
            words: "How much the metric changed over the window, by the medians of a tenth of it at either end.",
            example: "change(storage_used, 7d) > 1GB", datapointSeries: ChangeFunction.self),
        Function(
            word: "rate", arguments: "metric[, window]",
            words: "The change per second over the window, a day unless given: the median of the slopes between its points.",
            example: "rate(storage_used) > 1kB/s", datapointSeries: RateFunction.self),
        Function(
            word: "forecast", arguments: "metric, time",
            words: "The value expected after that time, by the trend of up to four weeks and what comes back every day and week.",
            example: "forecast(storage_used, 30d) > 15GB", datapointSeries: ForecastFunction.self),
        Function(
            word: "time_until", arguments: "metric > bound",
            words: "The time until the comparison is expected to hold; 0 when it does, endless when the trend never leads there.",
            example: "time_until(storage_used > 15GB) < 30d", datapointSeries: TimeUntilFunction.self),
    ]

    private static let money: [Function] = [
        Function(
            word: "month_to_date", arguments: "metric",
            words: "What the calendar month, UTC, has cost so far, by a counter that starts over on the first.",
            example: "month_to_date(estimated_charges) > $40", datapointSeries: MonthToDateFunction.self),
        Function(
            word: "month_end", arguments: "metric",
            words:
                "What the calendar month, UTC, will have cost at its end: what was charged once, and what runs by its weekdays.",
            example: "month_end(estimated_charges) > $50", datapointSeries: MonthEndFunction.self),
    ]
}

extension String {
    /// A count is a plain number, whatever it counts.
    fileprivate func replacingForCount(_ statistic: Statistic) -> String {
        statistic == .count ? "count(query_latency, 1h) > 100" : self
    }
}
