public import Foundation

/// The billed services, their other names, and the expected monthly costs of the presets.
public struct ServiceCatalog: Hashable, Sendable {
    /// One service.
    public struct Service: Hashable, Sendable {
        /// The id, `rds`.
        public var id: String
        /// The title for people.
        public var title: String
        /// All other names of the service, including `AmazonRDS`.
        public var aliases: [String]

        /// Creates a service.
        public init(id: String, title: String, aliases: [String]) { (self.id, self.title, self.aliases) = (id, title, aliases) }
    }

    /// All known services.
    public var services: [Service]
    /// The expected monthly cost in US dollars by preset (`guide-prod`) and service id.
    public var presets: [String: [String: Decimal]]
    /// The expected total of a preset in US dollars a month, where it is not the sum of its services.
    public var totals: [String: Decimal]
    /// The billed usage of the services, in file order.
    public var usages: [BilledUsage] = []

    /// Creates a catalog.
    public init(
        services: [Service] = [], presets: [String: [String: Decimal]] = [:], totals: [String: Decimal] = [:]
    ) {
        (self.services, self.presets, self.totals) = (services, presets, totals)
    }

    /// The names of all presets, sorted.
    public var presetNames: [String] { Set(presets.keys).union(totals.keys).sorted() }

    /// The billed usage with an id; nil if there is none.
    public func usage(_ id: BilledUsageID) -> BilledUsage? { usages.first { $0.id == id } }

    /// The id of the service with a name, ignoring case; nil if it is unknown.
    public func id(of name: String) -> String? {
        let wanted = name.lowercased()
        return services.first { $0.id == wanted || $0.aliases.contains { $0.lowercased() == wanted } }?.id
    }
}
