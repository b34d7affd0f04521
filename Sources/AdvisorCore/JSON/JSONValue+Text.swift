extension JSONValue {
    /// The document on one line, without a line break; keys in the order of their bytes.
    public func line() -> String {
        var writer = JSONWriter(indent: nil)
        writer.write(self)
        return writer.text
    }

    /// As ``line()``, with escapes for what a terminal would obey or not show; it means the same.
    public func terminalLine() -> String {
        var writer = JSONWriter(indent: nil, escapesUnsafe: true)
        writer.write(self)
        return writer.text
    }

    /// The document indented by two spaces, with a line break at its end; keys in the order of their bytes.
    public func render() -> String {
        var writer = JSONWriter(indent: 0, escapesUnsafe: true)
        writer.write(self)
        return writer.text + "\n"
    }
}

/// Writes JSON text (RFC 8259): the same value gives the same bytes, so that outputs can be compared and signed.
private struct JSONWriter {
    private(set) var text = ""
    /// How deep the line is indented; nil for a document on one line.
    private var indent: Int?

    /// Whether characters are escaped that a terminal would obey or not show.
    private let escapesUnsafe: Bool

    init(indent: Int?, escapesUnsafe: Bool = false) { (self.indent, self.escapesUnsafe) = (indent, escapesUnsafe) }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .object(let members):
            write("{", members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }, "}") { writer, member in
                writer.quote(member.key)
                writer.text += writer.indent == nil ? ":" : " : "
                writer.write(member.value)
            }
        case .array(let elements): write("[", elements, "]") { $0.write($1) }
        case .text(let text): quote(text)
        case .number(let number): text += Self.digits(number)
        case .integer(let number): text += String(number)
        case .boolean(let value): text += value ? "true" : "false"
        case .null: text += "null"
        }
    }

    private mutating func write<Part>(
        _ open: String, _ parts: [Part], _ close: String, _ body: (inout JSONWriter, Part) -> Void
    ) {
        text += open
        indent = indent.map { $0 + 2 }
        for (index, part) in parts.enumerated() {
            if index > 0 { text += "," }
            breakLine()
            body(&self, part)
        }
        if parts.isEmpty, indent != nil { text += "\n" }
        indent = indent.map { $0 - 2 }
        breakLine()
        text += close
    }

    private mutating func breakLine() {
        if let indent { text += "\n" + String(repeating: " ", count: indent) }
    }

    /// The shortest digits that read back as the same number; whole numbers without a point; null where not finite.
    private static func digits(_ number: Double) -> String {
        guard number.isFinite else { return "null" }
        if number == number.rounded(), abs(number) < 1e15 { return String(Int64(number)) }
        return "\(number)"
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }

    private mutating func quote(_ string: String) {
        text += "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{8}": text += "\\b"
            case "\u{C}": text += "\\f"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\0"..<" ": escape(scalar)
            case _ where escapesUnsafe && SafeText.isUnsafe(scalar): escape(scalar)
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
