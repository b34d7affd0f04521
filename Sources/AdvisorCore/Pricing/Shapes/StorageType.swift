/// A type of storage volumes of RDS, with its sizes and its performance.
public struct StorageType: Hashable, Sendable {
    /// What a volume of a size includes.
    public struct Included: Hashable, Sendable {
        /// The smallest size in GiB.
        public var from: Double
        /// The operations per second.
        public var operations: Double
        /// The throughput in MiB/s.
        public var throughput: Double

        /// Creates an inclusion.
        public init(from: Double, operations: Double, throughput: Double) {
            (self.from, self.operations, self.throughput) = (from, operations, throughput)
        }
    }

    /// The id of AWS: `gp3`; magnetic storage is `standard`.
    public var id: String
    /// The title for people.
    public var title: String
    /// The smallest volume in GiB.
    public var minimum: Double
    /// The largest volume in GiB.
    public var maximum: Double
    /// What a volume includes, by its size; empty if operations depend on the size or are all bought.
    public var included: [Included]
    /// The operations per second per GiB; nil if they do not depend on the size.
    public var operationsPerGibibyte: Double?
    /// The least operations per second that it has or that can be bought; nil if unknown.
    public var leastOperations: Double?
    /// The most operations per second that it has or that can be bought; nil if unknown.
    public var mostOperations: Double?
    /// The smallest volume in GiB for which operations can be bought; nil if none can.
    public var provisionedFrom: Double?
    /// The operations per second in bursts; nil if there are none.
    public var burst: Double?
    /// Whether every provisioned operation is billed.
    public var billsOperations: Bool
    /// Whether requests are billed.
    public var billsRequests: Bool
    /// The source.
    public var source: String
    /// The date it was read, `2026-11-23`.
    public var asOf: String

    /// Creates a type without limits.
    public init(id: String, title: String, minimum: Double, maximum: Double, source: String, asOf: String) {
        (self.id, self.title, self.minimum, self.maximum) = (id, title, minimum, maximum)
        (self.source, self.asOf, included) = (source, asOf, [])
        (billsOperations, billsRequests) = (false, false)
    }

    /// The operations per second that a volume of a size in GiB sustains without buying any; nil if unknown.
    public func sustainedOperations(size: Double) -> Double? {
        if let perGibibyte = operationsPerGibibyte {
            return min(max(size * perGibibyte, leastOperations ?? 0), mostOperations ?? .infinity)
        }
        return included.last { $0.from <= size }?.operations
    }
}
