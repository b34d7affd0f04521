public import Foundation

/// One line of a monthly bill.
public struct CostLine: Hashable, Sendable {
    /// The item.
    public var item: CostItem
    /// The number of units per month.
    public var quantity: Decimal
    /// The unit: `h`, `GiB-month`.
    public var unit: String
    /// The price per unit with its source; its amount is nil if unknown.
    public var price: Price

    /// Creates a line.
    public init(_ item: CostItem, quantity: Decimal, unit: String, price: Price) {
        (self.item, self.quantity, self.unit, self.price) = (item, quantity, unit, price)
    }

    /// Quantity times price; nil if the price is unknown.
    public var monthly: Money? { price.usd.map { Money($0 * quantity) } }
}

/// A monthly bill, line by line.
public struct CostEstimate: Hashable, Sendable {
    /// The lines in bill order.
    public var lines: [CostLine]
    /// Missing information, such as an unknown allocation.
    public var unknown: [CostGap]

    /// Creates an estimate.
    public init(lines: [CostLine], unknown: [CostGap] = []) { (self.lines, self.unknown) = (lines, unknown) }

    /// The sum; nil if any line is unknown.
    public var total: Money? {
        guard unknown.isEmpty else { return nil }
        return lines.reduce(Money?(Money(0))) { sum, line in
            guard let sum, let monthly = line.monthly else { return nil }
            return sum + monthly
        }
    }

    /// The monthly charge of Extended Support; zero without one.
    public var extendedSupport: Money {
        lines.reduce(Money(0)) { sum, line in
            if case .extendedSupport = line.item, let monthly = line.monthly { sum + monthly } else { sum }
        }
    }

    /// The sum of what is known.
    public var atLeast: Money { lines.compactMap(\.monthly).reduce(Money(0), +) }

    /// The estimate with capacity that scales by its expected use, so that its total is `expected`; unchanged without such
    /// capacity, or where the total or a price is unknown.
    func expecting(_ expected: Money?) -> CostEstimate {
        guard let expected, let total,
            let index = lines.firstIndex(where: { if case .capacity = $0.item { true } else { false } }),
            case .capacity(let instances, _) = lines[index].item, let usd = lines[index].price.usd, usd > 0
        else { return self }
        var result = self
        let quantity = lines[index].quantity + (expected - total).amount / usd
        result.lines[index].quantity = quantity.rounded(scale: 6)
        result.lines[index].item = .expectedCapacity(instances: instances)
        return result
    }

    /// Whether all prices are from the vendor.
    public var isVerified: Bool { lines.allSatisfy(\.price.isVerified) }
}

/// The properties of a resource that determine its bill.
public struct TierConfiguration: Hashable, Sendable {
    /// The allocated storage in GiB; nil if unknown.
    public var storage: Double?
    /// Whether a standby runs in a second Availability Zone.
    public var multiAZ: Bool
    /// The number of read replicas, each billed like the instance.
    public var replicas: Int
    /// How many of the replicas are billed as resources of their own.
    public var separateReplicas = 0
    /// The number of instances that scale; nil for the tier's own.
    public var instances: Int?
    /// Whether it uses the volume of another instance of its cluster, which is billed there.
    public var sharesVolume = false
    /// The storage type; nil for the tier's.
    public var storageType: String?
    /// The provisioned IOPS; nil for those that the storage includes.
    public var iops: Int?
    /// Whether it is stopped: only storage is billed.
    public var isStopped = false
    /// The minimum capacity of Aurora; nil for the tier's own.
    public var minimumCapacity: Double?
    /// The maximum capacity of Aurora; nil for the tier's own.
    public var maximumCapacity: Double?
    /// The Extended Support charge of the engine; nil in standard support, or if the engine is unknown.
    public var extendedSupport: ExtendedSupport.Charge?

    /// The number of replicas that are billed with it.
    var billedReplicas: Int { max(0, replicas - separateReplicas) }

    /// The least: one instance in one zone, its storage unknown.
    init() { (multiAZ, replicas) = (false, 0) }
}

extension Tier {
    /// The monthly cost of running a configuration on this tier, for 730 hours, itemized.
    /// - Parameters:
    ///   - configuration: Storage, zones and replicas; at least the tier's minimum storage is billed.
    ///   - atMaximum: Whether scaling capacity is at its maximum; otherwise at its minimum.
    /// - Returns: An estimate whose total is unknown if one of its prices is.
    public func monthlyCost(_ configuration: TierConfiguration, atMaximum: Bool = false) -> CostEstimate {
        let hours = Decimal(Catalog.hoursPerMonth)
        var lines: [CostLine] = []
        if let monthly { lines.append(CostLine(.plan, quantity: 1, unit: "month", price: monthly)) }
        if let capacity, !configuration.isStopped {
            let instances = configuration.instances ?? capacity.instances
            let units =
                atMaximum
                ? configuration.maximumCapacity ?? capacity.maximum : configuration.minimumCapacity ?? capacity.minimum
            lines.append(
                CostLine(
                    .capacity(instances: instances, units: units), quantity: hours * Decimal(instances) * Decimal(units),
                    unit: Tier.Capacity.unit, price: capacity.price))
        }
        lines += instanceLines(configuration)
        let (storageLines, storageGap) = self.storageLines(configuration)
        let (supportLine, supportGap) = extendedSupportLine(configuration)
        lines += storageLines + [supportLine].compactMap { $0 }
        var unknown = [storageGap, supportGap].compactMap { $0 }
        if lines.isEmpty, !configuration.isStopped, !configuration.sharesVolume { unknown.append(.noPrice(of: id)) }
        return CostEstimate(lines: lines, unknown: unknown)
    }

    private static let noPrice = Price(usd: nil, source: .notInCatalog, asOf: "")

    private func instanceLines(_ configuration: TierConfiguration) -> [CostLine] {
        guard hourly != nil, !configuration.isStopped else { return [] }
        let hours = Decimal(Catalog.hoursPerMonth)
        let price = configuration.multiAZ ? hourlyMultiAZ : hourly
        var lines = [
            CostLine(.instance(multiAz: configuration.multiAZ), quantity: hours, unit: "h", price: price ?? Self.noPrice)
        ]
        if configuration.billedReplicas > 0 {
            let quantity = hours * Decimal(configuration.billedReplicas)
            lines.append(CostLine(.readReplicas, quantity: quantity, unit: "h", price: hourly ?? Self.noPrice))
        }
        return lines
    }

    private func storageLines(_ configuration: TierConfiguration) -> ([CostLine], CostGap?) {
        guard storage != nil, !configuration.sharesVolume else { return ([], nil) }
        guard let given = configuration.storage else { return ([], .storageNotSet) }
        let billsStandby = configuration.multiAZ && hourly != nil
        let size = Decimal(max(given, minimumStorage))
        let replicas = Decimal(hourly == nil ? 0 : configuration.billedReplicas)
        let isPriced = prices(storageOf: configuration)
        var lines = [
            CostLine(
                .storage, quantity: billsStandby ? size : size * (1 + replicas), unit: "GiB-month",
                price: (isPriced ? billsStandby ? storageMultiAZ : storage : nil) ?? Self.noPrice)
        ]
        if billsStandby, replicas > 0 {
            lines.append(
                CostLine(
                    .replicaStorage, quantity: size * replicas, unit: "GiB-month",
                    price: (isPriced ? storage : nil) ?? Self.noPrice))
        }
        return (lines + [operationsLine(configuration, size: given)].compactMap { $0 }, nil)
    }

    /// Whether the storage price is that of the storage: both have the same type, or gp2 and gp3, which cost the same.
    private func prices(storageOf configuration: TierConfiguration) -> Bool {
        guard !storageType.isEmpty, let type = configuration.storageType else { return true }
        return (storageShape?.id ?? storageType) == type || (storageType, type) == ("gp3", "gp2")
    }

    /// The provisioned operations that the storage does not include.
    ///
    /// gp3 includes 3,000 IOPS, and 12,000 from 400 GiB on; io1 and io2 none. Source: Amazon RDS pricing.
    private func operationsLine(_ configuration: TierConfiguration, size: Double) -> CostLine? {
        guard let provisioned = configuration.iops, !storageType.isEmpty, let type = configuration.storageType else { return nil }
        guard storageShape.map({ $0.provisionedFrom != nil }) ?? (type != "gp2") else { return nil }
        let ofShape = storageShape?.billsOperations == true ? 0 : storageShape?.sustainedOperations(size: size)
        let billed = Double(provisioned) - (ofShape ?? (size >= 400 ? 12_000 : 3000))
        guard billed > 0 else { return nil }
        let price = (configuration.multiAZ ? operationsMultiAZ : operations) ?? Self.noPrice
        return CostLine(.provisionedOperations, quantity: Decimal(billed), unit: "IOPS-month", price: price)
    }

    private func extendedSupportLine(_ configuration: TierConfiguration) -> (CostLine?, CostGap?) {
        guard let support = configuration.extendedSupport, !configuration.isStopped else { return (nil, nil) }
        // Capacity is billed it by ACU-hour, of which no price is known.
        guard hourly != nil else { return (nil, capacity == nil ? nil : .extendedSupport(version: support.version)) }
        guard let vcpu else { return (nil, .extendedSupport(version: support.version)) }
        // No source says whether the standby is billed too; doubling agrees with its other prices.
        let standby = configuration.multiAZ ? 2 : 1
        var price = support.price
        if standby == 2 { price.isVerified = false }
        let quantity = Decimal(Catalog.hoursPerMonth) * Decimal(vcpu * (standby + configuration.billedReplicas))
        return (CostLine(.extendedSupport(version: support.version), quantity: quantity, unit: "vCPU-h", price: price), nil)
    }
}
