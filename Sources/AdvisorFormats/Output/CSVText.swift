/// Writes cells and rows of CSV (RFC 4180, lines ended by a line feed).
enum CSVText {
    /// Cells as one row, without its line break.
    static func row(_ cells: some Sequence<String>) -> String { cells.map(cell).joined(separator: ",") }

    /// A cell, quoted where a reader would not give back the same text otherwise.
    static func cell(_ text: String) -> String {
        let isPlain =
            !text.contains { ",\"".contains($0) || $0.isNewline } && text.first?.isWhitespace != true
            && text.last?.isWhitespace != true
        return isPlain ? text : "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// A number in its shortest form, whole ones without a point.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : "\(value)"
    }
}
