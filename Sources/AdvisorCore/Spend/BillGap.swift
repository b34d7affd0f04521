public import Foundation

/// What is unknown about a bill; the words are in `Presentation/Language`.
public enum BillGap: Reason {
    /// The rest of the stack: `stack` is not set.
    case stackNotSet
    /// The tier is not set.
    case tierNotSet
    /// The cost of the tier is unknown.
    case cost(reason: CostGap)
    /// Reads and writes of an Aurora volume.
    case volumeRequests
    /// Extended Support of a major version, which depends on the capacity used.
    case extendedSupport(version: String)
    /// Backup beyond the allocated storage in GiB; nil if that is unknown.
    case backup(allocated: Decimal?)
    /// Surplus CPU credits above a sustained share of the CPU.
    case surplusCredits(baseline: Quantity)
    /// The usage of an item of the catalog.
    case usage(item: String, title: String)
    /// The usage of a service with several prices.
    case usageOfService
    /// The cost of a service that the catalog does not know.
    case costNotSet
    /// Data through the NAT gateway that the move adds.
    case gatewayData
    /// What the plan of a database family includes and AWS bills.
    case includedInPlan(of: String)
}

/// A remark on a line of a bill.
public enum BillNote: Reason {
    /// As written in advisor.yaml.
    case declared(text: String)
    /// Since when Extended Support is billed, and what ends it.
    case extendedSupport(since: String)
    /// At the rate of the last seven days.
    case recentRate
    /// The guide's Aurora stack declares a NAT gateway.
    case guideGateway
    /// The guide's stack stores the password in a secret.
    case guideSecret
}

/// A known future change of a bill.
public enum BillChange: Reason {
    /// Extended Support of a major version begins; the cost is nil if unknown.
    case extendedSupport(resource: String, version: String, from: String, monthlyCost: Money?)
}
