public import AdvisorCore

/// Reads rule files.
public struct RuleFile: Sendable {
    var vocabulary: Vocabulary
    let catalog: Catalog

    /// Creates a reader with metrics and tiers.
    public init(vocabulary: Vocabulary, catalog: Catalog) { (self.vocabulary, self.catalog) = (vocabulary, catalog) }

    /// Reads the rules of several files; an invalid rule or file does not affect the others.
    ///
    /// Rules disabled by `settings` are read and checked too; the caller leaves them out. If the files are not complete,
    /// `isPartial`, unknown names are notes.
    public func read(
        _ files: [(file: String, text: String)], settings: RuleSettings = RuleSettings(), isPartial: Bool = false
    ) -> (rules: [Rule], diagnostics: [Diagnostic]) {
        let readers = files.map { YAMLReader(file: $0.file) }
        return read(Array(zip(files.map(\.text), readers)), settings: settings, isPartial: isPartial)
    }

    func read(_ files: [(text: String, reader: YAMLReader)], settings: RuleSettings, isPartial: Bool = false) -> (
        rules: [Rule], diagnostics: [Diagnostic]
    ) {
        var references = RuleReferences()
        var errors: [Diagnostic] = []
        var places: [String: String] = [:]
        var names: [String] = []
        for (text, reader) in files {
            guard let mapping = reader.root(text)?.mapping(.ruleFile) else { continue }
            let variables = RuleVariables(
                mapping["vars"], vocabulary: vocabulary, overrides: settings.overrides, errors: &errors)
            names += variables.values.keys
            var copy = self
            copy.vocabulary.variables = variables.values
            let own = copy.rules(mapping["rules"], file: reader.file, &references, &places)
            if own.count == mapping["rules"]?.list?.count { variables.noteUnused(by: own) }
        }
        references.checkInhibitions()
        // A file that is not valid YAML may hold what seems unknown.
        if files.allSatisfy({ $0.reader.isYAML }) {
            errors += references.errors(of: settings, variables: names).map { error in
                var error = error
                error.isNote = isPartial
                return error
            }
        }
        return (references.rules.map(\.rule), files.flatMap(\.reader.diagnostics) + errors)
    }

    private func rules(
        _ list: YAMLValue?, file: String, _ references: inout RuleReferences, _ places: inout [String: String]
    ) -> [Rule] {
        var own: [Rule] = []
        for value in list?.elements("a list of rules") ?? [] {
            let read = rule(value, file: file)
            // An invalid rule takes its id too.
            if let id = value.members?.first(where: { $0.key.text == "id" })?.value, let text = id.text {
                references.ids.insert(text)
                if let place = places[text] {
                    id.fail("duplicate rule '\(text)'; it is already in \(place)")
                    continue
                }
                places[text] = "\(file):\(id.line)"
            }
            guard let (rule, id, unless) = read else { continue }
            if let twin = references.add(rule, unless: unless) {
                id.remark("'\(rule.id)' has the same condition and recommendation as '\(twin)'")
            }
            own.append(rule)
        }
        return own
    }

    private func rule(_ value: YAMLValue, file: String) -> (Rule, id: YAMLValue, unless: YAMLValue?)? {
        let before = value.reader.errors
        guard let mapping = value.mapping(.rule) else { return nil }
        let id = mapping["id"]
        let name = id?.read("id", "kebab-case, such as cpu-high", Self.kebabCase)
        let titles = mapping["title"].map { localized($0) { filled($0, placeholders: []) } }
        let title = titles?[RuleText.mainLanguage]
        let kind = mapping["applies_to"]?.choice(ResourceKind.self, "kind")
        let missing = mapping["missing"]?.choice(MissingData.self, "treatment of missing data")
        let fallback = mapping["fallback"]?.choice(StatisticFallback.self, "fallback")
        let when = mapping["when"].flatMap { formula($0, role: .when, mayBeSilent: missing == .breaching) }
        let condition = mapping["where"].flatMap { formula($0, role: .condition) }
        let clear = mapping["clear"].flatMap { formula($0, role: .when) }
        let sustain = sustain(mapping)
        let keepFiring = mapping["keep_firing_for"]?.duration()
        let severity = mapping["severity"]?.choice(Severity.self)
        let recommend = mapping["recommend"].flatMap(action)
        let cite = mapping["cite"]?.string()
        let tip = mapping["tip"].flatMap(tip)
        let summaries = mapping["summary"].map { localized($0) { filled($0, placeholders: Self.placeholders) } }
        let unless = mapping["unless_alarm"]
        let isOptional = mapping["optional"]?.read("value", "true") { $0 == "true" ? true : nil } ?? false
        let unlessAlarm = unless?.string()
        if let when, let text = mapping["when"] {
            if when.readings.isEmpty {
                for key in ["period", "for", "datapoints", "missing", "fallback", "clear", "keep_firing_for"] {
                    mapping[key]?.fail("'\(key)' has no effect: 'when' uses facts only, and those have no datapoints")
                }
            }
            if let clear, let place = mapping["clear"], clear.impossibility(vocabulary) == nil,
                when.excludes(clear: clear, vocabulary)
            {
                place.fail("'\(clear.text)' holds only where '\(when.text)' does, so it never ends an alarm")
            }
            if let kind { noteForeignMetrics(of: when, at: text, kind: kind) }
            noteShortWindows(of: when, at: text, period: sustain.period)
        }
        guard value.reader.errors == before, let id, let name, let title, let kind, let when else { return nil }
        var rule = Rule(id: name, title: title, appliesTo: kind, when: when, file: file, line: id.line)
        rule.condition = condition
        rule.clear = clear
        rule.sustain = sustain
        rule.missing = missing ?? .missing
        rule.fallback = fallback ?? .average
        rule.keepFiringFor = keepFiring
        rule.severity = severity ?? .warning
        rule.recommend = recommend
        rule.summary = summaries?[RuleText.mainLanguage]
        rule.translations = Self.translations(
            titles ?? [:], summaries ?? [:], tip?.advice ?? [:])
        rule.cite = cite
        rule.tip = tip?.tip
        rule.unlessAlarm = unlessAlarm
        rule.isOptional = isOptional
        return (rule, id, unless)
    }

    private static func kebabCase(_ text: String) -> String? {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let isKebab = words.allSatisfy { word in
            !word.isEmpty && word.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber) }
        }
        return isKebab ? text : nil
    }

    private func formula(_ value: YAMLValue, role: Formula.Role, mayBeSilent: Bool = false) -> Formula? {
        guard let text = value.string() else { return nil }
        guard value.isOnOneLine else {
            value.fail("expressions must be on one line (no '|' or '>')")
            return nil
        }
        do {
            let formula = try Formula.parse(text, vocabulary: vocabulary, role: role)
            checkSense(of: formula, at: value, mayBeSilent: mayBeSilent)
            return formula
        } catch {
            for problem in error.problems { value.fail(problem.message(in: text), offset: problem.offset) }
            return nil
        }
    }

    private func sustain(_ mapping: YAMLMapping) -> Sustain {
        var sustain = Sustain()
        if let period = mapping["period"], let duration = period.duration() {
            if duration.milliseconds % 60_000 == 0 {
                sustain.period = duration
            } else {
                period.fail("'period' must be a whole number of minutes")
            }
        }
        if let value = mapping["for"], let duration = value.duration() {
            if duration.milliseconds / sustain.period.milliseconds > Self.longestRange {
                value.fail("'for' spans more than \(Self.longestRange) datapoints; use a longer 'period'")
            } else {
                sustain.duration = duration
            }
        }
        if let datapoints = mapping["datapoints"] {
            if mapping["for"] != nil { datapoints.fail("'for' and 'datapoints' exclude each other; keep one") }
            sustain.datapoints = datapoints.read("value", "4 of 5, at most \(Self.longestRange)") { text in
                let words = text.split(separator: " ").map(String.init)
                guard words.count == 3, words[1] == "of", let least = QuantityText.integer(words[0]),
                    let all = QuantityText.integer(words[2]), least >= 1, least <= all, all <= Self.longestRange
                else { return nil }
                return Sustain.Datapoints(toAlarm: least, evaluated: all)
            }
        }
        return sustain
    }

    /// The maximum number of datapoints a rule may look back.
    private static let longestRange = 10_000

    private func action(_ value: YAMLValue) -> Action? {
        guard let mapping = value.mapping(.action) else { return nil }
        guard value.members?.count == 1, let key = mapping.values.keys.first else {
            if mapping.values.count > 1 { value.fail("'recommend' takes one action; use 'any_of' for several") }
            if value.members?.isEmpty == true { value.fail("'recommend' needs an action, such as { move_to: db.t4g.small }") }
            return nil
        }
        guard let content = mapping[key] else { return nil }
        switch key {
        case "move_to": return tier(content).map(Action.move(to:))
        case "move_up": return content.read("value", "true") { $0 == "true" ? Action.moveUp : nil }
        case "plan": return tier(content).map(Action.plan)
        case "grow_storage":
            return content.read("size", "10GiB") {
                QuantityText.bytes($0).flatMap { $0 > 0 ? .growStorage(bytes: $0) : nil }
            }
        case "add_replica": return content.integer(atLeast: 1).map(Action.addReplica)
        case "raise_capacity":
            return content.read("factor", "2x") { text in
                text.hasSuffix("x")
                    ? QuantityText.number(String(text.dropLast())).flatMap { $0 > 1 ? .raiseCapacity(factor: $0) : nil } : nil
            }
        case "upgrade_engine": return content.read("value", "true") { $0 == "true" ? Action.upgradeEngine : nil }
        case "storage_type": return content.read("type", "gp3") { $0 == "gp3" ? Action.convertStorage(type: $0) : nil }
        case "enable_multi_az": return content.read("value", "true") { $0 == "true" ? Action.enableMultiAZ : nil }
        default:
            guard let list = content.list, !list.isEmpty else {
                content.fail("'any_of' needs a list of actions")
                return nil
            }
            let actions = list.compactMap(action)
            return actions.count == list.count ? .anyOf(actions) : nil
        }
    }

    private func tier(_ value: YAMLValue) -> String? {
        guard let name = value.string() else { return nil }
        if catalog.tier(name) == nil {
            value.fail(value.unknown(name, among: catalog.tiers.map(\.id), what: "tier"))
            return nil
        }
        return name
    }

    /// The placeholders of `summary` besides the variables of the file.
    static let placeholders = ["value", "threshold", "for", "resource", "since"]

    /// Replaces the variables of a text; nil after recording an unknown placeholder.
    func filled(_ value: YAMLValue, placeholders: [String]) -> String? {
        guard let text = value.string() else { return nil }
        let variables = vocabulary.variables
        var result = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            let after = rest.index(after: open)
            let close = rest[after...].firstIndex(of: "}")
            let name = String(rest[after..<(close ?? rest.endIndex)])
            if let close, let variable = variables[name] {
                result += variable.words
                rest = rest[rest.index(after: close)...]
                continue
            }
            if close == nil || !placeholders.contains(name) {
                let known = (placeholders + variables.keys.sorted()).map { "{\($0)}" }.joined(separator: " ")
                value.fail(
                    "unknown placeholder '{\(name)\(close == nil ? "" : "}")'; "
                        + (known.isEmpty ? "a title may use the file's variables only" : "expected one of: \(known)"),
                    offset: text.distance(from: text.startIndex, to: open))
            }
            result += rest[open..<(close ?? rest.endIndex)]
            rest = rest[(close ?? rest.endIndex)...]
        }
        return result + rest
    }
}
