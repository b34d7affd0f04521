import Foundation

/// The Aurora Serverless v2 capacity that a resource's own history requires.
///
/// Source of the formulas: AWS's agent toolkit (2026-08): CPU = (0.95 × p95 + 0.05 × maximum) × vCPUs × ratio, where a T or M
/// class counts 2 ACU per vCPU and an R class 4; at least 10 MB per connection and the working set, at 2 GiB per ACU; the
/// maximum is 1.3 times the peak.
public struct AuroraSizing: Hashable, Sendable {
    /// The capacity required in one hour.
    public struct Need: Hashable, Sendable {
        /// The start of the hour.
        public var start: Timestamp
        /// The capacity in ACU, rounded up to a half; at least a half.
        public var units: Double
    }

    /// What prevents pausing at zero capacity.
    public enum ScaleToZero: Hashable, Sendable {
        /// No hour was without a connection: the minimum number of connections.
        case prevented(leastConnections: Double)
        /// The share of hours without any connection, 0 to 1.
        case possible(idleShare: Double)
        /// Its connections are unknown.
        case unknown
    }

    /// The hourly requirements in order; empty if CPU, memory and connections are unknown.
    public var needs: [Need]
    /// The capacity that ran in each hour, as it is billed; empty unless the resource scales and CloudWatch's
    /// ServerlessDatabaseCapacity is stored.
    public var measured: [Need] = []
    /// Whether CPU is known in at least half of the hours; otherwise the requirements are only a lower bound.
    public var knowsCPU: Bool
    /// The capacity in ACU that holds the memory in use, where the resource scales; nil if memory is unknown.
    public var memoryUnits: Double?
    /// Whether it could pause.
    public var scaleToZero: ScaleToZero

    /// The maximum of all hours; nil without history.
    public var peak: Double? { needs.map(\.units).max() }
    /// The maximum with AWS's margin of 30 %, rounded up to a half; nil without history.
    public var maximum: Double? { peak.map { Self.rounded($0 * 1.3) } }
    /// The 90th percentile of all hours, rounded up to a half; nil without history.
    public var usual: Double? { needs.map(\.units).percentile(90).map(Self.rounded) }

    /// The highest maximum capacity in ACU. Source: Amazon Aurora User Guide, Aurora Serverless v2 capacity.
    static let largest = 256.0

    /// Rounds up to a half; at least a half.
    static func rounded(_ units: Double) -> Double {
        guard units < 1e15 else { return min(units, .greatestFiniteMagnitude) }
        return max(0.5, (units * 2 - 1e-9).rounded(.up) / 2)
    }

    /// The memory of one ACU in bytes: 2 GiB.
    static let memoryOfUnit = 2.0 * 1_073_741_824
    /// The memory of a connection in bytes.
    static let memoryOfConnection = 10e6

    /// Computes the sizing from the history of a resource on a tier.
    public init(_ target: EvaluationTarget, tier: Tier, vocabulary: Vocabulary, from begin: Timestamp, to now: Timestamp) {
        func points(_ metric: MetricID, _ statistic: Statistic) -> Datapoints? {
            Datapoints(metric, statistic, of: target, vocabulary: vocabulary, from: begin, to: now)
        }
        var hours: [Int64: (cpu: [Double], floor: Double)] = [:]
        func hour(_ time: Timestamp) -> Int64 { time.milliseconds.floorDiv(3_600_000) }
        let cpu = points(.cpu, .average)
        let unitsAtFull = Self.unitsAtFullCPU(of: tier, target.resource)
        if let unitsAtFull {
            for point in cpu?.known ?? [] { hours[hour(point.start), default: ([], 0.5)].cpu.append(point.value * unitsAtFull) }
        }
        let memory = tier.memory ?? Self.maximum(tier, target.resource).map { $0 * Self.memoryOfUnit }
        if let memory, tier.capacity == nil {
            for point in points(.freeableMemory, .minimum)?.known ?? [] {
                hours[hour(point.start), default: ([], 0.5)].floor.raise(to: (memory - point.value) / Self.memoryOfUnit)
            }
        }
        for point in points(.connections, .maximum)?.known ?? [] {
            let units = point.value * Self.memoryOfConnection / Self.memoryOfUnit
            hours[hour(point.start), default: ([], 0.5)].floor.raise(to: units)
        }
        // An hour without CPU data gives no requirement.
        let measured = hours.filter { !$0.value.cpu.isEmpty }
        knowsCPU = !measured.isEmpty && measured.count * 2 >= hours.count
        needs = (knowsCPU ? measured : hours).sorted { $0.key < $1.key }.map { key, hour in
            let busy = hour.cpu.percentile(95).map { 0.95 * $0 + 0.05 * (hour.cpu.max() ?? $0) } ?? 0
            return Need(start: Timestamp(milliseconds: key * 3_600_000), units: Self.rounded(max(busy, hour.floor)))
        }
        let least = points(.connections, .minimum)?.values ?? []
        if let lowest = least.min() {
            let idle = Double(least.count { $0 == 0 }) / Double(least.count)
            scaleToZero = lowest > 0 ? .prevented(leastConnections: lowest) : .possible(idleShare: idle)
        } else {
            scaleToZero = .unknown
        }
        // What is free is counted up to the maximum capacity.
        if tier.capacity != nil, let memory, let free = points(.freeableMemory, .minimum)?.values.min() {
            memoryUnits = Self.rounded((memory - free) / Self.memoryOfUnit)
        }
        if tier.capacity != nil { measure(points(.serverlessCapacity, .average)) }
    }

    /// Takes over the capacity that ran; an hour needs no more than that.
    private mutating func measure(_ points: Datapoints?) {
        let hours = Dictionary(grouping: points?.known ?? []) { $0.start.milliseconds.floorDiv(3_600_000) }
        let means = hours.mapValues { $0.reduce(0) { $0 + $1.value } / Double($0.count) }
        measured = means.sorted { $0.key < $1.key }.map {
            Need(start: Timestamp(milliseconds: $0.key * 3_600_000), units: $0.value)
        }
        for index in needs.indices {
            guard let mean = means[needs[index].start.milliseconds.floorDiv(3_600_000)] else { continue }
            needs[index].units = min(needs[index].units, Self.rounded(mean))
        }
    }

    /// The monthly cost of the capacity that ran; nil if it was not measured or the price is unknown.
    public func measuredCost(instances: Int, price: Price) -> Money? {
        guard let usd = price.usd, !measured.isEmpty else { return nil }
        let mean = Money.decimal(measured.reduce(0) { $0 + $1.units } / Double(measured.count))
        return Money((mean * Decimal(instances * Catalog.hoursPerMonth) * usd).rounded(scale: 6))
    }

    /// The ACU of the tier's CPU at 100 %; nil if unknown.
    static func unitsAtFullCPU(of tier: Tier, _ resource: Stack.Resource) -> Double? {
        tier.vcpu.map { Double($0) * tier.sizing.capacityUnits(perVCPUOf: tier) } ?? maximum(tier, resource)
    }

    /// The maximum capacity of an Aurora resource: its own, or the tier's.
    static func maximum(_ tier: Tier, _ resource: Stack.Resource) -> Double? {
        tier.capacity.map { resource.maximumCapacity ?? $0.maximum }
    }

    /// The monthly cost of the capacity for this history.
    public struct Cost: Hashable, Sendable {
        /// Always at the minimum.
        public var lowest: Money
        /// As required, between minimum and maximum.
        public var expected: Money
        /// Always at the maximum.
        public var highest: Money
    }

    /// The monthly cost of the capacity between a minimum and a maximum; readers scale with the writer.
    /// - Returns: nil if the price is unknown or there is no history.
    public func monthlyCost(minimum: Double, maximum: Double, instances: Int, price: Price) -> Cost? {
        guard let usd = price.usd, !needs.isEmpty, minimum <= maximum else { return nil }
        // Units are halves, so the sum is exact; its mean is computed in decimals.
        let sum = needs.reduce(0) { $0 + min(max($1.units, minimum), maximum) }
        func month(_ units: Decimal) -> Money {
            Money((units * Decimal(instances) * Decimal(Catalog.hoursPerMonth) * usd).rounded(scale: 6))
        }
        return Cost(
            lowest: month(Money.decimal(minimum)), expected: month(Money.decimal(sum) / Decimal(needs.count)),
            highest: month(Money.decimal(maximum)))
    }

    /// The share of hours that require more than a capacity, 0 to 1; nil without history.
    public func shareAbove(_ units: Double) -> Double? {
        needs.isEmpty ? nil : Double(needs.count { $0.units > units }) / Double(needs.count)
    }
}

extension Double {
    /// Replaces the number if the other is greater.
    fileprivate mutating func raise(to other: Double) { self = Swift.max(self, other) }
}
