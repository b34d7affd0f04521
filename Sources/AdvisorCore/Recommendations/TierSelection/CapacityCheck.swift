/// A limit of a tier; its name is the outcome's rule id.
private enum CapacityLimit: String {
    case cpu, memory, connections, users, storage, capacity, version, engine, operations
}

/// Checks a load against the limits of a tier.
struct CapacityCheck {
    let candidate: Tier
    let resource: Stack.Resource
    /// The share of the candidate's CPU; over 1 if it has less than required.
    let cpu: Double?
    let connections: Double?
    let memory: Double?
    let users: Double?
    let storage: Double?
    let sizing: AuroraSizing
    /// The present engine with its version; nil if unknown.
    let engine: EngineVersion?
    let isPresent: Bool
    /// The title of CPU where it has no data of the last day; nil where it has.
    var staleLoad: String?
    /// The operations per second that 95 % of the datapoints do not exceed; nil if unknown.
    var operations: Double?
    /// What class and volume sustain; nil if unknown, or where storage is none of its own.
    var operationsLimit: Double?

    /// The limits that would be exceeded, and those that are unknown.
    var outcomes: [ProjectedOutcome] {
        guard !isPresent else { return [] }
        var result: [ProjectedOutcome] = []
        func add(_ limit: CapacityLimit, _ verdict: ProjectedOutcome.Verdict) {
            result.append(ProjectedOutcome(rule: limit.rawValue, verdict: verdict, hasFired: false, isLimit: true))
        }
        if let connections {
            if let limit = maximumConnections {
                if connections > limit { add(.connections, .stands(.connections(limit: limit, needed: connections))) }
            } else {
                add(.connections, .unknown(.connectionsUnknown))
            }
        }
        if let engine, !engine.engine.runs(onTier: DatabaseEngine(rawValue: candidate.engine)) {
            add(.engine, .stands(.otherEngine(engine: engine.engine.title)))
        }
        if let operations, let limit = operationsLimit, operations > limit {
            add(.operations, .stands(.operations(limit: limit, needed: operations)))
        }
        if let engine, let needed = candidate.neededVersion(of: engine) {
            add(.version, .stands(.versionTooOld(version: engine.version ?? "", needed: needed)))
        }
        if let memory, let size = candidate.memory, memory > size * 0.95 {
            add(.memory, .stands(.memory(used: .bytes(memory))))
        }
        if let users, let rating = candidate.maximumUsers, users > rating {
            add(.users, .stands(.userRating(limit: rating)))
        }
        if let storage, let limit = candidate.maximumStorage, storage > limit {
            add(.storage, .stands(.storage(limit: .bytes(limit), stored: .bytes(storage))))
        }
        if let staleLoad {
            add(.cpu, .unknown(.noRecentData(metric: staleLoad)))
        } else if let capacity = candidate.capacity {
            let most = resource.maximumCapacity ?? capacity.maximum
            if let peak = sizing.peak, peak > most {
                add(.capacity, .stands(.capacity(limit: most, needed: peak)))
            } else if !sizing.knowsCPU {
                add(.capacity, .unknown(.capacityUnknown))
            }
        } else if cpu == nil {
            add(.cpu, .unknown(.loadUnknown))
        } else if let cpu, cpu > 1 {
            add(.cpu, .stands(.cpuExceeded(needed: .ratio(cpu))))
        }
        return result
    }

    /// What the load would use of the tier.
    var fits: [CapacityFit] {
        var result: [CapacityFit] = []
        if candidate.capacity == nil {
            if let cpu { result.append(.cpu(share: .ratio(min(cpu, 1)))) }
            if let memory, let size = candidate.memory { result.append(.memory(used: .bytes(memory), limit: .bytes(size))) }
        } else if let peak = sizing.peak, sizing.knowsCPU {
            result.append(.capacity(peak: peak))
        }
        if let connections, let limit = maximumConnections {
            result.append(.connections(used: connections, limit: limit))
        }
        return result
    }

    /// Whether 20 % of every limit would be left; nil if one of them is unknown.
    var hasHeadroom: Bool? {
        var isKnown = true
        func leaves(_ value: Double?, of limit: Double?, optional: Bool = false) -> Bool {
            guard let value, let limit else {
                if !optional { isKnown = false }
                return true
            }
            return value <= limit * (1 - TierProjector.headroom)
        }
        var holds = leaves(connections, of: maximumConnections)
        if let capacity = candidate.capacity {
            if let maximum = sizing.maximum, sizing.knowsCPU {
                holds = holds && maximum <= resource.maximumCapacity ?? capacity.maximum
            } else {
                isKnown = false
            }
        } else {
            holds = leaves(cpu, of: 1) && holds
            holds = leaves(memory, of: candidate.memory) && holds
        }
        holds = leaves(users, of: candidate.maximumUsers, optional: true) && holds
        holds = leaves(storage, of: candidate.maximumStorage, optional: true) && holds
        if !holds { return false }
        return isKnown ? true : nil
    }

    private var maximumConnections: Double? { candidate.maximumConnections(of: resource) }
}
