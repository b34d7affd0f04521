internal import Algorithms
public import Foundation

/// The cost of the months, from a counter that is reset on the first of each month.
///
/// A decrease within a month is a credit or a refund; a decrease at the start of a month is the reset. Values of the previous
/// month that arrive late are assigned to it (`MonthlyCounterReset`).
public struct MonthToDateSeries: Hashable, Sendable {
    /// The charges of a month up to a time.
    public struct Point: Hashable, Sendable {
        /// The time of the value; the end of the period for samples longer than six hours.
        public var at: Timestamp
        /// The charges since the start of the month, in US dollars.
        public var amount: Decimal
        /// The start of the month, UTC.
        public var month: Timestamp
    }

    /// Orders by month, then by time.
    public private(set) var points: [Point]

    /// Creates a series from samples in US dollars.
    /// - Parameters:
    ///   - samples: The samples in any order. Samples with a unit, and those without maximum or average, are ignored.
    ///   - asOf: Samples at or after this time are not known yet.
    public init(samples: [Sample], asOf: Timestamp) {
        let known = samples.filter {
            $0.start < asOf && ($0.unit == nil || $0.unit == MetricUnit.none || $0.unit == .usDollars)
                && ($0.maximum ?? $0.average) != nil
        }
        self.init(
            figures: known.compactMap { sample in
                guard let amount = (sample.maximum ?? sample.average).flatMap({ Money(sample: $0) })?.amount else { return nil }
                let length = sample.periodMilliseconds > Self.longest ? sample.periodMilliseconds : 0
                let end = Timestamp(milliseconds: sample.start.milliseconds + length)
                return (sample.start, min(end, asOf), amount)
            })
    }

    /// Creates a series from cumulative amounts in any order.
    public init(amounts: [(at: Timestamp, amount: Decimal)]) { self.init(figures: amounts.map { ($0.at, $0.at, $0.amount) }) }

    /// The value of a sample longer than this applies at its end instead of its start; milliseconds.
    private static let longest: Int64 = 6 * 3_600_000

    private init(figures: [(stamp: Timestamp, at: Timestamp, amount: Decimal)]) {
        var sorted: [(stamp: Timestamp, at: Timestamp, amount: Decimal)] = []
        for figure in figures.sorted(by: { ($0.stamp, $0.at) < ($1.stamp, $1.at) }) {
            // Of two values for one time the larger counts, like the statistic Maximum.
            if let last = sorted.last, last.stamp == figure.stamp {
                if figure.amount >= last.amount { sorted[sorted.count - 1] = figure }
            } else {
                sorted.append(figure)
            }
        }
        var reset = MonthlyCounterReset()
        points = sorted.map { figure in
            let month = reset.month(of: figure.stamp, amount: figure.amount.double)
            return Point(
                at: figure.stamp < month.startOfNextMonth ? min(figure.at, month.startOfNextMonth) : figure.at,
                amount: figure.amount, month: month)
        }
    }

    /// The sum of several bills, at each time at which any of them has a value.
    public init(sumOf curves: [MonthToDateSeries]) {
        var latest: [Int: Point] = [:]
        points = []
        let all = curves.enumerated().flatMap { number, curve in curve.points.map { (number, $0) } }
        for (number, point) in all.sorted(by: { ($0.1.month, $0.1.at, $0.0) < ($1.1.month, $1.1.at, $1.0) }) {
            latest[number] = point
            let sum = latest.values.reduce(Decimal(0)) { $0 + ($1.month == point.month ? $1.amount : 0) }
            let both = Point(at: point.at, amount: sum, month: point.month)
            if points.last?.at == point.at, points.last?.month == point.month {
                points[points.count - 1] = both
            } else {
                points.append(both)
            }
        }
    }

    /// The values known at a time; the month of a value does not depend on later ones.
    public func known(at time: Timestamp) -> MonthToDateSeries {
        var result = self
        result.points.removeAll { $0.at > time }
        return result
    }

    /// The time of the last value; nil without values.
    public var newest: Timestamp? { points.last?.at }

    /// The months with values, in order.
    public var months: [Timestamp] {
        points.reduce(into: []) { months, point in if months.last != point.month { months.append(point.month) } }
    }

    /// The values of a month, in order.
    public func points(ofMonth month: Timestamp) -> ArraySlice<Point> {
        let begin = points.partitioningIndex { $0.month >= month }
        let end = points.partitioningIndex { $0.month > month }
        return points[begin..<end]
    }

    /// The last value of the month that begins at a time; nil if it has none.
    public func monthToDate(_ month: Timestamp) -> Money? { points(ofMonth: month).last.map { Money($0.amount) } }

    /// The charges between two times, across resets; the increase between two values is distributed evenly.
    ///
    /// Values are cumulative, so the first one counts from the start of its month. If the series begins within a month,
    /// charges before its first value cannot be dated, and count only if the interval begins with the month.
    /// - Returns: Rounded half-even to a millionth; nil if there is no value between the times.
    public func charged(from begin: Timestamp, to end: Timestamp) -> Money? {
        var sum: Decimal = 0
        var isKnown = false
        var index = points.partitioningIndex { $0.month.startOfNextMonth > begin }
        while index < points.count, points[index].month < end {
            let month = points[index].month
            let own = points(ofMonth: month)
            let isDated = index > 0 || (own.first.map { $0.at - month <= MonthlyCounterReset.lateness } ?? false)
            let isWhole = isDated || begin <= month
            if begin <= month, end >= month.startOfNextMonth || (own.last.map { $0.at <= end } ?? true) {
                // Whole months, and the month so far, are exact.
                sum += (own.last?.amount ?? 0) - (isWhole ? 0 : own.first?.amount ?? 0)
            } else {
                sum +=
                    (cumulative(own, end, isWhole)
                        - (begin <= month ? cumulative(own, nil, isWhole) : cumulative(own, begin, isWhole)))
            }
            if own.contains(where: { $0.at >= begin && $0.at <= end }) { isKnown = true }
            index += own.count
        }
        return isKnown ? Money(sum.rounded(scale: 6)) : nil
    }

    /// The charges of the month at a time; nil for its start.
    private func cumulative(_ own: ArraySlice<Point>, _ time: Timestamp?, _ isWhole: Bool) -> Decimal {
        guard let first = own.first else { return 0 }
        guard let time, time > first.month else { return isWhole ? 0 : first.amount }
        var before: (at: Timestamp, amount: Decimal) = (first.month, isWhole ? 0 : first.amount)
        for point in own {
            guard point.at <= time else {
                let share = Decimal((time - before.at).milliseconds) / Decimal(max(1, (point.at - before.at).milliseconds))
                return before.amount + (point.amount - before.amount) * share
            }
            before = (point.at, point.amount)
        }
        return before.amount
    }
}

extension Decimal {
    /// The nearest binary number, for statistics only.
    var double: Double { NSDecimalNumber(decimal: self).doubleValue }
}
