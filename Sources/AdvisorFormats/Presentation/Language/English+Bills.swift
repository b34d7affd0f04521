import AdvisorCore
import Foundation

extension English {
    func title(_ item: CostItem) -> String {
        switch item {
        case .plan: "plan"
        case .capacity(let instances, let units): "capacity, \(instances) × \(units) ACU"
        case .expectedCapacity(let instances): "capacity, expected use\(instances > 1 ? " of \(instances) instances" : "")"
        case .instance(let multiAZ): multiAZ ? "instance, Multi-AZ" : "instance"
        case .readReplicas: "read replicas"
        case .storage: "storage"
        case .replicaStorage: "storage of read replicas"
        case .provisionedOperations: "provisioned IOPS"
        case .extendedSupport(let version): Self.extendedSupport(version)
        case .backupBeyondAllocation: "backup beyond what is allocated"
        case .surplusCredits: "surplus CPU credits"
        case .declared: "declared"
        case .catalogItem(_, let title, let free, let quantity):
            if let free, let quantity { "\(title), \(Self.text(free)) of \(Self.text(quantity)) free" } else { title }
        case .tier(let id): id
        case .smallerTier(let id): "\(id) instead"
        case .natGateways: "NAT gateway"
        case .natGatewayData: "NAT gateway data"
        case .gatewayAddress: "its public IPv4 address"
        case .gatewayAddresses: "addresses of NAT gateways"
        case .interfaceEndpoint: "one interface endpoint instead"
        case .idleAddresses: "idle addresses"
        case .addressesInUse: "addresses in use"
        case .logStorage: "log storage"
        case .halfOfLogs: "half of the log data"
        case .backupAboveAllowance: "backup storage above the free allowance"
        case .gp2Storage: "gp2 storage"
        case .gp3Storage: "gp3 instead"
        }
    }

    private static func extendedSupport(_ version: String?) -> String {
        "Extended Support" + (version.map { " of \($0)" } ?? "")
    }

    private static func text(_ number: Decimal) -> String { number.text(minimumFraction: 0) }

    func title(_ group: StackBill.Group) -> String {
        switch group {
        case .id(let id): id
        case .move: "added by the move"
        }
    }

    func clause(_ note: BillNote) -> String {
        switch note {
        case .declared(let text): text
        case .extendedSupport(let since): "since \(since); a newer major version ends it"
        case .recentRate: "at the rate of its last seven days"
        case .guideGateway: "the guide's Aurora stack declares natGateways: 1"
        case .guideSecret: "the guide's stack stores the password in a secret"
        }
    }

    func clause(_ gap: BillGap) -> String {
        switch gap {
        case .stackNotSet: "the rest of the stack: `stack` is not set in advisor.yaml"
        case .tierNotSet: "its tier: not set in advisor.yaml"
        case .cost(let reason): clause(reason)
        case .volumeRequests: "reads and writes of the volume"
        case .extendedSupport(let version): Self.extendedSupport(version)
        case .backup(let allocated):
            "backup beyond \(allocated.map { "the \(Self.text($0)) GiB" } ?? "what is") allocated"
        case .surplusCredits(let baseline): "surplus CPU credits above \(Self.text(baseline)) sustained"
        case .usage(_, let title): title
        case .usageOfService: "what is used of it"
        case .costNotSet: "its cost: set `monthly:` in advisor.yaml"
        case .gatewayData: "data through the NAT gateway"
        case .includedInPlan(let family): "Lambda, API Gateway and sign-in, which the \(family) plan includes"
        }
    }

    private func clause(_ gap: CostGap) -> String {
        switch gap {
        case .storageNotSet: "allocated_storage: not set in advisor.yaml"
        case .extendedSupport(let version): "\(Self.extendedSupport(version)): the vCPUs of the tier are unknown"
        case .noPrice(let id): "the price of \(id): not in the catalog"
        }
    }

    func clause(_ change: BillChange) -> String {
        switch change {
        case .extendedSupport(let resource, let version, let from, let cost):
            "\(resource): \(Self.extendedSupport(version)) begins on \(from)\(cost.map { ": \($0) a month" } ?? ""); a newer major version avoids it"
        }
    }

    func title(_ source: PriceSource) -> String {
        switch source {
        case .cited(let text): text
        case .stackFile: "your advisor.yaml"
        case .declared: "advisor.yaml"
        case .bill(let bill): title(bill)
        case .notInCatalog: "no price in the catalog"
        case .noPrices(let region): "no price of \(region) is known; set yours under `prices:` in advisor.yaml"
        case .noPriceOfEngine(let engine, let region):
            "no price of \(engine) in \(region) is known; set yours in data/prices"
        case .engineNotSet: "the engine is not set in advisor.yaml"
        }
    }

    func title(_ source: UsageSource) -> String {
        switch source {
        case .bill(let bill): title(bill)
        case .metrics: "metrics"
        }
    }

    /// `bill of 2026-03 (CUR, to 2026-03-12, for a whole month)`.
    private func title(_ bill: BillReference) -> String {
        let part = bill.isWhole ? "" : ", \(bill.until.map { "to \($0)" } ?? "in part"), for a whole month"
        return "bill of \(bill.month) (\(bill.sources.joined(separator: ", "))\(part))"
    }

    func title(_ entry: PriceBook.Entry) -> String {
        guard let kind = entry.kind else { return entry.title }
        let words =
            switch kind {
            case .hourly: "Single-AZ"
            case .hourlyMultiAZ: "Multi-AZ"
            case .monthly: "flat"
            case .storage: "storage"
            case .storageMultiAZ: "storage, Multi-AZ"
            case .capacity: "capacity"
            case .surplusCredits: "surplus CPU credits"
            }
        return "\(entry.title), \(words)"
    }

    func clause(_ basis: SavingsBasis) -> String {
        switch basis {
        case .logStorage: "the current storage cost; seven days of logs remain"
        case .backups: "depends on how many days of backups remain"
        case .netOfLargerClass: "net of what the larger class costs extra"
        case .addresses: "depends on how many addresses can be replaced; those of NAT gateways are not included"
        case .interfaceEndpoint:
            "if it is used for S3, DynamoDB and one other service only; endpoints for the first two are free"
        case .halfOfLogs(let free):
            "half of the amount above the free \(free) GB, removed by sampling or a higher log level"
        case .finalSnapshot: "a final snapshot is billed as backup storage"
        case .memory(let smaller, let present):
            "it has \(Self.memory(smaller)) of memory instead of \(Self.memory(present))"
        }
    }

    private static func memory(_ bytes: Quantity?) -> String {
        bytes.map { ValueText.number($0.value / 1_073_741_824) + " GiB" } ?? "an unknown amount"
    }

    func clause(_ gap: BillForecast.Gap) -> String {
        switch gap {
        case .noCharges: "no charges known"
        case .tooShort(let days):
            "\(days == 0 ? "no whole day" : days == 1 ? "one day" : "\(days) days") of charges; a forecast needs "
                + "\(BillForecast.daysNeeded)\(days >= BillForecast.daysNeeded ? " after the first of the month" : "")"
        case .notDaily: "the bill has charges by month, not by day"
        case .stale(let since): "no charges since \(since)"
        }
    }

    func clause(_ source: PromotionalCredits.BurnSource) -> String {
        switch source {
        case .noDailyBill: "no bill by days is stored; ingest a CUR, FOCUS or daily Cost Explorer file"
        case .credits(let days): "what credits paid in the bill's last \(days) days"
        case .charges(let days): "what was spent in the bill's last \(days) days"
        }
    }
}
