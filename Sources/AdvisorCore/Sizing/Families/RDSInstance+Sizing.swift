extension RDSInstance: FamilySizing {
    /// The catalog's limit; if it has none, a careful estimate from memory.
    ///
    /// Source: Amazon RDS User Guide, "Quotas and constraints": `LEAST(DBInstanceClassMemory / 9531392, 5000)`. RDS itself uses
    /// up to 30 % of a small class's memory.
    func maximumConnections(of tier: Tier, minimumCapacity: Double?, maximumCapacity: Double?) -> Double? {
        if let limit = tier.maximumConnections { return limit }
        guard let memory = tier.memory else { return nil }
        return tier.connections?.limit(memory: memory * 0.7) ?? min(memory * 0.7 / 9_531_392, 5000).rounded(.down)
    }

    /// 4 for memory-optimized classes, else 2.
    func capacityUnits(perVCPUOf tier: Tier) -> Double { InstanceClass(tier.id)?.isMemoryOptimized == true ? 4 : 2 }
}
