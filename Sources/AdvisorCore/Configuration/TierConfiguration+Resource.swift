extension TierConfiguration {
    /// What a stack file says of a resource.
    public init(_ resource: Stack.Resource) {
        self.init()
        storage = resource.allocatedStorage
        multiAZ = resource.multiAZ ?? false
        replicas = resource.replicas ?? 0
        minimumCapacity = resource.minimumCapacity
        maximumCapacity = resource.maximumCapacity
    }

    /// What a stack file says of a resource, and what its engine's age costs at a time.
    public init(_ resource: Stack.Resource, in catalog: Catalog, at now: Timestamp?) {
        self.init(resource)
        extendedSupport = now.flatMap { catalog.extendedSupport(of: resource.engine)?.charge(at: $0, catalog) }
    }
}
