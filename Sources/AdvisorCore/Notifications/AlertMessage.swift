/// An alert in words, as receivers show it: rendered once, and the same at every attempt.
///
/// Texts are without markup and not escaped; a receiver's integration only lays them out and encodes them.
public struct AlertMessage: Hashable, Sendable, Codable {
    /// A fact about the alert, with its name.
    public struct Field: Hashable, Sendable, Codable {
        /// What a field is about, for programs.
        public enum Kind: String, CaseIterable, Sendable, Codable {
            /// The value, with the threshold.
            case value
            /// When it began.
            case since
            /// When it ended.
            case until
            /// What is recommended, with what it does not do.
            case advice
            /// The monthly cost before and after.
            case cost
            /// The project.
            case project
        }

        /// What it is about.
        public var kind: Kind
        /// `Cost`.
        public var title: String
        /// `$13.98 → $25.66 a month (+$11.68)`.
        public var text: String

        /// Creates a field.
        public init(_ kind: Kind, title: String, text: String) { (self.kind, self.title, self.text) = (kind, title, text) }
    }

    /// The alert with its codes and values.
    public var alert: Alert
    /// How it is marked: `CRITICAL`, `RESOLVED`, `ADVICE`.
    public var label: String
    /// One line: `prod-db: CPU above 80 % for 5 minutes`.
    public var title: String
    /// One sentence.
    public var summary: String
    /// The value with its unit; nil if no metric is compared.
    public var value: String?
    /// The threshold with its unit; nil with `value`.
    public var threshold: String?
    /// Facts in the order in which they are shown.
    public var fields: [Field] = []
    /// What stands above the reasons: `Why:`.
    public var reasonsTitle = ""
    /// One text for each of the alert's reasons, in the same order.
    public var reasons: [String] = []
    /// Where it comes from: `rule rds-cpu-high · guide 3.2`.
    public var origin = ""
    /// A message for each rule, for receivers that group by themselves; empty where it is about one rule or none.
    public var byRule: [AlertMessage] = []

    /// Creates a message without fields and reasons.
    public init(_ alert: Alert, label: String, title: String, summary: String) {
        (self.alert, self.label, self.title, self.summary) = (alert, label, title, summary)
    }
}

extension Alert {
    /// Whether the content of an alert is active, over, or has no duration.
    public enum Status: String, CaseIterable, Sendable { case firing, resolved, info }

    /// The status, for receivers that fold by it.
    public var status: Status {
        switch kind {
        case .alarm, .budget, .anomaly, .stale, .runFailed, .endpointDisabled, .test: endsAt == nil ? .firing : .resolved
        case .resolved: .resolved
        case .recommendation: .info
        }
    }
}
