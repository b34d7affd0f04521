import AdvisorCore

extension Korean {
    func title(_ title: ReportTitle) -> String {
        switch title {
        case .unknown: Self.unknown
        case .unverified: "미확인"
        case .nothingToEvaluate:
            "평가할 대상이 없습니다. 스택 파일도 샘플도 없습니다. `advisor demo`로 예시를 볼 수 있고, `advisor init`으로 시작할 수 있습니다."
        case .noRules: "적용되는 규칙이 없습니다."
        case .noRuleRows: "규칙이 없거나, 규칙이 평가할 리소스가 없습니다."
        case .withoutResource: "리소스 없음"
        case .billAndProject: "청구서와 프로젝트"
        case .suppressed: "알림 보류"
        case .stay: "현재 티어 유지"
        case .undecided: "판단 불가"
        case .history: "이력"
        case .noRecommendations: "아직 권장 사항이 없습니다."
        case .resource: "리소스"
        case .of: "대상"
        case .state: "상태"
        case .rule: "규칙"
        case .value: "값"
        case .limit: "임계값"
        case .since: "시작"
        case .cite: "출처"
        case .source: "출처"
        case .when: "시각"
        case .change: "변경"
        case .why: "이유"
        }
    }

    func title(_ title: BillTitle) -> String {
        switch title {
        case .bill: "청구서"
        case .monthlyBill: "월 청구 금액"
        case .aMonth: "월 비용"
        case .total: "합계"
        case .unknownItems: "알 수 없어 합계에서 제외한 항목"
        case .unknownPrice: "가격 알 수 없음"
        case .prices: "가격"
        case .barLegend: "█ 사용  ▒ 예상  ░ 80% 범위  │ 한도"
        case .services: "서비스"
        case .servicesWithChange: "서비스 (지난달 같은 기간 대비)"
        case .service: "서비스"
        case .thisMonth: "이번 달"
        case .change: "지난달 같은 기간 대비"
        case .changeColumn: "지난달 같은 기간 대비"
        case .expected: "예상"
        case .limit: "한도"
        case .noTips: "해당하는 절감 팁이 없습니다. 팁은 청구서를 기준으로 합니다. 한 달 치 CUR 또는 FOCUS 파일을 `advisor ingest`로 수집하세요."
        case .savesAMonth: "월 절감액"
        case .tip: "팁"
        case .whatToDo: "할 일"
        case .effort: "소요 시간"
        case .risk: "위험"
        case .freeTier: "프리 티어와 크레딧"
        case .own: "직접 설정"
        case .stale: "오래됨"
        case .pricesHint: "가격의 출처는 `advisor prices show ID`로 확인합니다. advisor.yaml의 `prices:`와 `region:`으로 직접 지정할 수 있습니다."
        case .price: "가격"
        case .source: "출처"
        case .readOn: "확인일"
        case .month: "월"
        case .users: "사용자"
        case .tier: "티어"
        case .noLimit: "이 기간에는 한도에 도달하지 않습니다."
        case .costWithLoad:
            "비용은 데이터베이스 비용이며, 해당 부하에서 발생하는 초과 CPU 크레딧 또는 용량을 포함합니다. CPU, 연결 수, 스토리지는 사용자 수에 비례하여 늘어나고 메모리 사용량은 일정하다고 가정합니다. 응답 시간은 알 수 없습니다."
        case .costWithoutLoad:
            "비용은 데이터베이스 비용만 포함합니다. 부하를 알 수 없어 사용자 수와 가격만 사용했습니다. `advisor ingest`로 샘플을 저장하면 부하까지 반영합니다."
        }
    }

    func title(_ title: BacktestTitle) -> String {
        switch title {
        case .inAlarm: "경보"
        case .times: "횟수"
        case .legend: "█ 경보, ▒ 일부 시간 경보, ? 데이터 부족, · 정상."
        case .cost: "비용"
        case .alerts: "알림"
        case .onlyThere: "비교 규칙만"
        case .onlyHere: "현재 규칙만"
        case .alertsThere: "비교 알림"
        case .costThere: "비교 비용"
        case .costUnknown: "알 수 없음. 변경 전 또는 변경 후의 청구 금액을 알 수 없습니다"
        case .stillInAlarm: "경보 지속 중"
        case .gained: "추가"
        case .lost: "제거"
        case .before: "이전"
        case .after: "현재"
        }
    }

    func title(_ title: ExplanationTitle) -> String {
        switch title {
        case .notNotified: "알림 보류"
        case .whyNothing: "경보 없음"
        case .applies: "적용 조건"
        case .condition: "조건"
        case .clears: "해제 조건"
        case .threshold: "임계값"
        case .period: "주기"
        case .sustained: "지속 조건"
        case .evaluated: "평가"
        case .decision: "판정"
        case .clear: "해제 판정"
        case .state: "상태"
        case .start: "시작"
        case .conditionColumn: "조건"
        case .clearColumn: "해제"
        case .breaches: "위반"
        case .doesNotBreach: "정상"
        case .holds: "충족"
        case .doesNotHold: "미충족"
        case .missing: "없음"
        case .and: "및"
        case .noData: "데이터 없음"
        case .assumedUnit: "샘플에 단위가 없어 단위를 가정함"
        case .noSeries: "시계열 없음"
        case .notEvaluated: "아직 샘플이 없어 평가하지 않았습니다"
        }
    }
}

// Words of Core that are values of files and JSON too.
extension Korean {
    func title(_ state: AlarmState) -> String {
        switch state {
        case .ok: "정상"
        case .alarm: "경보"
        case .insufficientData: "데이터 부족"
        }
    }

    func title(_ severity: Severity) -> String {
        switch severity {
        case .info: "정보"
        case .warning: "경고"
        case .critical: "심각"
        }
    }

    func title(_ kind: ResourceKind) -> String {
        switch kind {
        case .database: "데이터베이스"
        case .api: "API"
        case .function: "함수"
        case .userPool: "사용자 풀"
        case .natGateway: "NAT Gateway"
        case .logGroup: "로그 그룹"
        case .bucket: "버킷"
        case .project: "프로젝트"
        case .account: "계정"
        case .service: "서비스"
        case .allowance: "무료 한도"
        }
    }

    func title(_ stage: Stage) -> String {
        switch stage {
        case .mvp: "MVP"
        case .launch: "출시"
        case .growth: "성장"
        }
    }

    func title(_ kind: RecommendationChange.Kind) -> String {
        switch kind {
        case .opened: "권장"
        case .changed: "변경"
        case .returned: "재권장"
        case .cleared: "종료"
        case .escalated: "근거 추가"
        case .reopened: "다시 열림"
        case .hit: "효과 확인"
        case .miss: "효과 없음"
        case .unprojectable: "확인 불가"
        case .gone: "리소스 삭제"
        case .claimed: "담당 지정"
        case .done: "완료"
        case .dismissed: "기각"
        case .snoozed: "일시 중지"
        case .reopenedByHand: "직접 다시 엶"
        }
    }

    func title(_ effort: RuleTip.Effort) -> String {
        switch effort {
        case .minutes: "몇 분"
        case .hours: "몇 시간"
        case .days: "며칠"
        }
    }

    func title(_ risk: RuleTip.Risk) -> String {
        switch risk {
        case .none: "없음"
        case .low: "낮음"
        case .medium: "보통"
        case .high: "높음"
        }
    }

    func title(_ source: WhatIf.Source) -> String {
        switch source {
        case .given: "지정값"
        case .measured: "측정값"
        case .assumed: "가정값"
        }
    }

    func title(_ source: ChargesSource) -> String {
        switch source {
        case .estimatedCharges: "AWS 예상 요금"
        case .bill(let form): "가져온 청구서(\(form))"
        }
    }

    func title(_ provenance: Provenance) -> String {
        switch provenance {
        case .exact: "저장된 값"
        case .meanOfAverages: "평균값의 평균"
        case .percentileOfValues: "개별 값의 백분위수"
        case .percentileOfAverages: "평균값의 백분위수"
        case .averageInPlace: "최솟값 또는 최댓값 대신 평균값"
        }
    }
}
