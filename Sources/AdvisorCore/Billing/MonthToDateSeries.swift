internal import Algorithms
public import Foundation

/// What the months of one bill have cost, as a counter that starts over on the first reports it.
///
/// A fall within a month is a credit or a refund, never a new month; a fall at the month's beginning is the reset, and no
/// good news. Figures that arrive late for the month before stay there (`MonthlyCounterReset`).
public struct MonthToDateSeries: Hashable, Sendable {
    /// The charges of a month up to a time.
    public struct Point: Hashable, Sendable {
        /// When it was so; of a summary over more than six hours, the summary's end.
        public var at: Timestamp
        /// Since the month began, US dollars.
        public var amount: Decimal
        /// The first time of the month it counts from, UTC.
        public var month: Timestamp
    }

    /// By month, then by time.
    public private(set) var points: [Point]

    /// A curve of samples in US dollars.
    /// - Parameters:
    ///   - samples: In any order; those that state another unit than none do not count, nor do those without a maximum or an average.
    ///   - asOf: What is stamped at or after it is not known yet.
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

    /// A curve of cumulative amounts at times, in any order.
    public init(amounts: [(at: Timestamp, amount: Decimal)]) { self.init(figures: amounts.map { ($0.at, $0.at, $0.amount) }) }

    /// Summaries longer than this are true at their end, not at their start; milliseconds.
    private static let longest: Int64 = 6 * 3_600_000

    private init(figures: [(stamp: Timestamp, at: Timestamp, amount: Decimal)]) {
        var sorted: [(stamp: Timestamp, at: Timestamp, amount: Decimal)] = []
        for figure in figures.sorted(by: { ($0.stamp, $0.at) < ($1.stamp, $1.at) }) {
            // Of two figures for one time the greater stands, as the statistic Maximum would have it.
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

    /// Several bills as one: at every figure of any of them, what all have cost so far.
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

    /// What was known at a time: a figure's month does not depend on later ones.
    public func known(at time: Timestamp) -> MonthToDateSeries {
        var result = self
        result.points.removeAll { $0.at > time }
        return result
    }

    /// The last time that anything is known of; nil without points.
    public var newest: Timestamp? { points.last?.at }

    /// The months with points, in order.
    public var months: [Timestamp] {
        points.reduce(into: []) { months, point in if months.last != point.month { months.append(point.month) } }
    }

    /// The points of a month, in order.
    public func points(ofMonth month: Timestamp) -> ArraySlice<Point> {
        let begin = points.partitioningIndex { $0.month >= month }
        let end = points.partitioningIndex { $0.month > month }
        return points[begin..<end]
    }

    /// What the UTC month that begins then has cost by its last figure; nil without any figure of it.
    public func monthToDate(_ month: Timestamp) -> Money? { points(ofMonth: month).last.map { Money($0.amount) } }

    /// What was charged between two times, months starting over in between; what lies between two figures is spread evenly.
    ///
    /// Figures are the month's so far, so the first one counts from the month's beginning. Where figures begin in the midst of
    /// a month, what came before the first cannot be dated, and counts only when the month is asked for from its beginning.
    /// - Returns: Rounded half-even to a millionth; nil when no figure lies between the times.
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

    /// The month's charges at a time; nil for its beginning.
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
    /// The nearest binary number: for statistics, never for amounts.
    var double: Double { NSDecimalNumber(decimal: self).doubleValue }
}
