/// The name of a billed usage, as in rules after `billed.`: `nat_gateway_hours`.
public struct BilledUsageID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name as in rules.
    public var rawValue: String

    /// Creates the id of a name in the file of usage types.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The name as in rules.
    public var description: String { rawValue }
}

// The usage that decisions and estimates read.
extension BilledUsageID {
    static let natGatewayHours = BilledUsageID(rawValue: "nat_gateway_hours")
    static let natGatewayBytes = BilledUsageID(rawValue: "nat_gateway_bytes")
    static let publicIPv4Hours = BilledUsageID(rawValue: "public_ipv4_hours")
    static let idleIPv4Hours = BilledUsageID(rawValue: "idle_ipv4_hours")
    static let logBytes = BilledUsageID(rawValue: "log_bytes")
    static let logStorage = BilledUsageID(rawValue: "log_storage")
    static let extendedSupportHours = BilledUsageID(rawValue: "extended_support_hours")
    static let backupStorage = BilledUsageID(rawValue: "backup_storage")
    static let gp2Storage = BilledUsageID(rawValue: "gp2_storage")
    static let surplusCreditHours = BilledUsageID(rawValue: "surplus_credit_hours")
    /// All of the above; each must be in the file of usage types.
    public static let named: [BilledUsageID] = [
        .natGatewayHours, .natGatewayBytes, .publicIPv4Hours, .idleIPv4Hours, .logBytes, .logStorage, .extendedSupportHours,
        .backupStorage, .gp2Storage, .surplusCreditHours,
    ]
}

/// A kind of billed usage, with the usage types that stand for it.
public struct BilledUsage: Hashable, Sendable {
    /// The services whose bill contains it, as ids of the service catalog.
    public enum Services: Hashable, Sendable {
        /// One of these.
        case anyOf(Set<String>)
        /// All others.
        case allExcept(Set<String>)

        func contains(_ service: String) -> Bool {
            switch self {
            case .anyOf(let services): services.contains(service)
            case .allExcept(let services): !services.contains(service)
            }
        }
    }

    /// The name in rules.
    public var id: BilledUsageID
    /// The title for people.
    public var title: String
    /// The services; the same usage type of other services does not count.
    public var services: Services
    /// The usage types without region prefix; `*` at either end matches anything.
    public var types: [String]
    /// The kind of quantity on the bill: hours, gigabytes, or a plain number.
    public var measure: QuantityKind

    /// Creates a usage.
    public init(id: BilledUsageID, title: String, services: Services, types: [String], measure: QuantityKind) {
        (self.id, self.title, self.services, self.types, self.measure) = (id, title, services, types, measure)
    }

    /// Whether the quantity of a charge counts; tax, credits, refunds and adjustments never do.
    public func counts(_ charge: Charge) -> Bool { charge.category.isConsumption && names(charge) }

    /// Whether the cost of a charge counts: usage less its discounts and what a savings plan covers, without credits and refunds.
    public func costs(_ charge: Charge) -> Bool {
        (charge.category.isConsumption || charge.category == .adjustment) && names(charge)
    }

    private func names(_ charge: Charge) -> Bool {
        guard let type = charge.usageType, services.contains(charge.service) else { return false }
        let plain = Self.withoutRegion(type)
        return types.contains { Self.matches(plain, $0) }
    }

    /// Removes the region prefix: `NatGateway-Hours` for `USE1-NatGateway-Hours`.
    static func withoutRegion(_ type: String) -> Substring {
        guard let dash = type.firstIndex(of: "-") else { return type[...] }
        let head = type[..<dash]
        let letters = head.prefix { $0.isASCII && $0.isUppercase }
        let digits = head.dropFirst(letters.count)
        guard (2...4).contains(letters.count), digits.count <= 1, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return type[...]
        }
        return type[type.index(after: dash)...]
    }

    private static func matches(_ type: Substring, _ pattern: String) -> Bool {
        switch (pattern.hasPrefix("*"), pattern.hasSuffix("*")) {
        case (true, true): type.contains(pattern.dropFirst().dropLast())
        case (true, false): type.hasSuffix(pattern.dropFirst())
        case (false, true): type.hasPrefix(pattern.dropLast())
        case (false, false): type == pattern
        }
    }
}
