extension Aggregation {
    /// The value of samples without rounding, every stored number being its shortest decimal; nil if it is not available.
    func exactValue(of all: ArraySlice<Sample>) -> ExactNumber? {
        let samples = all.count == 1 ? all : RollUp.unshadowed(all, length: length)
        guard let first = samples.first else { return nil }
        if samples.count == 1 { return exactSingle(first) }
        switch statistic {
        case .average:
            let isCounted = samples.allSatisfy { sample in
                sample.known.isSuperset(of: [.count, .sum]) && sample.rawCount > 0 && base(0, sample) != nil
            }
            return isCounted ? exactMean(samples) : exactMeanOfMeans(samples)
        case .minimum: return extreme(of: samples) { $0 < $1 }
        case .maximum: return extreme(of: samples) { $0 > $1 }
        case .latest: return samples.lazy.compactMap { exactPlain($0) }.last
        case .sum, .count: return exactTotal(samples) { plain($0)?.value }
        case .percentile(let percentile): return exactPercentile(percentile, of: samples)
        }
    }

    private func exactSingle(_ sample: Sample) -> ExactNumber? {
        if case .percentile = statistic,
            let stored = sample.extras.first(where: { $0.name == statistic.word })?.value
        {
            return exactBase(ExactNumber(stored), sample)
        }
        return exactPlain(sample)
    }

    /// The same number as `plain`, in the base unit.
    private func exactPlain(_ sample: Sample) -> ExactNumber? {
        switch statistic {
        case .average, .percentile: return exactMean(of: sample)
        case .minimum, .maximum, .latest, .sum, .count:
            guard let found = plain(sample) else { return nil }
            return found.isAverage ? exactMean(of: sample) : exactBase(ExactNumber(found.value), sample)
        }
    }

    private func exactMean(of sample: Sample) -> ExactNumber? {
        if sample.known.isSuperset(of: [.count, .sum]), sample.rawCount > 0 {
            return exactBase(ExactNumber(sample.rawSum) / ExactNumber(sample.rawCount), sample)
        }
        return sample.average.flatMap { exactBase(ExactNumber($0), sample) }
    }

    /// Converts to the base unit; nil where `base` is nil.
    private func exactBase(_ value: ExactNumber, _ sample: Sample) -> ExactNumber? {
        guard statistic != .count else { return value }
        guard base(0, sample) != nil else { return nil }
        return value * ExactNumber(unit(of: sample).conversion.factor)
    }

    /// The sum of a number of each sample in the base unit; nil if no sample has it.
    private func exactTotal(_ samples: ArraySlice<Sample>, _ number: (Sample) -> Double?) -> ExactNumber? {
        var sums: [MetricUnit: ExactSum] = [:]
        for sample in samples {
            guard let value = number(sample), base(value, sample) != nil else { continue }
            sums[statistic == .count ? .count : unit(of: sample), default: ExactSum()].add(value)
        }
        guard !sums.isEmpty else { return nil }
        return sums.reduce(ExactNumber(0)) { $0 + $1.value.value * ExactNumber($1.key.conversion.factor) }
    }

    private func exactMean(_ samples: ArraySlice<Sample>) -> ExactNumber? {
        var count = ExactSum()
        for sample in samples { count.add(sample.rawCount) }
        return exactTotal(samples, \.sum).map { $0 / count.value }
    }

    private func exactMeanOfMeans(_ samples: ArraySlice<Sample>) -> ExactNumber? {
        var (total, weight) = (ExactNumber(0), Int64(0))
        for sample in samples {
            guard let value = exactMean(of: sample) else { continue }
            total = total + value * ExactNumber(length(sample))
            weight += length(sample)
        }
        return weight > 0 ? total / ExactNumber(weight) : nil
    }

    /// The first in an order that rounding does not change.
    private func extreme(
        of samples: ArraySlice<Sample>, _ precedes: (ExactNumber, ExactNumber) -> Bool
    ) -> ExactNumber? {
        let rounded = samples.map { sample in plain(sample).flatMap { base($0.value, sample) } }
        let values = rounded.compactMap { $0 }
        guard let first = statistic == .minimum ? values.min() : values.max() else { return nil }
        var result: ExactNumber?
        for (sample, value) in zip(samples, rounded) where value.map({ Self.isClose($0, first) }) ?? false {
            guard let exact = exactPlain(sample), result.map({ precedes(exact, $0) }) ?? true else { continue }
            result = exact
        }
        return result
    }

    private func exactPercentile(_ percentile: Double, of samples: ArraySlice<Sample>) -> ExactNumber? {
        let found = samples.compactMap { sample -> (rounded: Double, exact: ExactNumber)? in
            guard let rounded = plain(sample).flatMap({ base($0.value, sample) }) else { return nil }
            return exactPlain(sample).map { (rounded, $0) }
        }
        let sorted = found.sorted {
            Self.isClose($0.rounded, $1.rounded) ? $0.exact < $1.exact : $0.rounded < $1.rounded
        }.map(\.exact)
        guard !sorted.isEmpty else { return nil }
        let position = QuantilePosition(percentile, of: sorted.count)
        guard position.part > 0 else { return sorted[position.lower] }
        let share = ExactNumber(position.part, exponent: -5)
        return sorted[position.lower] + share * (sorted[position.lower + 1] - sorted[position.lower])
    }

    /// Whether rounding may have exchanged the order of two numbers.
    private static func isClose(_ left: Double, _ right: Double) -> Bool {
        abs(left - right) <= 1e-12 * max(abs(left), abs(right))
    }
}
