public import Foundation

/// The stack as declared in advisor.yaml.
///
/// Everything is optional: what is not declared is unknown, and rules that need it have insufficient data.
public struct Stack: Hashable, Sendable {
    /// A resource that rules evaluate.
    public struct Resource: Hashable, Sendable {
        /// The id, as in the dimension of its series.
        public var id: String
        /// The kind.
        public var kind: ResourceKind
        /// The account of its series; nil if the store has at most one.
        public var account: String?
        /// nil if the file does not set it.
        public var environment: DeploymentEnvironment?
        /// The id of its tier.
        public var tier: String?
        /// When it moved to the tier; nil if the file does not say; the store may know.
        public var since: Timestamp?
        /// The engine and its version; nil if the file does not set it.
        public var engine: EngineVersion?
        /// The allocated storage in GiB.
        public var allocatedStorage: Double?
        /// The stored backups and snapshots in GiB; nil if unknown.
        public var backupStorage: Double?
        /// A note shown with its bill; nil if there is none.
        public var note: String?
        /// Whether a standby runs in a second Availability Zone.
        public var multiAZ: Bool?
        /// The Aurora cluster, for metrics that only the cluster has.
        public var cluster: String?
        /// The minimum capacity in ACU.
        public var minimumCapacity: Double?
        /// The maximum capacity in ACU.
        public var maximumCapacity: Double?
        /// The number of read replicas.
        public var replicas: Int?
        /// The resource that it is a replica of, for one that is billed by itself; nil for any other.
        public var replicaOf: String?
        /// How many of the replicas are resources of the stack themselves, and not billed with this one.
        public var separateReplicas = 0
        /// The region; nil for the stack's.
        public var region: String?
        /// The storage type, `io1`; nil for the tier's.
        public var storageType: String?
        /// The provisioned IOPS; nil for those that the storage includes.
        public var iops: Int?
        /// Whether it is stopped: only its storage is billed.
        public var isStopped = false
        /// The retention of a log group.
        public var retention: Duration?
        /// Series that replace those of the metric catalog, by metric name.
        public var metrics: [MetricID: SeriesReference]
        /// Whether advisor.yaml declares it; false if it was found in the store.
        public var isDeclared: Bool

        /// Creates a resource with only an id.
        public init(id: String, kind: ResourceKind, isDeclared: Bool = true) {
            (self.id, self.kind, self.isDeclared) = (id, kind, isDeclared)
            metrics = [:]
        }
    }

    /// A series named in advisor.yaml.
    public struct SeriesReference: Hashable, Sendable {
        /// The CloudWatch namespace.
        public var namespace: String
        /// The CloudWatch metric name.
        public var name: String
        /// All dimensions of the series.
        public var dimensions: [SeriesKey.Dimension]

        /// Creates a reference.
        public init(namespace: String, name: String, dimensions: [SeriesKey.Dimension]) {
            (self.namespace, self.name, self.dimensions) = (namespace, name, dimensions)
        }
    }

    /// The amount raised.
    public struct Funding: Hashable, Sendable {
        /// Money in US dollars.
        public var raised: Decimal?
        /// nil if the file does not set it.
        public var round: FundingRound?
        /// The date, `2026-01-15`.
        public var date: String?

        /// Creates funding.
        public init(raised: Decimal? = nil, round: FundingRound? = nil, date: String? = nil) {
            (self.raised, self.round, self.date) = (raised, round, date)
        }
    }

    /// A budget.
    public struct Budget: Hashable, Sendable {
        /// The limit in US dollars per calendar month.
        public var monthly: Decimal?
        /// A preset of the service catalog: `guide-prod`.
        public var preset: String?
        /// The shares of the limit at which to notify, 0 to 1.
        public var alertAt: [Double]
        /// Whether a forecast over the limit is notified.
        public var forecast: Bool?
        /// The limits of services in US dollars a month, by id.
        public var services: [String: Decimal]
        /// The limits of accounts in US dollars a month, by number.
        public var accounts: [String: Decimal]
        /// The time zone of its months; nil for UTC.
        public var zone: String?

        /// Creates a budget.
        public init(
            monthly: Decimal? = nil, preset: String? = nil, alertAt: [Double] = [], forecast: Bool? = nil,
            services: [String: Decimal] = [:], accounts: [String: Decimal] = [:], zone: String? = nil
        ) {
            (self.monthly, self.preset, self.alertAt, self.forecast, self.services) = (
                monthly, preset, alertAt, forecast, services
            )
            (self.accounts, self.zone) = (accounts, zone)
        }
    }

    /// A planned change of cost, which is not an anomaly.
    public struct Planned: Hashable, Sendable {
        /// The id of the service; nil for all services.
        public var service: String?
        /// The first day.
        public var from: CivilDate
        /// The last day; nil if it has not ended.
        public var to: CivilDate?
        /// The reason, for the report.
        public var reason: String?

        /// Creates a planned change.
        public init(service: String? = nil, from: CivilDate, to: CivilDate? = nil, reason: String? = nil) {
            (self.service, self.from, self.to, self.reason) = (service, from, to, reason)
        }
    }

    /// Another item on the bill.
    public struct Service: Hashable, Sendable {
        /// The id of the service.
        public var id: String
        /// The cost in US dollars a month; nil if not given.
        public var monthly: Decimal?
        /// The number; 1 if not given.
        public var count: Int
        /// The monthly usage by item of the catalog; empty if not given.
        public var usage: [String: Decimal] = [:]
        /// A note shown with its bill; nil if there is none.
        public var note: String?

        /// Creates a service.
        public init(id: String, monthly: Decimal? = nil, count: Int = 1) {
            (self.id, self.monthly, self.count) = (id, monthly, count)
        }
    }

    /// How a recommendation chooses its target.
    public enum TierChoicePolicy: String, CaseIterable, Sendable {
        /// The rules' own targets.
        case guide
        /// The cheapest tier that clears all alarms.
        case projected
    }

    /// The name of the project.
    public var name: String?
    /// The tag of the language of its reports and alerts: `ko`; nil if the file does not set it.
    public var reportLanguage: String?
    /// nil if the file does not set it.
    public var stage: Stage?
    /// nil if the file does not set it.
    public var funding: Funding?
    /// nil if the file does not set it; an empty list means that nothing is wanted.
    public var wants: [String]?
    /// nil if there is none.
    public var budget: Budget?
    /// The planned changes of cost, in file order.
    public var planned: [Planned]
    /// The resources in file order.
    public var resources: [Resource]
    /// nil if the file does not set it.
    public var services: [Service]?
    /// How a recommendation chooses its target.
    public var moves: TierChoicePolicy
    /// The paying account; nil if the file does not set it.
    public var account: CloudAccount?
    /// The tool that it is declared with; nil if the file does not set it.
    public var infrastructureCode: InfrastructureCode?
    /// The region of the prices; nil for us-east-1.
    public var region: String?
    /// Prices that replace those of the catalog, by id in the price book.
    public var prices: [String: Price] = [:]
    /// The settings for rules.
    public var language: RuleSettings
    /// The configuration of `advisor run`.
    public var unattended = RunConfiguration()
    /// The receivers in file order.
    public var webhooks: [Receiver]
    /// The heartbeat; nil if there is none.
    public var heartbeat: Heartbeat?

    /// Creates an empty stack.
    public init() {
        (resources, planned) = ([], [])
        moves = .guide
        language = RuleSettings()
        webhooks = []
    }
}
