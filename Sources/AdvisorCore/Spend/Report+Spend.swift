extension Report {
    /// Adds tips, and which of the prices used are stale.
    public mutating func addMoney(of project: Project, findings: [Finding]) {
        tips = Tip.all(of: findings, stack: stack, catalog: project.catalog)
        freePlanEnd = project.freeTier.planEnd(stack)
        let estimates = entries.compactMap(\.cost) + entries.compactMap { $0.recommendation?.after } + tips.map(\.estimate)
        stalePrices = PriceBook(project.catalog).entries(in: estimates).filter { $0.isStale(at: asOf) }
    }
}
