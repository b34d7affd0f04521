/// The value of an expression at one datapoint.
enum Outcome: Hashable, Sendable {
    case value(Fact.Value)
    /// Why there is no value.
    case unknown(UnknownReason)
}

/// Why an expression has no value.
public enum UnknownReason: Reason {
    /// The fact is neither declared nor measured.
    case factNotSet(fact: String)
    /// The expression divides by zero.
    case divisionByZero
    /// The samples contradict the declared fact: a quantity computed with it is below what the metric can be.
    case factOutOfDate(fact: String)
}

/// Evaluates a checked expression.
struct Interpreter {
    let facts: Facts

    /// Evaluates a node; `readings` contains a number for each of the formula's selectors.
    func outcome(_ node: TypedNode, _ readings: [Double]) -> Outcome {
        switch node {
        case .constant(let value, _): return .value(value)
        case .fact(let name, _): return facts[name].map(Outcome.value) ?? .unknown(.factNotSet(fact: name))
        case .reading(let index, _): return .value(.number(readings[index]))
        case .negated(let inner):
            guard case .value(.number(let number)) = outcome(inner, readings) else { return outcome(inner, readings) }
            return .value(.number(-number))
        case .not(let inner):
            guard case .value(.boolean(let value)) = outcome(inner, readings) else { return outcome(inner, readings) }
            return .value(.boolean(!value))
        case .binary(.and, let left, let right, _): return joined(left, right, readings, deciding: false)
        case .binary(.or, let left, let right, _): return joined(left, right, readings, deciding: true)
        case .binary(let sign, let left, let right, _):
            switch (outcome(left, readings), outcome(right, readings)) {
            case (.unknown(let unknownReason), _), (_, .unknown(let unknownReason)): return .unknown(unknownReason)
            case (.value(_), .value(.number(0))) where sign == .divided: return .unknown(.divisionByZero)
            case (.value(let first), .value(let second)): return .value(Self.combined(sign, first, second))
            }
        }
    }

    /// Three-valued logic: `false and unknown` is false, `true or unknown` is true.
    private func joined(_ left: TypedNode, _ right: TypedNode, _ readings: [Double], deciding: Bool) -> Outcome {
        let first = outcome(left, readings)
        if first == .value(.boolean(deciding)) { return first }
        let second = outcome(right, readings)
        if second == .value(.boolean(deciding)) { return second }
        if case .unknown = first { return first }
        return second
    }

    private static func combined(_ sign: Operator, _ left: Fact.Value, _ right: Fact.Value) -> Fact.Value {
        if case .number(let first) = left, case .number(let second) = right {
            switch sign {
            case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual: return .boolean(sign.holds(first, second))
            case .plus: return .number(first + second)
            case .minus: return .number(first - second)
            case .times: return .number(first * second)
            case .divided: return .number(first / second)
            case .or, .and, .isIn: return .boolean(false)
            }
        }
        switch sign {
        case .isIn:
            guard case .text(let text) = left, case .list(let list) = right else { return .boolean(false) }
            return .boolean(list.contains(text))
        case .notEqual: return .boolean(left != right)
        case .equal: return .boolean(left == right)
        case .or, .and, .less, .lessOrEqual, .greater, .greaterOrEqual, .plus, .minus, .times, .divided: return .boolean(false)
        }
    }
}

extension Formula {
    /// The first comparison of a metric, turned so that the metric is on its left: its sides are the value and threshold of
    /// the evidence.
    var shownComparison: (sign: Operator, left: TypedNode, right: TypedNode)? { Self.comparison(in: root) }

    /// The kind of quantity of the shown comparison; nil if the formula compares no metric.
    public var shownMeasure: QuantityKind? { shownComparison?.left.measure }

    private static func comparison(in node: TypedNode) -> (sign: Operator, left: TypedNode, right: TypedNode)? {
        switch node {
        case .constant, .fact, .reading: nil
        case .negated(let inner): comparison(in: inner)
        case .not(let inner): comparison(in: inner).map { ($0.sign.inverted, $0.left, $0.right) }
        case .binary(let sign, let left, let right, _):
            if sign.isComparison {
                left.readsSamples ? (sign, left, right) : right.readsSamples ? (sign.mirrored, right, left) : nil
            } else {
                comparison(in: left) ?? comparison(in: right)
            }
        }
    }

    /// Evaluates the formula with facts only.
    /// - Returns: True or false, or what is missing to decide.
    public func holds(of facts: Facts) -> FactVerdict {
        switch Interpreter(facts: facts).outcome(root, []) {
        case .value(.boolean(let value)): .known(value)
        case .value: .known(false)
        case .unknown(let unknownReason): .unknown(unknownReason)
        }
    }

    /// The result of evaluating facts only.
    public enum FactVerdict: Hashable, Sendable {
        /// Decided.
        case known(Bool)
        /// Undecided.
        case unknown(UnknownReason)
    }
}
