internal import AdvisorCore
internal import Yams

/// Walks a YAML file, collecting every mistake with its place.
///
/// Scalars are read as their text, never as YAML 1.1 resolves them.
final class YAMLReader {
    let file: String
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String) { self.file = file }

    /// The file's root; nil after noting why it is no YAML. An empty file has none either.
    func root(_ text: String) -> YAMLValue? {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                diagnostics.append(Diagnostic(file: file, problem: "is empty"))
                return nil
            }
            return YAMLValue(node: node, reader: self)
        } catch let error as YamlError {
            diagnostics.append(diagnostic(error))
        } catch {
            diagnostics.append(Diagnostic(file: file, problem: "\(error)"))
        }
        return nil
    }

    private func diagnostic(_ error: YamlError) -> Diagnostic {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            return Diagnostic(file: file, line: mark.line, column: mark.column, problem: "is no YAML here: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.map { "'\($0)'" }.joined(separator: ", ")
            return Diagnostic(
                file: file, line: context.mark.line, column: context.mark.column,
                problem: "the key \(names) stands twice in one mapping; keep one")
        case .reader(let problem, let offset, _, _):
            return Diagnostic(file: file, problem: "cannot be read as text\(offset.map { " at byte \($0)" } ?? ""): \(problem)")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return Diagnostic(file: file, problem: "is no YAML")
        }
    }

    func note(_ problem: String, line: Int?, column: Int?, isNote: Bool = false) {
        diagnostics.append(Diagnostic(file: file, line: line, column: column, problem: problem, isNote: isNote))
    }
}

/// One value of a YAML file, with its place.
struct YAMLValue {
    fileprivate let node: Node
    let reader: YAMLReader

    fileprivate init(node: Node, reader: YAMLReader) { (self.node, self.reader) = (node, reader) }

    var line: Int { node.mark?.line ?? 1 }
    var column: Int { node.mark?.column ?? 1 }

    /// Notes a mistake at this value; `offset` is counted in characters from its beginning.
    func fail(_ problem: String, offset: Int = 0) { reader.note(problem, line: line, column: column + offset) }

    /// Whether the scalar is quoted, so that its text begins one character later.
    var isQuoted: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .doubleQuoted || scalar.style == .singleQuoted
    }

    /// Whether the scalar is a block, in which there are no columns.
    var isBlock: Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .literal || scalar.style == .folded
    }

    /// The scalar's text; nil for a list, a mapping or nothing.
    var text: String? {
        guard case .scalar(let scalar) = node else { return nil }
        let isNull = scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
        return isNull ? nil : scalar.string
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

    /// A mapping with these keys alone; notes every other, and what is no mapping.
    func mapping(_ keys: [String], _ what: String) -> YAMLMapping? {
        guard let members else {
            fail("\(what) wants a mapping of \(keys.prefix(4).joined(separator: ", "))…")
            return nil
        }
        var values: [String: YAMLValue] = [:]
        for (key, value) in members {
            guard let name = key.text, keys.contains(name) else {
                let name = key.text ?? "?"
                key.fail("unknown key '\(name)'\(Spelling.hint(for: name, among: keys))")
                continue
            }
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
    func integer(atLeast least: Int = 0) -> Int? {
        read("a whole number of at least \(least)") { Int($0).flatMap { $0 >= least ? $0 : nil } }
    }
    func number() -> Double? { read("a number") { Double($0).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } } }
    func boolean() -> Bool? { read("true or false") { ["true": true, "false": false][$0] } }

    /// One of a fixed set of words.
    func choice<Value: CaseIterable & RawRepresentable<String>>(_ type: Value.Type) -> Value? {
        guard let text = string() else { return nil }
        if let value = Value(rawValue: text) { return value }
        let words = Value.allCases.map(\.rawValue)
        fail("'\(text)' is none of \(words.joined(separator: ", "))\(Spelling.hint(for: text, among: words))")
        return nil
    }

    /// A list of texts.
    func strings() -> [String]? {
        guard let list else {
            fail("wants a list, as in [a, b]")
            return nil
        }
        return list.compactMap { $0.string() }
    }
}

/// A mapping whose keys are known.
struct YAMLMapping {
    let values: [String: YAMLValue]
    let whole: YAMLValue

    subscript(_ key: String) -> YAMLValue? {
        values[key].flatMap { $0.text == nil && $0.list == nil && $0.members == nil ? nil : $0 }
    }

    /// The value of a key that must be there; notes its absence.
    func required(_ key: String) -> YAMLValue? {
        guard let value = self[key] else {
            whole.fail("'\(key)' is missing")
            return nil
        }
        return value
    }
}
