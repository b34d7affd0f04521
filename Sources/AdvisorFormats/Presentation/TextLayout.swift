/// Lays out labelled paragraphs at the width of a terminal.
struct TextLayout {
    let width: Int
    private(set) var lines: [String] = []

    init(width: Int) { self.width = max(40, width) }

    /// An empty line, unless nothing stands yet.
    mutating func gap() {
        if let last = lines.last, !last.isEmpty { lines.append("") }
    }

    /// A line as it is, cut where the terminal ends.
    mutating func line(_ text: String) { lines.append(text.count > width ? String(text.prefix(width - 1)) + "…" : text) }

    /// A paragraph behind a label; what does not fit goes on below, indented as far.
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

    /// Rows of cells in columns as wide as their widest cell; the last column is cut where the terminal ends, or left out of
    /// every row where `isWhole` says that a part of it would mislead.
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

    /// Words behind a start, broken where the width ends; what goes on below is indented.
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
