internal import AdvisorCore

/// Checks references from rules and advisor.yaml to rules.
struct RuleReferences {
    /// All rules, with the positions of their references.
    private(set) var rules: [(rule: Rule, unless: YAMLValue?)] = []

    /// All rule ids of the file, including invalid rules.
    var ids: Set<String> = []

    /// The content of a rule.
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

    /// Records inhibitions by an unknown rule, by a rule of another kind, and cycles.
    func checkInhibitions() {
        let byID = Dictionary(rules.map { ($0.rule.id, $0.rule) }, uniquingKeysWith: { first, _ in first })
        let circles = circles(byID)
        for case (let rule, let value?) in rules {
            guard let other = rule.unlessAlarm else { continue }
            guard let named = byID[other] else {
                if !ids.contains(other) { value.fail("unknown rule '\(other)'\(hint(other))") }
                continue
            }
            if named.appliesTo != rule.appliesTo {
                value.fail(
                    "'\(other)' judges a \(named.appliesTo.rawValue), '\(rule.id)' a \(rule.appliesTo.rawValue); both must judge the same"
                )
            } else if let circle = circles[rule.id] {
                value.fail("gives way in a circle: \(circle.joined(separator: " → "))")
            }
        }
    }

    /// The cycle of each rule in one; each rule is visited once.
    private func circles(_ byID: [String: Rule]) -> [String: [String]] {
        var result: [String: [String]] = [:]
        var seen: Set<String> = []
        for (rule, _) in rules {
            var way: [String] = []
            var places: [String: Int] = [:]
            var next: String? = rule.id
            while let id = next, byID[id] != nil, seen.insert(id).inserted {
                places[id] = way.count
                way.append(id)
                next = byID[id]?.unlessAlarm
            }
            guard let next, let begin = places[next] else { continue }
            let circle = way[begin...]
            for (number, id) in circle.enumerated() {
                result[id] = Array(circle.dropFirst(number) + circle.prefix(number) + [id])
            }
        }
        return result
    }

    /// Names in advisor.yaml that no rule file has.
    func errors(of settings: RuleSettings, variables: [String]) -> [Diagnostic] {
        let declared = Set(variables)
        var result: [Diagnostic] = []
        for override in settings.overrides where !declared.contains(override.variable.name) {
            let name = override.variable.name
            let known = declared.sorted()
            let hint = DidYouMean.hint(for: name, among: known)
            let list = hint.isEmpty && !known.isEmpty ? "; known are \(known.joined(separator: ", "))" : ""
            result.append(override.mention.diagnostic("no rule file has a variable '\(name)'\(hint)\(list)"))
        }
        for mention in settings.disabled + settings.mutedRules where !ids.contains(mention.name) {
            result.append(mention.diagnostic("unknown rule '\(mention.name)'\(hint(mention.name))"))
        }
        return result
    }
}
