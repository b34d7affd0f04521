extension StackBill {
    /// Computes the bill of a stack as declared.
    /// - Parameters:
    ///   - stack: The stack.
    ///   - catalog: Tiers and prices.
    ///   - now: The time for which Extended Support is priced.
    ///   - atMaximum: Whether scaling capacity is at its maximum.
    public init(stack: Stack, catalog: Catalog, now: Timestamp, atMaximum: Bool = false) {
        let databases = stack.resources.filter { $0.kind == .database }.map { resource in
            let tier = catalog.tier(of: resource)
            let isFollowing = tier?.capacity != nil && atMaximum
            return StackBillBuilder.Database(
                resource: resource, tier: tier,
                cost: tier?.monthlyCost(TierConfiguration(resource, in: catalog, at: now), atMaximum: isFollowing),
                isAtMaximum: isFollowing)
        }
        self = StackBillBuilder(stack: stack, catalog: catalog, now: now).bill(databases)
    }
}
