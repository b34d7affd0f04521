import Foundation

/// Why a recommendation was made, as it was when somebody took it; a document that explains itself years later.
public struct EvidenceSnapshot: Hashable, Sendable, Codable {
    /// One datapoint of a rule's evaluation range.
    public struct Datapoint: Hashable, Sendable, Codable {
        /// Its start, RFC 3339.
        public var start: String
        /// In the unit of the rule's measure: a share of 1, bytes, seconds, a count; nil when missing.
        public var value: Double?
        /// Whether the condition held of it; nil when missing.
        public var breaching: Bool?
    }

    /// One rule that had asked.
    public struct RuleEvidence: Hashable, Sendable, Codable {
        /// The rule's id.
        public var id: String
        /// For people.
        public var title: String
        /// `info`, `warning` or `critical`.
        public var severity: String
        /// What had to hold, as its author wrote it.
        public var when: String
        /// Facts that the resource had to meet; nil for all resources.
        public var condition: String?
        /// The named values that it reads, as in `cpu_limit: 80 %`.
        public var variables: [String]
        /// Everything that decided its verdicts.
        public var definition: String
        /// A fingerprint of the definition: another one is another version of the rule.
        public var version: String
        /// Where the rule comes from; nil when it does not say.
        public var cite: String?
        /// `ALARM`.
        public var state: String
        /// Since when, RFC 3339.
        public var since: String?
        /// The value with its unit.
        public var value: String?
        /// The threshold with its unit.
        public var threshold: String?
        /// What `value` and the datapoints measure: `ratio`, `bytes`; nil when no metric is compared.
        public var measure: String?
        /// Length of a datapoint; nil for facts.
        public var periodSeconds: Double?
        /// M of N.
        public var datapointsToAlarm: Int?
        /// N of M of N.
        public var evaluationPeriods: Int?
        /// Oldest first.
        public var datapoints: [Datapoint]
        /// Start of the newest sample read, RFC 3339.
        public var newestSample: String?
    }

    /// One line of a bill.
    public struct Line: Hashable, Sendable, Codable {
        /// `instance`, `storage`.
        public var item: String
        /// Units a month.
        public var quantity: String
        /// `h`, `GiB-month`.
        public var unit: String
        /// US dollars for one; nil when nobody knows it.
        public var unitPrice: String?
        /// Where the price was read.
        public var source: String
        /// The day it was read.
        public var asOf: String
    }

    /// `advisor.evidence/1`.
    public var schema = "advisor.evidence/1"
    /// When it was frozen, RFC 3339.
    public var takenAt: String
    /// The resource's id.
    public var resource: String
    /// The resource's kind.
    public var kind: String
    /// What was recommended, as one clause.
    public var headline: String
    /// In the order to do them.
    public var steps: [RecommendationSummary.Step]
    /// What the rules had read of the resource, by name.
    public var facts: [String: String]
    /// Those that had asked.
    public var rules: [RuleEvidence]
    /// Why, the most important first.
    public var reasons: [RecommendationReason]
    /// The bill before; nil when unknown.
    public var monthlyCostBefore: Money?
    /// The bill after all steps, at its floor; nil when unknown.
    public var monthlyCostAfter: Money?
    /// Its ceiling; nil unless capacity follows the load.
    public var monthlyCostAfterMax: Money?
    /// Line by line.
    public var before: [Line]
    /// Line by line.
    public var after: [Line]
    /// The catalog's region.
    public var region: String
    /// The day of the oldest price used; nil without any.
    public var pricesAsOf: String?
    /// A fingerprint of the prices used.
    public var pricesVersion: String
    /// A fingerprint of the datapoints above.
    public var samplesVersion: String

    /// The evidence of what a report says of a resource; nil when it recommends nothing.
    /// - Parameters:
    ///   - entry: The resource in the report.
    ///   - region: The catalog's region.
    ///   - now: When it is frozen.
    public init?(_ entry: ResourceReview, region: String, now: Timestamp) {
        guard let summary = RecommendationSummary(entry), let recommendation = entry.recommendation else { return nil }
        takenAt = now.description
        (resource, kind) = (entry.resource.id, entry.resource.kind.rawValue)
        (headline, steps) = (summary.headline, summary.steps)
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
            item: line.item, quantity: line.quantity.text(minimumFraction: 0), unit: line.unit,
            unitPrice: line.price.usd?.text(minimumFraction: 2), source: line.price.source, asOf: line.price.asOf)
    }

    /// The document, keys in alphabetical order: the same evidence always gives the same text.
    /// - Throws: `EncodingError` for a number that JSON cannot hold.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads a document.
    /// - Throws: `DecodingError` for one that is none.
    public init(json: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(EvidenceSnapshot.self, from: Data(json.utf8))
    }
}
