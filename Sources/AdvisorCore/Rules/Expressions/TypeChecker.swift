/// A checked expression: names resolved, units fitting.
indirect enum TypedNode: Hashable, Sendable {
    case constant(Fact.Value, Measure)
    case fact(String, Measure)
    /// An index into the formula's readings.
    case reading(Int, Measure)
    case negated(TypedNode)
    case not(TypedNode)
    case binary(Operator, TypedNode, TypedNode, Measure)

    var measure: Measure {
        switch self {
        case .constant(_, let measure), .fact(_, let measure), .reading(_, let measure), .binary(_, _, _, let measure): measure
        case .negated(let inner): inner.measure
        case .not: .boolean
        }
    }

    /// Whether a sample decides it.
    var readsSamples: Bool {
        switch self {
        case .constant, .fact: false
        case .reading: true
        case .negated(let inner), .not(let inner): inner.readsSamples
        case .binary(_, let left, let right, _): left.readsSamples || right.readsSamples
        }
    }
}

/// Resolves names and checks units, collecting every mistake.
struct TypeChecker {
    let vocabulary: Vocabulary
    let role: Formula.Role
    var problems: [FormulaProblem] = []
    var readings: [Formula.Reading] = []
    var facts: [String] = []

    init(vocabulary: Vocabulary, role: Formula.Role) { (self.vocabulary, self.role) = (vocabulary, role) }

    private static let unknown = TypedNode.constant(.number(0), Measure(.list, isRate: true))

    private mutating func fail(_ offset: Int, _ message: String) -> TypedNode {
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
        case .call(let word, let arguments, let offset): return call(word, arguments, offset)
        case .negated(let inner, let offset):
            let checked = check(inner)
            guard checked == Self.unknown || checked.measure.isNumber else {
                return fail(offset, "'-' wants a number, not \(checked.measure.words)")
            }
            return .negated(checked)
        case .not(let inner, let offset):
            let checked = check(inner)
            guard checked == Self.unknown || checked.measure == .boolean else {
                return fail(offset, "'not' wants a condition, not \(checked.measure.words)")
            }
            return .not(checked)
        case .binary(let sign, let left, let right, let offset):
            let first = check(left)
            let second = check(right)
            guard first != Self.unknown, second != Self.unknown else { return Self.unknown }
            return binary(sign, first, second, right: right, offset: offset)
        }
    }

    private mutating func name(_ name: String, _ offset: Int) -> TypedNode {
        if let metric = vocabulary.metrics.metrics[name] { return reading(metric, metric.statistic, nil, offset) }
        if let fact = Fact.named(name) {
            if !facts.contains(name) { facts.append(name) }
            return .fact(name, fact.measure)
        }
        if Function.named(name) != nil { return fail(offset, "'\(name)' is a function and wants a metric: '\(name)(cpu)'") }
        let known = role == .condition ? Fact.all.map(\.name) : Array(vocabulary.metrics.metrics.keys) + Fact.all.map(\.name)
        return fail(offset, "unknown name '\(name)'\(Spelling.hint(for: name, among: known))")
    }

    private mutating func reading(_ metric: Metric, _ statistic: Statistic, _ window: Duration?, _ offset: Int) -> TypedNode {
        if role == .condition { return fail(offset, "'\(metric.id)' is a metric; 'where' knows facts alone, put it in 'when'") }
        if role == .value, case .derived = metric.origin {
            return fail(offset, "'\(metric.id)' is itself derived; name the series' own metrics")
        }
        let reading = Formula.Reading(metric: metric.id, statistic: statistic, window: window)
        let index = readings.firstIndex(of: reading) ?? readings.count
        if index == readings.count { readings.append(reading) }
        return .reading(index, statistic == .count ? .count : metric.measure)
    }

    private mutating func call(_ word: String, _ arguments: [Node], _ offset: Int) -> TypedNode {
        guard let function = Function.named(word) else {
            return fail(offset, "unknown function '\(word)'\(Spelling.hint(for: word, among: Function.all.map(\.word)))")
        }
        guard let statistic = function.statistic else {
            return fail(offset, "'\(word)' is part of the language but not available in this version")
        }
        guard (1...2).contains(arguments.count) else { return fail(offset, "'\(word)' wants \(function.arguments)") }
        guard case .name(let name, let nameOffset) = arguments[0] else {
            return fail(arguments[0].offset, "'\(word)' wants the name of a metric first")
        }
        guard let metric = vocabulary.metrics.metrics[name] else {
            if Fact.named(name) != nil { return fail(nameOffset, "'\(name)' is a fact; '\(word)' wants a metric") }
            return fail(
                nameOffset, "unknown metric '\(name)'\(Spelling.hint(for: name, among: Array(vocabulary.metrics.metrics.keys)))")
        }
        if case .derived = metric.origin, !statistic.isOrder {
            return fail(offset, "'\(word)' of '\(name)' cannot be had: it is derived; avg, min and max can")
        }
        guard arguments.count == 2 else { return reading(metric, statistic, nil, offset) }
        guard case .number(let seconds, .time, _) = arguments[1], seconds >= 60 else {
            return fail(arguments[1].offset, "'\(word)' wants a window of a minute or more second, such as '24h'")
        }
        return reading(metric, statistic, .milliseconds(Int64(seconds * 1000)), offset)
    }

    private mutating func binary(_ sign: Operator, _ left: TypedNode, _ right: TypedNode, right node: Node, offset: Int)
        -> TypedNode
    {
        let (first, second) = (left.measure, right.measure)
        func result(_ measure: Measure) -> TypedNode { .binary(sign, left, right, measure) }
        switch sign {
        case .or, .and:
            guard first == .boolean, second == .boolean else {
                return fail(offset, "'\(sign.rawValue)' joins conditions, not \((first == .boolean ? second : first).words)")
            }
            return result(.boolean)
        case .isIn:
            guard first == .text, second == .list else {
                return fail(offset, "'in' looks for a text in a list, as in 'stage in [\"mvp\", \"launch\"]'")
            }
            return result(.boolean)
        case .equal, .notEqual:
            guard first == second, first.base != .list else { return fail(offset, mismatch(sign, left, right, node)) }
            return result(.boolean)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard first == second, first.isNumber else { return fail(offset, mismatch(sign, left, right, node)) }
            return result(.boolean)
        case .plus, .minus:
            guard first == second, first.isNumber else {
                return fail(offset, "'\(sign.rawValue)' wants one unit on both sides, not \(first.words) and \(second.words)")
            }
            return result(first)
        case .times, .divided:
            guard first.isNumber, second.isNumber, let measure = sign == .times ? product(first, second) : quotient(first, second)
            else {
                return fail(offset, "\(first.words) \(sign == .times ? "times" : "over") \(second.words) means nothing")
            }
            return result(measure)
        }
    }

    /// Plain numbers and ratios scale; a rate times a time is the thing itself.
    private func product(_ left: Measure, _ right: Measure) -> Measure? {
        if left == .count || left == .ratio { return right == .count && left == .ratio ? .count : right }
        if right == .count || right == .ratio { return left }
        if left.isRate, right == .time { return Measure(left.base) }
        if right.isRate, left == .time { return Measure(right.base) }
        return nil
    }

    private func quotient(_ left: Measure, _ right: Measure) -> Measure? {
        if left == right { return .ratio }
        if right == .count || right == .ratio { return left }
        if right == .time, !left.isRate { return left.perTime }
        return nil
    }

    private func mismatch(_ sign: Operator, _ left: TypedNode, _ right: TypedNode, _ node: Node) -> String {
        var message = "compares \(left.measure.words) with \(right.measure.words)"
        if case .number(let value, .count, _) = node, left.measure == .ratio {
            let text = value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
            message += "; did you mean '\(text)%'?"
        } else if case .reading(let index, _) = left {
            let fitting = vocabulary.metrics.metrics.values.filter { $0.measure == right.measure }.map(\.id)
            if right.measure == .bytes, fitting.contains("storage_used") {
                message += "; did you mean 'storage_used'?"
            } else if let closest = Spelling.closest(to: readings[index].metric, among: fitting) {
                message += "; did you mean '\(closest)'?"
            }
        }
        return message
    }
}

extension Statistic {
    /// Whether it keeps to the order of the values, so that a difference of metrics can have it.
    var isOrder: Bool {
        switch self {
        case .average, .minimum, .maximum: true
        case .sum, .count, .percentile: false
        }
    }
}
