/// One resource with what was decided about it.
public struct ResourceReview: Hashable, Sendable {
    /// The resource, as declared or discovered.
    public var resource: Stack.Resource
    /// The type of its storage: `gp3`; empty if unknown.
    public var storageType: String
    /// The current monthly cost; nil if unknown, or if it is not billed separately.
    public var cost: CostEstimate?
    /// By severity, the highest first, then by rule id.
    public var findings: [Finding]
    /// nil for kinds about which nothing can be done.
    public var recommendation: Recommendation?
    /// The recommendation's life so far, as this evaluation moves it; nil without an active one.
    public var life: RecommendationRecord?
}

extension Recommender {
    /// Decides about each resource.
    /// - Parameters:
    ///   - resources: In the order of the report.
    ///   - findings: What rules say of them.
    ///   - analyses: What the histories of databases say, by resource.
    ///   - stack: The stack file, with its mutes.
    ///   - now: When it is decided.
    /// - Returns: One review a resource, in the same order, without the lives of recommendations.
    public func reviews(
        of resources: [Stack.Resource], findings: [Finding], analyses: [String: TierAnalysis], stack: Stack, at now: Timestamp
    ) -> [ResourceReview] {
        let findings = findings.applyingSuppressions(stack.language.mutes, at: now)
        let byResource = Dictionary(grouping: findings) { "\($0.rule.appliesTo.rawValue) \($0.resource)" }
        return resources.map { resource in
            let own = (byResource["\(resource.kind.rawValue) \(resource.id)"] ?? []).sorted {
                ($1.rule.severity, $0.rule.id) < ($0.rule.severity, $1.rule.id)
            }
            let tier = catalog.tier(of: resource)
            let findings = own.map { dated($0, resource, at: now) }
            var review = ResourceReview(
                resource: resource, storageType: storageType(of: resource, findings) ?? tier?.storageType ?? "",
                cost: tier?.monthlyCost(TierConfiguration(resource, in: catalog, at: now)), findings: findings)
            if resource.kind == .database {
                let context = analyses[resource.id].map { RecommendationContext(outlook: $0, stack: stack, now: now) }
                review.recommendation = recommendation(for: resource, findings: findings, context: context)
            }
            return review
        }
    }

    /// The declared type, or gp2 where its burst balance is measured, which no other type has; nil if neither is known.
    ///
    /// Source: Amazon RDS User Guide, Monitoring (BurstBalance: the share of gp2 burst-bucket I/O credits).
    private func storageType(of resource: Stack.Resource, _ findings: [Finding]) -> String? {
        if let type = resource.storageType { return type }
        return findings.contains { $0.metric?.id == .burstBalance && $0.value != nil } ? "gp2" : nil
    }

    /// A finding on facts with the begin of its state where the support calendar has it; otherwise that is not known.
    private func dated(_ finding: Finding, _ resource: Stack.Resource, at now: Timestamp) -> Finding {
        guard finding.rule.when.readings.isEmpty else { return finding }
        var result = finding
        let support = catalog.extendedSupport(of: resource.engine)
        if finding.rule.recommend == .upgradeEngine, let support, support.item(at: now) != nil,
            let since = Timestamp(text: support.from)
        {
            result.since = since
        } else {
            result.isDated = false
        }
        return result
    }
}
