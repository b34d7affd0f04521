internal import AdvisorCore

/// Checks references from rules and advisor.yaml to rules.
struct RuleReferences {
    /// All rules, with the positions of their references.
    private(set) var rules: [(rule: Rule, unless: YAMLValue?)] = []

    /// All rule ids of the file, including invalid rules.
    var ids: Set<String> = []

    /// What a rule means, apart from its name.
    private struct Meaning: Hashable {
        var kind: ResourceKind
        var definition: String
        var severity: Severity
        var recommend: Action?
    }

    private var byMeaning: [Meaning: String] = [:]

    /// Adds a rule.
    /// - Returns: The id of a rule with the same content; nil if there is none.
    mutating func add(_ rule: Rule, unless: YAMLValue?) -> String? {
        rules.append((rule, unless))
        let meaning = Meaning(
            kind: rule.appliesTo, definition: rule.definition, severity: rule.severity, recommend: rule.recommend)
        if let twin = byMeaning[meaning] { return twin }
        byMeaning[meaning] = rule.id
        return nil
    }

    private func hint(_ id: String) -> String { DidYouMean.hint(for: id, among: rules.map(\.rule.id)) }

    /// Notes rules inhibited by an unknown rule, by one of another kind, or in a cycle.
    func checkInhibitions() {
        let byID = Dictionary(rules.map { ($0.rule.id, $0.rule) }, uniquingKeysWith: { first, _ in first })
        let cycles = cycles(byID)
        for case (let rule, let value?) in rules {
            guard let other = rule.unlessAlarm else { continue }
            guard let named = byID[other] else {
                if !ids.contains(other) { value.fail("unknown rule '\(other)'\(hint(other))") }
                continue
            }
            if named.appliesTo != rule.appliesTo {
                value.fail(
                    "'\(other)' applies to \(named.appliesTo.rawValue), '\(rule.id)' to \(rule.appliesTo.rawValue); both must apply to the same kind"
                )
            } else if let cycle = cycles[rule.id] {
                value.fail("inhibition cycle: \(cycle.joined(separator: " → "))")
            }
        }
    }

    /// By rule in a cycle, the path from it back to itself; each rule is visited once.
    private func cycles(_ byID: [String: Rule]) -> [String: [String]] {
        var result: [String: [String]] = [:]
        var seen: Set<String> = []
        for (rule, _) in rules {
            var path: [String] = []
            var places: [String: Int] = [:]
            var next: String? = rule.id
            while let id = next, byID[id] != nil, seen.insert(id).inserted {
                places[id] = path.count
                path.append(id)
                next = byID[id]?.unlessAlarm
            }
            guard let next, let begin = places[next] else { continue }
            let cycle = path[begin...]
            for (number, id) in cycle.enumerated() {
                result[id] = Array(cycle.dropFirst(number) + cycle.prefix(number) + [id])
            }
        }
        return result
    }

    /// Names in the stack file that no rule file has.
    func errors(of settings: RuleSettings, variables: [String]) -> [Diagnostic] {
        let declared = Set(variables)
        var result: [Diagnostic] = []
        for override in settings.overrides where !override.isFromBudget && !declared.contains(override.variable.name) {
            let name = override.variable.name
            let known = declared.sorted()
            let hint = DidYouMean.hint(for: name, among: known)
            let list = hint.isEmpty && !known.isEmpty ? "; expected one of: \(known.joined(separator: ", "))" : ""
            result.append(override.mention.diagnostic("unknown variable '\(name)'\(hint)\(list)"))
        }
        for mention in settings.disabled + settings.mutedRules where !ids.contains(mention.name) {
            result.append(mention.diagnostic("unknown rule '\(mention.name)'\(hint(mention.name))"))
        }
        return result
    }
}
