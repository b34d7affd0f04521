/// Lays out labeled paragraphs and tables at the width of a terminal.
struct TextLayout {
    /// In terminal cells, at least 40.
    let width: Int
    private(set) var lines: [String] = []

    init(width: Int) { self.width = max(40, width) }

    /// An empty line between two parts; none at the beginning.
    mutating func gap() {
        if let last = lines.last, !last.isEmpty { lines.append("") }
    }

    /// Adds a line, truncated at the width.
    mutating func line(_ text: String) { lines.append(text.truncated(to: width)) }

    /// Adds a paragraph with a label; continuation lines are indented.
    mutating func paragraph(_ label: String, _ text: String, labelWidth: Int = 13) {
        let start = label.isEmpty ? .spaces(labelWidth) : label.padded(to: max(labelWidth, label.displayWidth + 1))
        lines += Self.wrapped(start, text, width: width, indent: labelWidth)
    }

    /// Adds rows of cells in columns as wide as their widest cell; the last column is truncated, or left out of all rows with
    /// `isWhole`, where a part would mislead.
    mutating func table(_ rows: [[String]], indent: Int = 2, rightAligned: Set<Int> = [], isWhole: Bool = false) {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].displayWidth : 0 }.max() ?? 0 }
        let isCut = isWhole && indent + widths.reduce(0) { $0 + $1 + 2 } - 2 > width
        for row in isCut ? rows.map({ Array($0.prefix(columns - 1)) }) : rows {
            let cells = row.enumerated().map { index, cell in
                rightAligned.contains(index) ? cell.leftPadded(to: widths[index]) : cell.padded(to: widths[index])
            }
            line((.spaces(indent) + cells.joined(separator: "  ")).trimmingEnd)
        }
    }

    func render() -> String { lines.joined(separator: "\n") + "\n" }
}

extension TextLayout {
    /// Adds words after a prefix, wrapped and indented.
    static func wrapped(_ start: String, _ text: String, width: Int, indent: Int) -> [String] {
        flow(start, text.words, width: width, indent: indent)
    }

    /// Pieces behind a start on as few lines as the width allows; a piece wider than a line is broken between its words.
    static func flow(_ start: String, _ pieces: [String], separator: String = " ", width: Int, indent: Int) -> [String] {
        let parts = pieces.flatMap { piece in
            piece.displayWidth + indent > width
                ? piece.words.enumerated().map { ($1, $0 == 0 ? separator : " ") } : [(piece, separator)]
        }
        var lines: [String] = []
        var line = start
        for (piece, separator) in parts {
            let joined = line.isEmpty || line.hasSuffix(" ") ? line + piece : line + separator + piece
            if joined.displayWidth > width, !line.allSatisfy({ $0 == " " }) {
                lines.append(line)
                // A word too wide for its column moves to the left.
                line = .spaces(min(indent, max(2, width - piece.displayWidth))) + piece
            } else {
                line = joined
            }
        }
        return lines + [line]
    }
}
