extension Catalog {
    /// The tier of a database, at the prices of its engine and its storage type; nil if the tier is unknown.
    public func tier(of resource: Stack.Resource) -> Tier? {
        guard let id = resource.tier, let known = tier(id, engine: resource.engine?.engine) else { return nil }
        guard let type = resource.storageType else { return known }
        return tier(known, storedOn: type)
    }

    /// The catalog as it is for a database: tiers of its engine and its storage type, its own tier among them.
    public func adapted(to resource: Stack.Resource) -> Catalog {
        guard resource.kind == .database else { return self }
        var result = adapted(to: resource.engine?.engine, on: resource.tier)
        if let type = resource.storageType { result.tiers = result.tiers.map { tier($0, storedOn: type) } }
        return result
    }
}
