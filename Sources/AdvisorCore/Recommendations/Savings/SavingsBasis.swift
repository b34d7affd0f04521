public import Foundation

/// What the amount of a tip is based on; the words are in `Presentation/Language`.
public enum SavingsBasis: Reason {
    /// The current storage cost; seven days of logs remain.
    case logStorage
    /// Depends on how many days of backups remain.
    case backups
    /// Net of what the larger class costs extra.
    case netOfLargerClass
    /// Depends on how many addresses can be replaced; those of NAT gateways are not included.
    case addresses
    /// One interface endpoint replaces the gateway.
    case interfaceEndpoint
    /// Half of the logs above the free amount in GB.
    case halfOfLogs(free: Decimal)
    /// A final snapshot is billed as backup storage.
    case finalSnapshot
    /// The smaller class has less memory; nil if unknown.
    case memory(smaller: Quantity?, present: Quantity?)
}
