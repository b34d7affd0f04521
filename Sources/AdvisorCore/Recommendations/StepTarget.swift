/// What a step changes, before or after it.
public enum StepTarget: Reason {
    /// The id of its tier.
    case tier(id: String)
    /// Allocated GiB.
    case storage(gibibytes: Double)
    /// Read replicas in all.
    case replicas(count: Int)
    /// The maximum capacity, in ACU.
    case capacity(units: Double)
    /// Whether there is a standby in a second zone: Multi-AZ.
    case availability(multiZone: Bool)
    /// A version of an engine, both as in advisor.yaml; nil version: not declared.
    case engine(id: String, version: String?)
    /// The type of the storage: `gp3`.
    case storageType(id: String)
    /// The minimum capacity, in ACU.
    case minimumCapacity(units: Double)

    /// The id of the tier; nil for anything else.
    public var tier: String? { if case .tier(let id) = self { id } else { nil } }
    /// The count of read replicas; nil for anything else.
    public var replicas: Int? { if case .replicas(let count) = self { count } else { nil } }
    /// The allocated storage in GiB; nil for anything else.
    public var storage: Double? { if case .storage(let gibibytes) = self { gibibytes } else { nil } }
    /// The maximum capacity in ACU; nil for anything else.
    public var capacity: Double? { if case .capacity(let units) = self { units } else { nil } }
}

extension StepTarget {
    /// A version of an engine.
    init(_ engine: EngineVersion) { self = .engine(id: engine.engine.rawValue, version: engine.version) }

    /// The engine with its version; nil for anything else.
    public var engine: EngineVersion? {
        guard case .engine(let id, let version) = self else { return nil }
        return EngineVersion(DatabaseEngine(rawValue: id), version: version)
    }

    /// As JSON and CSV have it: `db.t4g.small`, `20 GiB`, `2`, `4 ACU`, `Multi-AZ`.
    public var text: String {
        switch self {
        case .tier(let id): id
        case .storage(let gibibytes):
            gibibytes == gibibytes.rounded() && abs(gibibytes) < 1e12 ? "\(Int(gibibytes)) GiB" : "\(gibibytes) GiB"
        case .replicas(let count): "\(count)"
        case .capacity(let units), .minimumCapacity(let units): "\(CDK.number(units)) ACU"
        case .storageType(let id): id
        case .availability(let multiZone): multiZone ? "Multi-AZ" : "Single-AZ"
        case .engine: engine?.title ?? ""
        }
    }
}
