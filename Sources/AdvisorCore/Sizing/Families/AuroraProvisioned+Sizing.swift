extension AuroraProvisioned: FamilySizing {
    func maximumConnections(of tier: Tier, minimumCapacity: Double?, maximumCapacity: Double?) -> Double? {
        RDSInstance().maximumConnections(of: tier, minimumCapacity: minimumCapacity, maximumCapacity: maximumCapacity)
    }

    func capacityUnits(perVCPUOf tier: Tier) -> Double { RDSInstance().capacityUnits(perVCPUOf: tier) }
}
