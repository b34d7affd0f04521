import Foundation

/// Something that saves money.
public struct Tip: Hashable, Sendable {
    /// The rule that says it.
    public var rule: Rule
    /// The resource's id, `account` for the whole account.
    public var resource: String
    /// How long it takes.
    public var effort: RuleTip.Effort
    /// What can go wrong.
    public var risk: RuleTip.Risk
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
    public static func all(of findings: [Finding], project: Project) -> [Tip] {
        let resources = Dictionary(project.stack.resources.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let tips = findings.filter { $0.state == .alarm }.compactMap { finding -> Tip? in
            guard let tip = finding.rule.tip else { return nil }
            let estimator = SavingsEstimator(
                stack: project.stack, billing: project.billing, catalog: project.catalog, resource: resources[finding.resource])
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

extension PriceBook {
    /// The stale ones of the prices that reviews and tips use.
    public func stalePrices(in reviews: [ResourceReview], _ tips: [Tip], at now: Timestamp) -> [Entry] {
        let estimates =
            reviews.compactMap(\.cost) + reviews.compactMap { $0.recommendation?.after } + tips.map(\.estimate)
        return entries(in: estimates).filter { $0.isStale(at: now) }
    }
}
