import AdvisorCore

extension Korean {
    func clause(_ rejection: TierRejection) -> String {
        switch rejection {
        case .smaller(let present): "\(present)보다 작음"
        case .notInGuide: "배포 가이드에 없는 티어"
        case .alarmActive(let rule): "\(title(rule)): 경보 상태"
        case .alarmExpected(let rule): "\(title(rule)): 경보 예상"
        case .tierAlone(let rule): "티어 변경만으로는 해제되지 않음: \(title(rule))"
        case .belowTarget(let rule, let tier): "\(title(rule)) 규칙이 \(tier.with(.object)) 권장"
        case .cpuUnchanged(let load, let cpus):
            "CPU 사용률이 \(load.map { text($0) } ?? "현재 수준") 그대로 유지(\(cpus.map { "vCPU \($0)개로" } ?? "CPU 성능이") 현재와 동일)"
        case .cpuTooHigh(let load): load.map { "CPU 사용률이 \(text($0))로 예상됨" } ?? "CPU 사용률이 여전히 너무 높음"
        case .cpuExceeded(let needed): "CPU의 \(text(needed))가 필요함"
        case .userRating(let limit): "권장 사용자 수 \(ValueText.number(limit))명"
        case .connections(let limit, let needed):
            "최대 연결 \(ValueText.number(limit))개, 현재 \(ValueText.number(needed))개 사용 중"
        case .memory(let used): "메모리 \(text(used)) 사용 중"
        case .storageLimit(let limit): "최대 \(text(limit)) 저장 가능"
        case .storage(let limit, let stored): "최대 \(text(limit)) 저장 가능, 현재 \(text(stored)) 사용 중"
        case .versionTooOld(let version, let needed): "\(needed) 이상의 버전 필요, 현재 버전 \(version)"
        case .otherEngine(let engine): "\(engine.with(.object)) 지원하지 않음"
        case .operations(let limit, let needed):
            "지속 가능한 IOPS \(ValueText.number(limit)), 필요한 IOPS \(ValueText.number(needed))"
        case .capacity(let limit, let needed): "\(English.units(needed)) ACU 필요, 최대 \(English.units(limit)) ACU"
        case .latencyUnchanged: "CPU 사용률이 80%를 넘을 때만 느려지며, CPU 사용률은 변하지 않음"
        }
    }

    func clause(_ suitability: TierSuitability) -> String {
        switch suitability {
        case .targetMet(let rule): "\(title(rule)): 규칙이 권장하는 티어"
        case .aboveTarget(let rule): "\(title(rule)) 규칙의 권장 티어보다 큼"
        case .notApplicable(let rule): "\(title(rule)): 이 티어에는 적용되지 않음"
        case .alarmEnds(let rule): "\(title(rule)): 경보 해제 예상"
        case .staysOk(let rule): "\(title(rule)): 정상 유지"
        case .cpuLowEnough(let load): load.map { "CPU 사용률이 \(text($0))로 예상됨" } ?? "CPU 사용률이 충분히 낮아짐"
        case .userRating(let limit): "권장 사용자 수 \(ValueText.number(limit))명"
        case .storageAllocated: "할당된 스토리지를 수용"
        case .storageGrows: "스토리지가 자동으로 늘어남"
        case .readerInOtherZone: "Reader가 다른 가용 영역에 있음"
        case .storageLimit(let limit): "최대 \(text(limit)) 저장 가능"
        case .latencyImproves(let load): "CPU 사용률이 80%를 넘을 때만 느려지며, 이 티어에서는 \(text(load))로 예상됨"
        }
    }

    func clause(_ uncertainty: TierUncertainty) -> String {
        switch uncertainty {
        case .rule(let rule): "\(title(rule)): 이 티어에서는 평가할 수 없음"
        case .cpuUnknown: "CPU 성능을 비교할 수 없음"
        case .loadUnknown: "이 티어의 CPU 사용률을 추정할 수 없음"
        case .userRatingUnknown: "권장 사용자 수를 알 수 없음"
        case .connectionsUnknown: "최대 연결 수를 알 수 없음"
        case .capacityUnknown: "필요한 용량을 추정할 수 없음"
        case .latencyUnknown: "이 티어의 쿼리 응답 시간을 추정할 수 없음"
        case .noRecentData(let metric): "\(Self.title(ofMetric: metric)): 최근 데이터가 없어 예측할 수 없음"
        case .historyTooShort(let has): "데이터가 \(text(has)) 분량뿐임. 하루가 필요함"
        case .replicaReadsOnly: "읽기 전용 복제본은 복제본으로 보낸 읽기 부하만 줄임"
        }
    }

    func clause(_ fit: CapacityFit) -> String {
        switch fit {
        case .cpu(let share): "CPU \(text(share))"
        case .memory(let used, let limit): "메모리 \(text(limit)) 중 \(text(used))"
        case .capacity(let peak): "\(English.units(peak)) ACU"
        case .connections(let used, let limit): "연결 \(ValueText.number(limit))개 중 \(ValueText.number(used))개"
        }
    }

    func title(_ limit: ThresholdCrossing.Limit) -> String {
        switch limit {
        case .rule(let rule): title(rule)
        case .connections(let tier): "\(tier)의 최대 연결 수"
        case .users(let tier): "가이드의 \(tier) 권장 사용자 수"
        }
    }

    func clause(_ event: WhatIfTimeline.Event) -> String {
        let reason =
            switch event.reason {
            case .alarm(let rule): title(rule)
            case .rejected(let rejection): clause(rejection)
            case .storageGrows(let stored, let gibibytes):
                "\(text(stored)) 저장, 스토리지를 \(ValueText.number(gibibytes))GiB로 증설"
            }
        return event.isUnresolved ? "\(reason). 카탈로그에 충분한 상위 티어가 없음" : reason
    }
}
