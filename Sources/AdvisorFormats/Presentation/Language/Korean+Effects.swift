import AdvisorCore

extension Korean {
    /// `가이드의 다음 단계. CPU 경보는 해제되지 않음`; nil if there is nothing to say.
    func clause(_ effect: RecommendationEffect) -> String? {
        let parts = [effect.basis.map(clause), caveats(effect.caveats)].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: ". ")
    }

    private func clause(_ basis: RecommendationEffect.Basis) -> String {
        switch basis {
        case .guide: "배포 가이드의 다음 단계"
        case .projected: "모든 경보를 해제하는 가장 저렴한 티어"
        case .smaller: "더 작은 티어로 충분함"
        }
    }

    func caveats(_ caveats: [RecommendationCaveat]) -> String? {
        func remaining(isOver: Bool) -> [String] {
            caveats.compactMap { caveat -> String? in
                guard case .alarmRemains(let rule, let metric, _, let over) = caveat, (over == true) == isOver else { return nil }
                return name(rule, metric)
            }
        }
        let (standing, over) = (remaining(isOver: false), remaining(isOver: true))
        let unknown = caveats.compactMap { caveat -> String? in
            if case .alarmUncertain(let rule, let metric, _) = caveat { name(rule, metric) } else { nil }
        }
        var parts: [String] = []
        if !standing.isEmpty { parts.append("\(standing.joined(separator: ", ")) 경보는 해제되지 않습니다") }
        if !over.isEmpty { parts.append("\(over.joined(separator: ", ")) 경보는 다시 발생합니다") }
        parts += caveats.compactMap { caveat in
            switch caveat {
            case .alarmExpected, .limitExceeded, .limitUncertain, .burstCarried: clause(caveat)
            case .alarmRemains, .alarmUncertain: nil
            }
        }
        if !unknown.isEmpty { parts.append("\(unknown.joined(separator: ", ")) 경보의 해제 여부는 알 수 없습니다") }
        return parts.isEmpty ? nil : parts.joined(separator: ". ")
    }

    func clause(_ caveat: RecommendationCaveat) -> String {
        switch caveat {
        case .alarmRemains(let rule, let metric, let reason, let isOver):
            "\(name(rule, metric)) 경보는 \(isOver == true ? "다시 발생합니다" : "해제되지 않습니다"): \(clause(reason))"
        case .alarmExpected(let rule): "새로운 경보가 예상됩니다: \(title(rule))"
        case .limitExceeded(let reason): clause(reason)
        case .alarmUncertain(let rule, let metric, let reason):
            "\(name(rule, metric)) 경보의 해제 여부는 알 수 없습니다: \(clause(reason))"
        case .limitUncertain(let reason): clause(reason)
        case .burstCarried: "일시적인 부하는 CPU 크레딧으로 처리됩니다"
        }
    }

    /// The metric of an alarm, or its rule.
    private func name(_ rule: RuleName, _ metric: String?) -> String {
        metric.map(Self.title(ofMetric:)) ?? title(rule)
    }

    func clause(_ remedy: FreeRemedy) -> String {
        switch remedy {
        case .heaviestQueries: "부하가 가장 큰 쿼리(pg_stat_statements, Performance Insights)"
        case .missingIndexes: "누락된 인덱스"
        case .connectionPool: "연결 풀(애플리케이션 또는 PgBouncer)"
        case .idleSessions: "유휴 세션 종료(idle_session_timeout)"
        case .memorySettings: "메모리 설정(work_mem, shared_buffers, 연결 수)"
        case .unusedTables: "사용하지 않는 데이터와 인덱스(삭제, 보관, OPTIMIZE TABLE)"
        case .replicaLoad: "복제본의 긴 쿼리, 그리고 원본보다 작은 복제본 클래스"
        case .unusedData: "사용하지 않는 데이터와 인덱스(VACUUM, 삭제, 보관)"
        }
    }

    func remedy(_ effect: RecommendationEffect) -> String? {
        effect.remedy.map { "모든 경보를 해제하려면 \($0.tier)(월 \(Self.text($0.cost)))가 필요합니다" }
    }

    func clause(_ advice: Alert.Advice) -> String {
        [headline(advice.steps), caveats(advice.effect.caveats), remedy(advice.effect)].compactMap { $0 }.joined(separator: ". ")
    }

    func needless(_ kind: Recommendation.Kind) -> String {
        switch kind {
        case .growStorage: "스토리지 증설(자동으로 늘어남)"
        case .enableMultiAZ: "Multi-AZ(Reader가 다른 가용 영역에 있음)"
        case .addReplica: "읽기 전용 복제본"
        case .raiseCapacity: "최대 용량 증설"
        case .upgradeEngine: "엔진 업그레이드"
        case .convertStorage: "스토리지 유형 변환"
        case .lowerCapacity: "최소 용량 축소"
        case .move, .plan, .stay, .unknown: "추가 변경"
        }
    }
}
