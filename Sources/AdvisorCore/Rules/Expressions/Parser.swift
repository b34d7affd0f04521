/// A parsed expression before names and units are checked.
indirect enum Node: Hashable, Sendable {
    case number(Double, QuantityKind, offset: Int)
    case text(String, offset: Int)
    case boolean(Bool, offset: Int)
    case list([String], offset: Int)
    case name(String, offset: Int)
    /// `end`: the offset of the end.
    case call(String, [Node], offset: Int, end: Int)
    /// An argument with its name: `offset: 7d`.
    case named(String, Node, offset: Int)
    case negated(Node, offset: Int)
    case not(Node, offset: Int)
    case binary(Operator, Node, Node, offset: Int)

    /// The offset in characters.
    var offset: Int {
        switch self {
        case .number(_, _, let offset), .text(_, let offset), .boolean(_, let offset), .list(_, let offset), .name(_, let offset),
            .call(_, _, let offset, _), .named(_, _, let offset), .negated(_, let offset), .not(_, let offset),
            .binary(_, _, _, let offset):
            offset
        }
    }
}

/// A binary operator.
enum Operator: String, Hashable, Sendable {
    case or, and
    case isIn = "in"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"

    var isComparison: Bool {
        switch self {
        case .less, .lessOrEqual, .greater, .greaterOrEqual, .equal, .notEqual, .isIn: true
        case .or, .and, .plus, .minus, .times, .divided: false
        }
    }
}

extension Operator {
    /// The negated comparison.
    var inverted: Operator {
        switch self {
        case .less: .greaterOrEqual
        case .lessOrEqual: .greater
        case .greater: .lessOrEqual
        case .greaterOrEqual: .less
        case .equal: .notEqual
        case .notEqual: .equal
        case .or, .and, .isIn, .plus, .minus, .times, .divided: self
        }
    }

    /// The comparison with exchanged operands.
    var mirrored: Operator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        case .equal, .notEqual, .or, .and, .isIn, .plus, .minus, .times, .divided: self
        }
    }
}

/// Parses tokens with the grammar of the rule language.
struct Parser {
    private let tokens: [Token]
    private var position = 0
    private var depth = 0
    private static let depthLimit = 64
    private static let lengthLimit = 1000

    static func parse(_ text: String) throws(FormulaProblems) -> Node {
        var parser = Parser(tokens: try Lexer.tokens(text))
        if parser.tokens.count == 1 { throw parser.problem(0, "empty expression; write a condition such as 'avg(cpu) > 80%'") }
        guard parser.tokens.count <= Self.lengthLimit else {
            throw parser.problem(
                parser.tokens[Self.lengthLimit].offset,
                "expression too long; at most \(Self.lengthLimit) words and signs are allowed")
        }
        let node = try parser.or()
        guard parser.current.kind == .end else {
            throw parser.problem(
                parser.current.offset, "unexpected \(parser.current.words); join conditions with 'and' or 'or'")
        }
        return node
    }

    private init(tokens: [Token]) { self.tokens = tokens }

    private var current: Token { tokens[position] }

    private func problem(_ offset: Int, _ message: String) -> FormulaProblems {
        FormulaProblems(problems: [FormulaProblem(offset: offset, message: message)])
    }

    private mutating func takeName(_ word: String) -> Bool {
        guard current.kind == .name(word) else { return false }
        position += 1
        return true
    }

    private mutating func takeSymbol(_ symbol: String) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func or() throws(FormulaProblems) -> Node {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.depthLimit else {
            throw problem(current.offset, "nested too deeply; at most \(Self.depthLimit) levels are allowed")
        }
        var left = try and()
        while case let offset = current.offset, takeName("or") { left = .binary(.or, left, try and(), offset: offset) }
        return left
    }

    private mutating func and() throws(FormulaProblems) -> Node {
        var left = try not()
        while case let offset = current.offset, takeName("and") { left = .binary(.and, left, try not(), offset: offset) }
        return left
    }

    private mutating func not() throws(FormulaProblems) -> Node {
        let offset = current.offset
        guard takeName("not") else { return try comparison() }
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.depthLimit else {
            throw problem(offset, "nested too deeply; at most \(Self.depthLimit) levels are allowed")
        }
        return .not(try not(), offset: offset)
    }

    private mutating func comparison() throws(FormulaProblems) -> Node {
        let left = try sum()
        guard let found = currentOperator, found.isComparison else { return left }
        let offset = current.offset
        position += 1
        let result = Node.binary(found, left, try sum(), offset: offset)
        if let second = currentOperator, second.isComparison {
            throw problem(current.offset, "two comparisons in a row; join them with 'and'")
        }
        return result
    }

    private var currentOperator: Operator? {
        switch current.kind {
        case .symbol(let symbol): Operator(rawValue: symbol)
        case .name("in"): .isIn
        default: nil
        }
    }

    private mutating func sum() throws(FormulaProblems) -> Node {
        var left = try product()
        while let found = currentOperator, found == .plus || found == .minus {
            let offset = current.offset
            position += 1
            left = .binary(found, left, try product(), offset: offset)
        }
        return left
    }

    private mutating func product() throws(FormulaProblems) -> Node {
        var left = try unary()
        while let found = currentOperator, found == .times || found == .divided {
            let offset = current.offset
            position += 1
            left = .binary(found, left, try unary(), offset: offset)
        }
        return left
    }

    private mutating func unary() throws(FormulaProblems) -> Node {
        let offset = current.offset
        guard takeSymbol("-") else { return try primary() }
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.depthLimit else {
            throw problem(offset, "nested too deeply; at most \(Self.depthLimit) levels are allowed")
        }
        return .negated(try unary(), offset: offset)
    }

    private mutating func primary() throws(FormulaProblems) -> Node {
        let token = current
        position += 1
        switch token.kind {
        case .number(let value, let measure):
            if measure.base == .money, takeName("per") { try counted() }
            return .number(value, measure, offset: token.offset)
        case .text(let text): return .text(text, offset: token.offset)
        case .symbol("("):
            let inner = try or()
            guard takeSymbol(")") else { throw problem(current.offset, "expected ')' before \(current.words)") }
            return inner
        case .symbol("["): return .list(try texts(), offset: token.offset)
        case .name("true"): return .boolean(true, offset: token.offset)
        case .name("false"): return .boolean(false, offset: token.offset)
        case .name(let word): return try nameOrCall(word, offset: token.offset)
        case .symbol, .end:
            position -= 1
            throw problem(token.offset, "expected a value before \(token.words)")
        }
    }

    /// What an amount of money is for, as in `$0.02 per user`: money divided by a count is money, so the word is for people.
    private mutating func counted() throws(FormulaProblems) {
        guard case .name = current.kind else {
            throw problem(current.offset, "expected what is counted after 'per', as in '$0.02 per user'")
        }
        position += 1
    }

    private mutating func texts() throws(FormulaProblems) -> [String] {
        var result: [String] = []
        if takeSymbol("]") { return result }
        repeat {
            guard case .text(let text) = current.kind else {
                throw problem(current.offset, "a list takes texts in quotes, not \(current.words)")
            }
            position += 1
            result.append(text)
        } while takeSymbol(",")
        guard takeSymbol("]") else { throw problem(current.offset, "expected ']' before \(current.words)") }
        return result
    }

    private mutating func argument() throws(FormulaProblems) -> Node {
        guard case .name(let name) = current.kind, tokens[position + 1].kind == .symbol(":") else { return try or() }
        let offset = current.offset
        position += 2
        return .named(name, try or(), offset: offset)
    }

    private mutating func nameOrCall(_ word: String, offset: Int) throws(FormulaProblems) -> Node {
        if takeSymbol("(") {
            var arguments: [Node] = []
            if !takeSymbol(")") {
                repeat { arguments.append(try argument()) } while takeSymbol(",")
                guard takeSymbol(")") else { throw problem(current.offset, "expected ')' before \(current.words)") }
            }
            return .call(word, arguments, offset: offset, end: tokens[position - 1].offset + 1)
        }
        var path = word
        while takeSymbol(".") {
            guard case .name(let part) = current.kind else { throw problem(current.offset, "expected a name after '.'") }
            position += 1
            path += "." + part
        }
        return .name(path, offset: offset)
    }
}
