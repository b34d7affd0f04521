internal import AdvisorCore
internal import Foundation
internal import Yams

/// A value of a YAML file, with its position.
struct YAMLValue {
    private let node: Node
    let reader: YAMLReader
    /// What the schema says of the value; nil where it says nothing.
    private(set) var field: Expected?

    /// A value's key, in the singular, and its kind.
    struct Expected {
        var name: String
        var kind: Field.Kind
    }

    init(node: Node, reader: YAMLReader) { (self.node, self.reader) = (node, reader) }

    /// The value with what the schema says of it.
    func expecting(_ name: String, _ kind: Field.Kind) -> YAMLValue {
        var copy = self
        copy.field = Expected(name: name, kind: kind)
        return copy
    }

    var line: Int { node.mark?.line ?? 1 }
    var column: Int { node.mark.map(reader.column) ?? 1 }

    /// Records an error at this value; `offset` is counted in characters of its text.
    func fail(_ problem: @autoclosure () -> String, offset: Int? = nil) {
        reader.note(problem, line: line, column: { offset.map(column(ofCharacter:)) ?? column })
    }

    /// Notes something worth knowing that is not an error.
    func remark(_ text: String) { reader.note({ text }, line: line, column: { column }, isNote: true) }

    /// The text of the scalar; nil for a list, a mapping or an empty value.
    var text: String? {
        guard case .scalar(let scalar) = node, !isNothing else { return nil }
        return scalar.string
    }

    /// Whether the key has no value.
    var isNothing: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// The elements of a list; nil for anything else.
    var list: [YAMLValue]? {
        guard case .sequence(let sequence) = node else { return nil }
        return sequence.map { inner(YAMLValue(node: $0, reader: reader)) }
    }

    /// The members of a mapping, in order; nil for anything else.
    var members: [(key: YAMLValue, value: YAMLValue)]? {
        guard case .mapping(let mapping) = node else { return nil }
        return mapping.map { (YAMLValue(node: $0.key, reader: reader), inner(YAMLValue(node: $0.value, reader: reader))) }
    }

    /// An element of a list or a value of a mapping, with what the schema says of those.
    private func inner(_ value: YAMLValue) -> YAMLValue {
        guard let field, let kind = field.kind.inner else { return value }
        return value.expecting(field.name.singular, kind)
    }
}

// Where the text of a scalar is.
extension YAMLValue {
    /// Whether the whole scalar is on the line it begins in.
    var isOnOneLine: Bool { columns() != nil }

    private func column(ofCharacter offset: Int) -> Int {
        guard let columns = columns(), columns.indices.contains(offset) else { return column }
        return columns[offset]
    }

    /// The column of each character of the text, and of what follows it; nil for what is not a scalar on one line.
    private func columns() -> [Int]? {
        guard case .scalar(let scalar) = node else { return nil }
        let whole = reader.line(line)
        var rest = whole.dropFirst(column - 1)
        while let first = rest.first, "&!".contains(first), scalar.style != .plain || !rest.hasPrefix(scalar.string) {
            rest = rest.drop { $0 != " " }.drop { $0 == " " }
        }
        let start = whole.distance(from: whole.startIndex, to: rest.startIndex) + 1
        switch scalar.style {
        case .literal, .folded: return nil
        case .any, .plain:
            guard rest.hasPrefix(scalar.string) else { return nil }
            return Array(start...start + scalar.string.count)
        case .singleQuoted, .doubleQuoted:
            let columns = quotedColumns(rest, from: start, isDouble: scalar.style == .doubleQuoted)
            return columns?.count == scalar.string.count + 1 ? columns : nil
        }
    }

    /// As `columns`, for text with its opening quote.
    private func quotedColumns(_ text: Substring, from start: Int, isDouble: Bool) -> [Int]? {
        let quote: Character = isDouble ? "\"" : "'"
        let escape: Character = isDouble ? "\\" : "'"
        let lengths: [Character: Int] = ["x": 4, "u": 6, "U": 10]
        let characters = Array(text)
        var columns: [Int] = []
        var position = 1
        while position < characters.count {
            columns.append(start + position)
            let next = position + 1 < characters.count ? characters[position + 1] : nil
            if characters[position] == escape, let next, isDouble || next == quote {
                position += isDouble ? lengths[next] ?? 2 : 2
            } else if characters[position] == quote {
                return columns
            } else {
                position += 1
            }
        }
        return nil
    }
}
