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
}

/// Reduces the samples of a datapoint or window to one value.
struct Aggregation {
    let metric: Metric
    let statistic: Statistic

    /// The value in the base unit of the metric, and its provenance; nil if it is not available.
    func value(of samples: ArraySlice<Sample>) -> (value: Double, provenance: Provenance)? {
        guard let first = samples.first else { return nil }
        // One sample per datapoint is the usual case.
        if samples.count == 1 { return single(first) }
        return combined(RollUp.unshadowed(samples, length: length))
    }

    func length(_ sample: Sample) -> Int64 {
        sample.periodMilliseconds > 0 ? sample.periodMilliseconds : metric.nativePeriod.milliseconds
    }

    func base(_ value: Double, _ sample: Sample) -> Double? {
        guard statistic != .count else { return value }
        let unit = sample.unit.flatMap { $0 == .none ? nil : $0 } ?? metric.unit
        return unit.conversion.measure == metric.measure ? unit.baseValue(of: value) : nil
    }

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
            guard let value = plain(sample).flatMap({ base($0, sample) }) else { return nil }
            return (value, .exact)
        }
    }

    func plain(_ sample: Sample) -> Double? {
        switch statistic {
        case .minimum: sample.minimum
        case .maximum: sample.maximum
        case .latest: sample.maximum ?? mean(sample)
        case .sum: sample.sum
        case .count: sample.count
        case .average, .percentile: mean(sample)
        }
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
        case .minimum: return numbers(samples).min().map { ($0, .exact) }
        case .maximum: return numbers(samples).max().map { ($0, .exact) }
        case .latest: return numbers(samples).last.map { ($0, .exact) }
        case .sum, .count:
            let numbers = numbers(samples)
            return numbers.isEmpty ? nil : (numbers.reduce(0, +), .exact)
        case .percentile(let percentile):
            let numbers = numbers(samples).sorted()
            guard !numbers.isEmpty else { return nil }
            let provenance: Provenance = samples.allSatisfy { $0.count == 1 } ? .percentileOfValues : .percentileOfAverages
            return (numbers.quantile(percentile / 100), provenance)
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
        samples.compactMap { sample in plain(sample).flatMap { base($0, sample) } }
    }
}
