/// A kind of savings, with its computation.
public enum SavingsOpportunity: String, CaseIterable, Sendable {
    /// Gateway endpoints and one interface endpoint instead of NAT gateways.
    case natGateway = "nat-gateway"
    /// Releasing idle addresses.
    case idleAddresses = "idle-addresses"
    /// Releasing used addresses.
    case publicAddresses = "public-addresses"
    /// Half of the log data above the free allowance.
    case logIngestion = "log-ingestion"
    /// Deleting stored logs after seven days.
    case logRetention = "log-retention"
    /// A database version in standard support.
    case extendedSupport = "extended-support"
    /// A shorter backup retention.
    case backup
    /// gp3 instead of gp2.
    case gp3
    /// Surplus CPU credits.
    case surplusCredits = "surplus-credits"
    /// The database itself, after a final snapshot.
    case database
    /// The next smaller tier of the same engine.
    case smallerDatabase = "smaller-database"
}
