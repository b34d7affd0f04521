public import Foundation

/// The services of a bill, their other names, and what a preset expects each to cost a month.
public struct ServiceCatalog: Hashable, Sendable {
    /// One service.
    public struct Service: Hashable, Sendable {
        /// `rds`.
        public var id: String
        /// For people.
        public var title: String
        /// Every other name the service goes by, `AmazonRDS` among them.
        public var aliases: [String]

        /// A service by its parts.
        public init(id: String, title: String, aliases: [String]) { (self.id, self.title, self.aliases) = (id, title, aliases) }
    }

    /// All services known.
    public var services: [Service]
    /// Expected monthly cost in US dollars by service id, by preset: `guide-prod`.
    public var presets: [String: [String: Decimal]]
    /// What a preset allows for all services together, where that is not the sum of what it expects of each: US dollars a month.
    public var totals: [String: Decimal]

    /// A catalog by its parts.
    public init(
        services: [Service] = [], presets: [String: [String: Decimal]] = [:], totals: [String: Decimal] = [:]
    ) {
        (self.services, self.presets, self.totals) = (services, presets, totals)
    }

    /// The names of all presets, in order.
    public var presetNames: [String] { Set(presets.keys).union(totals.keys).sorted() }

    /// The id of the service that goes by that name, upper and lower case alike; nil for a name nobody knows.
    public func id(of name: String) -> String? {
        let wanted = name.lowercased()
        return services.first { $0.id == wanted || $0.aliases.contains { $0.lowercased() == wanted } }?.id
    }
}
