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
        "%": (0.01, .ratio), "ms": (1e-3, .time), "s": (1, .time), "m": (60, .time), "min": (60, .time), "h": (3600, .time),
        "d": (86_400, .time),
        "B": (1, .bytes), "kB": (1e3, .bytes), "KB": (1e3, .bytes), "MB": (1e6, .bytes), "GB": (1e9, .bytes),
        "TB": (1e12, .bytes),
        "KiB": (1024, .bytes), "MiB": (1_048_576, .bytes), "GiB": (1_073_741_824, .bytes), "TiB": (1_099_511_627_776, .bytes),
        "K": (1e3, .count), "k": (1e3, .count), "M": (1e6, .count), "G": (1e9, .count), "USD": (1, .money),
    ]

    /// Units as people write them, with the unit to write instead.
    private static let spellings = [
        "sec": "s", "secs": "s", "second": "s", "seconds": "s", "mins": "min", "minute": "min", "minutes": "min", "hr": "h",
        "hrs": "h", "hour": "h", "hours": "h", "day": "d", "days": "d", "w": "d", "week": "d", "weeks": "d", "percent": "%",
        "pct": "%", "dollars": "USD", "dollar": "USD", "usd": "USD", "million": "M", "thousand": "K", "gb": "GB", "mb": "MB",
        "kb": "kB", "tb": "TB", "gib": "GiB", "mib": "MiB", "kib": "KiB", "tib": "TiB", "b": "B", "bytes": "B", "byte": "B",
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
        case "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".", ":":
            return Token(kind: .symbol(String(character)), offset: start)
        case "=": throw problem(start, "unknown '='; to compare write '=='")
        case "&": throw problem(start, "unknown '&'; write 'and'")
        case "|": throw problem(start, "unknown '|'; write 'or'")
        case "!": throw problem(start, "unknown '!'; write 'not'")
        default: throw problem(start, "unknown character '\(character)'")
        }
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    private mutating func word(while matches: (Character) -> Bool) -> String {
        let start = position
        while position < characters.count, matches(characters[position]) { position += 1 }
        // p99.9 is one word.
        if position > start + 1, characters[start] == "p", characters[(start + 1)..<position].allSatisfy(Self.isDigit),
            position + 1 < characters.count, characters[position] == ".", Self.isDigit(characters[position + 1])
        {
            position += 1
            while position < characters.count, Self.isDigit(characters[position]) { position += 1 }
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
        // A unit may follow a space, as reports write it; a name cannot follow a number.
        while position < characters.count, characters[position] == " " { position += 1 }
        if position < characters.count, characters[position] == "%" {
            position += 1
            return Token(kind: .number(scaled(digits, 0.01) ?? value / 100, .ratio), offset: start)
        }
        let hasSpace = position > afterDigits
        let unit = word { $0.isASCII && $0.isLetter }
        let isUnit = Self.units[unit] != nil || Self.spelling(unit) != nil
        if unit.isEmpty || hasSpace && !isUnit {
            position = afterDigits
            return Token(kind: .number(value, .count), offset: start).perSecond(takePerSecond())
        }
        guard let known = Self.units[unit] else { throw problem(afterDigits, unknown(unit, after: digits)) }
        let exact = scaled(digits, known.factor) ?? value * known.factor
        return Token(kind: .number(exact, known.measure), offset: start).perSecond(takePerSecond())
    }

    private static func spelling(_ unit: String) -> String? { spellings[unit] ?? spellings[unit.lowercased()] }

    private func unknown(_ unit: String, after digits: String) -> String {
        switch Self.spelling(unit) {
        case nil: "unknown unit '\(unit)'; expected one of: %, ms, s, min, h, d, kB to TB, KiB to TiB, K, M and USD"
        case "d" where unit.hasPrefix("w"): "unknown unit '\(unit)'; write days, as in '7d'"
        case let spelling?: "unknown unit '\(unit)'; write '\(digits)\(spelling)'"
        }
    }

    /// Whether `/s` follows, and ends there.
    private mutating func takePerSecond() -> Bool {
        guard characters[position...].starts(with: "/s"),
            position + 2 == characters.count || !(characters[position + 2].isLetter || characters[position + 2].isNumber)
        else { return false }
        position += 2
        return true
    }
}

extension Token {
    /// The number as a rate, if it is one.
    fileprivate func perSecond(_ isRate: Bool) -> Token {
        guard isRate, case .number(let value, let measure) = kind else { return self }
        return Token(kind: .number(value, measure.perTime), offset: offset)
    }
}
