/// A Swift source taken apart into what the compiler runs and what it only carries.
///
/// Lines and columns (in bytes) stay as they are: what does not belong is blank.
struct SourceText {
    /// Code, with comments and the contents of string literals blank. What is interpolated counts as code.
    let code: [Substring]
    /// The contents of string literals, with all else blank.
    let strings: [Substring]

    /// Takes a source apart. One that does not compile is taken apart as well as it goes.
    init(_ text: String) {
        var scanner = SourceScanner(Array(text.utf8))
        scanner.scan()
        code = String(decoding: scanner.code, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        strings = String(decoding: scanner.strings, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    }
}

/// Walks over a source byte by byte, and copies each byte to the side that it belongs to.
private struct SourceScanner {
    /// Where a byte stands.
    private enum Place {
        /// Within the parentheses of an interpolation, or outermost.
        case code(parentheses: Int)
        case lineComment
        case blockComment
        case string(marks: Int, quotes: Int)
    }

    private let bytes: [UInt8]
    private var position = 0
    private var places = [Place.code(parentheses: 0)]
    /// Blank, but for the ends of lines, until a byte is copied to it.
    private(set) var code: [UInt8]
    private(set) var strings: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        code = bytes.map { $0 == Byte.lineEnd ? $0 : Byte.space }
        strings = code
    }

    mutating func scan() {
        while position < bytes.count, let place = places.last {
            switch place {
            case .code(let parentheses): stepInCode(parentheses)
            case .lineComment: stepInLineComment()
            case .blockComment: stepInBlockComment()
            case .string(let marks, let quotes): stepInString(marks, quotes)
            }
        }
    }

    private mutating func stepInCode(_ parentheses: Int) {
        switch bytes[position] {
        case Byte.slash where comes("//"): places.append(.lineComment)
        case Byte.slash where comes("/*"):
            places.append(.blockComment)
            position += 2
        case Byte.quote, Byte.mark:
            guard let (marks, quotes) = openingQuotes() else { return copyToCode() }
            places.append(.string(marks: marks, quotes: quotes))
            position += marks + quotes
        case Byte.opening where places.count > 1:
            places[places.count - 1] = .code(parentheses: parentheses + 1)
            copyToCode()
        case Byte.closing where places.count > 1:
            if parentheses == 1 { places.removeLast() } else { places[places.count - 1] = .code(parentheses: parentheses - 1) }
            copyToCode()
        default: copyToCode()
        }
    }

    private mutating func stepInLineComment() {
        position = bytes[position...].firstIndex(of: Byte.lineEnd) ?? bytes.count
        places.removeLast()
    }

    private mutating func stepInBlockComment() {
        switch bytes[position] {
        case Byte.slash where comes("/*"):
            places.append(.blockComment)
            position += 2
        case Byte.star where comes("*/"):
            places.removeLast()
            position += 2
        default: position += 1
        }
    }

    private mutating func stepInString(_ marks: Int, _ quotes: Int) {
        let byte = bytes[position]
        guard byte == Byte.backslash || byte == Byte.quote || byte == Byte.lineEnd else { return copyToStrings() }
        let hashes = String(repeating: "#", count: marks)
        if comes("\\" + hashes + "(") {
            places.append(.code(parentheses: 1))
            position += marks + 2
        } else if comes("\\" + hashes) {
            position = min(position + marks + 2, bytes.count)
        } else if comes(String(repeating: "\"", count: quotes) + hashes) {
            places.removeLast()
            position += quotes + marks
        } else if quotes == 1, byte == Byte.lineEnd {
            places.removeLast()
            position += 1
        } else {
            copyToStrings()
        }
    }

    /// The number of `#` and of quotes, where a literal begins; three quotes only where its first line ends with them.
    private func openingQuotes() -> (marks: Int, quotes: Int)? {
        let marks = bytes[position...].prefix { $0 == Byte.mark }.count
        guard comes("\"", at: position + marks) else { return nil }
        let isMultiline = ["\"\"\"\n", "\"\"\"\r", "\"\"\" "].contains { comes($0, at: position + marks) }
        return (marks, isMultiline ? 3 : 1)
    }

    private func comes(_ text: String, at place: Int? = nil) -> Bool {
        bytes[min(place ?? position, bytes.count)...].starts(with: text.utf8)
    }

    private mutating func copyToCode() {
        code[position] = bytes[position]
        position += 1
    }

    private mutating func copyToStrings() {
        strings[position] = bytes[position]
        position += 1
    }
}

/// The bytes at which a scanner changes its place.
private enum Byte {
    static let lineEnd = UInt8(ascii: "\n"), space = UInt8(ascii: " ")
    static let slash = UInt8(ascii: "/"), star = UInt8(ascii: "*"), backslash = UInt8(ascii: "\\")
    static let quote = UInt8(ascii: "\""), mark = UInt8(ascii: "#")
    static let opening = UInt8(ascii: "("), closing = UInt8(ascii: ")")
}
