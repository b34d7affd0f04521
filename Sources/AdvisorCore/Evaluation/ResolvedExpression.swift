/// A formula with the series and facts of one resource.
struct ResolvedExpression {
    let formula: Formula
    let sources: [DatapointSource]
    private let interpreter: Interpreter
    /// By selector, the magnitude of the numbers that may cancel out in a value.
    private let cancelling: [Double]

    init(_ formula: Formula, target: EvaluationTarget, vocabulary: Vocabulary, fallback: StatisticFallback) {
        self.formula = formula
        interpreter = Interpreter(facts: target.facts)
        let sources = formula.readings.map {
            DatapointSource($0, history: target.history, facts: target.facts, vocabulary: vocabulary, fallback: fallback)
        }
        self.sources = sources
        cancelling = sources.map(\.cancellingMagnitude)
    }

    /// Evaluates datapoint by datapoint.
    struct Conditions {
        /// nil if any series lacks the datapoint, or if the computed value is undefined.
        var holds: [Bool?] = []
        /// The left side of the shown comparison.
        var shown: [Double?] = []
        var provenance = Provenance.exact
        /// Why the last datapoint has no value although the series have data.
        var unknownReason: UnknownReason?
    }

    /// Evaluates datapoints `first` to `last`, numbered from the Unix epoch.
    func conditions(_ first: Int64, _ last: Int64, period: Int64) -> Conditions {
        var result = Conditions()
        let values = sources.map { $0.values(first, last, period: period, provenance: &result.provenance) }
        let count = Int(max(0, last - first + 1))
        result.holds.reserveCapacity(count)
        result.shown.reserveCapacity(count)
        let shown = formula.shownComparison
        var numbers = [Double](repeating: 0, count: sources.count)
        for index in 0..<count {
            var isComplete = true
            for (number, column) in values.enumerated() {
                guard let value = column[index] else {
                    isComplete = false
                    break
                }
                numbers[number] = value
            }
            guard isComplete else {
                // An unknown fact stays unknown; an earlier division by zero does not explain a missing datapoint.
                if result.unknownReason == .divisionByZero { result.unknownReason = nil }
                result.holds.append(nil)
                result.shown.append(nil)
                continue
            }
            switch outcome(numbers, at: first + Int64(index), period: period) {
            case .value(.boolean(let value)): result.holds.append(value)
            case .value: result.holds.append(nil)
            case .unknown(let unknownReason):
                result.unknownReason = unknownReason
                result.holds.append(nil)
            }
            result.shown.append(shown.flatMap { number($0.left, numbers) })
        }
        return result
    }

    /// The outcome at a datapoint; without rounding where rounding may decide it.
    private func outcome(_ numbers: [Double], at number: Int64, period: Int64) -> Outcome {
        guard interpreter.isNearTie(formula.root, numbers, cancelling: cancelling) else {
            return interpreter.outcome(formula.root, numbers)
        }
        let exact = zip(sources, numbers).compactMap { source, value in
            source.exactValue(at: number, period: period) ?? (value.isFinite ? ExactNumber(value) : nil)
        }
        guard exact.count == numbers.count else { return interpreter.outcome(formula.root, numbers) }
        return interpreter.exactOutcome(formula.root, numbers, exactly: exact)
    }

    /// The number of a node; nil if it is none or unknown.
    func number(_ node: TypedNode, _ readings: [Double]) -> Double? {
        if case .reading(let index, _) = node { return readings[index] }
        guard case .value(.number(let value)) = interpreter.outcome(node, readings), value.isFinite else { return nil }
        return value
    }

    /// The right side of the shown comparison if it does not depend on samples.
    var threshold: Double? {
        guard let shown = formula.shownComparison, !shown.right.readsSamples else { return nil }
        return number(shown.right, [])
    }

    /// What is missing for the threshold; nil if it is known.
    var unknownReason: UnknownReason? {
        guard let shown = formula.shownComparison, !shown.right.readsSamples,
            case .unknown(let unknownReason) = interpreter.outcome(shown.right, [])
        else { return nil }
        return unknownReason
    }

    /// The selector whose history is shown: the first on the left of the shown comparison.
    var shownSource: DatapointSource? {
        guard let shown = formula.shownComparison else { return nil }
        return Self.firstReading(shown.left).map { sources[$0] }
    }

    private static func firstReading(_ node: TypedNode) -> Int? {
        switch node {
        case .reading(let index, _): index
        case .constant, .fact: nil
        case .negated(let inner), .not(let inner): firstReading(inner)
        case .binary(_, let left, let right, _): firstReading(left) ?? firstReading(right)
        }
    }
}
