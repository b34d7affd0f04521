/// Statistics that single wild values do not move.
extension Collection<Double> {
    /// The middle value, the mean of the middle two; 0 of nothing.
    var median: Double {
        guard !isEmpty else { return 0 }
        let sorted = sorted()
        return count % 2 == 1 ? sorted[count / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
    }

    /// The median distance from the median, scaled to a normal distribution's standard deviation; 0 of nothing.
    var medianDeviation: Double {
        let middle = median
        return map { abs($0 - middle) }.median * 1.4826
    }

    /// The mean; 0 of nothing.
    var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }

    /// The mean without so many of the least and greatest each; the median where nothing is left.
    func mean(without number: Int) -> Double {
        guard count > 2 * number else { return median }
        return sorted().dropFirst(number).dropLast(number).mean
    }
}
