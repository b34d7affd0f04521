/// What a series is known by: account, region, namespace, name and dimensions, as CloudWatch has it.
///
/// An unknown account or region is a value of its own: the same metric with and without one are two series.
public struct SeriesKey: Hashable, Sendable, Comparable, Codable {
    /// One dimension of a metric.
    public struct Dimension: Hashable, Sendable, Comparable, Codable {
        /// The dimension's name: `DBInstanceIdentifier`.
        public var name: String
        /// Its value: the resource's own name.
        public var value: String

        /// A dimension by name and value.
        public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

        /// By name, then by value.
        public static func < (left: Dimension, right: Dimension) -> Bool { (left.name, left.value) < (right.name, right.value) }
    }

    /// The AWS account's number; nil when the source does not say.
    public var account: String?
    /// The AWS region; nil when the source does not say.
    public var region: String?
    /// CloudWatch's namespace: `AWS/RDS`.
    public var namespace: String
    /// CloudWatch's metric name: `CPUUtilization`.
    public var name: String
    /// In the order of their names, each name once.
    public private(set) var dimensions: [Dimension]

    /// A series by its parts; dimensions in any order. Of two dimensions with one name the first in sorted order stays.
    public init(account: String? = nil, region: String? = nil, namespace: String, name: String, dimensions: [Dimension]) {
        self.account = account
        self.region = region
        self.namespace = namespace
        self.name = name
        self.dimensions = dimensions.sorted()
    }

    /// The value of a dimension; nil when the series has no such dimension.
    public func value(ofDimension name: String) -> String? { dimensions.first { $0.name == name }?.value }

    /// By account, region, namespace, name, dimensions; unknown first.
    public static func < (left: SeriesKey, right: SeriesKey) -> Bool {
        let first = (left.account ?? "", left.region ?? "", left.namespace, left.name)
        let second = (right.account ?? "", right.region ?? "", right.namespace, right.name)
        return first == second ? left.dimensions.lexicographicallyPrecedes(right.dimensions) : first < second
    }
}
