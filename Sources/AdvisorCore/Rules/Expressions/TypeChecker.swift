/// A checked expression: names are resolved and units match.
indirect enum TypedNode: Hashable, Sendable {
    case constant(Fact.Value, QuantityKind)
    case fact(String, QuantityKind)
    /// An index into the selectors of the formula.
    case reading(Int, QuantityKind)
    case negated(TypedNode)
    case not(TypedNode)
    case binary(Operator, TypedNode, TypedNode, QuantityKind)

    var measure: QuantityKind {
        switch self {
        case .constant(_, let measure), .fact(_, let measure), .reading(_, let measure), .binary(_, _, _, let measure): measure
        case .negated(let inner): inner.measure
        case .not: .boolean
        }
    }

    /// Whether samples determine it.
    var readsSamples: Bool {
        switch self {
        case .constant, .fact: false
        case .reading: true
        case .negated(let inner), .not(let inner): inner.readsSamples
        case .binary(_, let left, let right, _): left.readsSamples || right.readsSamples
        }
    }
}

extension TypedNode {
    /// Whether neither samples nor facts determine it.
    fileprivate var isConstant: Bool { !readsSamples && factsUsed.isEmpty }

    /// Whether it is always zero.
    fileprivate var isZero: Bool {
        isConstant && Interpreter(facts: [:]).outcome(self, []) == .value(.number(0))
    }
}

/// Resolves names and checks units, collecting all errors.
struct TypeChecker {
    /// The characters of the expression.
    private let text: [Character]
    let vocabulary: Vocabulary
    let role: Formula.Role
    var problems: [FormulaProblem] = []
    var readings: [Formula.MetricSelector] = []
    var facts: [String] = []
    var variables: [Variable] = []

    init(_ text: String, vocabulary: Vocabulary, role: Formula.Role) {
        (self.text, self.vocabulary, self.role) = (Array(text), vocabulary, role)
    }

    static let unknown = TypedNode.constant(.number(0), QuantityKind(.list, isRate: true))

    mutating func fail(_ offset: Int, _ message: String) -> TypedNode {
        problems.append(FormulaProblem(offset: offset, message: message))
        return Self.unknown
    }

    mutating func check(_ node: Node) -> TypedNode {
        switch node {
        case .number(let value, let measure, _): return .constant(.number(value), measure)
        case .text(let text, _): return .constant(.text(text), .text)
        case .boolean(let value, _): return .constant(.boolean(value), .boolean)
        case .list(let texts, _): return .constant(.list(texts), .list)
        case .name(let name, let offset): return self.name(name, offset)
        case .call(let word, let arguments, let offset, let end):
            return call(word, arguments, offset, String(text[offset..<min(end, text.count)]))
        case .named(let name, _, let offset): return fail(offset, "unknown argument '\(name)'; statistics take 'offset: 7d'")
        case .negated(let inner, let offset):
            let checked = check(inner)
            guard checked == Self.unknown || checked.measure.isNumber else {
                return fail(offset, "'-' needs a number, not \(checked.measure.words)")
            }
            return .negated(checked)
        case .not(let inner, let offset):
            let checked = check(inner)
            guard checked == Self.unknown || checked.measure == .boolean else {
                return fail(offset, "'not' needs a condition, not \(checked.measure.words)")
            }
            return .not(checked)
        case .binary(let sign, let left, let right, let offset):
            let first = check(left)
            let second = check(right)
            guard first != Self.unknown, second != Self.unknown else { return Self.unknown }
            return binary(sign, first, second, offset: offset)
        }
    }

    private mutating func name(_ name: String, _ offset: Int) -> TypedNode {
        if let variable = vocabulary.variables[name] {
            if !variables.contains(variable) { variables.append(variable) }
            return .constant(variable.value, variable.measure)
        }
        if let metric = vocabulary.metrics.metric(named: name) {
            return reading(Asked(metric: metric, statistic: metric.statistic), offset)
        }
        if let fact = vocabulary.fact(named: name) {
            if !facts.contains(name) { facts.append(name) }
            return .fact(name, fact.measure)
        }
        if Function.named(name) != nil { return fail(offset, "'\(name)' is a function; write '\(name)(cpu)'") }
        let known =
            (role == .condition ? [] : vocabulary.metrics.names) + vocabulary.facts.map(\.name)
            + vocabulary.variables.keys
        return fail(offset, "unknown name '\(name)'\(Self.hint(forTime: name) ?? DidYouMean.hint(for: name, among: known))")
    }

    /// Where times of the week are configured; nil for a word that means none.
    private static func hint(forTime word: String) -> String? {
        let words: Set = ["weekday", "weekend", "hour", "day", "minute", "month", "day_of_week", "dayofweek", "time", "now"]
        return words.contains(word.lowercased()) ? "; for times of the week use `mute:`, see `advisor rules functions`" : nil
    }

    /// Adds a selector once; `measure` is the metric's own by default.
    mutating func reading(
        _ asked: Asked, _ offset: Int, overTime: Formula.MetricSelector.RangeFunctionApplication? = nil,
        measure: QuantityKind? = nil
    )
        -> TypedNode
    {
        let metric = asked.metric
        if role == .condition { return fail(offset, "'\(metric.id)' is a metric and 'where' takes facts only; use it in 'when'") }
        if role == .value, case .derived = metric.origin {
            return fail(offset, "'\(metric.id)' is itself derived; use the metrics it is derived from")
        }
        let reading = Formula.MetricSelector(
            metric: metric.id, statistic: asked.statistic, window: asked.window, overTime: overTime)
        let index = readings.firstIndex(of: reading) ?? readings.count
        if index == readings.count { readings.append(reading) }
        return .reading(index, measure ?? asked.measure)
    }

    private mutating func call(_ word: String, _ arguments: [Node], _ offset: Int, _ text: String) -> TypedNode {
        guard let function = Function.named(word) else {
            return fail(
                offset,
                "unknown function '\(word)'\(Self.hint(forTime: word) ?? DidYouMean.hint(for: word, among: Function.all.map(\.word)))"
            )
        }
        if let datapointSeries = function.datapointSeries { return overTime(function, datapointSeries, arguments, offset, text) }
        guard let statistic = function.statistic else {
            return fail(offset, "'\(word)' is part of the language but not available in this version")
        }
        return shifted(statistic, function, arguments, offset, text)
    }

    private mutating func binary(_ sign: Operator, _ left: TypedNode, _ right: TypedNode, offset: Int) -> TypedNode {
        let (first, second) = (left.measure, right.measure)
        func result(_ measure: QuantityKind) -> TypedNode { .binary(sign, left, right, measure) }
        switch sign {
        case .or, .and:
            guard first == .boolean, second == .boolean else {
                return fail(offset, "'\(sign.rawValue)' joins conditions, not \((first == .boolean ? second : first).words)")
            }
            return result(.boolean)
        case .isIn:
            guard first == .text, second == .list else {
                return fail(offset, "'in' needs a text and a list, as in 'stage in [\"mvp\", \"launch\"]'")
            }
            return result(.boolean)
        case .equal, .notEqual:
            guard first == second, first.base != .list else { return fail(offset, mismatch(sign, left, right)) }
            return result(.boolean)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard first == second, first.isNumber else { return fail(offset, mismatch(sign, left, right)) }
            return result(.boolean)
        case .plus, .minus:
            guard first == second, first.isNumber else {
                return fail(
                    offset, "'\(sign.rawValue)' needs the same unit on both sides, not \(first.words) and \(second.words)")
            }
            return result(first)
        case .times, .divided:
            guard first.isNumber, second.isNumber, let measure = sign == .times ? product(left, right) : quotient(first, second)
            else {
                return fail(offset, "cannot \(sign == .times ? "multiply" : "divide") \(first.words) by \(second.words)")
            }
            if sign == .divided, right.isZero { return fail(offset, "division by zero") }
            return result(measure)
        }
    }

    /// A plain number or share that is written in the rule scales the other side, whichever side it is on; a share of a count
    /// is a count. A rate times a time is the quantity itself.
    private func product(_ first: TypedNode, _ second: TypedNode) -> QuantityKind? {
        let (left, right) = (first.measure, second.measure)
        let scales: [QuantityKind] = [.count, .ratio]
        if scales.contains(left), scales.contains(right) {
            if first.isConstant != second.isConstant { return first.isConstant ? right : left }
            return left == right ? left : first.isConstant ? .ratio : .count
        }
        if scales.contains(left) { return right }
        if scales.contains(right) { return left }
        if left.isRate, right == .time { return QuantityKind(left.base) }
        if right.isRate, left == .time { return QuantityKind(right.base) }
        return nil
    }

    private func quotient(_ left: QuantityKind, _ right: QuantityKind) -> QuantityKind? {
        if left == right { return .ratio }
        if right == .count || right == .ratio { return left }
        if right == .time, !left.isRate { return left.perTime }
        return nil
    }

    /// A plain number beside a share: `0.8` and `80` both mean 80 %.
    private static func percentHint(_ value: Double) -> String {
        let percent = abs(value) < 1 ? (value * 1e8).rounded() / 1e6 : value
        let text = percent == percent.rounded() && abs(percent) < 1e15 ? String(Int(percent)) : "\(percent)"
        return "; did you mean '\(text)%'?"
    }

    func mismatch(_ sign: Operator, _ left: TypedNode, _ right: TypedNode) -> String {
        var message = "cannot compare \(left.measure.words) with \(right.measure.words)"
        if left.measure == .ratio, case .constant(.number(let value), .count) = right {
            message += Self.percentHint(value)
        } else if right.measure == .ratio, case .constant(.number(let value), .count) = left {
            message += Self.percentHint(value)
        } else if case .reading(let index, _) = left, readings[index].overTime == nil {
            let fitting = vocabulary.metrics.metrics.values.filter { $0.measure == right.measure }.map(\.id)
            if right.measure == .bytes, fitting.contains(.storageUsed) {
                message += "; did you mean '\(MetricID.storageUsed)'?"
            } else if let closest = DidYouMean.closest(
                to: readings[index].metric.rawValue, among: fitting.map(\.rawValue))
            {
                message += "; did you mean '\(closest)'?"
            }
        }
        return message
    }
}

extension Statistic {
    /// Whether it preserves the order of the values, so that it applies to differences of metrics.
    var isOrder: Bool {
        switch self {
        case .average, .minimum, .maximum, .latest: true
        case .sum, .count, .percentile: false
        }
    }
}
