/// The savings declared by a rule.
public struct RuleTip: Hashable, Sendable {
    /// The effort.
    public enum Effort: String, CaseIterable, Sendable { case minutes, hours, days }

    /// The risk.
    public enum Risk: String, CaseIterable, Sendable { case none, low, medium, high }

    /// How the savings are computed.
    public var saving: SavingsOpportunity
    /// The effort.
    public var effort: Effort
    /// The risk.
    public var risk: Risk
    /// What to do, in one sentence; nil if the rule's summary says it.
    public var how: String?

    /// Creates a tip.
    public init(saving: SavingsOpportunity, effort: Effort, risk: Risk, how: String? = nil) {
        (self.saving, self.effort, self.risk, self.how) = (saving, effort, risk, how)
    }
}
