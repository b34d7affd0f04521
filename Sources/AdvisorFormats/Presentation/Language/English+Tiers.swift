import AdvisorCore

extension English {
    func clause(_ rejection: TierRejection) -> String {
        switch rejection {
        case .smaller(let present): "smaller than \(present)"
        case .notInGuide: "not part of the deployment guide"
        case .alarmActive(let rule): "\(rule.title) is in ALARM"
        case .alarmExpected(let rule): "“\(rule.title)” would be in ALARM"
        case .tierAlone(let rule): "does not end “\(rule.title)”"
        case .belowTarget(let rule, let tier): "\(rule.title) recommends \(tier)"
        case .cpuUnchanged(let load, let cpus):
            "CPU stays \(load.map { "at \(Self.text($0))" } ?? "the same") (\(cpus.map { "\($0) vCPUs" } ?? "the same CPU") as now)"
        case .cpuTooHigh(let load): load.map { "CPU would be at \(Self.text($0))" } ?? "CPU would stay too high"
        case .cpuExceeded(let needed): "needs \(Self.text(needed)) of its CPU"
        case .userRating(let limit): "rated for \(ValueText.number(limit)) users"
        case .connections(let limit, let needed):
            "holds \(ValueText.number(limit)) connections; \(ValueText.number(needed)) are open"
        case .memory(let used): "\(Self.text(used)) of memory are in use"
        case .storageLimit(let limit): "holds \(Self.text(limit))"
        case .storage(let limit, let stored): "holds \(Self.text(limit)); \(Self.text(stored)) are stored"
        case .versionTooOld(let version, let needed): "needs version \(needed) or newer; this is \(version)"
        case .otherEngine(let engine): "does not run \(engine)"
        case .operations(let limit, let needed):
            "sustains \(ValueText.number(limit)) IOPS; \(ValueText.number(needed)) are needed"
        case .capacity(let limit, let needed): "needs \(Self.units(needed)) ACU; its maximum is \(Self.units(limit))"
        case .latencyUnchanged: "slow only while CPU is over 80 %, and CPU stays as busy"
        }
    }

    func clause(_ suitability: TierSuitability) -> String {
        switch suitability {
        case .targetMet(let rule): "\(rule.title): this is the tier recommended"
        case .aboveTarget(let rule): "above what \(rule.title) recommends"
        case .notApplicable(let rule): "\(rule.title) does not apply there"
        case .alarmEnds(let rule): "\(rule.title) would be OK"
        case .staysOk(let rule): "\(rule.title) stays OK"
        case .cpuLowEnough(let load): load.map { "CPU would be at \(Self.text($0))" } ?? "CPU would be low enough"
        case .userRating(let limit): "rated for \(ValueText.number(limit)) users"
        case .storageAllocated: "holds what is allocated"
        case .storageGrows: "its storage grows by itself"
        case .readerInOtherZone: "its reader is in another zone"
        case .storageLimit(let limit): "holds \(Self.text(limit))"
        case .latencyImproves(let load): "slow only while CPU is over 80 %, which would be at \(Self.text(load))"
        }
    }

    func clause(_ uncertainty: TierUncertainty) -> String {
        switch uncertainty {
        case .rule(let rule): "“\(rule.title)” cannot be evaluated there"
        case .cpuUnknown: "its CPU cannot be compared"
        case .loadUnknown: "CPU there cannot be estimated"
        case .userRatingUnknown: "no user rating known"
        case .connectionsUnknown: "its connection limit is not known"
        case .capacityUnknown: "the capacity needed cannot be estimated"
        case .latencyUnknown: "query latency there cannot be estimated"
        case .noRecentData(let metric): "\(metric): no recent data, so it cannot be projected"
        case .historyTooShort(let has): "only \(Self.text(has)) of data, a day is needed"
        case .replicaReadsOnly: "a read replica relieves the database only of the reads that are sent to it"
        }
    }

    func title(_ limit: ThresholdCrossing.Limit) -> String {
        switch limit {
        case .rule(let rule): rule.title
        case .connections(let tier): "Connections that \(tier) holds"
        case .users(let tier): "Users that the guide rates \(tier) for"
        }
    }

    func clause(_ event: WhatIfTimeline.Event) -> String {
        let reason =
            switch event.reason {
            case .alarm(let rule): rule.title
            case .rejected(let rejection): clause(rejection)
            case .storageGrows(let stored, let gibibytes):
                "\(Self.text(stored)) stored: storage grows to \(ValueText.number(gibibytes)) GiB"
            }
        return event.isUnresolved ? "\(reason); no bigger tier of the catalog is enough" : reason
    }
}
