/// The database families that advisor knows.
public enum DatabaseFamilies {
    /// All families; the first one that claims an engine gets it.
    public static let all: [any DatabaseFamily] = [Supabase(), AuroraServerless(), AuroraProvisioned(), RDSInstance()]

    /// The family of a database with an unknown tier.
    public static let standard: any DatabaseFamily = RDSInstance()

    /// The family with an id; nil if there is none.
    public static func family(_ id: DatabaseFamilyID) -> (any DatabaseFamily)? { all.first { $0.id == id } }

    /// The family of an engine's tiers if the catalog file names none.
    public static func family(ofEngine engine: DatabaseEngine) -> any DatabaseFamily {
        all.first { $0.claims(engine: engine) } ?? standard
    }

    /// How advisor.yaml declares an instance that AWS describes.
    public static func declaration(of instance: DescribedInstance) -> InstanceDeclaration {
        all.lazy.compactMap { $0.declaration(of: instance) }.first
            ?? InstanceDeclaration(
                tier: instance.instanceClass, engine: DatabaseEngine(rawValue: instance.engine ?? ""), allocatesStorage: true)
    }
}

extension Tier {
    /// The family of the tier.
    public var family: any DatabaseFamily { DatabaseFamilies.family(familyID) ?? DatabaseFamilies.standard }

    /// Whether a move to the other tier changes only the size: the same family and engine.
    public func isSibling(of other: Tier) -> Bool { familyID == other.familyID && engine == other.engine }
}
