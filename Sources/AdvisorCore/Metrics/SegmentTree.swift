/// A partial result of an aggregation that can be merged with others: all statistics except percentiles.
struct PartialAggregate {
    private(set) var samples = 0
    private var isExact = true
    private var sum = 0.0
    private var count = 0.0
    private var meanSum = 0.0
    private var means = 0.0
    private var total = 0.0
    private var totals = 0
    private var least = Double.infinity
    private var greatest = -Double.infinity
    private var latest = 0.0
    private var usesAverages = false

    init() {}

    /// Creates the aggregate of one sample. Averages without counts are weighted by their length in `unit`s.
    init(_ sample: Sample, _ aggregation: Aggregation, unit: Int64) {
        samples = 1
        switch aggregation.statistic {
        case .average:
            if sample.known.isSuperset(of: [.count, .sum]), sample.rawCount > 0,
                let value = aggregation.base(sample.rawSum, sample)
            {
                (sum, count) = (value, sample.rawCount)
            } else {
                isExact = false
            }
            if let mean = aggregation.mean(sample).flatMap({ aggregation.base($0, sample) }) {
                let weight = Double(aggregation.length(sample)) / Double(unit)
                (meanSum, means) = (mean * weight, weight)
            }
        case .minimum, .maximum, .sum, .count, .percentile, .latest:
            if let found = aggregation.plain(sample), let value = aggregation.base(found.value, sample) {
                (total, totals, least, greatest, latest) = (value, 1, value, value, value)
                usesAverages = found.isAverage
            }
        }
    }

    /// Merges a later aggregate.
    mutating func add(_ other: PartialAggregate) {
        guard other.samples > 0 else { return }
        guard samples > 0 else {
            self = other
            return
        }
        samples += other.samples
        isExact = isExact && other.isExact
        sum += other.sum
        count += other.count
        meanSum += other.meanSum
        means += other.means
        total += other.total
        totals += other.totals
        if other.totals > 0 { latest = other.latest }
        least = min(least, other.least)
        greatest = max(greatest, other.greatest)
        usesAverages = usesAverages || other.usesAverages
    }

    /// The value and its provenance; nil if it is not available.
    func value(_ statistic: Statistic) -> (value: Double, provenance: Provenance)? {
        guard samples > 0 else { return nil }
        switch statistic {
        case .average:
            if samples == 1 { return means > 0 ? (meanSum / means, .exact) : nil }
            if isExact { return (sum / count, .exact) }
            return means > 0 ? (meanSum / means, .meanOfAverages) : nil
        case .minimum: return totals > 0 ? (least, usesAverages ? .averageInPlace : .exact) : nil
        case .maximum: return totals > 0 ? (greatest, usesAverages ? .averageInPlace : .exact) : nil
        case .latest: return totals > 0 ? (latest, .exact) : nil
        case .sum, .count: return totals > 0 ? (total, .exact) : nil
        case .percentile: return nil
        }
    }
}

/// Aggregates of blocks of 2, 4, 8 … datapoints, aligned to the Unix epoch, so that a window is merged from few blocks.
///
/// Each sample is read once. The blocks of a window depend on its position only, not on the start of the tree, so a window
/// always has the same result to the last bit.
struct SegmentTree {
    /// The number of the first datapoint, counted from the Unix epoch.
    private let first: Int64
    /// The levels of the tree; level n begins with block `first >> n`.
    private var levels: [[PartialAggregate]]
    /// Whether a sample begins in a datapoint, or extends into it by its stated period.
    private var presence: [Bool]
    /// The maximum length of a sample, in milliseconds.
    static let longest: Int64 = 86_400_000

    /// Creates a tree over datapoints `first` to `last` of a series without samples that finer ones replace; `all` includes
    /// them.
    init(_ series: SeriesHistory, _ aggregation: Aggregation, all: SeriesHistory, first: Int64, last: Int64, period: Int64) {
        self.first = first
        levels = [[]]
        var leaves = [PartialAggregate](repeating: PartialAggregate(), count: Int(max(0, last - first + 1)))
        presence = [Bool](repeating: false, count: leaves.count)
        let unit = series.samples.first.map(aggregation.length) ?? 1
        var mark = all.index(at: Timestamp(milliseconds: first * period - Self.longest))
        while mark < all.samples.count, all.samples[mark].start.milliseconds < (last + 1) * period {
            self.mark(all.samples[mark], period)
            mark += 1
        }
        var index = series.index(at: Timestamp(milliseconds: first * period))
        let limit = (last + 1) * period
        var (number, end) = (0, (first + 1) * period)
        while index < series.samples.count, series.samples[index].start.milliseconds < limit {
            while series.samples[index].start.milliseconds >= end {
                number += 1
                end += period
            }
            leaves[number].add(PartialAggregate(series.samples[index], aggregation, unit: unit))
            index += 1
        }
        levels[0] = leaves
        var (low, high) = (first, last)
        while high - low > 1 {
            let below = levels[levels.count - 1]
            let (begin, end) = (low >> 1, high >> 1)
            var level = [PartialAggregate](repeating: PartialAggregate(), count: Int(end - begin + 1))
            for (offset, partial) in below.enumerated() { level[Int((low + Int64(offset)) >> 1 - begin)].add(partial) }
            levels.append(level)
            (low, high) = (begin, end)
        }
    }

    private mutating func mark(_ sample: Sample, _ period: Int64) {
        let begin = sample.start.milliseconds.floorDiv(period) - first
        let end = min(begin + max(1, sample.periodMilliseconds / period), Int64(presence.count))
        var number = max(0, begin)
        while number < end {
            presence[Int(number)] = true
            number += 1
        }
    }

    /// Whether a datapoint contains a sample or a part of one.
    func isPresent(_ number: Int64) -> Bool { presence[Int(number - first)] }

    /// The aggregate of datapoints `low` to `high`, in time order.
    func partial(_ low: Int64, _ high: Int64) -> PartialAggregate {
        var result = PartialAggregate()
        var later: [PartialAggregate] = []
        var (left, right) = (low, high + 1)
        var level = 0
        while left < right {
            // At the top level all blocks are merged.
            let isTop = level == levels.count - 1
            let begin = first >> Int64(level)
            if isTop {
                for number in left..<right { result.add(levels[level][Int(number - begin)]) }
                break
            }
            if left & 1 == 1 {
                result.add(levels[level][Int(left - begin)])
                left += 1
            }
            if right & 1 == 1 {
                right -= 1
                later.append(levels[level][Int(right - begin)])
            }
            (left, right) = (left >> 1, right >> 1)
            level += 1
        }
        for partial in later.reversed() { result.add(partial) }
        return result
    }
}
