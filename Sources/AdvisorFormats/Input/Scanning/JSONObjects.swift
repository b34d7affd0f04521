/// Cuts a text into its JSON objects: one after another, in arrays, each over one line or several.
enum JSONObjects {
    /// An object's bytes, and where it begins in the input.
    struct Piece {
        var bytes: UnsafeBufferPointer<UInt8>
        var line: Int
        var column: Int

        /// The line and column of a byte of the object.
        func place(of position: Int) -> (line: Int, column: Int) {
            let before = bytes[..<min(position, bytes.count)]
            guard let lineBreak = before.lastIndex(of: 10) else { return (line, column + before.count) }
            return (line + before.count { $0 == 10 }, before.count - lineBreak)
        }
    }

    private static let longest = 16 << 20

    /// Calls `body` with each object.
    /// - Returns: Why the input cannot be read on, and where; nil at its end.
    /// - Throws: The error of the source or of `body`.
    static func each(_ source: ByteSource, _ body: (Piece) throws -> Void) throws -> IngestProblem? {
        var (line, column) = (1, 1)
        var object: [UInt8] = []
        while let byte = try source.peek() {
            switch byte {
            case UInt8(ascii: "{"):
                let (beginLine, beginColumn) = (line, column)
                guard try take(source, into: &object) else {
                    let isLong = object.count > longest
                    return IngestProblem(
                        line: beginLine, column: beginColumn,
                        problem: isLong ? "an object longer than 16 MiB" : "the object that begins here is incomplete")
                }
                try object.withUnsafeBufferPointer { try body(Piece(bytes: $0, line: beginLine, column: beginColumn)) }
                let lineBreaks = object.count { $0 == 10 }
                line += lineBreaks
                column = object.lastIndex(of: 10).map { object.count - $0 } ?? column + object.count
            case 32, 9, 10, 13, UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","):
                source.advance()
                (line, column) = byte == 10 ? (line + 1, 1) : (line, column + 1)
            default:
                return IngestProblem(
                    line: line, column: column, problem: "expected an object, found '\(Character(UnicodeScalar(byte)))'")
            }
        }
        return nil
    }

    /// Takes an object from its first brace to the one that closes it; false when there is none.
    private static func take(_ source: ByteSource, into object: inout [UInt8]) throws -> Bool {
        object.removeAll(keepingCapacity: true)
        var depth = 0
        var (isInText, isEscaped) = (false, false)
        while let byte = try source.peek(), object.count <= longest {
            source.advance()
            object.append(byte)
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == 34 {
                    isInText = false
                }
                continue
            }
            switch byte {
            case 34: isInText = true
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return true }
            default: break
            }
        }
        return false
    }
}
