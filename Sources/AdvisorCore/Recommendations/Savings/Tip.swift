import Foundation

/// An opportunity to save money.
public struct Tip: Hashable, Sendable {
    /// The rule.
    public var rule: Rule
    /// The id of the resource, `account` for the whole account.
    public var resource: String
    /// The effort.
    public var effort: RuleTip.Effort
    /// The risk.
    public var risk: RuleTip.Risk
    /// What to do, in the rule's own words; nil for its summary.
    public var how: String?
    /// The finding that it is for.
    public var finding: Finding
    /// What is saved and, with a negative quantity, what is paid instead, line by line with prices.
    public var estimate: CostEstimate
    /// Whether less may be saved: the amount is the current cost, and the share that can be saved is unknown.
    public var isAtMost: Bool
    /// The basis of the amount; nil if the lines are sufficient.
    public var basis: SavingsBasis?

    /// The monthly savings; nil if a price is unknown.
    public var monthlySaving: Money? { estimate.total }

    /// The tips of all findings in ALARM, largest savings first; tips without savings are left out.
    public static func all(of findings: [Finding], project: Project) -> [Tip] {
        let resources = Dictionary(project.stack.resources.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let tips = findings.filter { $0.state == .alarm }.compactMap { finding -> Tip? in
            guard let tip = finding.rule.tip else { return nil }
            let estimator = SavingsEstimator(
                stack: project.stack, billing: project.billing, catalog: project.catalog, resource: resources[finding.resource])
            guard let result = estimator.result(of: tip.saving) else { return nil }
            return Tip(
                rule: finding.rule, resource: finding.resource, effort: tip.effort, risk: tip.risk,
                how: tip.how, finding: finding, estimate: result.estimate, isAtMost: result.isAtMost, basis: result.basis)
        }
        return tips.filter { ($0.monthlySaving?.amount ?? 1) > 0 }.sorted {
            ($1.monthlySaving?.amount ?? -1, $0.rule.id, $0.resource) < ($0.monthlySaving?.amount ?? -1, $1.rule.id, $1.resource)
        }
    }
}

extension PriceBook {
    /// The stale ones of the prices that reviews and tips use.
    public func stalePrices(in reviews: [ResourceReview], _ tips: [Tip], at now: Timestamp) -> [Entry] {
        let estimates =
            reviews.compactMap(\.cost) + reviews.compactMap { $0.recommendation?.after } + tips.map(\.estimate)
        return entries(in: estimates).filter { $0.isStale(at: now) }
    }
}
