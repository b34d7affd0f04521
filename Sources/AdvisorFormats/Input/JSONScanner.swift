/// A JSON value in memory; used for small parts of documents.
enum JSONElement: Hashable {
    case object([String: JSONElement])
    case array([JSONElement])
    case text(String)
    case number(Double)
    case boolean(Bool)
    case null

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var array: [JSONElement]? { if case .array(let array) = self { array } else { nil } }
    var object: [String: JSONElement]? { if case .object(let object) = self { object } else { nil } }
}

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
    private static let longestText = 1 << 20

    init(_ source: ByteSource) { self.source = source }

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
            throw problem("the document is cut short before '\(Character(UnicodeScalar(byte)))'")
        }
        guard found == byte else {
            throw problem("'\(Character(UnicodeScalar(byte)))' is missing before '\(Character(UnicodeScalar(found)))'")
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
            guard let byte = try source.peek() else { throw problem("the text is cut short") }
            guard bytes.count < Self.longestText else { throw problem("a text longer than 1 MiB") }
            if byte == UInt8(ascii: "\"") { break }
            guard byte >= 32 else { throw problem("a control character stands in a text") }
            take()
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            guard let escaped = try source.peek() else { throw problem("the text is cut short") }
            take()
            try bytes.append(contentsOf: unescaped(escaped))
        }
        take()
        guard let text = String(validating: bytes, as: UTF8.self) else { throw problem("the text is not UTF-8") }
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
                guard try source.peek() == UInt8(ascii: "\\") else { throw problem("half of a surrogate pair") }
                take()
                guard try source.peek() == UInt8(ascii: "u") else { throw problem("half of a surrogate pair") }
                take()
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw problem("half of a surrogate pair") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = UnicodeScalar(unit) else { throw problem("half of a surrogate pair") }
            return Array(String(Character(scalar)).utf8)
        default: throw problem("unknown escape '\\\(Character(UnicodeScalar(byte)))'")
        }
    }

    private mutating func hexadecimal() throws -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = try source.peek(), let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw problem("'\\u' wants four hexadecimal digits")
            }
            value = value << 4 + UInt32(digit)
            take()
        }
        return value
    }

    mutating func number() throws -> Double {
        guard let first = try next(), first == 45 || first &- 48 < 10 else { throw problem("a number is wanted here") }
        var bytes: [UInt8] = []
        while let byte = try source.peek(), byte &- 48 < 10 || byte == 45 || byte == 43 || byte == 46 || byte | 32 == 101,
            bytes.count < 400
        {
            bytes.append(byte)
            take()
        }
        var position = 0
        guard let value = bytes.withUnsafeBufferPointer({ NumberScanner.double($0, &position) }), position == bytes.count else {
            throw problem("'\(String(decoding: bytes, as: UTF8.self))' is no finite number")
        }
        return value
    }

    /// Reads the next value completely.
    mutating func element(depth: Int = 0) throws -> JSONElement {
        guard depth < Self.depthLimit else { throw problem("nested deeper than \(Self.depthLimit) levels") }
        guard let first = try next() else { throw problem("the document is cut short") }
        switch first {
        case UInt8(ascii: "{"):
            var members: [String: JSONElement] = [:]
            try object { scanner, key in members[key] = try scanner.element(depth: depth + 1) }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONElement] = []
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
            default: throw problem("'\(word)' is no JSON value; numbers must be finite")
            }
        default: return .number(try number())
        }
    }
}
