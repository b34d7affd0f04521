/// Consecutive datapoints of one metric selector, the input of range functions.
public struct DatapointSeries: Sendable {
    /// The number of the first datapoint, counted from the Unix epoch.
    public let first: Int64
    /// The length of a datapoint, in milliseconds.
    public let period: Int64
    /// The values, oldest first, in the base unit of the metric; nil is missing.
    public let values: [Double?]

    /// Creates a series.
    public init(first: Int64, period: Int64, values: [Double?]) {
        (self.first, self.period, self.values) = (first, period, values)
    }

    /// The value of a datapoint; nil if it is missing or outside the series.
    public func value(_ number: Int64) -> Double? {
        let index = Int(number - first)
        return values.indices.contains(index) ? values[index] : nil
    }

    /// The start of a datapoint.
    public func start(of number: Int64) -> Timestamp { Timestamp(milliseconds: number * period) }

    /// The end of a datapoint; an evaluation at this time uses no later data.
    public func end(of number: Int64) -> Timestamp { Timestamp(milliseconds: (number + 1) * period) }

    /// The start of the first known datapoint; nil if there is none.
    public var firstKnown: Timestamp? {
        values.firstIndex { $0 != nil }.map { Timestamp(milliseconds: (first + Int64($0)) * period) }
    }

    /// The numbers of the datapoints of the series that begin in an interval.
    func numbers(from begin: Timestamp, to end: Timestamp) -> Range<Int64> {
        let low = max(first, begin.milliseconds.ceilDiv(period))
        let high = min(first + Int64(values.count), end.milliseconds.ceilDiv(period))
        return low..<max(low, high)
    }
}

/// The median of an interval that only moves forward; each datapoint is inserted and removed once.
struct SlidingMedian {
    private var sorted = SortedMultiset<Double>()
    private var interval: Range<Int64>?

    /// The median of the datapoints that begin in an interval; nil if fewer than half of them are known.
    mutating func median(from begin: Timestamp, to end: Timestamp, of datapointSeries: DatapointSeries) -> Double? {
        let new = datapointSeries.numbers(from: begin, to: end)
        var old = interval ?? new.lowerBound..<new.lowerBound
        if new.lowerBound > old.upperBound { (sorted, old) = (SortedMultiset(), new.lowerBound..<new.lowerBound) }
        for number in old.upperBound..<max(old.upperBound, new.upperBound) {
            if let value = datapointSeries.value(number) { sorted.insert(value) }
        }
        for number in old.lowerBound..<max(old.lowerBound, new.lowerBound) {
            if let value = datapointSeries.value(number) { sorted.remove(value) }
        }
        interval = new
        let known = Int64(sorted.values.count)
        let all =
            end.milliseconds.ceilDiv(datapointSeries.period) - begin.milliseconds.ceilDiv(datapointSeries.period)
        guard known > 0, known * 2 >= all else { return nil }
        return sorted.values.quantile(0.5)
    }
}

/// The medians of a series in cells aligned to the Unix epoch; each datapoint is read once.
///
/// Medians are robust against outliers, and a cell needs only one datapoint, so gaps have little effect.
struct CellMedians {
    /// The length of a cell in milliseconds, at least the period of the series.
    let length: Int64
    private var medians: [Double?] = []
    private var first: Int64?
    /// The index of the next datapoint to read.
    private var next = 0

    init(length: Int64) { self.length = length }

    /// The medians of the `count` cells before `end`, a multiple of the length, which must not decrease.
    mutating func medians(_ count: Int, endingAt end: Timestamp, of datapointSeries: DatapointSeries) -> [Double?] {
        let last = end.milliseconds.floorDiv(length) - 1
        fill(upTo: last, datapointSeries)
        let first = first ?? 0
        return (0..<Int64(count)).map { offset in
            let index = Int(last - Int64(count) + 1 + offset - first)
            return medians.indices.contains(index) ? medians[index] : nil
        }
    }

    private mutating func fill(upTo last: Int64, _ datapointSeries: DatapointSeries) {
        // A cell in which the series begins is skipped.
        let begin = first ?? (datapointSeries.first * datapointSeries.period).ceilDiv(length)
        first = begin
        while begin + Int64(medians.count) <= last {
            let cell = begin + Int64(medians.count)
            var known: [Double] = []
            while next < datapointSeries.values.count {
                let start = (datapointSeries.first + Int64(next)) * datapointSeries.period
                guard start < (cell + 1) * length else { break }
                if start >= cell * length, let value = datapointSeries.values[next] { known.append(value) }
                next += 1
            }
            medians.append(known.isEmpty ? nil : known.median)
        }
    }
}
