internal import Algorithms

/// Sums samples up into one of a longer period, so that count, sum, minimum and maximum stay what they were; pure.
public enum RollUp {
    /// The one sample that stands for all samples of an interval.
    /// - Parameters:
    ///   - samples: Those that begin within the interval and are not longer than it, in any order.
    ///   - start: Where the interval begins.
    ///   - period: Its length in milliseconds.
    /// - Returns: nil when the samples stay as they are: there is nothing to sum up, or no single sample would give every
    ///   statistic as they do. That is so of averages without counts unless they fill the interval, of samples of several units
    ///   or that know different things, and of a single value that states no period.
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
        // Percentiles of parts say nothing of the whole; those of the only part are the whole's.
        if parts.count == 1 { result.extras = first.extras }
        return result
    }

    /// Whether the parts cover the interval, each beginning where the one before ends.
    public static func isFilled(by parts: [Sample], _ start: Timestamp, _ period: Int64) -> Bool {
        var reached = start.milliseconds
        for part in parts {
            guard part.start.milliseconds == reached, part.periodMilliseconds > 0 else { return false }
            reached += part.periodMilliseconds
        }
        return reached == start.milliseconds + period
    }

    /// A series' samples without those over whose time there are finer ones: the finer stand for it. `length` is how long
    /// a sample is, in milliseconds.
    static func unshadowed(_ samples: ArraySlice<Sample>, length: (Sample) -> Int64) -> ArraySlice<Sample> {
        guard let first = samples.first.map(length), samples.contains(where: { length($0) != first }) else { return samples }
        return split(samples, length: length).standing[...]
    }

    /// The sum of all that was counted, no interval twice: where samples of several lengths tell of it the finest do.
    ///
    /// A sample without a sum counts as its average, as often as it was taken.
    public static func sum(of samples: [Sample]) -> Double {
        unshadowed(samples[...]) { $0.periodMilliseconds }.reduce(0) { total, sample in
            total + (sample.sum ?? sample.average.map { $0 * (sample.count ?? 1) } ?? 0)
        }
    }

    /// A sample over whose time there are finer ones.
    struct Shadowed: Hashable {
        /// When it begins and ends, in milliseconds.
        var begin: Int64
        var end: Int64
        /// When the first of the finer ones begins: a window that ends before has only the sample itself.
        var finer: Int64
    }

    /// Samples that stand, and those over whose time there are finer ones, by their start.
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

    /// The index of the first number that is not less.
    private static func position(of value: Int64, in sorted: [Int64]) -> Int {
        sorted.partitioningIndex { $0 >= value }
    }
}

extension SeriesHistory {
    /// Its samples without those over whose time there are finer ones, and what is known of these; itself where all are of
    /// one length.
    func split(_ aggregation: Aggregation) -> (standing: SeriesHistory, shadowed: [RollUp.Shadowed]) {
        let first = samples.first.map(aggregation.length)
        guard samples.contains(where: { aggregation.length($0) != first }) else { return (self, []) }
        let (standing, shadowed) = RollUp.split(samples[...], length: aggregation.length)
        return shadowed.isEmpty ? (self, []) : (SeriesHistory(metric: metric, samples: standing), shadowed)
    }
}
