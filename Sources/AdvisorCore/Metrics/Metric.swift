/// A kind of resource.
public enum ResourceKind: String, CaseIterable, Sendable, Hashable, Codable {
    case database, api, function
    case userPool = "user_pool"
    case natGateway = "nat_gateway"
    case logGroup = "log_group"
    case bucket, project, account, service
    /// A free allowance; one resource for each allowance of the stack.
    case allowance
}

/// The unit in which values are shown and scenarios are written.
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

/// A metric as rules name it, such as `cpu`: its series and its unit.
public struct Metric: Hashable, Sendable {
    /// The origin of a metric's values.
    public enum Origin: Hashable, Sendable {
        /// A stored series.
        case series(namespace: String, name: String)
        /// An expression over other metrics and facts for each engine; `*` for all other engines.
        case derived([String: String])
    }

    /// The name in rules: `cpu`.
    public var id: MetricID
    /// The title: `CPU`.
    public var title: String
    /// The kinds of resource that have the metric; empty if rules cannot use it.
    public var kinds: Set<ResourceKind>
    /// The origin of its values.
    public var origin: Origin
    /// The dimension that identifies the resource; nil if the series has none.
    public var dimension: String?
    /// Further dimensions of the series.
    public var otherDimensions: [SeriesKey.Dimension]
    /// The unit of samples that state `None` or no unit.
    public var unit: MetricUnit
    /// The unit in which values are shown.
    public var display: DisplayUnit
    /// The statistic that the metric's bare name stands for.
    public var statistic: Statistic
    /// The period at which the source publishes it.
    public var nativePeriod: Duration
    /// The values that it can have.
    public var limits: ValueLimits

    /// Creates a metric; its minimum and maximum are in `unit`, and nil for 0 (no limit where it is money) and for no limit.
    public init(
        id: MetricID, title: String, kinds: Set<ResourceKind>, origin: Origin, dimension: String?,
        otherDimensions: [SeriesKey.Dimension] = [], unit: MetricUnit, display: DisplayUnit, statistic: Statistic,
        nativePeriod: Duration, minimum: Double? = nil, maximum: Double? = nil
    ) {
        (self.id, self.title, self.kinds, self.origin, self.dimension) = (id, title, kinds, origin, dimension)
        (self.otherDimensions, self.unit, self.display, self.statistic) = (otherDimensions, unit, display, statistic)
        self.nativePeriod = nativePeriod
        limits = ValueLimits(unit: unit == .none ? display.unit : unit, minimum: minimum, maximum: maximum)
    }

    /// Its id, and those of the metrics that it is derived from for some engine.
    public var related: Set<MetricID> {
        guard case .derived(let texts) = origin else { return [id] }
        let words = texts.values.flatMap { $0.split { !($0.isLetter || $0.isNumber || $0 == "_") } }
        return Set(words.map { MetricID(String($0)) }).union([id])
    }

    /// The kind of quantity of its values.
    public var measure: QuantityKind { unit == .none ? display.unit.conversion.measure : unit.conversion.measure }
}

/// All metrics, and how resources are recognized in the store.
public struct MetricCatalog: Hashable, Sendable {
    /// The metrics by name.
    public var metrics: [MetricID: Metric]
    /// The kind of resource that a dimension identifies: `DBInstanceIdentifier` is a database.
    public var kindOfDimension: [String: ResourceKind]

    /// Creates a catalog.
    public init(metrics: [Metric] = [], kindOfDimension: [String: ResourceKind] = [:]) {
        self.metrics = Dictionary(metrics.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.kindOfDimension = kindOfDimension
    }

    /// The metric that goes by a name; nil when there is none.
    public func metric(named name: String) -> Metric? { metrics[MetricID(name)] }

    /// Whether the account has the metric, so that it may be given without a resource.
    public func isOfAccount(_ name: String) -> Bool { metric(named: name)?.kinds.contains(.account) == true }

    /// The names of all metrics, in order.
    public var names: [String] { metrics.keys.sorted().map(\.rawValue) }

    /// The names of those that a series holds, in order; derived metrics are left out.
    public var seriesNames: [String] {
        metrics.values.filter { if case .series = $0.origin { true } else { false } }.map(\.id.rawValue).sorted()
    }
}
