import Foundation

/// Computes savings of one resource or of the account; pure.
struct SavingsEstimator {
    /// The savings, and how certain they are.
    struct Result {
        var estimate: CostEstimate
        var isAtMost = false
        var basis: String?
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
        case .idleAddresses: whole("idle addresses", .idleIPv4Hours)
        case .publicAddresses: publicAddresses
        case .logIngestion: logIngestion
        case .logRetention:
            whole("log storage", .logStorage, isAtMost: true, "the current storage cost; seven days of logs remain")
        case .extendedSupport: whole("Extended Support", .extendedSupportHours)
        case .backup:
            whole(
                "backup storage above the free allowance", .backupStorage, isAtMost: true,
                "depends on how many days of backups remain")
        case .gp3: gp3
        case .surplusCredits:
            whole("surplus CPU credits", .surplusCreditHours, isAtMost: true, "net of what the larger class costs extra")
        case .database: database
        case .smallerDatabase: smallerDatabase
        }
    }

    /// The whole billed cost.
    private func whole(_ item: String, _ usage: BilledUsageID, isAtMost: Bool = false, _ basis: String? = nil) -> Result? {
        guard let line = billed(item, usage) else { return nil }
        return Result(estimate: CostEstimate(lines: [line]), isAtMost: isAtMost, basis: basis)
    }

    /// A line of the newest bill for a whole month; nil if nothing was charged.
    private func billed(_ item: String, _ usage: BilledUsageID) -> CostLine? {
        guard let month = billing.month, let cost = month.cost(of: usage),
            cost.amount > 0,
            cost.currency == "USD"
        else { return nil }
        let day = month.bill.lastDay?.description ?? ""
        return CostLine(item, quantity: 1, unit: "month", price: Price(usd: cost.amount, source: month.source, asOf: day))
    }

    private func priced(_ item: String, _ quantity: Decimal, _ id: String) -> CostLine {
        let known = catalog.item(id)
        let price = known?.price ?? Price(usd: nil, source: "no price in the catalog", asOf: "")
        return CostLine(item, quantity: quantity, unit: known?.unit ?? "", price: price)
    }

    /// The addresses of NAT gateways belong to the tip on NAT gateways.
    private var publicAddresses: Result? {
        let basis = "depends on how many addresses can be replaced; those of NAT gateways are not included"
        guard var result = whole("addresses in use", .publicIPv4Hours, isAtMost: true, basis) else { return nil }
        let count = gatewayCount
        if count > 0 {
            result.estimate.lines.append(priced("addresses of NAT gateways", -count * Self.hours, "public-ipv4-hour"))
        }
        return result
    }

    /// As billed, or else as declared.
    private var gatewayCount: Decimal {
        let hours = billing.month?.quantity(of: .natGatewayHours) ?? 0
        let declared = Decimal((stack.services ?? []).filter { $0.id == "nat-gateway" }.reduce(0) { $0 + $1.count })
        return hours > 0 ? max(1, (hours / Self.hours).rounded(scale: 0)) : declared
    }

    private var natGateway: Result? {
        let count = gatewayCount
        guard count > 0 else { return nil }
        var lines: [CostLine] = []
        if let line = billed("NAT gateway", .natGatewayHours) {
            lines.append(line)
            if let data = billed("NAT gateway data", .natGatewayBytes) { lines.append(data) }
        } else {
            lines.append(priced("NAT gateway", count * Self.hours, "nat-gateway-hour"))
        }
        lines.append(priced("its public IPv4 address", count * Self.hours, "public-ipv4-hour"))
        lines.append(priced("one interface endpoint instead", -count * Self.hours, "interface-endpoint-hour"))
        return Result(
            estimate: CostEstimate(lines: lines), isAtMost: true,
            basis:
                "if it is used for S3, DynamoDB and one other service only; endpoints for the first two are free")
    }

    private var logIngestion: Result? {
        guard let month = billing.month, let quantity = month.quantity(of: .logBytes),
            let price = catalog.item("cloudwatch-logs-gb")
        else { return nil }
        let billable = quantity - price.freeUnits
        guard billable > 0 else { return nil }
        return Result(
            estimate: CostEstimate(lines: [priced("half of the log data", (billable / 2).rounded(scale: 6), "cloudwatch-logs-gb")]
            ),
            isAtMost: true,
            basis: "half of the amount above the free \(price.freeUnits) GB, removed by sampling or a higher log level")
    }

    private var gp3: Result? {
        guard let size = billing.month?.quantity(of: .gp2Storage), size > 0 else { return nil }
        return Result(
            estimate: CostEstimate(lines: [
                priced("gp2 storage", size, "ebs-gp2-gb"), priced("gp3 instead", -size, "ebs-gp3-gb"),
            ]))
    }

    private var database: Result? {
        guard let resource, let tier = resource.tier.flatMap(catalog.tier) else { return nil }
        return Result(
            estimate: tier.monthlyCost(TierConfiguration(resource)), isAtMost: true,
            basis: "a final snapshot is billed as backup storage")
    }

    private var smallerDatabase: Result? {
        guard let resource, let tier = resource.tier.flatMap(catalog.tier), let hourly = tier.hourly,
            let smaller = catalog.tiers.last(where: { $0.isSibling(of: tier) && $0.rank < tier.rank && $0.hourly != nil })
        else { return nil }
        let multiAZ = resource.multiAZ ?? false
        let none = Price(usd: nil, source: "no price in the catalog", asOf: "")
        let lines = [
            CostLine(tier.id, quantity: Self.hours, unit: "h", price: (multiAZ ? tier.hourlyMultiAZ : hourly) ?? none),
            CostLine(
                "\(smaller.id) instead", quantity: -Self.hours, unit: "h",
                price: (multiAZ ? smaller.hourlyMultiAZ : smaller.hourly) ?? none),
        ]
        return Result(
            estimate: CostEstimate(lines: lines),
            basis: "it has \(Self.memory(smaller)) of memory instead of \(Self.memory(tier))")
    }

    private static func memory(_ tier: Tier) -> String {
        tier.memory.map { ValueText.number($0 / 1_073_741_824) + " GiB" } ?? "an unknown amount"
    }
}
