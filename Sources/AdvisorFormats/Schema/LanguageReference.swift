public import AdvisorCore

/// An entry of the language reference with unit, meaning and example: a function, a fact, a metric, or a key of a file.
public struct LanguageEntry: Hashable, Sendable {
    /// The kind of entry.
    public enum Kind: String, CaseIterable, Sendable {
        case function, fact, metric, key
    }

    /// The kind of entry.
    public var kind: Kind
    /// The key.
    public var name: String
    /// How it is written: `avg(metric[, window])`; of a key, its mapping.
    public var form: String
    /// The unit of its value.
    public var unit: String
    /// The meaning.
    public var words: String
    /// An example; nil if the unit is sufficient.
    public var example: String?

    /// All functions, facts and metrics, and all keys of rule, scenario and stack files.
    public static func all(_ vocabulary: Vocabulary, _ names: SchemaNames) -> [LanguageEntry] {
        functions + facts(vocabulary) + metrics(vocabulary) + keys(names)
    }

    private static var functions: [LanguageEntry] {
        Function.all.map { function in
            LanguageEntry(
                kind: .function, name: function.word, form: "\(function.word)(\(function.arguments))", unit: function.unit,
                words: function.words, example: function.example)
        }
    }

    private static func facts(_ vocabulary: Vocabulary) -> [LanguageEntry] {
        vocabulary.facts.map { fact in
            LanguageEntry(
                kind: .fact, name: fact.name, form: fact.name, unit: fact.measure.words, words: fact.words, example: fact.example)
        }
    }

    private static func metrics(_ vocabulary: Vocabulary) -> [LanguageEntry] {
        vocabulary.metrics.metrics.values.sorted { $0.id < $1.id }.map { metric in
            let kinds = metric.kinds.map(\.rawValue).sorted().joined(separator: ", ")
            var words = "\(metric.title) of \(kinds.isEmpty ? "what the stack file says" : kinds)"
            switch metric.origin {
            case .series(let namespace, let name): words += "; \(namespace) \(name)"
            case .derived(let texts): words += "; derived: \(Set(texts.values).sorted().joined(separator: ", or "))"
            }
            return LanguageEntry(
                kind: .metric, name: metric.id.rawValue, form: "\(metric.id), alone \(metric.statistic.word)(\(metric.id))",
                unit: metric.measure.words, words: words + ".", example: nil)
        }
    }

    private static func keys(_ names: SchemaNames) -> [LanguageEntry] {
        var seen: Set<String> = []
        return FileSchema.all(names).flatMap(\.sections).filter { seen.insert($0.what).inserted }.flatMap { section in
            section.fields.map { field in
                let must = field.isRequired ? ", required" : field.fallback.map { ", without it: \($0)" } ?? ""
                return LanguageEntry(
                    kind: .key, name: field.name, form: "\(field.name): of \(section.what)\(must)", unit: field.kind.words,
                    words: field.words, example: field.example.map { "\(field.name): \($0)" })
            }
        }
    }

    /// The value as JSON.
    public var json: JSONValue {
        .object([
            "kind": .text(kind.rawValue), "name": .text(name), "form": .text(form), "unit": .text(unit), "meaning": .text(words),
            "example": JSONValue(example),
        ])
    }
}

/// The language reference for people.
public enum LanguageReference {
    private static let headings: [LanguageEntry.Kind: String] = [
        .function: "FUNCTIONS", .fact: "FACTS", .metric: "METRICS", .key: "KEYS",
    ]

    /// One paragraph per entry, by kind.
    public static func text(_ entries: [LanguageEntry], width: Int) -> String {
        var layout = TextLayout(width: width)
        for kind in LanguageEntry.Kind.allCases {
            let own = entries.filter { $0.kind == kind }
            guard !own.isEmpty, let heading = headings[kind] else { continue }
            layout.gap()
            layout.line(heading)
            for entry in own {
                layout.gap()
                layout.paragraph("  \(entry.form)", entry.unit, labelWidth: 34)
                layout.paragraph("", entry.words, labelWidth: 6)
                if let example = entry.example { layout.line("      \(example)") }
            }
        }
        return layout.render()
    }

    /// The tables of the DocC article.
    public static func markdown(_ entries: [LanguageEntry], of kind: LanguageEntry.Kind) -> String {
        let rows = entries.filter { $0.kind == kind }.map { entry in
            let cells = [
                "`\(entry.form)`", entry.unit, entry.words, entry.example.map { "`\($0)`" } ?? "",
            ]
            return "| " + cells.map { $0.replacingBars }.joined(separator: " | ") + " |"
        }
        return (["| form | unit | meaning | example |", "| --- | --- | --- | --- |"] + rows).joined(separator: "\n") + "\n"
    }
}

extension String {
    /// A bar would end the cell of a table.
    fileprivate var replacingBars: String { split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|") }
}
