internal import AdvisorCore

/// The variables of one rule file.
struct RuleVariables {
    /// By name, with advisor.yaml's values where overridden.
    private(set) var values: [String: Variable] = [:]
    private var keys: [(name: String, key: YAMLValue)] = []
    private static let words: Set<String> = ["and", "or", "not", "in", "true", "false"]

    init(_ value: YAMLValue?, vocabulary: Vocabulary, overrides: [RuleSettings.Override], errors: inout [Diagnostic]) {
        for (name, key, value) in value?.pairs("a mapping such as { cpu_limit: 80% }") ?? [] {
            guard Self.isSnakeCase(name) else {
                key.fail("invalid name '\(name)'; use snake_case, such as cpu_limit")
                continue
            }
            if let taken = Self.meaning(of: name, vocabulary) {
                key.fail("'\(name)' is already \(taken); rename the variable")
                continue
            }
            guard let variable = StackReader.variable(name, value) else { continue }
            values[name] = variable
            keys.append((name, key))
            for override in overrides where override.variable.name == name {
                if override.variable.measure == variable.measure {
                    values[name] = override.variable
                } else if !override.isFromBudget {
                    errors.append(
                        override.mention.diagnostic(
                            "'\(name)' is \(override.variable.measure.words) here and \(variable.measure.words) in \(key.reader.file):\(key.line)"
                        ))
                }
            }
        }
    }

    /// Records variables that no rule of the file uses.
    func noteUnused(by rules: [Rule]) {
        let used = Set(rules.flatMap(\.variables).map(\.name))
        for (name, key) in keys where !used.contains(name) { key.remark("unused variable '\(name)'") }
    }

    private static func isSnakeCase(_ name: String) -> Bool {
        guard let first = name.first, first.isASCII, first.isLowercase else { return false }
        return name.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") }
    }

    private static func meaning(of name: String, _ vocabulary: Vocabulary) -> String? {
        if vocabulary.metrics.metric(named: name) != nil { return "a metric" }
        if vocabulary.fact(named: name) != nil { return "a fact" }
        if Function.named(name) != nil { return "a function" }
        return words.contains(name) ? "a keyword" : nil
    }
}

extension RuleSettings.SourceReference {
    /// Records an error at its position.
    func diagnostic(_ problem: String) -> Diagnostic { Diagnostic(file: file, line: line, column: column, problem: problem) }
}
