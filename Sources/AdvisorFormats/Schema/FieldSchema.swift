import AdvisorCore

// Sections as JSON Schema, draft 2020-12.
extension Section {
    /// The schema of a mapping, without other keys.
    func schema() -> [String: JSONValue] {
        var result: [String: JSONValue] = [
            "type": .text("object"), "title": .text(what), "description": .text(words), "additionalProperties": .boolean(false),
            "properties": .object(Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.schema()) })),
        ]
        let required = fields.filter(\.isRequired).map(\.name)
        if !required.isEmpty { result["required"] = JSONValue(required) }
        if wantsOne { (result["minProperties"], result["maxProperties"]) = (.integer(1), .integer(1)) }
        if !anyOf.isEmpty { result["anyOf"] = .array(anyOf.map { .object(["required": JSONValue($0)]) }) }
        let pairs = exclusive.flatMap { keys in
            keys.indices.flatMap { index in keys[(index + 1)...].map { [keys[index], $0] } }
        }
        if !pairs.isEmpty {
            result["allOf"] = .array(pairs.map { .object(["not": .object(["required": JSONValue($0)])]) })
        }
        if !needs.isEmpty { result["dependentRequired"] = .object(needs.mapValues { JSONValue([$0]) }) }
        return result
    }
}

extension Field {
    func schema() -> JSONValue {
        var members = kind.schema()
        if isFilled { members["minItems"] = .integer(1) }
        var text = words
        if let fallback { text += " Without it: \(fallback)." }
        // A reference may have a description beside it in this draft.
        members["description"] = .text(text)
        if let example { members["examples"] = .array([.text(example)]) }
        return .object(members)
    }
}

extension Field.Kind {
    private static func pattern(_ pattern: String) -> [String: JSONValue] {
        ["type": .text("string"), "pattern": .text(pattern)]
    }

    private static func anyOf(_ schemas: [String: JSONValue]...) -> [String: JSONValue] {
        ["anyOf": .array(schemas.map { .object($0) })]
    }

    private static func atLeast(_ minimum: Int, type: String) -> [String: JSONValue] {
        ["type": .text(type), "minimum": .integer(minimum)]
    }

    /// More than zero.
    private static let someDigits = #"(?=[0-9_.]*[1-9])"# + digits
    private static let digits = #"([0-9][0-9_]*(\.[0-9]+)?|\.[0-9]+)"#

    func schema() -> [String: JSONValue] {
        switch self {
        // A name of digits is a number in YAML, and a name for the loader; likewise `true`.
        case .text: return ["type": .array([.text("string"), .text("number"), .text("boolean")])]
        case .expression: return ["type": .array([.text("string"), .text("boolean")]), "minLength": .integer(1)]
        case .kebabID:
            return Self.anyOf(
                Self.pattern("^[a-z0-9]+(-[a-z0-9]+)*$"), Self.atLeast(0, type: "integer"), ["type": .text("boolean")])
        case .duration: return Self.pattern("^\(Self.someDigits) ?(ms|s|m|min|h|d)$")
        // Fractions of seconds rarely give whole minutes; fractions of hours and days may.
        case .minutes:
            return Self.pattern(
                "^(\(Self.someDigits) ?[hd]|(?=[0-9_]*[1-9])[0-9][0-9_]*(\\.0+)? ?m|(60|120|180|240|300|600|900|1200|1800|3600|7200|10800|14400|21600|43200|86400) ?s)$"
            )
        case .offset: return Self.anyOf(["const": .integer(0)], ["const": .text("0")], Field.Kind.duration.schema())
        case .size: return Self.pattern("^\(Self.digits) ?(B|kB|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$")
        case .share: return Self.pattern("^\(Self.digits) ?%$")
        case .money: return Self.pattern(#"^(\$ ?[0-9][0-9_,]*(\.[0-9]+)? ?[KkM]?|[0-9][0-9_,]*(\.[0-9]+)? ?[KkM]? ?USD)$"#)
        case .number: return Self.anyOf(Self.atLeast(0, type: "number"), Self.pattern("^\(Self.digits)$"))
        case .whole(let least): return Self.anyOf(Self.atLeast(least, type: "integer"), Self.pattern("^[0-9][0-9_]*$"))
        case .time: return Self.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?$")
        case .day: return Self.pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        case .boolean: return ["type": .text("boolean")]
        case .values:
            return Self.anyOf(
                ["type": .text("number")],
                Self.pattern(#"^\s*(_|_x[0-9]+|[-+0-9.eE]+(x[0-9]+)?)(\s+(_|_x[0-9]+|[-+0-9.eE]+(x[0-9]+)?))*\s*$"#))
        case .literal: return ["type": .array([.text("string"), .text("number"), .text("boolean")])]
        case .datapoints: return Self.pattern(#"^[1-9][0-9_]*\s+of\s+[1-9][0-9_]*$"#)
        case .factor: return Self.pattern(#"^(?!1(\.0+)?x)(?=[0-9_]*[1-9])"# + Self.digits + "x$")
        case .choice(let words): return ["enum": JSONValue(words)]
        case .named: return Field.Kind.text.schema()
        case .mapOf(let kind, _): return Field.Kind.map(kind, keys: nil).schema()
        case .exactly(let word): return ["const": word == "true" ? .boolean(true) : .text(word)]
        case .list(let kind): return ["type": .text("array"), "items": .object(kind.schema())]
        case .map(let kind, let keys):
            var members: [String: JSONValue] = ["type": .text("object"), "additionalProperties": .object(kind.schema())]
            if let keys { members["propertyNames"] = .object(["enum": JSONValue(keys)]) }
            return members
        case .variables:
            var members = Field.Kind.map(.literal, keys: nil).schema()
            members["propertyNames"] = .object(Self.pattern("^[a-z][a-z0-9_]*$"))
            return members
        case .section(let section): return section.schema()
        case .reference(let name): return ["$ref": .text("#/$defs/\(name)")]
        case .either(let kinds): return ["anyOf": .array(kinds.map { .object($0.schema()) })]
        }
    }

    /// The name in the documentation.
    public var words: String {
        switch self {
        case .text: "text"
        case .expression: "an expression, on one line"
        case .kebabID: "an id in kebab-case"
        case .duration: "a duration such as 5m"
        case .minutes: "a duration of whole minutes, such as 5m"
        case .offset: "a duration after the start, such as 5m, or 0"
        case .size: "a size such as 20GiB"
        case .share: "a percentage such as 80%"
        case .money: "an amount such as $50"
        case .number: "a number"
        case .whole(let least): "a whole number of at least \(least)"
        case .time: "a time such as 2026-01-01T00:00:00Z"
        case .day: "a date such as 2026-01-15"
        case .boolean: "true or false"
        case .values: "values such as '50 85x3 _x2 90x10'"
        case .literal: "a value with its unit, such as 80%"
        case .datapoints: "M of N, such as 4 of 5"
        case .factor: "a factor such as 2x"
        case .choice(let words): words.count > 12 ? "one of \(words.count) names" : words.joined(separator: " | ")
        case .named: "a name"
        case .exactly(let word): word
        case .list(let kind): "a list of \(kind.words)"
        case .map(let kind, _), .mapOf(let kind, _): "a mapping of names to \(kind.words)"
        case .variables: Field.Kind.map(.literal, keys: nil).words
        case .section(let section): section.what
        case .reference(let name): "an \(name)"
        case .either(let kinds): kinds.map(\.words).joined(separator: ", or ")
        }
    }
}

/// A kind of file with a schema.
public struct FileSchema: Sendable {
    /// The name for `advisor rules schema`: `rule`.
    public var id: String
    /// The root of the file.
    public var root: Section
    /// The referenced sections, by name.
    public var definitions: [String: Section]

    /// Every kind of file, with the names of the data files listed.
    public static func all(_ names: SchemaNames) -> [FileSchema] {
        [FileSchema.rule, .scenario, .stack].map { $0.listing(names) }
    }

    private func listing(_ names: SchemaNames) -> FileSchema {
        FileSchema(id: id, root: root.listing(names), definitions: definitions.mapValues { $0.listing(names) })
    }

    /// The schema, draft 2020-12.
    public func json() -> String {
        var members = root.schema()
        members["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
        members["$id"] = .text("urn:advisor:schema:\(id):1")
        members["title"] = .text(root.what)
        if !definitions.isEmpty {
            members["$defs"] = .object(definitions.mapValues { .object($0.schema()) })
        }
        return JSONValue.object(members).render()
    }

    /// All sections with their fields, the root first, without duplicates.
    public var sections: [Section] {
        var result: [Section] = []
        func visit(_ section: Section) {
            guard !result.contains(where: { $0.what == section.what }) else { return }
            result.append(section)
            for field in section.fields { visit(field.kind) }
        }
        func visit(_ kind: Field.Kind) {
            switch kind {
            case .section(let section): visit(section)
            case .list(let inner), .map(let inner, _), .mapOf(let inner, _): visit(inner)
            case .either(let kinds): kinds.forEach(visit)
            case .reference(let name): definitions[name].map(visit)
            case .text, .expression, .kebabID, .duration, .minutes, .variables, .size, .share, .money, .number, .time, .day,
                .boolean, .whole, .offset, .values, .literal, .datapoints, .factor, .choice, .named, .exactly:
                break
            }
        }
        visit(root)
        return result
    }
}
