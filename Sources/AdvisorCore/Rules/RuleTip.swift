/// What a rule says of the money that its advice saves.
public struct RuleTip: Hashable, Sendable {
    /// How long it takes.
    public enum Effort: String, CaseIterable, Sendable { case minutes, hours, days }

    /// What can go wrong.
    public enum Risk: String, CaseIterable, Sendable { case none, low, medium, high }

    /// How the saving is computed.
    public var saving: SavingsOpportunity
    /// How long it takes.
    public var effort: Effort
    /// What can go wrong.
    public var risk: Risk
    /// What to do, in one sentence; nil when the rule's summary says it.
    public var how: String?

    /// A tip by its parts.
    public init(saving: SavingsOpportunity, effort: Effort, risk: Risk, how: String? = nil) {
        (self.saving, self.effort, self.risk, self.how) = (saving, effort, risk, how)
    }
}
