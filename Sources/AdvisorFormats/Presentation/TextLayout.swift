/// Lays out labeled paragraphs at the width of a terminal.
struct TextLayout {
    let width: Int
    private(set) var lines: [String] = []

    init(width: Int) { self.width = max(40, width) }

    /// Adds an empty line, unless it would be the first.
    mutating func gap() {
        if let last = lines.last, !last.isEmpty { lines.append("") }
    }

    /// Adds a line, truncated at the width.
    mutating func line(_ text: String) { lines.append(text.count > width ? String(text.prefix(width - 1)) + "…" : text) }

    /// Adds a paragraph with a label; continuation lines are indented.
    mutating func paragraph(_ label: String, _ text: String, labelWidth: Int = 13) {
        let indent = String(repeating: " ", count: labelWidth)
        var line = label.isEmpty ? indent : label.padded(to: max(labelWidth, label.count + 1))
        var isEmpty = true
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                (line, isEmpty) = (indent, true)
            }
            line += isEmpty ? String(word) : " " + word
            isEmpty = false
        }
        lines.append(line)
    }

    /// Adds rows of cells in columns as wide as their widest cell; the last column is truncated, or left out of all rows with
    /// `isWhole`, where a part would mislead.
    mutating func table(_ rows: [[String]], indent: Int = 2, rightAligned: Set<Int> = [], isWhole: Bool = false) {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        let isCut = isWhole && indent + widths.reduce(0) { $0 + $1 + 2 } - 2 > width
        for row in isCut ? rows.map({ Array($0.prefix(columns - 1)) }) : rows {
            let cells = row.enumerated().map { index, cell in
                rightAligned.contains(index) ? cell.leftPadded(to: widths[index]) : cell.padded(to: widths[index])
            }
            let text = String(repeating: " ", count: indent) + cells.joined(separator: "  ")
            line(String(text.reversed().drop { $0 == " " }.reversed()))
        }
    }

    /// Adds words after a prefix, wrapped and indented.
    static func wrapped(_ start: String, _ text: String, width: Int, indent: Int) -> [String] {
        var lines: [String] = []
        var line = start
        var isFresh = true
        for word in text.split(separator: " ") {
            if !isFresh, line.count + 1 + word.count > width {
                lines.append(line)
                (line, isFresh) = (String(repeating: " ", count: indent), true)
            }
            line += (isFresh ? "" : " ") + word
            isFresh = false
        }
        return lines + [line]
    }

    func render() -> String { lines.joined(separator: "\n") + "\n" }
}
