public import Foundation

/// What a team has and wants, as its stack file says.
///
/// Everything is optional: what nobody declared is unknown, and rules that need it say so.
public struct Stack: Hashable, Sendable {
    /// One thing that rules evaluate.
    public struct Resource: Hashable, Sendable {
        /// The name it goes by in the series' dimension.
        public var id: String
        /// What it is.
        public var kind: ResourceKind
        /// The account its series are in; nil when the store names one account at most.
        public var account: String?
        /// `prod`, `dev`.
        public var environment: String?
        /// An id of the catalog.
        public var tier: String?
        /// When it came to that tier; nil when the file does not say, and the store may know.
        public var since: Timestamp?
        /// `postgres 15`: family, then version.
        public var engine: String?
        /// GiB.
        public var allocatedStorage: Double?
        /// GiB of backups and snapshots kept; nil when nobody said.
        public var backupStorage: Double?
        /// Shown with its bill; nil without one.
        public var note: String?
        /// Whether a standby runs in a second zone.
        public var multiAZ: Bool?
        /// Aurora's cluster name, for metrics that only the cluster has.
        public var cluster: String?
        /// Aurora capacity units at rest.
        public var minimumCapacity: Double?
        /// Aurora capacity units at most.
        public var maximumCapacity: Double?
        /// Read replicas.
        public var replicas: Int?
        /// How long a log group keeps its logs.
        public var retention: Duration?
        /// Series that stand in for the metric catalog's own, by metric name.
        public var metrics: [String: SeriesReference]
        /// False for what the store names and no file declares.
        public var isDeclared: Bool

        /// A resource of which only its name is known.
        public init(id: String, kind: ResourceKind, isDeclared: Bool = true) {
            (self.id, self.kind, self.isDeclared) = (id, kind, isDeclared)
            metrics = [:]
        }
    }

    /// A series named in a stack file.
    public struct SeriesReference: Hashable, Sendable {
        /// CloudWatch's namespace.
        public var namespace: String
        /// CloudWatch's metric name.
        public var name: String
        /// All of the series' dimensions.
        public var dimensions: [SeriesKey.Dimension]

        /// A reference by its parts.
        public init(namespace: String, name: String, dimensions: [SeriesKey.Dimension]) {
            (self.namespace, self.name, self.dimensions) = (namespace, name, dimensions)
        }
    }

    /// Money raised.
    public struct Funding: Hashable, Sendable {
        /// US dollars.
        public var raised: Decimal?
        /// nil when the file does not say.
        public var round: FundingRound?
        /// When, `2026-01-15`.
        public var date: String?

        /// Funding by its parts.
        public init(raised: Decimal? = nil, round: FundingRound? = nil, date: String? = nil) {
            (self.raised, self.round, self.date) = (raised, round, date)
        }
    }

    /// What may be spent.
    public struct Budget: Hashable, Sendable {
        /// US dollars a calendar month.
        public var monthly: Decimal?
        /// A preset of the service catalog: `guide-prod`.
        public var preset: String?
        /// Shares of the limit at which to speak, 0 to 1.
        public var alertAt: [Double]
        /// Whether a forecast over the limit is spoken of.
        public var forecast: Bool?
        /// US dollars a month by service id.
        public var services: [String: Decimal]
        /// US dollars a month by account number.
        public var accounts: [String: Decimal]
        /// The zone that its months are counted in; nil for UTC.
        public var zone: String?

        /// A budget by its parts.
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

    /// A change of spend that somebody expects, so that it is no anomaly.
    public struct Planned: Hashable, Sendable {
        /// An id of the service catalog; nil for every service.
        public var service: String?
        /// The first day.
        public var from: CivilDate
        /// The last day; nil while it lasts.
        public var to: CivilDate?
        /// Why, for the report.
        public var reason: String?

        /// A plan by its parts.
        public init(service: String? = nil, from: CivilDate, to: CivilDate? = nil, reason: String? = nil) {
            (self.service, self.from, self.to, self.reason) = (service, from, to, reason)
        }
    }

    /// Something else that is on the bill.
    public struct Service: Hashable, Sendable {
        /// An id of the service catalog.
        public var id: String
        /// US dollars a month; nil when not said.
        public var monthly: Decimal?
        /// How many, 1 when not said.
        public var count: Int
        /// Units a month by the catalog's items; empty when not said.
        public var usage: [String: Decimal] = [:]
        /// Shown with its bill; nil without one.
        public var note: String?

        /// A service by its parts.
        public init(id: String, monthly: Decimal? = nil, count: Int = 1) {
            (self.id, self.monthly, self.count) = (id, monthly, count)
        }
    }

    /// Whose targets a recommendation follows.
    public enum TierChoicePolicy: String, CaseIterable, Sendable {
        /// The rules' own.
        case guide
        /// The cheapest that clears.
        case projected
    }

    /// The project's name.
    public var name: String?
    /// nil when the file does not say.
    public var stage: Stage?
    /// nil when the file does not say.
    public var funding: Funding?
    /// nil when the file does not say; an empty list says that nothing is wanted.
    public var wants: [String]?
    /// nil without one.
    public var budget: Budget?
    /// Changes of spend that somebody expects, in the order of the file.
    public var planned: [Planned]
    /// In the order of the file.
    public var resources: [Resource]
    /// nil when the file does not say.
    public var services: [Service]?
    /// Whose targets a recommendation follows.
    public var moves: TierChoicePolicy
    /// The account that pays; nil when the file does not say.
    public var account: CloudAccount?
    /// The region whose prices hold; nil when the file does not say: us-east-1.
    public var region: String?
    /// Prices that stand in for the catalog's, by their id in the price book.
    public var prices: [String: Price] = [:]
    /// What it says of the rules.
    public var language: RuleSettings
    /// What `advisor run` reads, tells and keeps.
    public var unattended = RunConfiguration()
    /// Where alerts go, in the order of the file.
    public var webhooks: [Receiver]
    /// Who listens for runs; nil without one.
    public var heartbeat: Heartbeat?

    /// A stack of which nothing is known.
    public init() {
        (resources, planned) = ([], [])
        moves = .guide
        language = RuleSettings()
        webhooks = []
    }
}
