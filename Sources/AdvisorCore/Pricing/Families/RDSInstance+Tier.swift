/// What tells tiers of instance classes apart: engine, storage and price items.
extension Catalog {
    /// The tier of a class for an engine; nil if the class is not known, or the engine has none of this shape.
    /// - Parameters:
    ///   - id: The class, `db.t3.micro`.
    ///   - engine: nil if it is not declared: a price is known only if all engines have the same.
    /// - Returns: The tier with its shape and prices.
    func tier(ofClass id: String, engine: DatabaseEngine?) -> Tier? {
        guard let shape = shapes.shape(id) else { return nil }
        let isAurora = engine?.isAurora == true
        if isAurora, !shape.isInAurora { return nil }
        let family: any DatabaseFamily = isAurora ? AuroraProvisioned() : RDSInstance()
        var tier = Tier(
            id: id, title: [family.title, engine.map(RDSInstance.title), id].compactMap { $0 }.joined(separator: " "),
            engine: engine?.rawValue ?? "", rank: shape.rank, family: family.id)
        tier.add(shape, shapes)
        let (type, minimum) = isAurora ? ("Aurora", 10.0) : ("gp3", 20.0)
        func price(_ kind: PriceBook.Kind) -> Price {
            family.itemID(of: kind, storage: type).flatMap { item($0)?.price } ?? noPrice(engine)
        }
        (tier.storageType, tier.minimumStorage) = (type, minimum)
        tier.credits?.surplusPrice = price(.surplusCredits)
        (tier.storage, tier.storageMultiAZ) = (price(.storage), price(.storageMultiAZ))
        let prices = instancePrices(of: id, engine: engine)
        (tier.hourly, tier.hourlyMultiAZ) = (prices.hourly ?? noPrice(engine), prices.hourlyMultiAZ ?? noPrice(engine))
        // A standby of Aurora is a reader, billed like the writer.
        if isAurora { tier.hourlyMultiAZ = tier.hourly }
        return tier
    }

    /// What the storage of a tier includes: that of its own shape, or of the type that it is listed with; nil if unknown.
    func storageShape(of tier: Tier?) -> StorageType? {
        tier.flatMap { $0.storageShape ?? shapes.storageType($0.storageType) }
    }

    /// Why a price of an engine is unknown.
    private func noPrice(_ engine: DatabaseEngine?) -> Price {
        guard let engine else { return Price(usd: nil, source: .engineNotSet, asOf: "") }
        return Price(usd: nil, source: .noPriceOfEngine(engine: engine.rawValue, region: region), asOf: "")
    }

    private func instancePrices(of id: String, engine: DatabaseEngine?) -> InstancePrices {
        if let engine { return instancePrices[.init(engine, id)] ?? InstancePrices() }
        let all = RDSInstance.engines.map { instancePrices[.init($0, id)] ?? InstancePrices() }
        func common(_ path: KeyPath<InstancePrices, Price?>) -> Price? {
            let prices = all.map { $0[keyPath: path] }
            return prices.allSatisfy { $0?.usd != nil && $0?.usd == prices.first??.usd } ? prices.first ?? nil : nil
        }
        return InstancePrices(hourly: common(\.hourly), hourlyMultiAZ: common(\.hourlyMultiAZ))
    }

    /// A tier with another type of storage, at its prices; a tier without prices for it stays as it is.
    func tier(_ tier: Tier, storedOn type: String) -> Tier {
        if let own = tier.family.tier(tier, storedOn: type, in: self) { return own }
        guard tier.familyID == RDSInstance().id, let shape = shapes.storageType(type) else { return tier }
        var result = tier
        func price(_ id: String) -> Price {
            item(id)?.price ?? Price(usd: nil, source: .notInCatalog, asOf: "")
        }
        (result.storageType, result.storageShape, result.minimumStorage) = (type, shape, shape.minimum)
        (result.storage, result.storageMultiAZ) = (price("rds-\(type)-gb"), price("rds-\(type)-gb-multi-az"))
        if shape.provisionedFrom != nil {
            (result.operations, result.operationsMultiAZ) = (price("rds-\(type)-iops"), price("rds-\(type)-iops-multi-az"))
        }
        // A listed tier has its own prices of its own storage type.
        if tier.storageType == type { (result.storage, result.storageMultiAZ) = (tier.storage, tier.storageMultiAZ) }
        return result
    }

    /// The tier of the catalog that takes the place of a listed one for a database of an engine on a tier.
    ///
    /// Classes of RDS stay classes of RDS, with the engine that is most like the database's; its own class is that of its engine.
    func counterpart(of listed: Tier, for engine: DatabaseEngine, on id: String?) -> Tier {
        adapted(listed, to: listed.id == id ? engine : engine.ofInstances)
    }

    /// A tier of the catalog as it is for another engine: the same class at the engine's own price and limits.
    func adapted(_ listed: Tier, to engine: DatabaseEngine) -> Tier {
        if listed.familyID == AuroraServerless().id {
            guard engine.ofAurora != DatabaseEngine(rawValue: listed.engine) else { return listed }
            var tier = listed
            (tier.engine, tier.title) = (engine.ofAurora.rawValue, listed.title.replacing("PostgreSQL", with: "MySQL"))
            // Aurora MySQL 3, which is MySQL 8.0. Source: Amazon Aurora User Guide, Supported Regions and Aurora DB engines for
            // Aurora Serverless v2.
            tier.minimumVersions = ["8.0"]
            return tier
        }
        guard listed.familyID == RDSInstance().id, listed.engine != engine.rawValue else { return listed }
        var tier =
            tier(ofClass: listed.id, engine: engine)
            ?? listed.withoutPrices(Price(usd: nil, source: .noPriceOfEngine(engine: engine.rawValue, region: region), asOf: ""))
        (tier.engine, tier.rank, tier.isOnGuidePath) = (engine.rawValue, listed.rank, listed.isOnGuidePath)
        tier.maximumUsers = listed.maximumUsers
        tier.remarks = listed.remarks.filter { !$0.contains("connections") }
        return tier
    }
}

extension Tier {
    /// Adds what a shape knows.
    mutating func add(_ shape: InstanceShape, _ shapes: ShapeCatalog) {
        self.shape = shape
        (vcpu, memory, credits) = (shape.vcpu, shape.memory, shape.credits)
        connections = shapes.connections(of: DatabaseEngine(rawValue: engine))
    }

    /// The tier with every price that it has unknown.
    fileprivate func withoutPrices(_ unknown: Price) -> Tier {
        var tier = self
        (tier.hourly, tier.hourlyMultiAZ) = (hourly.map { _ in unknown }, hourlyMultiAZ.map { _ in unknown })
        (tier.storage, tier.storageMultiAZ) = (storage.map { _ in unknown }, storageMultiAZ.map { _ in unknown })
        tier.credits?.surplusPrice = unknown
        tier.maximumConnections = nil
        return tier
    }
}

extension DatabaseEngine {
    /// The engine of RDS instances that is most like it.
    var ofInstances: DatabaseEngine {
        switch self {
        case .auroraPostgres: .postgres
        case .auroraMySQL: .mysql
        case .postgres, .mysql, .mariadb, .other: self
        }
    }

    /// The engine of Aurora that is most like it.
    var ofAurora: DatabaseEngine {
        switch self {
        case .mysql, .mariadb, .auroraMySQL: .auroraMySQL
        case .postgres, .auroraPostgres, .other: .auroraPostgres
        }
    }
}

extension RDSInstance {
    /// The engines that have prices of their own and need no license.
    static let engines: [DatabaseEngine] = [.postgres, .mysql, .mariadb]

    /// The name of an engine for people.
    static func title(of engine: DatabaseEngine) -> String {
        switch engine {
        case .postgres, .auroraPostgres: "PostgreSQL"
        case .mysql, .auroraMySQL: "MySQL"
        case .mariadb: "MariaDB"
        case .other(let name): name
        }
    }
}
