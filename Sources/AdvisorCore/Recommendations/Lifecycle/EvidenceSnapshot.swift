import Foundation

/// The evidence of a recommendation at the time it was claimed: a document that is complete in itself.
public struct EvidenceSnapshot: Hashable, Sendable, Codable {
    /// One datapoint of a rule's evaluation range.
    public struct Datapoint: Hashable, Sendable, Codable {
        /// The start, RFC 3339.
        public var start: String
        /// The value in the base unit of the rule: a share of 1, bytes, seconds, a count; nil if missing.
        public var value: Double?
        /// Whether the condition held; nil if missing.
        public var breaching: Bool?
    }

    /// A rule behind the recommendation.
    public struct RuleEvidence: Hashable, Sendable, Codable {
        /// The id of the rule.
        public var id: String
        /// The title for people.
        public var title: String
        /// The severity: `info`, `warning` or `critical`.
        public var severity: String
        /// The condition as its author wrote it.
        public var when: String
        /// The condition on facts; nil for all resources.
        public var condition: String?
        /// The variables used, such as `cpu_limit: 80 %`.
        public var variables: [String]
        /// The complete definition.
        public var definition: String
        /// The fingerprint of the definition, which identifies the version of the rule.
        public var version: String
        /// The source of the rule; nil if it does not give one.
        public var cite: String?
        /// The state: `ALARM`.
        public var state: String
        /// When the state began, RFC 3339.
        public var since: String?
        /// The value with its unit.
        public var value: String?
        /// The threshold with its unit.
        public var threshold: String?
        /// The kind of quantity of `value` and the datapoints: `ratio`, `bytes`; nil if no metric is compared.
        public var measure: String?
        /// The length of a datapoint; nil for facts.
        public var periodSeconds: Double?
        /// M of M of N.
        public var datapointsToAlarm: Int?
        /// N of M of N.
        public var evaluationPeriods: Int?
        /// The datapoints, oldest first.
        public var datapoints: [Datapoint]
        /// The start of the newest sample read, RFC 3339.
        public var newestSample: String?
    }

    /// One line of a bill.
    public struct Line: Hashable, Sendable, Codable {
        /// The code of the item: `instance`, `storage`.
        public var item: String
        /// The item with its values.
        public var costItem: CostItem
        /// The units per month.
        public var quantity: String
        /// The unit: `h`, `GiB-month`.
        public var unit: String
        /// US dollars per unit; nil if unknown.
        public var unitPrice: String?
        /// The source of the price.
        public var source: String
        /// The date of the price.
        public var asOf: String
    }

    /// The schema: `advisor.evidence/1`.
    public var schema = "advisor.evidence/1"
    /// The time of the snapshot, RFC 3339.
    public var takenAt: String
    /// The id of the resource.
    public var resource: String
    /// The kind of the resource.
    public var kind: String
    /// The actions in order.
    public var steps: [RecommendationSummary.Step]
    /// The facts used by the rules, by name.
    public var facts: [String: String]
    /// The rules behind the recommendation.
    public var rules: [RuleEvidence]
    /// The reasons, most important first.
    public var reasons: [RecommendationReason]
    /// The cost before; nil if unknown.
    public var monthlyCostBefore: Money?
    /// The cost after all actions, at minimum capacity; nil if unknown.
    public var monthlyCostAfter: Money?
    /// The cost at maximum capacity; nil unless capacity scales.
    public var monthlyCostAfterMax: Money?
    /// The cost, line by line.
    public var before: [Line]
    /// The cost, line by line.
    public var after: [Line]
    /// The region of the catalog.
    public var region: String
    /// The date of the oldest price used; nil if there is none.
    public var pricesAsOf: String?
    /// The fingerprint of the prices used.
    public var pricesVersion: String
    /// The fingerprint of the datapoints.
    public var samplesVersion: String

    /// Creates the evidence for a resource of a report; nil if nothing is recommended.
    /// - Parameters:
    ///   - entry: The resource in the report.
    ///   - region: The region of the catalog.
    ///   - now: The time of the snapshot.
    public init?(_ entry: ResourceReview, region: String, now: Timestamp) {
        guard let summary = RecommendationSummary(entry), let recommendation = entry.recommendation else { return nil }
        takenAt = now.description
        (resource, kind) = (entry.resource.id, entry.resource.kind.rawValue)
        steps = summary.steps
        let asking = entry.findings.filter { recommendation.rules.contains($0.rule.id) }
        facts = asking.reduce(into: [:]) { result, finding in
            for (name, value) in finding.evidence.facts { result[name] = Self.text(value) }
        }
        rules = asking.map(Self.rule)
        reasons = recommendation.reasons
        (monthlyCostBefore, monthlyCostAfter, monthlyCostAfterMax) = (summary.before, summary.after, summary.afterMaximum)
        before = (recommendation.before?.lines ?? []).map(Self.line)
        after = (recommendation.after?.lines ?? []).map(Self.line)
        self.region = region
        let days = (before + after).map(\.asOf).filter { !$0.isEmpty }
        pricesAsOf = days.min()
        pricesVersion = Fingerprint.of((before + after).map { "\($0.item) \($0.unitPrice ?? "unknown") \($0.asOf)" })
        samplesVersion = Fingerprint.of(
            rules.flatMap { rule in rule.datapoints.map { "\(rule.id) \($0.start) \($0.value.map { "\($0)" } ?? "missing")" }
            })
    }

    private static func text(_ value: Fact.Value) -> String {
        switch value {
        case .number(let number): ValueText.number(number)
        case .text(let text): text
        case .boolean(let value): "\(value)"
        case .list(let texts): texts.joined(separator: ", ")
        }
    }

    private static func rule(_ finding: Finding) -> RuleEvidence {
        let evidence = finding.evidence
        return RuleEvidence(
            id: finding.rule.id, title: finding.rule.title, severity: finding.rule.severity.rawValue,
            when: finding.rule.when.text, condition: finding.rule.condition?.text,
            variables: finding.rule.variables.map { "\($0.name): \($0.words)" }, definition: finding.rule.definition,
            version: Fingerprint.of([finding.rule.definition]), cite: finding.rule.cite,
            state: finding.state.rawValue, since: finding.since?.description, value: finding.shownValue,
            threshold: finding.shownThreshold, measure: finding.measure?.base.rawValue, periodSeconds: evidence.period?.seconds,
            datapointsToAlarm: evidence.datapoints?.toAlarm, evaluationPeriods: evidence.datapoints?.evaluated,
            datapoints: evidence.range.map {
                Datapoint(start: $0.start.description, value: $0.value, breaching: $0.isBreaching)
            }, newestSample: evidence.newestSample?.description)
    }

    private static func line(_ line: CostLine) -> Line {
        Line(
            item: line.item.code, costItem: line.item, quantity: line.quantity.text(minimumFraction: 0), unit: line.unit,
            unitPrice: line.price.usd?.text(minimumFraction: 2), source: line.price.source.citation, asOf: line.price.asOf)
    }

    /// The document with sorted keys: the same evidence always gives the same text.
    /// - Throws: `EncodingError`.
    public func json() throws -> String { String(decoding: try ReasonCoding.encoder.encode(self), as: UTF8.self) }

    /// Decodes a document.
    /// - Throws: `DecodingError` if it is not one.
    public init(json: String) throws {
        self = try ReasonCoding.decoder.decode(EvidenceSnapshot.self, from: Data(json.utf8))
    }
}
