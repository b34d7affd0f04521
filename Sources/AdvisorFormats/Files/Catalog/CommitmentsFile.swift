public import AdvisorCore

/// Reads `commitments.yaml`.
public enum CommitmentsFile {
    /// The valid commitments in file order, and all errors.
    public static func read(_ text: String, file: String) -> (value: [Commitment], diagnostics: [Diagnostic]) {
        let reader = YAMLReader(file: file)
        let values = reader.root(text)?.mapping(.commitmentsFile)?["commitments"]?.elements("a list of commitments") ?? []
        return (values.compactMap(commitment), reader.diagnostics)
    }

    private static func commitment(_ value: YAMLValue) -> Commitment? {
        guard let mapping = value.mapping(.commitment) else { return nil }
        let kind = mapping["id"]?.choice(Commitment.Kind.self)
        let months = mapping["months"]?.integer(atLeast: 1)
        let discount = mapping["discount"]?.percent()
        let covers = mapping["covers"]?.elements("a list such as [instances]").compactMap { $0.choice(Commitment.Coverage.self) }
        let (source, day) = (mapping["source"]?.string(), mapping["as_of"]?.day())
        let generation = mapping["generation"]?.integer(atLeast: 1)
        guard let kind, let months, let discount, let covers, let source, let day else { return nil }
        var commitment = Commitment(
            kind: kind, months: months, discount: discount, covers: Set(covers), source: source, asOf: day.description)
        commitment.leastGeneration = generation
        return commitment
    }
}
