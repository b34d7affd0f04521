/// What rules in ALARM ask for besides a tier: a tier ends every alarm only together with it.
struct CompanionChanges: Hashable, Sendable {
    /// The allocated storage in GiB; nil where no rule asks for more.
    private(set) var storage: Double?
    /// Whether a rule asks for a standby in a second zone.
    private(set) var isMultiAZ = false
    /// The number of read replicas; nil where no rule asks for more.
    private(set) var replicas: Int?
    /// The version to upgrade to; nil where no rule asks for it, or none is known.
    private(set) var version: EngineVersion?
    /// The bytes stored now; nil if unknown.
    var stored: Double?
    /// Whether a rule asks for a tier: otherwise nothing is changed together with it.
    private(set) var asksForTier = false

    /// Collects what followed rules ask for.
    init(_ followed: [Finding], resource: Stack.Resource, tier: Tier?, in catalog: Catalog, at now: Timestamp?) {
        for finding in followed {
            guard let action = finding.rule.recommend else { continue }
            if TierEvaluator.asksForTier(action) { asksForTier = true }
            switch Self.grown(action, finding, resource.allocatedStorage) {
            case .growStorage(let bytes):
                guard let allocated = resource.allocatedStorage else { continue }
                let size = StorageGrowth.size(
                    from: allocated, by: StorageGrowth.gibibytes(bytes), on: catalog.storageShape(of: tier))
                storage = max(size, storage ?? 0)
            case .enableMultiAZ: isMultiAZ = true
            case .addReplica(let count): replicas = max(replicas ?? 0, (resource.replicas ?? 0) + count)
            case .upgradeEngine: version = now.flatMap { catalog.upgradeTarget(of: resource.engine, at: $0) }
            case .move, .moveUp, .plan, .raiseCapacity, .convertStorage, .anyOf: break
            }
        }
        if !asksForTier { version = nil }
    }

    /// More storage than the rule asks for where it is not enough to end its alarm: storage grows only every six hours. The
    /// threshold grows with the allocation.
    static func grown(_ action: Action, _ finding: Finding, _ allocated: Double?) -> Action {
        guard case .growStorage(let bytes) = action, finding.metric?.id == .storageUsed, finding.expression == nil, let allocated,
            let value = finding.value, let threshold = finding.threshold, threshold > 0
        else { return action }
        return .growStorage(bytes: max(bytes, ((value / threshold - 1) * allocated).rounded(.up) * StorageGrowth.gibibyte))
    }

    /// What is changed together with a move to a tier, as it would be then.
    func targets(on candidate: Tier) -> [StepTarget] {
        let engine = version?.counterpart(on: DatabaseEngine(rawValue: candidate.engine)).map { StepTarget($0) }
        guard asksForTier, candidate.family.storageBilling == .allocated else { return [engine].compactMap { $0 } }
        return [
            engine, storage.map(StepTarget.storage(gibibytes:)), isMultiAZ ? .availability(multiZone: true) : nil,
            replicas.map(StepTarget.replicas(count:)),
        ].compactMap { $0 }
    }

    /// Applies what is changed together with a move to a tier.
    func apply(to configuration: inout TierConfiguration, on candidate: Tier) {
        for target in targets(on: candidate) {
            switch target {
            case .storage(let gibibytes): configuration.storage = gibibytes
            case .availability(let multiZone): configuration.multiAZ = multiZone
            case .replicas(let count): configuration.replicas = count
            case .tier, .capacity, .engine, .storageType, .minimumCapacity: break
            }
        }
    }
}
