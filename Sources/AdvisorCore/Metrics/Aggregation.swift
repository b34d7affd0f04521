/// How the value of a datapoint was computed; part of the evidence.
public enum Provenance: Hashable, Sendable, Comparable {
    /// Exact: sum over count, a stored percentile, the minimum of minima.
    case exact
    /// The plain mean of averages, because counts are missing.
    case meanOfAverages
    /// A percentile of single values.
    case percentileOfValues
    /// A percentile of averages.
    case percentileOfAverages
    /// Averages in place of a minimum or maximum that the samples do not hold.
    case averageInPlace
}

/// Reduces the samples of a datapoint or window to one value.
struct Aggregation {
    let metric: Metric
    let statistic: Statistic
    /// What `min` and `max` use where only the average is known.
    let fallback: StatisticFallback
    private let nativePeriod: Int64
    /// Whether values in the metric's own unit can be converted.
    private let isConvertible: Bool

    init(metric: Metric, statistic: Statistic, fallback: StatisticFallback = .average) {
        (self.metric, self.statistic, self.fallback) = (metric, statistic, fallback)
        nativePeriod = metric.nativePeriod.milliseconds
        isConvertible = metric.unit.conversion.measure == metric.measure
    }

    /// The value in the base unit of the metric, and its provenance; nil if it is not available.
    func value(of samples: ArraySlice<Sample>) -> (value: Double, provenance: Provenance)? {
        guard let first = samples.first else { return nil }
        // One sample per datapoint is the usual case.
        if samples.count == 1 { return single(first) }
        let standing = RollUp.unshadowed(samples, length: length)
        return standing.count == 1 ? standing.first.flatMap(single) : combined(standing)
    }

    func length(_ sample: Sample) -> Int64 {
        sample.periodMilliseconds > 0 ? sample.periodMilliseconds : nativePeriod
    }

    func base(_ value: Double, _ sample: Sample) -> Double? {
        guard statistic != .count else { return value }
        // Nearly all samples are in the metric's own unit.
        if sample.unit == metric.unit { return isConvertible ? metric.unit.baseValue(of: value) : nil }
        let unit = unit(of: sample)
        return unit.conversion.measure == metric.measure ? unit.baseValue(of: value) : nil
    }

    /// The unit of a sample; the metric's where it states none.
    func unit(of sample: Sample) -> MetricUnit { sample.unit.flatMap { $0 == .none ? nil : $0 } ?? metric.unit }

    func mean(_ sample: Sample) -> Double? {
        if sample.known.isSuperset(of: [.count, .sum]), sample.rawCount > 0 { return sample.rawSum / sample.rawCount }
        return sample.average
    }

    private func single(_ sample: Sample) -> (value: Double, provenance: Provenance)? {
        switch statistic {
        case .average:
            guard let value = mean(sample).flatMap({ base($0, sample) }) else { return nil }
            return (value, .exact)
        case .percentile:
            if let stored = sample.extras.first(where: { $0.name == statistic.word })?.value, let value = base(stored, sample) {
                return (value, .exact)
            }
            guard let value = mean(sample).flatMap({ base($0, sample) }) else { return nil }
            return (value, sample.count == 1 ? .percentileOfValues : .percentileOfAverages)
        case .minimum, .maximum, .sum, .count, .latest:
            guard let found = plain(sample), let value = base(found.value, sample) else { return nil }
            return (value, found.isAverage ? .averageInPlace : .exact)
        }
    }

    /// The statistic of one sample in its unit, and whether it is the average in place of an extreme; nil if it is unknown.
    func plain(_ sample: Sample) -> (value: Double, isAverage: Bool)? {
        switch statistic {
        case .minimum: sample.minimum.map { ($0, false) } ?? averageInPlace(sample)
        case .maximum: sample.maximum.map { ($0, false) } ?? averageInPlace(sample)
        case .latest: (sample.maximum ?? mean(sample)).map { ($0, false) }
        case .sum: sample.sum.map { ($0, false) }
        case .count: sample.count.map { ($0, false) }
        case .average, .percentile: mean(sample).map { ($0, false) }
        }
    }

    private func averageInPlace(_ sample: Sample) -> (value: Double, isAverage: Bool)? {
        fallback == .average ? mean(sample).map { ($0, true) } : nil
    }

    private func combined(_ samples: ArraySlice<Sample>) -> (value: Double, provenance: Provenance)? {
        switch statistic {
        case .average:
            var (sum, count) = (0.0, 0.0)
            var isExact = true
            for sample in samples {
                guard let total = sample.sum, let number = sample.count, number > 0, let value = base(total, sample) else {
                    isExact = false
                    break
                }
                sum += value
                count += number
            }
            if isExact { return (sum / count, .exact) }
            return meanOfMeans(samples).map { ($0, .meanOfAverages) }
        case .minimum: return numbers(samples).min().map { ($0, provenance(samples)) }
        case .maximum: return numbers(samples).max().map { ($0, provenance(samples)) }
        case .latest: return numbers(samples).last.map { ($0, .exact) }
        case .sum, .count:
            let numbers = numbers(samples)
            return numbers.isEmpty ? nil : (numbers.reduce(0, +), .exact)
        case .percentile(let percentile):
            let numbers = numbers(samples).sorted()
            guard !numbers.isEmpty else { return nil }
            let provenance: Provenance = samples.allSatisfy { $0.count == 1 } ? .percentileOfValues : .percentileOfAverages
            return (numbers.quantile(percent: percentile), provenance)
        }
    }

    /// Samples are weighted by their length: an average over an hour has the weight of its minutes.
    private func meanOfMeans(_ samples: ArraySlice<Sample>) -> Double? {
        var (total, weight) = (0.0, 0.0)
        let unit = samples.first.map(length) ?? 1
        for sample in samples {
            guard let value = mean(sample).flatMap({ base($0, sample) }) else { continue }
            let share = Double(length(sample)) / Double(unit)
            total += value * share
            weight += share
        }
        return weight > 0 ? total / weight : nil
    }

    private func numbers(_ samples: ArraySlice<Sample>) -> [Double] {
        samples.compactMap { sample in plain(sample).flatMap { base($0.value, sample) } }
    }

    private func provenance(_ samples: ArraySlice<Sample>) -> Provenance {
        samples.contains { plain($0)?.isAverage ?? false } ? .averageInPlace : .exact
    }
}
