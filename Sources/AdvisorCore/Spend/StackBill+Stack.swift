extension StackBill {
    /// The bill of a stack as its file declares it.
    /// - Parameters:
    ///   - stack: What the file says.
    ///   - catalog: Tiers and prices.
    ///   - now: The time that Extended Support is evaluated at.
    ///   - atMaximum: Whether capacity that follows the load is at its ceiling.
    public init(stack: Stack, catalog: Catalog, now: Timestamp, atMaximum: Bool = false) {
        let databases = stack.resources.filter { $0.kind == .database }.map { resource in
            let tier = resource.tier.flatMap(catalog.tier)
            let isFollowing = tier?.capacity != nil && atMaximum
            return StackBillBuilder.Database(
                resource: resource, tier: tier,
                cost: tier?.monthlyCost(TierConfiguration(resource, in: catalog, at: now), atMaximum: isFollowing),
                isAtMaximum: isFollowing)
        }
        self = StackBillBuilder(stack: stack, catalog: catalog, now: now).bill(databases)
    }
}
