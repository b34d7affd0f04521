/// Splits an expression into parts, with the value of each part at each datapoint.
struct ExplainedParts {
    private let interpreter: Interpreter
    private let texts: [String]
    /// One column per selector, one value per datapoint.
    private let columns: [[Double?]]
    private let count: Int

    /// - Parameters:
    ///   - facts: The facts of the resource.
    ///   - texts: The texts of the selectors.
    ///   - columns: The values of the selectors, oldest first, all of one length.
    init(facts: Facts, texts: [String], columns: [[Double?]]) {
        interpreter = Interpreter(facts: facts)
        (self.texts, self.columns) = (texts, columns)
        count = columns.first?.count ?? 1
    }

    func part(_ node: TypedNode) -> Explanation.Part {
        var result = Explanation.Part(
            text: node.text(texts), kind: .operation, measure: node.measure, values: [], parts: [])
        switch node {
        case .constant: result.kind = .literal
        case .fact: result.kind = .fact
        case .reading(let index, _): (result.kind, result.reading) = (.reading, index)
        case .negated(let inner): (result.sign, result.parts) = ("-", [part(inner)])
        case .not(let inner): (result.sign, result.parts) = ("not", [part(inner)])
        case .binary(let sign, let left, let right, _): (result.sign, result.parts) = (sign.rawValue, [part(left), part(right)])
        }
        let needed = node.readingsUsed
        for index in 0..<(needed.isEmpty ? 1 : count) {
            guard needed.allSatisfy({ columns[$0][index] != nil }) else {
                result.values.append(nil)
                continue
            }
            switch interpreter.outcome(node, columns.map { $0[index] ?? 0 }) {
            case .value(let value): result.values.append(value)
            case .unknown(let unknownReason):
                result.unknownReason = unknownReason
                result.values.append(nil)
            }
        }
        return result
    }
}

extension Formula {
    /// The comparisons that make a condition on facts false, with the facts that contradict them.
    func failedFacts(_ facts: Facts) -> [NoAlertReason.FailedFact] { Self.failed(root, Interpreter(facts: facts)) }

    private static func failed(_ node: TypedNode, _ interpreter: Interpreter) -> [NoAlertReason.FailedFact] {
        guard case .value(.boolean(false)) = interpreter.outcome(node, []) else { return [] }
        if case .binary(let sign, let left, let right, _) = node, sign == .and || sign == .or {
            return failed(left, interpreter) + failed(right, interpreter)
        }
        return node.factsUsed.map { name in
            let value = interpreter.facts[name].map { Fact.words($0, node.measure(ofFact: name) ?? .text) } ?? "unknown"
            return NoAlertReason.FailedFact(asked: node.text([]), fact: name, value: value)
        }
    }
}

extension Fact {
    /// The value of a fact for people: `db.t4g.micro`, `20GiB`.
    public static func words(_ value: Value, _ measure: QuantityKind) -> String {
        if case .text(let text) = value { return text }
        return LiteralText.text(value, measure)
    }
}
