internal import AdvisorCore

extension Sample {
    /// The merge of two records for one sample in one ingest, independent of their order.
    ///
    /// Of two with count and sum the one with the greater count counts, then the greater sum; it precedes one without them.
    /// Statistics that only one has are combined. For averages, and if undecided, the greater value of each counts.
    func united(with other: Sample) -> Sample {
        var result: Sample
        switch (isWhole, other.isWhole) {
        case (true, false): result = filled(from: other)
        case (false, true): result = other.filled(from: self)
        case (true, true) where (rawCount, rawSum) > (other.rawCount, other.rawSum): result = filled(from: other)
        case (true, true) where (rawCount, rawSum) < (other.rawCount, other.rawSum): result = other.filled(from: self)
        case (true, true), (false, false): return elementwise(other)
        }
        result.average = Self.greater(average, other.average)
        if isWhole != other.isWhole { result.extras = Self.greater(extras, other.extras) }
        return result
    }

    /// Whether it summarizes its observations: a stream or put does, a single statistic does not.
    private var isWhole: Bool { known.isSuperset(of: [.count, .sum]) }

    private static func greater(_ left: Double?, _ right: Double?) -> Double? {
        guard let left, let right else { return left ?? right }
        return max(left, right)
    }

    private static func greater(_ left: [ExtraStatistic], _ right: [ExtraStatistic]) -> [ExtraStatistic] {
        Dictionary((left + right).map { ($0.name, $0.value) }, uniquingKeysWith: max)
            .map { ExtraStatistic(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
    }

    /// Whether it precedes another one of its series.
    func precedes(_ other: Sample) -> Bool {
        start != other.start ? start < other.start : periodMilliseconds < other.periodMilliseconds
    }

    /// Whether both have the same period of a series.
    func isOfSameTime(as other: Sample) -> Bool { start == other.start && periodMilliseconds == other.periodMilliseconds }

    /// Adds the statistics that only the other has.
    func filled(from other: Sample) -> Sample {
        var result = self
        result.unit = unit ?? other.unit
        result.count = count ?? other.count
        result.sum = sum ?? other.sum
        result.average = average ?? other.average
        result.minimum = minimum ?? other.minimum
        result.maximum = maximum ?? other.maximum
        if !other.extras.isEmpty {
            let own = Set(extras.map(\.name))
            result.extras = (extras + other.extras.filter { !own.contains($0.name) }).sorted { $0.name < $1.name }
        }
        return result
    }

    private func elementwise(_ other: Sample) -> Sample {
        var result = filled(from: other)
        result.unit = unit.map { unit in other.unit.map { unit.rawValue >= $0.rawValue ? unit : $0 } ?? unit } ?? other.unit
        result.count = Self.greater(count, other.count)
        result.sum = Self.greater(sum, other.sum)
        result.average = Self.greater(average, other.average)
        result.minimum = Self.greater(minimum, other.minimum)
        result.maximum = Self.greater(maximum, other.maximum)
        result.extras = Self.greater(extras, other.extras)
        return result
    }

    /// Two puts of one minute: counts and sums added.
    func added(to other: Sample) -> Sample {
        func joined(_ left: Double?, _ right: Double?, _ join: (Double, Double) -> Double) -> Double? {
            guard let left, let right else { return left ?? right }
            return join(left, right)
        }
        var result = filled(from: other)
        result.count = joined(count, other.count, +)
        result.sum = joined(sum, other.sum, +)
        result.minimum = joined(minimum, other.minimum, min)
        result.maximum = joined(maximum, other.maximum, max)
        return result
    }

    /// The merge with the record of a later ingest: its statistics, unless its count is known and smaller.
    /// - Returns: nil if the newer count is smaller: a late, older record.
    func replaced(by other: Sample) -> Sample? {
        if let count, let newer = other.count, newer < count { return nil }
        return other.filled(from: self)
    }

    /// Whether two samples have the same values.
    func isSame(as other: Sample) -> Bool {
        unit == other.unit && count == other.count && sum == other.sum && average == other.average && minimum == other.minimum
            && maximum == other.maximum && (extras == other.extras || Set(extras) == Set(other.extras))
    }
}
