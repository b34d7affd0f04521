/// How databases of a family are sized: the sizing part of ``DatabaseFamily``.
protocol FamilySizing: DatabaseFamily {
    /// The maximum number of connections of a tier.
    /// - Parameters:
    ///   - tier: A tier of the family.
    ///   - minimumCapacity: The configured minimum in ACU; nil for the tier's own.
    ///   - maximumCapacity: The configured maximum in ACU; nil for the tier's own.
    /// - Returns: nil if unknown.
    func maximumConnections(of tier: Tier, minimumCapacity: Double?, maximumCapacity: Double?) -> Double?

    /// The Aurora capacity in ACU that does the work of one vCPU of a tier.
    func capacityUnits(perVCPUOf tier: Tier) -> Double
}

extension FamilySizing {
    /// The catalog's limit.
    func maximumConnections(of tier: Tier, minimumCapacity: Double?, maximumCapacity: Double?) -> Double? {
        tier.maximumConnections
    }

    /// 2, as for classes with at most 4 GiB of memory per vCPU.
    func capacityUnits(perVCPUOf tier: Tier) -> Double { 2 }
}

extension Tier {
    /// The sizing part of its family.
    var sizing: any FamilySizing {
        guard let sizing = family as? any FamilySizing else {
            preconditionFailure("the family \(familyID) has no sizing part")
        }
        return sizing
    }
}
