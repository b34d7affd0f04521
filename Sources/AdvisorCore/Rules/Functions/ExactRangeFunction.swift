/// A range function whose value is a rational number of its datapoints, so that it can be compared without rounding.
protocol ExactRangeFunction: RangeFunction {
    /// The value at a datapoint that has one, without rounding.
    /// - Returns: nil if it cannot be computed so; its value as a Double is used then.
    func exactValue(at number: Int64, of datapoints: ExactDatapoints) -> ExactNumber?
}

/// The datapoints of a series without rounding.
struct ExactDatapoints {
    /// The datapoints as Doubles, which say which are known.
    let series: DatapointSeries
    /// The value of a known datapoint; nil if it has none without rounding.
    let value: (Int64) -> ExactNumber?

    /// The known values that begin in an interval, oldest first; nil if one of them has none without rounding.
    func values(from begin: Timestamp, to end: Timestamp) -> [ExactNumber]? {
        let known = series.numbers(from: begin, to: end).filter { series.value($0) != nil }
        let values = known.compactMap(value)
        return values.count == known.count ? values : nil
    }

    /// The median of the known values that begin in an interval.
    func median(from begin: Timestamp, to end: Timestamp) -> ExactNumber? {
        guard let values = values(from: begin, to: end)?.sorted(), !values.isEmpty else { return nil }
        let middle = (values.count - 1) / 2
        guard values.count.isMultiple(of: 2) else { return values[middle] }
        return (values[middle] + values[middle + 1]) / ExactNumber(2)
    }
}
