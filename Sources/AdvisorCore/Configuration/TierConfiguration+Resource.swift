extension TierConfiguration {
    /// Creates the configuration of a resource from advisor.yaml.
    public init(_ resource: Stack.Resource) {
        self.init()
        storage = resource.allocatedStorage
        multiAZ = resource.multiAZ ?? false
        replicas = resource.replicas ?? 0
        separateReplicas = resource.separateReplicas
        if resource.cluster != nil, let replicas = resource.replicas { instances = 1 + max(0, replicas - separateReplicas) }
        sharesVolume = resource.cluster != nil && resource.replicaOf != nil
        (storageType, iops, isStopped) = (resource.storageType, resource.iops, resource.isStopped)
        minimumCapacity = resource.minimumCapacity
        maximumCapacity = resource.maximumCapacity
    }

    /// Creates the configuration of a resource from advisor.yaml, with Extended Support as of a time.
    public init(_ resource: Stack.Resource, in catalog: Catalog, at now: Timestamp?) {
        self.init(resource)
        extendedSupport = now.flatMap { catalog.extendedSupport(of: resource.engine)?.charge(at: $0, catalog) }
    }
}
