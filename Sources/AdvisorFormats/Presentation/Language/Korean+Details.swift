extension Korean {
    func title(_ title: RecommendationTitle) -> String {
        switch title {
        case .noneListed: "권장 사항이 없습니다. `advisor evaluate`로 평가하며, 종료된 항목은 `--all`로 볼 수 있습니다."
        case .whatToDo: "할 일"
        case .whatHappened: "진행 이력"
        case .whyNow: "근거(현재 기준)"
        case .when: "시간대"
        case .downtime: "다운타임"
        case .restart: "재시작"
        case .effort: "소요 시간"
        case .rollback: "되돌리기"
        case .irreversible: "되돌릴 수 없음"
        case .new: "추가:"
        case .becomes: "→"
        case .then: "이후"
        case .careful: "주의:"
        case .options: "다른 선택지"
        case .inCode: "코드에도 반영(반영하지 않으면 다음 배포에서 되돌려짐):"
        case .candidates: "후보 티어"
        case .withLoad: "현재 부하 기준"
        case .present: "현재"
        case .cheapest: "모든 경보를 해제하는 가장 저렴한 티어"
        case .clears: "경보 해제"
        case .whyNot: "제외 이유"
        case .yes: "예"
        case .no: "아니요"
        }
    }

    func text(_ phrase: RecommendationPhrase) -> String {
        switch phrase {
        case .changed(let resource, let headline, let state): return "\(resource): \(headline), \(state)"
        case .toDeclare(let tier):
            return "현재 구성을 advisor.yaml에 반영하세요\(tier.map { "(`tier: \($0)`)" } ?? ""). 3일 후에 효과를 확인합니다."
        case .whyFrozen(let time): return "근거(\(time) 저장)"
        case .versions(let region, let date, let prices, let datapoints, let samples):
            return
                "\(region) 가격은 \(date ?? Self.unknown) 기준(버전 \(prices)), 데이터 포인트 \(datapoints)개(버전 \(samples))입니다."
        case .ruleVersion(let id, let version, let when, let condition, let variables):
            return "\(id), 버전 \(version): \(when)\(condition.map { " where \($0)" } ?? "")"
                + (variables.isEmpty ? "" : " (\(variables.joined(separator: ", ")))")
        case .notEvaluated(let rule): return "\(rule): 이 티어에서는 평가할 수 없음"
        case .neverPays(let present): return "\(present)에서 업그레이드해도 절약되는 CPU 크레딧으로는 비용이 상쇄되지 않습니다."
        case .paysAbove(let load, let tier, let present):
            return "CPU 부하가 \(load) 이상으로 지속되면 초과 크레딧을 포함한 \(present)보다 \(tier.with(.subject)) 더 저렴합니다."
        case .costs(let tier, let cost, let load): return "\(tier): 월 \(cost), 현재 부하 기준 \(load)"
        case .creditsUnknown(let time):
            return time.map { "CPU 크레딧 비용은 \($0)부터 확인 가능" } ?? "CPU 크레딧 비용 알 수 없음"
        case .together(let changes): return "\(changes.joined(separator: ", ")) 포함"
        case .range(let least, let most): return "\(least)~\(most)"
        }
    }
}
