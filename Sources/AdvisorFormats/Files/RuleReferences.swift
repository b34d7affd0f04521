internal import AdvisorCore

/// Checks names that one rule, or the stack file, has for another.
struct RuleReferences {
    /// All rules read, with where each names another.
    var rules: [(rule: Rule, unless: YAMLValue?)]

    /// Every id that a file gives a rule, broken ones included.
    var ids: Set<String> = []

    private func named(_ id: String) -> Rule? { rules.first { $0.rule.id == id }?.rule }
    private func hint(_ id: String) -> String { Spelling.hint(for: id, among: rules.map(\.rule.id)) }

    /// Notes rules that give way to none that there is, to one of another kind, or in a circle.
    func checkInhibitions() {
        for case (let rule, let value?) in rules {
            guard let other = rule.unlessAlarm else { continue }
            guard let named = named(other) else {
                if !ids.contains(other) { value.fail("unknown rule '\(other)'\(hint(other))") }
                continue
            }
            if named.appliesTo != rule.appliesTo {
                value.fail(
                    "'\(other)' judges a \(named.appliesTo.rawValue), '\(rule.id)' a \(rule.appliesTo.rawValue); both must judge the same"
                )
            } else if let circle = circle(from: rule) {
                value.fail("gives way in a circle: \(circle.joined(separator: " → "))")
            }
        }
    }

    /// The way from a rule back to itself; nil when it leads elsewhere.
    private func circle(from rule: Rule) -> [String]? {
        var way = [rule.id]
        var next = rule.unlessAlarm
        while let id = next, way.count <= rules.count {
            way.append(id)
            if id == rule.id { return way }
            next = named(id)?.unlessAlarm
        }
        return nil
    }

    /// What the stack file names and no rule file has.
    func mistakes(of settings: LanguageSettings, variables: [String]) -> [Diagnostic] {
        let declared = Set(variables)
        var result: [Diagnostic] = []
        for override in settings.overrides where !declared.contains(override.variable.name) {
            let name = override.variable.name
            let known = declared.sorted()
            let hint = Spelling.hint(for: name, among: known)
            let list = hint.isEmpty && !known.isEmpty ? "; known are \(known.joined(separator: ", "))" : ""
            result.append(override.mention.diagnostic("no rule file has a variable '\(name)'\(hint)\(list)"))
        }
        for mention in settings.disabled + settings.mutedRules where !ids.contains(mention.name) {
            result.append(mention.diagnostic("unknown rule '\(mention.name)'\(hint(mention.name))"))
        }
        return result
    }
}
