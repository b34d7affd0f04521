/// The size of an instance class, the same in all regions and for all engines.
public struct InstanceShape: Hashable, Sendable {
    /// A limit that an instance sustains, and the one that it reaches for a short time.
    public struct Limit: Hashable, Sendable {
        /// What it sustains.
        public var baseline: Double
        /// What it reaches in bursts.
        public var burst: Double

        /// Creates a limit.
        public init(baseline: Double, burst: Double) { (self.baseline, self.burst) = (baseline, burst) }
    }

    /// The class: `db.t4g.micro`.
    public var id: String
    /// The id of its series: `t4g`.
    public var series: String
    /// The number of vCPUs.
    public var vcpu: Int
    /// The memory in bytes.
    public var memory: Double
    /// The CPU credits, without their price; nil for classes without them.
    public var credits: Tier.Credits?
    /// The network bandwidth in Gbps; nil if unknown.
    public var network: Limit?
    /// The EBS bandwidth in Mbps; nil if unknown.
    public var storageBandwidth: Limit?
    /// The EBS operations per second; nil if unknown.
    public var storageOperations: Limit?
    /// Whether Aurora has it.
    public var isInAurora = false

    /// Creates a shape.
    public init(id: String, series: String, vcpu: Int, memory: Double) {
        (self.id, self.series, self.vcpu, self.memory) = (id, series, vcpu, memory)
    }

    /// The memory in GiB.
    var gibibytes: Double { memory / 1_073_741_824 }

    /// Its place among all classes on the catalog's scale, where a larger class ranks higher.
    ///
    /// Classes with credits follow memory, the others vCPUs, so that `db.t4g.micro` is 20 and `db.m7g.large` 55. Nothing ranks
    /// above the catalog's scaling tier (100).
    var rank: Int {
        let burstable = Self.doublings(gibibytes / 8)
        if credits != nil { return Self.bounded(50 + burstable) }
        let memoryOptimized = gibibytes / Double(vcpu) > 5
        return Self.bounded(50 + Self.doublings(Double(vcpu) / 2) + (memoryOptimized ? 7 : 5))
    }

    /// Ten for each doubling.
    private static func doublings(_ ratio: Double) -> Double {
        guard ratio > 0 else { return 0 }
        var (rest, result) = (ratio, 0.0)
        while rest >= 2 { (rest, result) = (rest / 2, result + 10) }
        while rest < 1 { (rest, result) = (rest * 2, result - 10) }
        return result + (rest - 1) * 10
    }

    private static func bounded(_ rank: Double) -> Int { Int(min(max(rank, 1), 99)) }
}

/// What all sizes of one generation of instance classes have in common.
public struct InstanceSeries: Hashable, Sendable {
    /// Whether AWS recommends it for new instances.
    public enum Generation: String, CaseIterable, Sendable {
        case current, previous
    }

    /// The part of the class between the dots: `t4g`.
    public var id: String
    /// The processor: `AWS Graviton2`.
    public var processor: String
    /// Whether the processor is one of AWS's own.
    public var isGraviton: Bool
    /// Whether AWS recommends it for new instances.
    public var generation: Generation
    /// The source.
    public var source: String
    /// The date it was read, `2026-11-23`.
    public var asOf: String

    /// Creates a series.
    public init(
        id: String, processor: String, isGraviton: Bool, generation: Generation, source: String, asOf: String
    ) {
        (self.id, self.processor, self.isGraviton, self.generation) = (id, processor, isGraviton, generation)
        (self.source, self.asOf) = (source, asOf)
    }

    /// The letter of its purpose: `t`, `m`, `r`, `x`.
    var purpose: Substring { id.prefix(1) }

    /// The number of its generation: 4 of `t4g`.
    var number: Int { Int(id.dropFirst().prefix { $0.isNumber }) ?? 0 }
}
