public import Foundation

/// One line of a monthly bill.
public struct CostLine: Hashable, Sendable {
    /// `instance`, `storage`.
    public var item: String
    /// How many units a month.
    public var quantity: Decimal
    /// `h`, `GiB-month`.
    public var unit: String
    /// For one unit, with its source; its amount is nil when nobody knows it.
    public var price: Price

    /// A line by its parts.
    public init(_ item: String, quantity: Decimal, unit: String, price: Price) {
        (self.item, self.quantity, self.unit, self.price) = (item, quantity, unit, price)
    }

    /// Quantity times price; nil when the price is unknown.
    public var monthly: Money? { price.usd.map { Money($0 * quantity) } }
}

/// A monthly bill, line by line.
public struct CostEstimate: Hashable, Sendable {
    /// In the order of a bill.
    public var lines: [CostLine]
    /// What could not be put into a line, such as an unknown allocation.
    public var unknown: [String]

    /// A bill of these lines.
    public init(lines: [CostLine], unknown: [String] = []) { (self.lines, self.unknown) = (lines, unknown) }

    /// The sum; unknown, never smaller, as soon as one line is.
    public var total: Money? {
        guard unknown.isEmpty else { return nil }
        return lines.reduce(Money?(Money(0))) { sum, line in
            guard let sum, let monthly = line.monthly else { return nil }
            return sum + monthly
        }
    }

    /// Whether every price is the vendor's own.
    public var isVerified: Bool { lines.allSatisfy(\.price.isVerified) }
}

/// What of a resource decides its bill.
public struct TierConfiguration: Hashable, Sendable {
    /// GiB; nil when nobody said.
    public var storage: Double?
    /// Whether a standby runs in a second zone.
    public var multiAZ: Bool
    /// Read replicas, each billed like the instance.
    public var replicas: Int
    /// Aurora's least capacity; nil for the tier's own.
    public var minimumCapacity: Double?
    /// Aurora's greatest capacity; nil for the tier's own.
    public var maximumCapacity: Double?
    /// What RDS charges for an engine out of standard support; nil in standard support, and when nobody said the engine.
    public var extendedSupport: ExtendedSupport.Charge?

    /// The least: one instance in one zone, its storage unknown.
    init() { (multiAZ, replicas) = (false, 0) }
}

extension Tier {
    /// What running on this tier costs in a month of 730 hours, line by line.
    /// - Parameters:
    ///   - configuration: Storage, zones and replicas; at least the tier's own minimum of storage is billed.
    ///   - atMaximum: Whether capacity that follows the load is at its ceiling; else at its floor.
    /// - Returns: A bill whose total is unknown when one of its prices is.
    public func monthlyCost(_ configuration: TierConfiguration, atMaximum: Bool = false) -> CostEstimate {
        let hours = Decimal(Catalog.hoursPerMonth)
        let none = Price(usd: nil, source: "no price in the catalogue", asOf: "")
        var lines: [CostLine] = []
        if let monthly { lines.append(CostLine("plan", quantity: 1, unit: "month", price: monthly)) }
        if let capacity {
            let units =
                atMaximum
                ? configuration.maximumCapacity ?? capacity.maximum : configuration.minimumCapacity ?? capacity.minimum
            lines.append(
                CostLine(
                    "capacity, \(capacity.instances) × \(units) ACU",
                    quantity: hours * Decimal(capacity.instances) * Decimal(units),
                    unit: "ACU-h", price: capacity.price))
        }
        if hourly != nil {
            let price = configuration.multiAZ ? hourlyMultiAZ : hourly
            lines.append(
                CostLine(
                    configuration.multiAZ ? "instance, Multi-AZ" : "instance", quantity: hours, unit: "h", price: price ?? none))
            if configuration.replicas > 0 {
                lines.append(
                    CostLine("read replicas", quantity: hours * Decimal(configuration.replicas), unit: "h", price: hourly ?? none)
                )
            }
        }
        var unknown: [String] = []
        if storage != nil {
            let billsStandby = configuration.multiAZ && hourly != nil
            if let given = configuration.storage {
                let size = Decimal(max(given, minimumStorage))
                let replicas = Decimal(hourly == nil ? 0 : configuration.replicas)
                lines.append(
                    CostLine(
                        "storage", quantity: billsStandby ? size : size * (1 + replicas), unit: "GiB-month",
                        price: (billsStandby ? storageMultiAZ : storage) ?? none))
                if billsStandby, replicas > 0 {
                    lines.append(
                        CostLine(
                            "storage of read replicas", quantity: size * replicas, unit: "GiB-month", price: storage ?? none))
                }
            } else {
                unknown.append("allocated_storage")
            }
        }
        if let support = configuration.extendedSupport, hourly != nil {
            // Whether the standby is billed too, no source says; twice is what its other prices do.
            let standby = configuration.multiAZ ? 2 : 1
            var price = support.price
            if standby == 2 { price.isVerified = false }
            if let vcpu {
                let quantity = hours * Decimal(vcpu * (standby + configuration.replicas))
                lines.append(CostLine(support.title, quantity: quantity, unit: "vCPU-h", price: price))
            } else {
                unknown.append(support.title)
            }
        }
        if lines.isEmpty { unknown.append("a price of \(id)") }
        return CostEstimate(lines: lines, unknown: unknown)
    }
}
