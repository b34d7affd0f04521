import Foundation

/// Computes savings of one resource or of the account; pure.
struct SavingsEstimator {
    /// The savings, and how certain they are.
    struct Result {
        var estimate: CostEstimate
        var isAtMost = false
        var basis: SavingsBasis?
    }

    let stack: Stack
    let billing: BillingFacts
    let catalog: Catalog
    /// nil for the account and the project.
    let resource: Stack.Resource?

    private static let hours = Decimal(Catalog.hoursPerMonth)

    /// nil if there is nothing to save, or it is unknown.
    func result(of saving: SavingsOpportunity) -> Result? {
        switch saving {
        case .natGateway: natGateway
        case .idleAddresses: whole(.idleAddresses, .idleIPv4Hours)
        case .publicAddresses: publicAddresses
        case .logIngestion: logIngestion
        case .logRetention:
            whole(.logStorage, .logStorage, isAtMost: true, .logStorage)
        case .extendedSupport: whole(.extendedSupport(version: nil), .extendedSupportHours)
        case .backup:
            whole(.backupAboveAllowance, .backupStorage, isAtMost: true, .backups)
        case .gp3: gp3
        case .surplusCredits:
            whole(.surplusCredits, .surplusCreditHours, isAtMost: true, .netOfLargerClass)
        case .database: database
        case .smallerDatabase: smallerDatabase
        }
    }

    /// The whole billed cost.
    private func whole(_ item: CostItem, _ usage: BilledUsageID, isAtMost: Bool = false, _ basis: SavingsBasis? = nil) -> Result?
    {
        guard let line = billed(item, usage) else { return nil }
        return Result(estimate: CostEstimate(lines: [line]), isAtMost: isAtMost, basis: basis)
    }

    /// A line of the newest bill for a whole month; nil if nothing was charged.
    private func billed(_ item: CostItem, _ usage: BilledUsageID) -> CostLine? {
        guard let month = billing.month, let cost = month.cost(of: usage),
            cost.amount > 0,
            cost.currency == "USD"
        else { return nil }
        let day = month.bill.lastDay?.description ?? ""
        return CostLine(
            item, quantity: 1, unit: "month", price: Price(usd: cost.amount, source: .bill(bill: month.source), asOf: day))
    }

    private func priced(_ item: CostItem, _ quantity: Decimal, _ id: String) -> CostLine {
        let known = catalog.item(id)
        let price = known?.price ?? Price(usd: nil, source: .notInCatalog, asOf: "")
        return CostLine(item, quantity: quantity, unit: known?.unit ?? "", price: price)
    }

    /// The addresses of NAT gateways belong to the tip on NAT gateways.
    private var publicAddresses: Result? {
        guard var result = whole(.addressesInUse, .publicIPv4Hours, isAtMost: true, .addresses) else { return nil }
        let count = gatewayCount
        if count > 0 {
            result.estimate.lines.append(priced(.gatewayAddresses, -count * Self.hours, "public-ipv4-hour"))
        }
        return result
    }

    /// As billed, or else as declared.
    private var gatewayCount: Decimal {
        let billed = billing.month?.running(.natGatewayHours) ?? 0
        let declared = Decimal((stack.services ?? []).filter { $0.id == "nat-gateway" }.reduce(0) { $0 + $1.count })
        return billed > 0 ? billed : declared
    }

    private var natGateway: Result? {
        let count = gatewayCount
        guard count > 0 else { return nil }
        var lines: [CostLine] = []
        if let line = billed(.natGateways, .natGatewayHours) {
            lines.append(line)
            if let data = billed(.natGatewayData, .natGatewayBytes) { lines.append(data) }
        } else {
            lines.append(priced(.natGateways, count * Self.hours, "nat-gateway-hour"))
        }
        lines.append(priced(.gatewayAddress, count * Self.hours, "public-ipv4-hour"))
        lines.append(priced(.interfaceEndpoint, -count * Self.hours, "interface-endpoint-hour"))
        return Result(
            estimate: CostEstimate(lines: lines), isAtMost: true,
            basis: .interfaceEndpoint)
    }

    private var logIngestion: Result? {
        guard let month = billing.month, let quantity = month.quantity(of: .logBytes),
            let price = catalog.item("cloudwatch-logs-gb")
        else { return nil }
        let billable = quantity - price.freeUnits
        guard billable > 0 else { return nil }
        let estimate = CostEstimate(lines: [priced(.halfOfLogs, (billable / 2).rounded(scale: 6), "cloudwatch-logs-gb")])
        return capped(
            Result(estimate: estimate, isAtMost: true, basis: .halfOfLogs(free: price.freeUnits)), .halfOfLogs, .logBytes)
    }

    private var gp3: Result? {
        guard let size = billing.month?.quantity(of: .gp2Storage), size > 0 else { return nil }
        let lines = [priced(.gp2Storage, size, "ebs-gp2-gb"), priced(.gp3Storage, -size, "ebs-gp3-gb")]
        return capped(Result(estimate: CostEstimate(lines: lines)), .gp2Storage, .gp2Storage)
    }

    /// At most what was billed: a free amount or a discount makes that less than list prices say.
    private func capped(_ result: Result, _ item: CostItem, _ usage: BilledUsageID) -> Result? {
        guard let cost = billing.month?.cost(of: usage), let saving = result.estimate.total, cost.currency == saving.currency,
            saving.amount > cost.amount
        else { return result }
        return whole(item, usage, isAtMost: true, result.basis)
    }

    private var database: Result? {
        guard let resource, let tier = catalog.tier(of: resource) else { return nil }
        return Result(
            estimate: tier.monthlyCost(TierConfiguration(resource)), isAtMost: true,
            basis: .finalSnapshot)
    }

    private var smallerDatabase: Result? {
        guard let resource, let tier = catalog.tier(of: resource), let hourly = tier.hourly,
            let smaller = catalog.adapted(to: resource).tiers.last(where: {
                $0.isSibling(of: tier) && $0.rank < tier.rank && $0.hourly != nil
            })
        else { return nil }
        let multiAZ = resource.multiAZ ?? false
        let none = Price(usd: nil, source: .notInCatalog, asOf: "")
        let lines = [
            CostLine(.tier(id: tier.id), quantity: Self.hours, unit: "h", price: (multiAZ ? tier.hourlyMultiAZ : hourly) ?? none),
            CostLine(
                .smallerTier(id: smaller.id), quantity: -Self.hours, unit: "h",
                price: (multiAZ ? smaller.hourlyMultiAZ : smaller.hourly) ?? none),
        ]
        return Result(
            estimate: CostEstimate(lines: lines),
            basis: .memory(smaller: Self.memory(smaller), present: Self.memory(tier)))
    }

    private static func memory(_ tier: Tier) -> Quantity? { tier.memory.map { .bytes($0) } }
}
