public import AdvisorCore

/// Recommendations as a list, and one in full.
public struct RecommendationReport {
    private let now: Timestamp
    private let options: ReportFormat.Options
    private var language: any Language { options.language }

    /// Creates a report as of `now`.
    public init(now: Timestamp, options: ReportFormat.Options) { (self.now, self.options) = (now, options) }

    /// The list as a table.
    public func list(_ lives: [RecommendationRecord]) -> String {
        guard !lives.isEmpty else {
            return TerminalText.wrapped("", language.title(.noneListed), width: options.width, indent: 0) + "\n"
        }
        var text = sheet()
        for life in lives {
            let number = "#\(life.id ?? 0)".padded(to: 5)
            text.flow(
                number,
                [
                    SafeText.terminal("\(life.resource): \(EffectSection.headline(life.summary, language))"),
                    language.cost(life.summary),
                    SafeText.terminal(language.state(life, asOf: now)),
                ], indent: 5, separator: " · ")
        }
        return text.lines.joined(separator: "\n") + "\n"
    }

    /// The list as JSON.
    public func listJSON(_ lives: [RecommendationRecord]) -> String {
        JSONValue.object([
            "schema": .text("advisor.recommendations/1"), "as_of": JSONValue(now),
            "recommendations": .array(lives.map { LifecycleSection.json($0, language) }),
        ]).render()
    }

    /// One change as a sentence.
    public func change(_ change: RecommendationChange) -> String {
        let headline = language.capitalized(language.headline(change.life.summary.steps))
        var next = ""
        if change.life.state == .done {
            let tier = change.life.summary.steps.first { $0.action == .move }?.to?.tier
            next = language.text(RecommendationPhrase.toDeclare(tier: tier))
        }
        let changed = RecommendationPhrase.changed(
            resource: change.life.resource, headline: headline + LifecycleSection.number(change.life),
            state: language.state(change.life, asOf: now))
        return SafeText.terminal(language.text(changed)) + "\n"
            + (next.isEmpty ? "" : SafeText.terminal(next) + "\n")
    }

    /// One change as JSON.
    public func changeJSON(_ change: RecommendationChange) -> String {
        JSONValue.object([
            "schema": .text("advisor.recommendation/1"), "recommendation": LifecycleSection.json(change.life, language),
            "change": RecommendationEntry(change).map { HistorySection.json($0, language) } ?? .null,
        ]).render()
    }

    /// The parts shown with a recommendation.
    public struct Detail {
        /// The recommendation.
        public var life: RecommendationRecord
        /// The evidence; nil if unknown.
        public var evidence: EvidenceSnapshot?
        /// Whether the evidence is the stored snapshot; otherwise it is current.
        public var isFrozen: Bool
        /// All stored snapshots.
        public var documents: [String]
        /// The runbook; empty if it has ended.
        public var procedures: [Procedure] = []
        /// The history, oldest first.
        public var entries: [RecommendationEntry]

        /// Creates a detail.
        public init(
            life: RecommendationRecord, evidence: EvidenceSnapshot?, isFrozen: Bool, documents: [String],
            entries: [RecommendationEntry]
        ) {
            (self.life, self.evidence, self.isFrozen, self.documents, self.entries) = (
                life, evidence, isFrozen, documents, entries
            )
        }
    }

    /// One recommendation as text.
    public func detail(_ detail: Detail) -> String {
        let life = detail.life
        var text = sheet()
        text.flow(
            "#\(life.id ?? 0)  ",
            [
                SafeText.terminal("\(life.resource): \(EffectSection.headline(life.summary, language))"),
                SafeText.terminal(language.state(life, asOf: now)),
            ],
            indent: 4, separator: " · ")
        text.flow("    ", [language.cost(life.summary), language.title(life.summary.severity)], indent: 4, separator: " · ")
        if let outcome = life.outcome {
            text.flow(
                "    ", SafeText.terminal("\(language.verdict(outcome)): \(language.clause(outcome))").words,
                indent: 4)
        }
        if let evidence = detail.evidence { why(evidence, isFrozen: detail.isFrozen, &text) }
        if !detail.procedures.isEmpty {
            text.lines += ["", "  " + language.title(.whatToDo)]
            text.procedures(detail.procedures)
        }
        text.lines += ["", "  " + language.title(.whatHappened)]
        text.happenings(detail.entries)
        let commands = Self.next(life)
        if !commands.isEmpty {
            text.lines.append("")
            text.flow("  ", commands.map { "advisor recommendations \($0)" }, indent: 2, separator: " · ")
        }
        return text.lines.joined(separator: "\n") + "\n"
    }

    private func why(_ evidence: EvidenceSnapshot, isFrozen: Bool, _ text: inout TextReport) {
        let title = isFrozen ? language.text(.whyFrozen(at: "\(evidence.takenAt)")) : language.title(.whyNow)
        text.lines += ["", "  " + title]
        for rule in evidence.rules {
            var pieces = [
                rule.value.map(language.rewritten),
                rule.threshold.map { language.text(ReportPhrase.limit(language.rewritten($0))) },
            ].compactMap { $0 }
            if let since = rule.since { pieces.append(language.text(ReportPhrase.since(since))) }
            if let cite = rule.cite { pieces.append(cite) }
            text.flow(
                "    " + SafeText.terminal(language.title(RuleName(id: rule.id, title: rule.title))).padded(to: 34),
                pieces.map(SafeText.terminal), indent: 6, separator: "  ")
            text.flow("      ", SafeText.terminal(words(rule)).words, indent: 6)
        }
        text.flow(
            "    ",
            language.text(
                RecommendationPhrase.versions(
                    region: evidence.region, asOf: evidence.pricesAsOf, prices: String(evidence.pricesVersion.prefix(8)),
                    datapoints: evidence.rules.reduce(0) { $0 + $1.datapoints.count },
                    samples: String(evidence.samplesVersion.prefix(8)))
            ).words, indent: 4)
    }

    /// The rule, with its version.
    private func words(_ rule: EvidenceSnapshot.RuleEvidence) -> String {
        language.text(
            RecommendationPhrase.ruleVersion(
                id: rule.id, version: String(rule.version.prefix(8)), when: rule.when, condition: rule.condition,
                variables: rule.variables.map(language.rewritten)))
    }

    /// One recommendation as JSON.
    public func detailJSON(_ detail: Detail) -> String {
        JSONValue.object([
            "schema": .text("advisor.recommendation/1"), "as_of": JSONValue(now),
            "recommendation": LifecycleSection.json(detail.life, language),
            "evidence": detail.evidence.map(evidence) ?? .null,
            "evidence_frozen": .boolean(detail.isFrozen),
            "evidence_documents": .array(detail.documents.map { JSONValue(json: $0) ?? .null }),
            "procedures": .encoding(detail.procedures.map { ProcedureJSON($0, language) }),
            "history": .array(detail.entries.map { HistorySection.json($0, language) }),
        ]).render()
    }

    /// The snapshot, each reason with its words.
    private func evidence(_ snapshot: EvidenceSnapshot) -> JSONValue {
        guard let document = (try? snapshot.json()).flatMap(JSONValue.init(json:)), case .object(var members) = document else {
            return .null
        }
        members["headline"] = .text(language.headline(snapshot.steps))
        members["reasons"] = .array(
            snapshot.reasons.map { JSONValue($0, text: language.sentence($0, asOf: now)) })
        return .object(members)
    }

    /// The possible commands.
    private static func next(_ life: RecommendationRecord) -> [String] {
        guard life.isCurrent, let id = life.id else { return [] }
        return switch life.state {
        case .open: ["claim \(id)", "done \(id)", "dismiss \(id) --reason TEXT", "snooze \(id) --for 7d"]
        case .claimed: ["done \(id)", "dismiss \(id) --reason TEXT", "reopen \(id)"]
        case .done, .dismissed, .snoozed: ["reopen \(id)"]
        }
    }

    /// Creates an empty page of the report's width.
    private func sheet() -> TextReport {
        TextReport(report: Report(asOf: now), options: options)
    }
}
