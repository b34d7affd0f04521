extension TierConfiguration {
    /// The configuration of a database on another tier, with what has to change together with it.
    ///
    /// On the present tier nothing changes. Storage that is billed by use is what is stored; capacity that scales has the tier's
    /// own bounds.
    init(
        _ resource: Stack.Resource, on candidate: Tier, from tier: Tier?, in catalog: Catalog, at now: Timestamp?,
        changes: CompanionChanges?
    ) {
        self.init(resource, in: catalog, at: now)
        if candidate.id != tier?.id { move(to: candidate, from: tier, stored: changes?.stored) }
        if candidate.id != tier?.id { changes?.apply(to: &self, on: candidate) }
        setExtendedSupport(
            of: (candidate.id == tier?.id ? nil : changes?.version) ?? resource.engine, on: candidate, in: catalog, at: now)
    }

    /// The charge of a version on a tier, whose engine may be another one with the same versions.
    mutating func setExtendedSupport(of engine: EngineVersion?, on tier: Tier, in catalog: Catalog, at now: Timestamp?) {
        let there = engine?.counterpart(on: DatabaseEngine(rawValue: tier.engine))
        extendedSupport = now.flatMap { catalog.extendedSupport(of: there)?.charge(at: $0, catalog) }
    }

    /// Applies a move to a tier.
    mutating func move(to target: Tier, from tier: Tier?, stored: Double?) {
        if target.family.storageBilling == .used, tier?.family.storageBilling != .used {
            (storageType, iops) = (nil, nil)
            if let stored { storage = stored / StorageGrowth.gibibyte }
        }
        // Aurora bills stored data, RDS allocated storage, at least its minimum.
        if storage == nil, target.minimumStorage > 0 { storage = target.minimumStorage }
        if target.engine != tier?.engine || target.capacity != nil {
            (minimumCapacity, maximumCapacity, instances) = (nil, nil, nil)
            if let capacity = target.capacity { (minimumCapacity, maximumCapacity) = (capacity.minimum, capacity.maximum) }
        }
        if target.capacity != nil { (multiAZ, replicas) = (false, 0) }
    }
}
