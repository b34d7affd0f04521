extension Tier {
    /// The version that an engine needs at least to run on the tier; nil where it has it, or nothing is known.
    ///
    /// A major version without its minor one is taken to have it, as an upgrade of the minor version is no migration.
    func neededVersion(of engine: EngineVersion?) -> String? {
        guard let engine, let major = engine.major, let version = engine.version, let oldest = minimumVersions.first,
            engine.engine.runs(on: DatabaseEngine(rawValue: self.engine))
        else { return nil }
        guard let least = minimumVersions.first(where: { Self.number($0, 0) == major }) else {
            return Self.number(oldest, 0).map { major < $0 } == true ? oldest : nil
        }
        guard let minor = Self.number(version, 1), let leastMinor = Self.number(least, 1) else { return nil }
        return minor < leastMinor ? least : nil
    }

    /// The tier without the oldest versions for which Extended Support is billed: no advice leads to those.
    func withoutBilledVersions(in catalog: Catalog, at now: Timestamp) -> Tier {
        var result = self
        let engine = DatabaseEngine(rawValue: engine)
        let supported = minimumVersions.filter {
            catalog.extendedSupport(of: EngineVersion(engine, version: $0))?.item(at: now) == nil
        }
        if !supported.isEmpty { result.minimumVersions = supported }
        return result
    }

    private static func number(_ version: String, _ part: Int) -> Int? {
        let parts = version.split(separator: ".")
        return parts.count > part ? Int(parts[part]) : nil
    }
}

extension DatabaseEngine {
    /// Whether its versions are those of the other engine: PostgreSQL and Aurora PostgreSQL count alike.
    fileprivate func runs(on other: DatabaseEngine) -> Bool {
        self == other || self == .postgres && other == .auroraPostgres || self == .mysql && other == .auroraMySQL
    }
}
