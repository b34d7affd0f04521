import AdvisorCore

extension English {
    /// `next step of the deployment guide; the CPU alarm will remain`; nil if there is nothing to say.
    func clause(_ effect: RecommendationEffect) -> String? {
        let parts = [effect.basis.map(clause), caveats(effect.caveats)].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    private func clause(_ basis: RecommendationEffect.Basis) -> String {
        switch basis {
        case .guide: "next step of the deployment guide"
        case .projected: "the cheapest tier that ends every alarm"
        case .smaller: "a smaller tier is enough"
        }
    }

    /// What remains, begins or is unknown; nil without any.
    func caveats(_ caveats: [RecommendationCaveat]) -> String? {
        func remaining(isOver: Bool) -> [String] {
            caveats.compactMap { caveat -> String? in
                guard case .alarmRemains(let rule, let metric, _, let over) = caveat, (over == true) == isOver else { return nil }
                return metric ?? rule.title
            }
        }
        let (standing, over) = (remaining(isOver: false), remaining(isOver: true))
        let unknown = caveats.compactMap { caveat -> String? in
            if case .alarmUncertain(let rule, let metric, _) = caveat { metric ?? rule.title } else { nil }
        }
        var parts: [String] = []
        if !standing.isEmpty { parts.append("the \(Self.alarms(standing)) will remain") }
        if !over.isEmpty { parts.append("the \(Self.alarms(over)) will come back") }
        parts += caveats.compactMap { caveat in
            switch caveat {
            case .alarmExpected, .limitExceeded, .limitUncertain, .burstCarried: clause(caveat)
            case .alarmRemains, .alarmUncertain: nil
            }
        }
        if !unknown.isEmpty {
            parts.append("whether the \(Self.alarms(unknown)) \(unknown.count == 1 ? "ends" : "end") is unknown")
        }
        return parts.isEmpty ? nil : parts.joined(separator: "; ")
    }

    /// One caveat, alone.
    func clause(_ caveat: RecommendationCaveat) -> String {
        switch caveat {
        case .alarmRemains(let rule, let metric, let reason, let isOver):
            "the \(Self.alarms([metric ?? rule.title])) will \(isOver == true ? "come back" : "remain"): \(clause(reason))"
        case .alarmExpected(let rule): "a new alarm is expected: \(rule.title)"
        case .limitExceeded(let reason): clause(reason)
        case .alarmUncertain(let rule, let metric, let reason):
            "whether the \(Self.alarms([metric ?? rule.title])) ends is unknown: \(clause(reason))"
        case .limitUncertain(let reason): clause(reason)
        case .burstCarried: "CPU credits carry these bursts"
        }
    }

    /// `CPU alarm`, `CPU and Connections alarms`.
    private static func alarms(_ names: [String]) -> String { "\(list(names)) alarm\(names.count == 1 ? "" : "s")" }

    /// `a`, `a and b`, `a, b and c`.
    static func list(_ texts: [String]) -> String {
        guard texts.count > 1, let last = texts.last else { return texts.first ?? "" }
        return "\(texts.dropLast().joined(separator: ", ")) and \(last)"
    }

    func clause(_ remedy: FreeRemedy) -> String {
        switch remedy {
        case .heaviestQueries: "the heaviest queries (pg_stat_statements, Performance Insights)"
        case .missingIndexes: "a missing index"
        case .connectionPool: "a connection pool (in the application, or PgBouncer)"
        case .idleSessions: "closing idle sessions (idle_session_timeout)"
        case .memorySettings: "the memory settings (work_mem, shared_buffers, connections)"
        case .unusedTables: "unused data and indexes (dropping, archiving, OPTIMIZE TABLE)"
        case .replicaLoad: "long queries on the replica, and its class if it is smaller than its source's"
        case .unusedData: "unused data and indexes (VACUUM, dropping, archiving)"
        }
    }

    /// What else ends the alarms, as a clause: `db.t4g.xlarge would end it ($190.64 a month)`.
    func remedy(_ effect: RecommendationEffect) -> String? {
        guard let remedy = effect.remedy else { return nil }
        return "\(remedy.tier) would end every alarm (\(Self.text(remedy.cost)) a month)"
    }
}
