/// A way in which money is saved, and how much of it is computed.
public enum SavingsOpportunity: String, CaseIterable, Sendable {
    /// Gateway endpoints and one interface endpoint in place of NAT gateways.
    case natGateway = "nat-gateway"
    /// Addresses that nothing uses, given back.
    case idleAddresses = "idle-addresses"
    /// Addresses in use, given up.
    case publicAddresses = "public-addresses"
    /// Half of the log data beyond the free allowance.
    case logIngestion = "log-ingestion"
    /// Logs kept, deleted after seven days.
    case logRetention = "log-retention"
    /// A version of the database that is in standard support.
    case extendedSupport = "extended-support"
    /// Backups kept for a shorter time.
    case backup
    /// gp3 in place of gp2.
    case gp3
    /// CPU credits beyond what is earned.
    case surplusCredits = "surplus-credits"
    /// The database itself, after a last snapshot.
    case database
    /// The next smaller tier of the same engine.
    case smallerDatabase = "smaller-database"
}
