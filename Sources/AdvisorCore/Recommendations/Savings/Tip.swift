import Foundation

/// What a rule says of the money that its advice saves.
public struct RuleTip: Hashable, Sendable {
    /// How the saving is computed.
    public var saving: SavingsOpportunity
    /// How long it takes.
    public var effort: Tip.Effort
    /// What can go wrong.
    public var risk: Tip.Risk
    /// What to do, in one sentence; nil when the rule's summary says it.
    public var how: String?

    /// A tip by its parts.
    public init(saving: SavingsOpportunity, effort: Tip.Effort, risk: Tip.Risk, how: String? = nil) {
        (self.saving, self.effort, self.risk, self.how) = (saving, effort, risk, how)
    }
}

/// Something that saves money.
public struct Tip: Hashable, Sendable {
    /// How long it takes.
    public enum Effort: String, CaseIterable, Sendable { case minutes, hours, days }

    /// What can go wrong.
    public enum Risk: String, CaseIterable, Sendable { case none, low, medium, high }

    /// The rule that says it.
    public var rule: Rule
    /// The resource's id, `account` for the whole account.
    public var resource: String
    /// How long it takes.
    public var effort: Effort
    /// What can go wrong.
    public var risk: Risk
    /// What to do.
    public var how: String
    /// What is saved, and what is paid in its place with a negative quantity, line by line with its prices.
    public var estimate: CostEstimate
    /// Whether less may be saved: the amount is what it costs now, and how much of it can go is not known.
    public var isAtMost: Bool
    /// What the amount rests on, in one sentence; nil when the lines say it all.
    public var basis: String?

    /// Saved a month; nil when a price is unknown.
    public var monthlySaving: Money? { estimate.total }

    /// The tips of all findings that are in ALARM, the greatest saving first; what saves nothing is left out.
    public static func all(of findings: [Finding], stack: Stack, catalog: Catalog) -> [Tip] {
        let resources = Dictionary(stack.resources.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let tips = findings.filter { $0.state == .alarm }.compactMap { finding -> Tip? in
            guard let tip = finding.rule.tip else { return nil }
            let estimator = SavingsEstimator(stack: stack, catalog: catalog, resource: resources[finding.resource])
            guard let result = estimator.result(of: tip.saving) else { return nil }
            return Tip(
                rule: finding.rule, resource: finding.resource, effort: tip.effort, risk: tip.risk,
                how: tip.how ?? finding.alarmText, estimate: result.estimate, isAtMost: result.isAtMost, basis: result.basis)
        }
        return tips.filter { ($0.monthlySaving?.amount ?? 1) > 0 }.sorted {
            ($1.monthlySaving?.amount ?? -1, $0.rule.id, $0.resource) < ($0.monthlySaving?.amount ?? -1, $1.rule.id, $1.resource)
        }
    }
}
