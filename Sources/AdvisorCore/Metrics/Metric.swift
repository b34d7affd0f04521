/// A kind of thing that rules evaluate.
public enum ResourceKind: String, CaseIterable, Sendable, Hashable, Codable {
    case database, api, function
    case userPool = "user_pool"
    case natGateway = "nat_gateway"
    case logGroup = "log_group"
    case bucket, project, account, service
    /// What one may use without paying; one resource for each that the stack has.
    case allowance
}

/// How a metric's values are shown, and how scenarios write them.
public enum DisplayUnit: String, CaseIterable, Sendable, Hashable {
    case percent, count
    case gigabytes = "GB"
    case megabytes = "MB"
    case milliseconds = "ms"
    case seconds = "s"
    case dollars = "USD"
    case bytesPerSecond = "B/s"
    case countPerSecond = "1/s"

    /// The CloudWatch unit of the same size.
    public var unit: MetricUnit {
        switch self {
        case .percent: .percent
        case .count: .count
        case .gigabytes: .gigabytes
        case .megabytes: .megabytes
        case .milliseconds: .milliseconds
        case .seconds: .seconds
        case .dollars: .usDollars
        case .bytesPerSecond: .bytesPerSecond
        case .countPerSecond: .countPerSecond
        }
    }
}

/// What a name such as `cpu` means: which series holds it, in which unit.
public struct Metric: Hashable, Sendable {
    /// Where the values come from.
    public enum Origin: Hashable, Sendable {
        /// A series of the store.
        case series(namespace: String, name: String)
        /// An expression over other metrics and facts, by the resource's engine; `*` for every other engine.
        case derived([String: String])
    }

    /// The name rules use: `cpu`.
    public var id: String
    /// For people: `CPU`.
    public var title: String
    /// The kinds of resource that have it; empty when no rule's kind does.
    public var kinds: Set<ResourceKind>
    /// A series or an expression.
    public var origin: Origin
    /// The dimension that names the resource; nil when the series names none.
    public var dimension: String?
    /// Dimensions that the series has besides.
    public var otherDimensions: [SeriesKey.Dimension]
    /// What the unit `None`, or none at all, means for this metric.
    public var unit: MetricUnit
    /// How values are shown.
    public var display: DisplayUnit
    /// What the bare name means.
    public var statistic: Statistic
    /// How often the source publishes it.
    public var nativePeriod: Duration

    /// A metric by its parts.
    public init(
        id: String, title: String, kinds: Set<ResourceKind>, origin: Origin, dimension: String?,
        otherDimensions: [SeriesKey.Dimension] = [], unit: MetricUnit, display: DisplayUnit, statistic: Statistic,
        nativePeriod: Duration
    ) {
        (self.id, self.title, self.kinds, self.origin, self.dimension) = (id, title, kinds, origin, dimension)
        (self.otherDimensions, self.unit, self.display, self.statistic) = (otherDimensions, unit, display, statistic)
        self.nativePeriod = nativePeriod
    }

    /// What its values measure.
    public var measure: QuantityKind { unit == .none ? display.unit.conversion.measure : unit.conversion.measure }
}

/// Every metric that rules can name, and how resources are recognised in the store.
public struct MetricCatalog: Hashable, Sendable {
    /// By the name rules use.
    public var metrics: [String: Metric]
    /// Which dimensions name a resource of which kind: `DBInstanceIdentifier` a database.
    public var kindOfDimension: [String: ResourceKind]

    /// A catalog of these metrics.
    public init(metrics: [Metric] = [], kindOfDimension: [String: ResourceKind] = [:]) {
        self.metrics = Dictionary(metrics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.kindOfDimension = kindOfDimension
    }
}
