internal import AdvisorCore
internal import Foundation

// Reading: each notes what it expected when it meets something else.
extension YAMLValue {
    /// The elements of a list; notes anything else.
    func elements(_ expected: String = "a list, as in [a, b]") -> [YAMLValue] {
        if let list { return list }
        fail("expected \(expected)")
        return []
    }

    /// The members of a mapping whose keys are free; notes anything else, and keys that are not text.
    func pairs(_ expected: String) -> [(name: String, key: YAMLValue, value: YAMLValue)] {
        guard let members else {
            fail("expected \(expected)")
            return []
        }
        return members.compactMap { key, value in key.string().map { ($0, key, value) } }
    }

    /// A mapping with the keys of a section alone; notes every other key, required ones that are missing, and anything that
    /// is not a mapping.
    func mapping(_ section: Section) -> YAMLMapping? {
        let keys = section.fields.map(\.name)
        guard let members else {
            fail("\(section.what) must be a mapping with \(keys.prefix(4).joined(separator: ", "))\(keys.count > 4 ? ", …" : "")")
            return nil
        }
        reader.reads(section)
        var values: [String: YAMLValue] = [:]
        for (key, value) in members {
            let name = key.text ?? "?"
            if let problem = section.refused[name] {
                value.fail(problem)
                values[name] = value
                continue
            }
            guard let field = section.fields.first(where: { $0.name == name }) else {
                key.fail(Self.unknown(name, keys))
                continue
            }
            if value.isNothing { key.fail("'\(name)' has no value; set one or remove the key") }
            values[name] = value.expecting(name.replacingOccurrences(of: "_", with: " "), field.kind)
        }
        for field in section.fields where field.isRequired && values[field.name] == nil { fail("'\(field.name)' is missing") }
        return YAMLMapping(values: values, whole: self, section: section)
    }

    private static func unknown(_ name: String, _ keys: [String]) -> String {
        let isCutExpression = name.contains { ")<>=".contains($0) }
        let hint =
            isCutExpression
            ? "; between { and } a comma ends a value, so quote the expression" : DidYouMean.hint(for: name, among: keys)
        return "unknown key '\(name)'\(hint)"
    }

    /// Reads the scalar by `parse`; notes anything else.
    /// - Parameters:
    ///   - name: What it is: `duration`.
    ///   - example: How it is written: `5m`.
    ///   - parse: Gives nil for invalid text.
    /// - Returns: The parsed value; nil when it was noted.
    func read<Value>(_ name: String, _ example: String, _ parse: (String) -> Value?) -> Value? {
        guard let text else {
            fail("expected a \(name), such as \(example)")
            return nil
        }
        guard let value = parse(text) else {
            fail("invalid \(name) '\(text)'; use \(example)")
            return nil
        }
        return value
    }

    /// The scalar's text; notes a list, a mapping or nothing.
    func string() -> String? {
        if text == nil { fail("expected text") }
        return text
    }

    func duration() -> Duration? { read("duration", "5m, 1h or 30d", QuantityText.duration) }
    func bytes() -> Double? { read("size", "20GiB", QuantityText.bytes) }
    func percent() -> Double? { read("percentage", "80%", QuantityText.percent) }
    func money(_ example: String) -> Decimal? { read("amount", example, QuantityText.money) }
    func decimal(_ example: String) -> Decimal? { read("number", example, QuantityText.decimal) }
    func integer(atLeast least: Int = 0) -> Int? {
        read("number", "a whole number of at least \(least)") { QuantityText.integer($0).flatMap { $0 >= least ? $0 : nil } }
    }
    func number() -> Double? { read("number", "0.5 or 2", QuantityText.number) }
    func boolean() -> Bool? { read("value", "true or false") { ["true": true, "false": false][$0] } }
    func time() -> Timestamp? { read("time", "2026-01-01T00:00:00Z") { Timestamp(text: $0) } }
    func day() -> CivilDate? { read("date", "2026-02-01", CivilDate.init(text:)) }

    /// One of the words that the schema allows, else one of the type's.
    func choice<Value: CaseIterable & RawRepresentable<String>>(_ type: Value.Type, _ what: String? = nil) -> Value? {
        guard let text = string() else { return nil }
        let words = field?.kind.allowedWords ?? Value.allCases.map(\.rawValue)
        if words.contains(text), let value = Value(rawValue: text) { return value }
        fail(unknown(text, among: words, what: what))
        return nil
    }

    /// The words for a name that is none of the known ones.
    func unknown(_ text: String, among words: [String], what: String? = nil) -> String {
        let hint = DidYouMean.hint(for: text, among: words)
        let list = hint.isEmpty && words.count <= 12 ? "; expected one of: \(words.joined(separator: ", "))" : ""
        return "unknown \(what ?? field?.name ?? "value") '\(text)'\(hint)\(list)"
    }

    /// A list of texts.
    func strings() -> [String] { elements().compactMap { $0.string() } }

    /// One text, or a list of them.
    func oneOrMore() -> [String] { list == nil ? [string()].compactMap { $0 } : strings() }
}

/// A mapping with known keys.
struct YAMLMapping {
    /// By key, what is refused included.
    let values: [String: YAMLValue]
    let whole: YAMLValue
    let section: Section

    /// The value of a key of the section; nil when it is absent, or has nothing, which is noted already.
    subscript(_ key: String) -> YAMLValue? {
        whole.reader.reads(key, of: section)
        return values[key].flatMap { $0.isNothing ? nil : $0 }
    }
}

extension String {
    /// A plural of English in the singular: `severities`, `stages`.
    var singular: String {
        if hasSuffix("ies") { return dropLast(3) + "y" }
        return hasSuffix("s") && !hasSuffix("ss") ? String(dropLast()) : self
    }
}
