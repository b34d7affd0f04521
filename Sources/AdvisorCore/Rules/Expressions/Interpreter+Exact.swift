extension Interpreter {
    /// How far rounding can move a result, as a share of the numbers it is computed from.
    private static let rounding = 1e-9

    /// Whether rounding may decide a comparison in a node.
    ///
    /// `cancelling` has for each selector the magnitude of the numbers that may cancel out in its value.
    func isNearTie(_ node: TypedNode, _ readings: [Double], cancelling: [Double]) -> Bool {
        switch node {
        case .constant, .fact, .reading, .negated: return false
        case .not(let inner): return isNearTie(inner, readings, cancelling: cancelling)
        case .binary(.and, let left, let right, _), .binary(.or, let left, let right, _):
            return isNearTie(left, readings, cancelling: cancelling) || isNearTie(right, readings, cancelling: cancelling)
        case .binary(let sign, let left, let right, _):
            guard sign.isComparison, let first = approximation(left, readings, cancelling),
                let second = approximation(right, readings, cancelling)
            else { return false }
            let magnitude = first.magnitude + second.magnitude
            // A zero is exact.
            if magnitude == 0 { return false }
            let isApart = abs(first.value - second.value) > Self.rounding * magnitude
            return !isApart
        }
    }

    /// The value of a node, and the sum of what was added or subtracted to compute it; nil if it is no number.
    private func approximation(
        _ node: TypedNode, _ readings: [Double], _ cancelling: [Double]
    ) -> (value: Double, magnitude: Double)? {
        switch node {
        case .constant(.number(let value), _): return (value, abs(value))
        case .fact(let name, _):
            guard case .number(let value)? = facts[name] else { return nil }
            return (value, abs(value))
        case .reading(let index, _):
            let value = readings[index]
            return (value, max(abs(value), cancelling[index]))
        case .negated(let inner): return approximation(inner, readings, cancelling).map { (-$0.value, $0.magnitude) }
        case .binary(let sign, let left, let right, _):
            guard let first = approximation(left, readings, cancelling),
                let second = approximation(right, readings, cancelling)
            else { return nil }
            switch sign {
            case .plus: return (first.value + second.value, first.magnitude + second.magnitude)
            case .minus: return (first.value - second.value, first.magnitude + second.magnitude)
            case .times: return (first.value * second.value, first.magnitude * second.magnitude)
            case .divided:
                guard second.value != 0 else { return nil }
                let value = first.value / second.value
                return (value, first.magnitude / abs(second.value) * max(1, second.magnitude / abs(second.value)))
            case .or, .and, .isIn, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: return nil
            }
        case .constant, .not: return nil
        }
    }

    /// The value of a node without rounding: literals and facts are the decimals that they are written as.
    /// - Returns: nil if it is no number, unknown or divided by zero.
    func exactNumber(_ node: TypedNode, _ readings: [ExactNumber]) -> ExactNumber? {
        switch node {
        case .constant(.number(let value), _): return value.isFinite ? ExactNumber(value) : nil
        case .fact(let name, _):
            guard case .number(let value)? = facts[name], value.isFinite else { return nil }
            return ExactNumber(value)
        case .reading(let index, _): return readings[index]
        case .negated(let inner): return exactNumber(inner, readings).map { -$0 }
        case .binary(let sign, let left, let right, _):
            guard let first = exactNumber(left, readings), let second = exactNumber(right, readings) else { return nil }
            switch sign {
            case .plus: return first + second
            case .minus: return first - second
            case .times: return first * second
            case .divided: return second.isZero ? nil : first / second
            case .or, .and, .isIn, .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: return nil
            }
        case .constant, .not: return nil
        }
    }

    /// The outcome of a node whose comparisons of numbers are exact.
    func exactOutcome(_ node: TypedNode, _ readings: [Double], exactly exact: [ExactNumber]) -> Outcome {
        switch node {
        case .constant, .fact, .reading, .negated: return outcome(node, readings)
        case .not(let inner):
            guard case .value(.boolean(let value)) = exactOutcome(inner, readings, exactly: exact) else {
                return outcome(node, readings)
            }
            return .value(.boolean(!value))
        case .binary(.and, let left, let right, _), .binary(.or, let left, let right, _):
            var isAnd = false
            if case .binary(.and, _, _, _) = node { isAnd = true }
            let first = exactOutcome(left, readings, exactly: exact)
            if first == .value(.boolean(!isAnd)) { return first }
            let second = exactOutcome(right, readings, exactly: exact)
            if second == .value(.boolean(!isAnd)) { return second }
            if case .unknown = first { return first }
            return second
        case .binary(let sign, let left, let right, _):
            guard sign.isComparison, let first = exactNumber(left, exact), let second = exactNumber(right, exact) else {
                return outcome(node, readings)
            }
            return .value(.boolean(sign.holds(first, second)))
        }
    }
}

extension Operator {
    /// Whether a comparison of two numbers holds; false for another operator.
    func holds<Number: Comparable>(_ left: Number, _ right: Number) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .equal: left == right
        case .notEqual: left != right
        case .plus, .minus, .times, .divided, .or, .and, .isIn: false
        }
    }
}
