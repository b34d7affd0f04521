/// A token, with its offset in characters.
struct Token: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
        case number(Double, QuantityKind)
        case text(String)
        case name(String)
        case symbol(String)
        case end
    }
    var kind: Kind
    var offset: Int

    /// The name in messages.
    var words: String {
        switch kind {
        case .number: "a number"
        case .text(let text): "\"\(text)\""
        case .name(let name): "'\(name)'"
        case .symbol(let symbol): "'\(symbol)'"
        case .end: "the end"
        }
    }
}

/// Splits an expression into tokens.
struct Lexer {
    private let characters: [Character]
    private var position = 0

    /// The unit suffixes of numbers, with the factor to the base unit.
    static let units: [String: (factor: Double, measure: QuantityKind)] = [
        "%": (0.01, .ratio), "ms": (1e-3, .time), "s": (1, .time), "m": (60, .time), "h": (3600, .time), "d": (86_400, .time),
        "B": (1, .bytes), "kB": (1e3, .bytes), "KB": (1e3, .bytes), "MB": (1e6, .bytes), "GB": (1e9, .bytes),
        "TB": (1e12, .bytes),
        "KiB": (1024, .bytes), "MiB": (1_048_576, .bytes), "GiB": (1_073_741_824, .bytes), "TiB": (1_099_511_627_776, .bytes),
        "K": (1e3, .count), "k": (1e3, .count), "M": (1e6, .count), "G": (1e9, .count), "USD": (1, .money),
    ]

    init(_ text: String) { characters = Array(text) }

    static func tokens(_ text: String) throws(FormulaProblems) -> [Token] {
        var lexer = Lexer(text)
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private func problem(_ offset: Int, _ message: String) -> FormulaProblems {
        FormulaProblems(problems: [FormulaProblem(offset: offset, message: message)])
    }

    private mutating func next() throws(FormulaProblems) -> Token {
        while position < characters.count, characters[position].isWhitespace { position += 1 }
        let start = position
        guard position < characters.count else { return Token(kind: .end, offset: start) }
        let character = characters[position]
        if character.isASCII, character.isNumber { return try number(start) }
        if character == "$" {
            position += 1
            guard position < characters.count, characters[position].isASCII, characters[position].isNumber else {
                throw problem(start, "'$' needs a number after it, as in '$50'")
            }
            let token = try number(start)
            guard case .number(let value, let measure) = token.kind, measure.base == .count else {
                throw problem(start, "an amount of money takes no other unit; write '$50' or '$60K'")
            }
            return Token(kind: .number(value, QuantityKind(.money, isRate: measure.isRate)), offset: start)
        }
        if character == "\"" || character == "'" { return try text(start, quote: character) }
        if character.isASCII, character.isLetter || character == "_" {
            return Token(kind: .name(word { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }), offset: start)
        }
        for symbol in ["<=", ">=", "==", "!="] where characters[position...].starts(with: symbol) {
            position += 2
            return Token(kind: .symbol(symbol), offset: start)
        }
        position += 1
        switch character {
        case "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".":
            return Token(kind: .symbol(String(character)), offset: start)
        case "=": throw problem(start, "unknown '='; to compare write '=='")
        case "&": throw problem(start, "unknown '&'; write 'and'")
        case "|": throw problem(start, "unknown '|'; write 'or'")
        case "!": throw problem(start, "unknown '!'; write 'not'")
        default: throw problem(start, "unknown character '\(character)'")
        }
    }

    private mutating func word(while matches: (Character) -> Bool) -> String {
        let start = position
        while position < characters.count, matches(characters[position]) { position += 1 }
        // p99.9 is one word.
        if String(characters[start..<position]) == "p99", position + 1 < characters.count, characters[position] == ".",
            characters[position + 1] == "9"
        {
            position += 2
        }
        return String(characters[start..<position])
    }

    private mutating func text(_ start: Int, quote: Character) throws(FormulaProblems) -> Token {
        position += 1
        var result = ""
        while position < characters.count, characters[position] != quote {
            result.append(characters[position])
            position += 1
        }
        guard position < characters.count else { throw problem(start, "unterminated text; add the closing \(quote)") }
        position += 1
        return Token(kind: .text(result), offset: start)
    }

    private func scaled(_ digits: String, _ factor: Double) -> Double? {
        DecimalText.double(digits.filter { $0 != "_" }, times: factor)
    }

    private mutating func number(_ start: Int) throws(FormulaProblems) -> Token {
        let digits = word { $0.isASCII && ($0.isNumber || $0 == "_" || $0 == ".") }
        guard let value = Double(digits.filter { $0 != "_" }), value.isFinite, !digits.hasSuffix("."), !digits.hasSuffix("_")
        else {
            throw problem(start, "invalid number '\(digits)'")
        }
        let afterDigits = position
        if position < characters.count, characters[position] == "%" {
            position += 1
            return Token(kind: .number(scaled(digits, 0.01) ?? value / 100, .ratio), offset: start)
        }
        var unit = word { $0.isASCII && $0.isLetter }
        if unit.isEmpty, characters[position...].starts(with: " USD") {
            position += 1
            unit = word { $0.isASCII && $0.isLetter }
        }
        var result = (value, QuantityKind.count)
        if !unit.isEmpty {
            guard let known = Self.units[unit] else {
                throw problem(
                    afterDigits, "unknown unit '\(unit)'; expected one of: %, ms, s, m, h, d, kB to TB, KiB to TiB, K, M and USD")
            }
            result = (scaled(digits, known.factor) ?? value * known.factor, known.measure)
        }
        if characters[position...].starts(with: "/s"),
            position + 2 == characters.count || !(characters[position + 2].isLetter || characters[position + 2].isNumber)
        {
            position += 2
            result.1 = result.1.perTime
        }
        return Token(kind: .number(result.0, result.1), offset: start)
    }
}
