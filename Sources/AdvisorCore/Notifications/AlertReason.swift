/// What is so when an alert is sent, one condition each; the words are in `Presentation/Language`.
public indirect enum AlertReason: Reason {
    /// A rule is in ALARM; title and summary are its author's words, and nothing is measured where its values are not known.
    case ruleInAlarm(rule: RuleName, summary: String?, measured: RuleMeasurement?)
    /// A service, by its title, costs more than its own past suggests.
    case costsMore(service: String, anomaly: CostAnomaly)
    /// No sample is newer than that of `since`, for an age; nil is every resource.
    case noData(since: Timestamp, age: Quantity, resource: String?)
    /// A run failed: its first problem, in the words of the error, and how many others there are.
    case runFailed(problem: String, others: Int)
    /// It is so since then, with values that are not known now.
    case active(reason: AlertReason, since: Timestamp)
    /// It is over.
    case ended(reason: AlertReason, at: Timestamp)
    /// A rule recommends it.
    case recommended(rule: String)
}

/// What a rule in ALARM measured.
public struct RuleMeasurement: Hashable, Sendable, Codable {
    /// The id of the resource.
    public var resource: String
    /// The newest value; nil if it is missing.
    public var value: Quantity?
    /// The threshold; nil if nothing is compared.
    public var threshold: Quantity?
    /// How long the evaluated datapoints are together; nil without any.
    public var length: Quantity?
    /// The start of the alarm; nil if unknown.
    public var since: Timestamp?

    /// Creates a measurement without values.
    public init(resource: String, since: Timestamp? = nil) { (self.resource, self.since) = (resource, since) }
}

extension RuleMeasurement {
    /// What the rule of a finding measured.
    public init(_ finding: Finding) {
        self.init(resource: finding.resource, since: finding.since)
        func quantity(_ number: Double?) -> Quantity? {
            number.flatMap { number in finding.measure.map { Quantity(number, $0) } }
        }
        (value, threshold) = (quantity(finding.value), quantity(finding.threshold))
        length = finding.evidence.period.flatMap { period in
            finding.evidence.datapoints.map { Quantity(period.seconds * Double($0.evaluated), .time) }
        }
    }
}

extension AlertReason {
    /// The alarm of a finding.
    init(_ finding: Finding) {
        self = .ruleInAlarm(rule: finding.rule.name, summary: finding.rule.summary, measured: RuleMeasurement(finding))
    }
}
