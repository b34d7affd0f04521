/// Statistics that a few extreme values do not move.
extension Collection<Double> {
    /// The middle value, the mean of the middle two; 0 without values.
    var median: Double { isEmpty ? 0 : sorted().quantile(0.5) }

    /// The median distance from the median, scaled to a normal distribution's standard deviation; 0 without values.
    var medianDeviation: Double {
        let middle = median
        return map { abs($0 - middle) }.median * 1.4826
    }

    /// The mean; 0 without values.
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

    /// The mean without the given number of smallest and of largest values; the median where none are left.
    func mean(without number: Int) -> Double {
        guard count > 2 * number else { return median }
        return sorted().dropFirst(number).dropLast(number).mean
    }

    /// The percentile, 0 to 100, by linear interpolation; nil without values.
    func percentile(_ percent: Double) -> Double? { isEmpty ? nil : sorted().quantile(percent: percent) }
}

/// Where a percentile lies between values in ascending order.
struct QuantilePosition {
    /// The index of the order statistic at or before it.
    let lower: Int
    /// How far it lies from there to the next one, in parts of ``scale``; 0 for the last.
    let part: Int
    /// So many parts are 1, and a percentile has at most three decimals.
    static let scale = 100_000

    init(_ percentile: Double, of count: Int) {
        (lower, part) = (Int((percentile * 1000).rounded()) * (count - 1)).quotientAndRemainder(dividingBy: Self.scale)
    }
}

extension [Double] {
    /// The percentile of values in ascending order, at least one, as ``quantile(_:)`` computes it; its position is exact.
    func quantile(percent: Double) -> Double {
        let position = QuantilePosition(percent, of: count)
        guard position.part > 0 else { return self[position.lower] }
        let share = Double(position.part) / Double(QuantilePosition.scale)
        return self[position.lower] + share * (self[position.lower + 1] - self[position.lower])
    }

    /// The quantile of values in ascending order, at least one, by linear interpolation between the order statistics.
    ///
    /// Source: Hyndman and Fan 1996, type 7, the default of R and of NumPy.
    /// - Parameter share: 0 for the smallest value to 1 for the largest.
    /// - Returns: The quantile, between the smallest and the largest value.
    func quantile(_ share: Double) -> Double {
        let position = share * Double(count - 1)
        let lower = Int(position)
        let upper = Swift.min(lower + 1, count - 1)
        return self[lower] + (position - Double(lower)) * (self[upper] - self[lower])
    }
}
