internal import AdvisorCore

extension Sample {
    /// Of two records for one sample in one ingest, what stands: the greater count, then the greater sum, then the greater
    /// average; statistics that only one of them knows are united.
    func united(with other: Sample) -> Sample {
        switch Self.rank(self, other) {
        case .left: filled(from: other)
        case .right: other.filled(from: self)
        case .neither: elementwise(other)
        }
    }

    /// Whether it stands before another of its series.
    func precedes(_ other: Sample) -> Bool {
        start != other.start ? start < other.start : periodMilliseconds < other.periodMilliseconds
    }

    /// Whether both are of one period of a series.
    func isOfSameTime(as other: Sample) -> Bool { start == other.start && periodMilliseconds == other.periodMilliseconds }

    private enum Winner { case left, right, neither }

    private static func rank(_ left: Sample, _ right: Sample) -> Winner {
        for (first, second) in [(left.count, right.count), (left.sum, right.sum), (left.average, right.average)] {
            guard let first, let second, first != second else { continue }
            return first > second ? .left : .right
        }
        return .neither
    }

    /// Itself, with what the other knows besides.
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
        func greater(_ left: Double?, _ right: Double?) -> Double? {
            guard let left, let right else { return left ?? right }
            return max(left, right)
        }
        var result = filled(from: other)
        result.unit = unit.map { unit in other.unit.map { unit.rawValue >= $0.rawValue ? unit : $0 } ?? unit } ?? other.unit
        result.count = greater(count, other.count)
        result.sum = greater(sum, other.sum)
        result.average = greater(average, other.average)
        result.minimum = greater(minimum, other.minimum)
        result.maximum = greater(maximum, other.maximum)
        let theirs = Dictionary(other.extras.map { ($0.name, $0.value) }, uniquingKeysWith: max)
        result.extras = result.extras.map { ExtraStatistic(name: $0.name, value: max($0.value, theirs[$0.name] ?? $0.value)) }
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

    /// What stands when a later ingest brings `other`: its statistics, unless its count is known and smaller.
    func replaced(by other: Sample) -> Sample {
        if let count, let newer = other.count, newer < count { return self }
        return other.filled(from: self)
    }

    /// Whether two samples are the same to whoever reads them.
    func isSame(as other: Sample) -> Bool {
        unit == other.unit && count == other.count && sum == other.sum && average == other.average && minimum == other.minimum
            && maximum == other.maximum && (extras == other.extras || Set(extras) == Set(other.extras))
    }
}
