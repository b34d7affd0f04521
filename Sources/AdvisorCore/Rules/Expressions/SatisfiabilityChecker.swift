extension Formula {
    /// Why the formula can never hold, or never fail; nil if it can do both.
    ///
    /// Counts and shares are never negative, and a share that CloudWatch gives as percent is at most 100 %. Money may be
    /// refunded, and a lag of -1 s means that there is none.
    public func impossibility(_ vocabulary: Vocabulary) -> SatisfiabilityChecker? {
        if case .constant = root { return nil }
        return Reach(root, ReachGround(self, vocabulary)).impossibility
    }

    /// The first part that can never hold, or never fail, although the whole can do both; nil if there is none.
    public func idlePart(_ vocabulary: Vocabulary) -> (text: String, impossibility: SatisfiabilityChecker)? {
        impossibility(vocabulary) == nil ? Self.idlePart(root, ReachGround(self, vocabulary)) : nil
    }

    private static func idlePart(_ node: TypedNode, _ context: ReachGround) -> (
        text: String, impossibility: SatisfiabilityChecker
    )? {
        switch node {
        case .not(let inner): return idlePart(inner, context)
        case .binary(let sign, _, _, _) where sign == .and || sign == .or:
            let parts = node.terms(of: sign)
            for part in parts {
                if let found = Reach(part, context).impossibility { return (part.text(context.readings.map(\.text)), found) }
            }
            return parts.lazy.compactMap { idlePart($0, context) }.first
        default: return nil
        }
    }

    /// Whether no value fails the formula and meets `clear`: an alarm that only missing data ends.
    ///
    /// Decidable if both compare the same single selector with numbers.
    public func excludes(clear: Formula, _ vocabulary: Vocabulary) -> Bool {
        guard readings.count == 1, readings == clear.readings else { return false }
        return !Reach(.binary(.and, .not(root), clear.root, .boolean), ReachGround(self, vocabulary)).canHold
    }

    /// The texts that facts are compared with.
    public var textsCompared: [(fact: String, text: String)] { Self.textsCompared(root) }

    private static func textsCompared(_ node: TypedNode) -> [(fact: String, text: String)] {
        switch node {
        case .constant, .fact, .reading, .negated: []
        case .not(let inner): textsCompared(inner)
        case .binary(_, .fact(let name, _), .constant(.text(let text), _), _),
            .binary(_, .constant(.text(let text), _), .fact(let name, _), _):
            [(name, text)]
        case .binary(.isIn, .fact(let name, _), .constant(.list(let texts), _), _): texts.map { (name, $0) }
        case .binary(_, let left, let right, _): textsCompared(left) + textsCompared(right)
        }
    }
}

/// A condition that decides nothing.
public struct SatisfiabilityChecker: Hashable, Sendable {
    /// Whether it never holds; otherwise it always holds.
    public var isNever: Bool
    /// `can never hold: a share is never above 100 %`.
    public var words: String
}

/// What the parts of a formula refer to.
private struct ReachGround {
    let readings: [Formula.MetricSelector]
    /// Whether each selector is never negative.
    let isCounted: [Bool]
    /// Whether an apparent constant may be a variable: a switch of the author.
    let hasSwitches: Bool

    init(_ formula: Formula, _ vocabulary: Vocabulary) {
        readings = formula.readings
        hasSwitches = !formula.variables.isEmpty
        isCounted = formula.readings.map { reading in
            guard reading.overTime == nil, let metric = vocabulary.metrics.metrics[reading.metric],
                case .series = metric.origin
            else { return false }
            return reading.statistic == .count || ![.time, .money].contains(metric.measure.base)
        }
    }
}

/// Whether a condition can hold and can fail, over all possible values; both if it cannot be decided.
private struct Reach {
    var canHold = true
    var canFail = true
    private var why = ""

    /// The error in a condition; nil if there is none.
    var impossibility: SatisfiabilityChecker? {
        if !canHold { return SatisfiabilityChecker(isNever: true, words: "can never hold: \(why)") }
        return canFail ? nil : SatisfiabilityChecker(isNever: false, words: "always holds: \(why)")
    }

    init(_ node: TypedNode, _ context: ReachGround) {
        if !node.readsSamples {
            guard !context.hasSwitches, node.factsUsed.isEmpty,
                case .value(.boolean(let value)) = Interpreter(facts: [:]).outcome(node, [])
            else {
                return
            }
            (canHold, canFail, why) = (value, !value, "nothing measured decides it")
        } else if let bounds = node.bounds, let index = node.readingsUsed.first {
            measure(node, index, context, bounds)
        } else {
            join(node, context)
        }
    }

    /// For a condition on one selector: the numbers at which it can change.
    private mutating func measure(_ node: TypedNode, _ index: Int, _ context: ReachGround, _ bounds: [Double]) {
        let (reading, isCounted) = (context.readings[index], context.isCounted[index])
        let isShare = isCounted && node.measure(ofReading: index) == .ratio && reading.statistic.isOrder
        let domains: [(range: ClosedRange<Double>, why: String)] = [
            (-Double.infinity...Double.infinity, ""),
            (isCounted ? 0...Double.infinity : -Double.infinity...Double.infinity, "a measurement is never below zero"),
            (isShare ? 0...1 : -Double.infinity...Double.infinity, "a share is never above 100 %"),
        ]
        let points = Set(bounds + [0, 1]).sorted()
        let between = zip(points, points.dropFirst()).map { $0 + ($1 - $0) / 2 }
        let all = [points[0] - max(1, abs(points[0]))] + points + between + [points[points.count - 1] * 2 + 1]
        for domain in domains {
            let held = Set(
                all.filter(domain.range.contains).map { value in
                    var numbers = [Double](repeating: 0, count: index + 1)
                    numbers[index] = value
                    return Interpreter(facts: [:]).outcome(node, numbers) == .value(.boolean(true))
                })
            (canHold, canFail, why) = (held.contains(true), held.contains(false), domain.why)
            guard canHold, canFail else {
                if why.isEmpty { why = "\(canHold ? "every" : "no") value of \(reading.text) does" }
                return
            }
        }
    }

    /// For joined conditions: each one alone, then those on the same selector together.
    private mutating func join(_ node: TypedNode, _ context: ReachGround) {
        switch node {
        case .not(let inner):
            let inner = Reach(inner, context)
            (canHold, canFail, why) = (inner.canFail, inner.canHold, inner.why)
        case .binary(let sign, _, _, _) where sign == .and || sign == .or:
            let terms = node.terms(of: sign)
            let byReading = Dictionary(grouping: terms.filter { $0.bounds != nil }) { $0.readingsUsed }
            let groups = context.readings.indices.compactMap { byReading[[$0]] }.filter { $0.count > 1 }.map { group in
                group.dropFirst().reduce(group[0]) { TypedNode.binary(sign, $0, $1, .boolean) }
            }
            for reach in (terms + groups).map({ Reach($0, context) }) {
                // A term that never holds decides `and`; one that always holds decides `or`.
                if sign == .and ? !reach.canHold : !reach.canFail { self = reach }
            }
        default: break
        }
    }
}

extension TypedNode {
    /// The numbers that a single selector is compared with; nil if the condition contains anything else.
    fileprivate var bounds: [Double]? {
        guard readingsUsed.count == 1 else { return nil }
        switch self {
        case .not(let inner): return inner.bounds
        case .binary(let sign, let left, let right, _) where sign == .and || sign == .or:
            guard let first = left.bounds, let second = right.bounds else { return nil }
            return first + second
        case .binary(let sign, .reading, let matched, _) where sign.isComparison,
            .binary(let sign, let matched, .reading, _) where sign.isComparison:
            guard matched.factsUsed.isEmpty, !matched.readsSamples,
                case .value(.number(let number)) = Interpreter(facts: [:]).outcome(matched, []), number.isFinite
            else { return nil }
            return [number]
        default: return nil
        }
    }

    /// The operands joined by an operator, at any depth.
    fileprivate func terms(of sign: Operator) -> [TypedNode] {
        guard case .binary(sign, let left, let right, _) = self else { return [self] }
        return left.terms(of: sign) + right.terms(of: sign)
    }
}
