/// What could be done besides what the rules recommend, with what it changes on the bill.
public struct ResourceOption: Hashable, Sendable {
    /// What to do.
    public enum Kind: Reason {
        /// A class with as many vCPUs and no CPU credits.
        case classWithoutCredits(tier: String)
        /// The same size of a newer generation.
        case newerGeneration(tier: String)
        /// A volume from which more operations are included.
        case largerVolume(gibibytes: Double, operations: Double)
        /// A class that sustains more operations, with a volume that does.
        case largerClass(tier: String, gibibytes: Double, operations: Double)
        /// Storage that grows by itself, up to a size.
        case storageAutoscaling(resource: String, gibibytes: Double)
        /// The next plan of the same provider, without a migration.
        case largerPlan(tier: String)
        /// A connection pool: PgBouncer, or RDS Proxy.
        case connectionPool
        /// To stop it outside working hours, with the hours a week that it runs.
        case stopAtNight(hours: Int)
        /// One instance in place of several.
        case singleInstance(instances: Int)
        /// To pause while nothing is connected, in a share of the time.
        case pauseWhenIdle(share: Quantity)
        /// Whether it is about more operations per second.
        var addsOperations: Bool {
            switch self {
            case .largerVolume, .largerClass: true
            default: false
            }
        }

        /// To commit to it for some months; as much is paid as without after so many of them.
        case commitment(kind: Commitment.Kind, months: Int, breakEven: Int)
    }

    /// What to do.
    public var kind: Kind
    /// The change of the monthly cost, negative where it saves; nil if unknown.
    public var monthlyChange: Money?
    /// Whether it saves at most that.
    public var isAtMost = false
    /// The effort.
    public var effort: RuleTip.Effort
    /// The risk.
    public var risk: RuleTip.Risk
    /// Where the condition and the price are from.
    public var source: String
}
