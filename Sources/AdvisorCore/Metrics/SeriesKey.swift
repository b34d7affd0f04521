/// The identity of a series, as in CloudWatch: account, region, namespace, name and dimensions.
///
/// An unknown account or region is a value: the same metric with and without one are two series.
public struct SeriesKey: Hashable, Sendable, Comparable, Codable {
    /// A dimension of a metric.
    public struct Dimension: Hashable, Sendable, Comparable, Codable {
        /// The name: `DBInstanceIdentifier`.
        public var name: String
        /// The value, such as the id of the resource.
        public var value: String

        /// Creates a dimension.
        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

        /// Orders by name, then by value.
        public static func < (left: Dimension, right: Dimension) -> Bool { (left.name, left.value) < (right.name, right.value) }
    }

    /// The AWS account number; nil if the source does not state it.
    public var account: String?
    /// The AWS region; nil if the source does not state it.
    public var region: String?
    /// The CloudWatch namespace: `AWS/RDS`.
    public var namespace: String
    /// The CloudWatch metric name: `CPUUtilization`.
    public var name: String
    /// The dimensions, sorted by name, with unique names.
    public private(set) var dimensions: [Dimension]

    /// The maximum number of series in a store, and in one input. Every evaluation keeps the keys of all series in memory.
    public static let limit = 100_000

    /// Creates a series key with dimensions in any order. If a name occurs twice, the first in sort order is kept.
    public init(account: String? = nil, region: String? = nil, namespace: String, name: String, dimensions: [Dimension]) {
        self.account = account
        self.region = region
        self.namespace = namespace
        self.name = name
        self.dimensions = dimensions.sorted()
    }

    /// The value of a dimension; nil if the series does not have it.
    public func value(ofDimension name: String) -> String? { dimensions.first { $0.name == name }?.value }

    /// Orders by account, region, namespace, name and dimensions; unknown first.
    public static func < (left: SeriesKey, right: SeriesKey) -> Bool {
        let first = (left.account ?? "", left.region ?? "", left.namespace, left.name)
        let second = (right.account ?? "", right.region ?? "", right.namespace, right.name)
        return first == second ? left.dimensions.lexicographicallyPrecedes(right.dimensions) : first < second
    }
}
