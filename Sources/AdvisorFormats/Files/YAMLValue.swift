internal import AdvisorCore
internal import Foundation
internal import Yams

/// One value of a YAML file, with its place.
struct YAMLValue {
    private let node: Node
    let reader: YAMLReader

    init(node: Node, reader: YAMLReader) { (self.node, self.reader) = (node, reader) }

    var line: Int { node.mark?.line ?? 1 }
    var column: Int { node.mark.map(reader.column) ?? 1 }

    /// Notes an error at this value; `offset` is counted in characters of its text.
    func fail(_ problem: String, offset: Int? = nil) {
        reader.note(problem, line: line, column: offset.map(column(ofCharacter:)) ?? column)
    }

    /// What is worth knowing at this value, and no error.
    func remark(_ text: String) { reader.note(text, line: line, column: column, isNote: true) }

    /// The scalar's text; nil for a list, a mapping or nothing.
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
        return sequence.map { YAMLValue(node: $0, reader: reader) }
    }

    /// The members of a mapping, in order; nil for anything else.
    var members: [(key: YAMLValue, value: YAMLValue)]? {
        guard case .mapping(let mapping) = node else { return nil }
        return mapping.map { (YAMLValue(node: $0.key, reader: reader), YAMLValue(node: $0.value, reader: reader)) }
    }
}

// Where the text of a scalar stands.
extension YAMLValue {
    /// Whether the whole scalar stands on the line it begins in.
    var isOnOneLine: Bool { columns() != nil }

    private func column(ofCharacter offset: Int) -> Int {
        guard let columns = columns(), columns.indices.contains(offset) else { return column }
        return columns[offset]
    }

    /// The column of each character of the text, and of what follows it; nil for what is no scalar on one line.
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

// Reading: each says what it wanted when it meets something else.
extension YAMLValue {
    /// The elements of a list; notes what is none.
    func elements(_ wanted: String = "a list, as in [a, b]") -> [YAMLValue] {
        if let list { return list }
        fail("wants \(wanted)")
        return []
    }

    /// The members of a mapping whose keys are free; notes what is none, and keys that are no text.
    func pairs(_ wanted: String) -> [(name: String, key: YAMLValue, value: YAMLValue)] {
        guard let members else {
            fail("wants \(wanted)")
            return []
        }
        return members.compactMap { key, value in key.string().map { ($0, key, value) } }
    }

    /// A mapping with these keys alone; notes every other, and what is no mapping.
    func mapping(_ keys: [String], _ what: String) -> YAMLMapping? {
        guard let members else {
            fail("\(what) wants a mapping of \(keys.prefix(4).joined(separator: ", "))\(keys.count > 4 ? "…" : "")")
            return nil
        }
        reader.knows(keys, of: what)
        var values: [String: YAMLValue] = [:]
        for (key, value) in members {
            guard let name = key.text, keys.contains(name) else {
                let name = key.text ?? "?"
                let hint =
                    name.contains { ")<>=".contains($0) }
                    ? "; between { and } a comma ends a value, so put the expression in quotes"
                    : DidYouMean.hint(for: name, among: keys)
                key.fail("unknown key '\(name)'\(hint)")
                continue
            }
            if value.isNothing { key.fail("'\(name)' has no value; write one or leave the key out") }
            values[name] = value
        }
        return YAMLMapping(values: values, whole: self)
    }

    /// Reads the scalar by `parse`; notes what was wanted otherwise.
    func read<Value>(_ wanted: String, _ parse: (String) -> Value?) -> Value? {
        guard let text else {
            fail("wants \(wanted)")
            return nil
        }
        guard let value = parse(text) else {
            fail("'\(text)' is not \(wanted)")
            return nil
        }
        return value
    }

    func string() -> String? { read("text") { $0 } }
    func duration() -> Duration? { read("a time such as 5m, 1h or 30d", QuantityText.duration) }
    func bytes() -> Double? { read("a size such as 20GiB", QuantityText.bytes) }
    func percent() -> Double? { read("a share such as 80%", QuantityText.percent) }
    func money(_ example: String) -> Decimal? { read("an amount such as \(example)", QuantityText.money) }
    func integer(atLeast least: Int = 0) -> Int? {
        read("a whole number of at least \(least)") { QuantityText.integer($0).flatMap { $0 >= least ? $0 : nil } }
    }
    func number() -> Double? { read("a number", QuantityText.number) }
    func boolean() -> Bool? { read("true or false") { ["true": true, "false": false][$0] } }

    /// One of a fixed set of words.
    func choice<Value: CaseIterable & RawRepresentable<String>>(_ type: Value.Type) -> Value? {
        guard let text = string() else { return nil }
        if let value = Value(rawValue: text) { return value }
        let words = Value.allCases.map(\.rawValue)
        fail("'\(text)' is none of \(words.joined(separator: ", "))\(DidYouMean.hint(for: text, among: words))")
        return nil
    }

    /// A list of texts.
    func strings() -> [String] { elements().compactMap { $0.string() } }
}

/// A mapping whose keys are known.
struct YAMLMapping {
    let values: [String: YAMLValue]
    let whole: YAMLValue

    /// The value of a key; nil when it is absent, or has nothing, which is noted already.
    subscript(_ key: String) -> YAMLValue? { values[key].flatMap { $0.isNothing ? nil : $0 } }

    /// The value of a key that must be there; notes its absence.
    func required(_ key: String) -> YAMLValue? {
        if values[key] == nil { whole.fail("'\(key)' is missing") }
        return self[key]
    }
}
