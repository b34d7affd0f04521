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
    private(set) var code: [UInt8] = []
    private(set) var strings: [UInt8] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        code.reserveCapacity(bytes.count)
        strings.reserveCapacity(bytes.count)
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
        if comes("//") {
            places.append(.lineComment)
        } else if comes("/*") {
            places.append(.blockComment)
            skip(2)
        } else if let (marks, quotes) = openingQuotes() {
            places.append(.string(marks: marks, quotes: quotes))
            skip(marks + quotes)
        } else if comes("("), places.count > 1 {
            places[places.count - 1] = .code(parentheses: parentheses + 1)
            copyToCode()
        } else if comes(")"), places.count > 1 {
            if parentheses == 1 { places.removeLast() } else { places[places.count - 1] = .code(parentheses: parentheses - 1) }
            copyToCode()
        } else {
            copyToCode()
        }
    }

    private mutating func stepInLineComment() {
        if comes("\n") { places.removeLast() }
        skip(1)
    }

    private mutating func stepInBlockComment() {
        if comes("/*") {
            places.append(.blockComment)
            skip(2)
        } else if comes("*/") {
            places.removeLast()
            skip(2)
        } else {
            skip(1)
        }
    }

    private mutating func stepInString(_ marks: Int, _ quotes: Int) {
        guard comes("\\") || comes("\"") || comes("\n") else { return copyToStrings() }
        let hashes = String(repeating: "#", count: marks)
        if comes("\\" + hashes + "(") {
            places.append(.code(parentheses: 1))
            skip(marks + 2)
        } else if comes("\\" + hashes) {
            skip(marks + 1)
            if position < bytes.count { skip(1) }
        } else if comes(String(repeating: "\"", count: quotes) + hashes) {
            places.removeLast()
            skip(quotes + marks)
        } else if quotes == 1, comes("\n") {
            places.removeLast()
            skip(1)
        } else {
            copyToStrings()
        }
    }

    /// The number of `#` and of quotes, where a literal begins; three quotes only where its first line ends with them.
    private func openingQuotes() -> (marks: Int, quotes: Int)? {
        let marks = bytes[position...].prefix { $0 == UInt8(ascii: "#") }.count
        guard comes("\"", at: position + marks) else { return nil }
        let isMultiline = ["\"\"\"\n", "\"\"\"\r", "\"\"\" "].contains { comes($0, at: position + marks) }
        return (marks, isMultiline ? 3 : 1)
    }

    private func comes(_ text: String, at place: Int? = nil) -> Bool {
        bytes[min(place ?? position, bytes.count)...].starts(with: text.utf8)
    }

    /// Leaves bytes blank on both sides; a line's end stays.
    private mutating func skip(_ count: Int) {
        for _ in 0..<count { copy(toCode: false, toStrings: false) }
    }

    private mutating func copyToCode() { copy(toCode: true, toStrings: false) }

    private mutating func copyToStrings() { copy(toCode: false, toStrings: true) }

    private mutating func copy(toCode: Bool, toStrings: Bool) {
        let byte = bytes[position]
        let isLineEnd = byte == UInt8(ascii: "\n")
        code.append(toCode || isLineEnd ? byte : UInt8(ascii: " "))
        strings.append(toStrings || isLineEnd ? byte : UInt8(ascii: " "))
        position += 1
    }
}
