extension TypedNode {
    /// The indices of the selectors in it.
    var readingsUsed: Set<Int> {
        switch self {
        case .constant, .fact: []
        case .reading(let index, _): [index]
        case .negated(let inner), .not(let inner): inner.readingsUsed
        case .binary(_, let left, let right, _): left.readingsUsed.union(right.readingsUsed)
        }
    }

    /// The kind of quantity of a selector; nil if it is not in the expression.
    func measure(ofReading number: Int) -> QuantityKind? {
        switch self {
        case .constant, .fact: nil
        case .reading(let index, let measure): index == number ? measure : nil
        case .negated(let inner), .not(let inner): inner.measure(ofReading: number)
        case .binary(_, let left, let right, _): left.measure(ofReading: number) ?? right.measure(ofReading: number)
        }
    }

    /// The kind of quantity of a fact; nil if it is not in the expression.
    func measure(ofFact name: String) -> QuantityKind? {
        switch self {
        case .constant, .reading: nil
        case .fact(let own, let measure): own == name ? measure : nil
        case .negated(let inner), .not(let inner): inner.measure(ofFact: name)
        case .binary(_, let left, let right, _): left.measure(ofFact: name) ?? right.measure(ofFact: name)
        }
    }

    /// Whether a literal or variable with a value is in it.
    func contains(_ value: Fact.Value) -> Bool {
        switch self {
        case .constant(let own, _): own == value
        case .fact, .reading: false
        case .negated(let inner), .not(let inner): inner.contains(value)
        case .binary(_, let left, let right, _): left.contains(value) || right.contains(value)
        }
    }

    /// The facts in it, without duplicates, in order.
    var factsUsed: [String] {
        switch self {
        case .constant, .reading: []
        case .fact(let name, _): [name]
        case .negated(let inner), .not(let inner): inner.factsUsed
        case .binary(_, let left, let right, _): left.factsUsed + right.factsUsed.filter { !left.factsUsed.contains($0) }
        }
    }
}
