/// What Extended Support of the present version costs, and when that changes.
struct SupportReasons {
    /// The time within which a change of the price is said.
    private static let horizon = Duration.seconds(366 * 86_400)

    let resource: Stack.Resource
    let tier: Tier?
    let catalog: Catalog
    let now: Timestamp?
    /// The present configuration.
    let present: TierConfiguration

    var all: [RecommendationReason] {
        guard let now, let support = catalog.extendedSupport(of: resource.engine) else { return [] }
        return [billed(support, now), change(support, now)].compactMap { $0 }
    }

    private func billed(_ support: ExtendedSupport, _ now: Timestamp) -> RecommendationReason? {
        guard support.item(at: now) != nil, let since = Timestamp(text: support.from) else { return nil }
        let cost = tier?.monthlyCost(present)
        return .extendedSupportBilled(
            version: support.title, since: since, monthly: cost?.total == nil ? nil : cost?.extendedSupport)
    }

    /// The next change of the price within a year.
    private func change(_ support: ExtendedSupport, _ now: Timestamp) -> RecommendationReason? {
        let days = [support.from, support.third].compactMap { $0 }.compactMap { Timestamp(text: $0) }
        guard let next = days.filter({ $0 > now }).min(), next - now <= Self.horizon else { return nil }
        var then = present
        then.extendedSupport = support.charge(at: next, catalog)
        return .extendedSupportChanges(
            version: support.title, at: next, isRise: support.item(at: now) != nil, before: tier?.monthlyCost(present).total,
            after: tier?.monthlyCost(then).total)
    }
}
