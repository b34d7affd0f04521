internal import AdvisorCore

/// An error in a JSON document, with its position.
struct JSONProblem: Error {
    var line: Int
    var column: Int
    var problem: String
}

/// Reads JSON from a source value by value, with the positions of errors.
struct JSONScanner {
    private let source: ByteSource
    private(set) var line = 1
    private(set) var column = 1
    private static let depthLimit = 64
    private static let longestText = 4 << 20

    init(_ source: ByteSource) { self.source = source }

    /// Reads a part of a document that begins at a line.
    init(_ source: ByteSource, line: Int) { (self.source, self.line) = (source, line) }

    func problem(_ text: String) -> JSONProblem { JSONProblem(line: line, column: column, problem: text) }

    private mutating func take() {
        if (try? source.peek()) == 10 {
            line += 1
            column = 1
        } else {
            column += 1
        }
        source.advance()
    }

    /// The next byte that is not white space; nil at the end.
    mutating func next() throws -> UInt8? {
        while let byte = try source.peek() {
            guard byte == 32 || byte == 9 || byte == 10 || byte == 13 else { return byte }
            take()
        }
        return nil
    }

    mutating func expect(_ byte: UInt8) throws {
        guard let found = try next() else {
            throw problem("unexpected end of document; expected '\(Character(UnicodeScalar(byte)))'")
        }
        guard found == byte else {
            throw problem("expected '\(Character(UnicodeScalar(byte)))', found '\(Character(UnicodeScalar(found)))'")
        }
        take()
    }

    /// Calls `body` for each member of an object; it must read the value.
    mutating func object(_ body: (inout JSONScanner, String) throws -> Void) throws {
        try expect(UInt8(ascii: "{"))
        if try next() == UInt8(ascii: "}") { return take() }
        while true {
            let key = try text()
            try expect(UInt8(ascii: ":"))
            try body(&self, key)
            guard try next() == UInt8(ascii: ",") else { break }
            take()
        }
        try expect(UInt8(ascii: "}"))
    }

    /// Calls `body` for each element of an array; it must read the value.
    mutating func array(_ body: (inout JSONScanner) throws -> Void) throws {
        try expect(UInt8(ascii: "["))
        if try next() == UInt8(ascii: "]") { return take() }
        while true {
            try body(&self)
            guard try next() == UInt8(ascii: ",") else { break }
            take()
        }
        try expect(UInt8(ascii: "]"))
    }

    mutating func text() throws -> String {
        try expect(UInt8(ascii: "\""))
        var bytes: [UInt8] = []
        while true {
            guard let byte = try source.peek() else { throw problem("unterminated string") }
            guard bytes.count < Self.longestText else { throw problem("string longer than 4 MiB") }
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 32 else { throw problem("unescaped control character in string") }
            take()
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escaped = try source.peek() else { throw problem("unterminated string") }
            take()
            try bytes.append(contentsOf: unescaped(escaped))
        }
        take()
        guard let text = String(validating: bytes, as: UTF8.self) else { throw problem("string is not valid UTF-8") }
        return text
    }

    private mutating func unescaped(_ byte: UInt8) throws -> [UInt8] {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "u"):
            var unit = try hexadecimal()
            if (0xD800..<0xDC00).contains(unit) {
                guard try source.peek() == UInt8(ascii: "\\") else { throw problem("unpaired surrogate") }
                take()
                guard try source.peek() == UInt8(ascii: "u") else { throw problem("unpaired surrogate") }
                take()
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw problem("unpaired surrogate") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = UnicodeScalar(unit) else { throw problem("unpaired surrogate") }
            return Array(String(Character(scalar)).utf8)
        default: throw problem("unknown escape '\\\(Character(UnicodeScalar(byte)))'")
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = try source.peek(), let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw problem("'\\u' needs four hexadecimal digits")
            }
            value = value << 4 + UInt32(digit)
            take()
        }
        return value
    }

    mutating func number() throws -> Double {
        let bytes = try numberText()
        var position = 0
        guard let value = bytes.withUnsafeBufferPointer({ NumberScanner.double($0, &position) }), position == bytes.count else {
            throw problem("'\(String(decoding: bytes, as: UTF8.self))' is not a finite number")
        }
        return value
    }

    /// The digits of a number as they are written.
    private mutating func numberText() throws -> [UInt8] {
        guard let first = try next(), first == 45 || first &- 48 < 10 else { throw problem("expected a number") }
        var bytes: [UInt8] = []
        while let byte = try source.peek(), byte &- 48 < 10 || byte == 45 || byte == 43 || byte == 46 || byte | 32 == 101,
            bytes.count < 400
        {
            bytes.append(byte)
            take()
        }
        return bytes
    }

    /// Reads the next value: a text, or a number with every digit as it is written; nil for anything else.
    mutating func scalar() throws -> String? {
        switch try next() {
        case UInt8(ascii: "\"")?: return try text()
        case let byte? where byte == 45 || byte &- 48 < 10: return String(decoding: try numberText(), as: UTF8.self)
        default:
            _ = try element()
            return nil
        }
    }

    /// Reads the next value completely.
    mutating func element(depth: Int = 0) throws -> JSONValue {
        guard depth < Self.depthLimit else { throw problem("nested deeper than \(Self.depthLimit) levels") }
        guard let first = try next() else { throw problem("unexpected end of document") }
        switch first {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try object { scanner, key in members[key] = try scanner.element(depth: depth + 1) }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try array { scanner in elements.append(try scanner.element(depth: depth + 1)) }
            return .array(elements)
        case UInt8(ascii: "\""): return .text(try text())
        case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "I"):
            var word = ""
            while let byte = try source.peek(), (65...90).contains(byte) || (97...122).contains(byte), word.count < 16 {
                word.append(Character(UnicodeScalar(byte)))
                take()
            }
            switch word {
            case "true": return .boolean(true)
            case "false": return .boolean(false)
            case "null": return .null
            default: throw problem("'\(word)' is not a JSON value; numbers must be finite")
            }
        default: return .number(try number())
        }
    }
}

extension JSONValue {
    /// The value of a JSON document; nil when it is not valid JSON.
    init?(json: String) {
        var scanner = JSONScanner(ByteSource(Array(json.utf8)))
        guard let value = try? scanner.element(), (try? scanner.next()) == .some(nil) else { return nil }
        self = value
    }
}
