internal import Algorithms

/// Merges samples into one of a longer period, such that count, sum, minimum and maximum are unchanged.
public enum RollUp {
    /// Returns the sample that represents all samples of an interval.
    /// - Parameters:
    ///   - samples: The samples that begin in the interval and are not longer than it, in any order.
    ///   - start: The start of the interval.
    ///   - period: The length of the interval in milliseconds.
    /// - Returns: nil if the samples cannot be merged without loss or need not be: averages without counts that do not fill
    ///   the interval, samples of several units or with different statistics, a single value without a stated period.
    public static func sample(of samples: [Sample], from start: Timestamp, period: Int64) -> Sample? {
        let parts = unshadowed(samples[...]) { $0.periodMilliseconds }.sorted { $0.start < $1.start }
        guard let first = parts.first, first.periodMilliseconds < period else { return nil }
        let isStated = first.periodMilliseconds > 0
        guard
            parts.allSatisfy({
                $0.known == first.known && $0.unit == first.unit && ($0.periodMilliseconds > 0) == isStated
            }), isStated || parts.count > 1
        else { return nil }
        let isCounted = first.known.isSuperset(of: [.count, .sum])
        if isCounted {
            guard parts.allSatisfy({ $0.rawCount > 0 }) else { return nil }
        } else if first.known.contains(.average) {
            guard isFilled(by: parts, start, period) else { return nil }
        }
        var result = Sample(start: start, unit: first.unit)
        result.periodMilliseconds = period
        if first.known.contains(.count) { result.count = parts.reduce(0) { $0 + $1.rawCount } }
        if first.known.contains(.sum) { result.sum = parts.reduce(0) { $0 + $1.rawSum } }
        if first.known.contains(.minimum) { result.minimum = parts.map(\.rawMinimum).min() }
        if first.known.contains(.maximum) { result.maximum = parts.map(\.rawMaximum).max() }
        if first.known.contains(.average) {
            result.average =
                isCounted
                ? result.rawSum / result.rawCount
                : parts.reduce(0) { $0 + $1.rawAverage * Double($1.periodMilliseconds) } / Double(period)
        }
        // Percentiles of several parts cannot be merged; those of a single part are kept.
        if parts.count == 1 { result.extras = first.extras }
        return result
    }

    /// Whether the parts cover the interval without gaps.
    public static func isFilled(by parts: [Sample], _ start: Timestamp, _ period: Int64) -> Bool {
        var reached = start.milliseconds
        for part in parts {
            guard part.start.milliseconds == reached, part.periodMilliseconds > 0 else { return false }
            reached += part.periodMilliseconds
        }
        return reached == start.milliseconds + period
    }

    /// The samples of a series without those that finer samples replace. `length` is the length of a sample in milliseconds.
    static func unshadowed(_ samples: ArraySlice<Sample>, length: (Sample) -> Int64) -> ArraySlice<Sample> {
        guard let first = samples.first.map(length), samples.contains(where: { length($0) != first }) else { return samples }
        return split(samples, length: length).standing[...]
    }

    /// The sum of everything counted, with each interval counted once: of samples with several lengths, the finest.
    ///
    /// A sample without a sum counts as its average times its count.
    public static func sum(of samples: [Sample]) -> Double {
        unshadowed(samples[...]) { $0.periodMilliseconds }.reduce(0) { total, sample in
            total + (sample.sum ?? sample.average.map { $0 * (sample.count ?? 1) } ?? 0)
        }
    }

    /// A sample for whose time there are finer ones.
    struct Shadowed: Hashable {
        /// The start and end in milliseconds.
        var begin: Int64
        var end: Int64
        /// The start of the first finer sample: a window that ends earlier uses the sample itself.
        var finer: Int64
    }

    /// Splits samples into those that count and those that finer samples replace, by start.
    static func split(_ samples: ArraySlice<Sample>, length: (Sample) -> Int64) -> (standing: [Sample], shadowed: [Shadowed]) {
        var standing: [Sample] = []
        var shadowed: [Shadowed] = []
        var finer: [Int64] = []
        for (length, group) in Dictionary(grouping: samples, by: length).sorted(by: { $0.key < $1.key }) {
            for sample in group {
                let begin = sample.start.milliseconds
                let index = position(of: begin, in: finer)
                if index < finer.count, finer[index] < begin + length {
                    shadowed.append(Shadowed(begin: begin, end: begin + length, finer: finer[index]))
                } else {
                    standing.append(sample)
                }
            }
            finer = (finer + group.map(\.start.milliseconds)).sorted()
        }
        return (standing, shadowed.sorted { $0.begin < $1.begin })
    }

    /// The index of the first number that is not smaller.
    private static func position(of value: Int64, in sorted: [Int64]) -> Int {
        sorted.partitioningIndex { $0 >= value }
    }
}

extension SeriesHistory {
    /// Splits the history into samples that count and those that finer samples replace; the history itself if all have one
    /// length.
    func split(_ aggregation: Aggregation) -> (standing: SeriesHistory, shadowed: [RollUp.Shadowed]) {
        let first = samples.first.map(aggregation.length)
        guard samples.contains(where: { aggregation.length($0) != first }) else { return (self, []) }
        let (standing, shadowed) = RollUp.split(samples[...], length: aggregation.length)
        return shadowed.isEmpty ? (self, []) : (SeriesHistory(metric: metric, samples: standing), shadowed)
    }
}
