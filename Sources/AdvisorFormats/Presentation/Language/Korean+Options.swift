import AdvisorCore

extension Korean {
    func title(_ option: ResourceOption.Kind) -> String {
        switch option {
        case .classWithoutCredits(let tier): "\(tier)(CPU 크레딧 요금 없음)"
        case .newerGeneration(let tier): "\(tier)(같은 크기의 최신 세대)"
        case .largerVolume(let size, let operations):
            "\(ValueText.number(size))GiB 볼륨(\(ValueText.number(operations)) IOPS)"
        case .largerClass(let tier, let size, let operations):
            "\(tier), \(ValueText.number(size))GiB 볼륨(\(ValueText.number(operations)) IOPS)"
        case .storageAutoscaling: "스토리지 자동 조정"
        case .largerPlan(let tier): "\(tier)(마이그레이션 없음)"
        case .connectionPool: "연결 풀"
        case .stopAtNight(let hours): "주 \(hours)시간만 실행"
        case .singleInstance: "인스턴스 1개만 사용"
        case .pauseWhenIdle: "최소 용량 0"
        case .commitment(let kind, let months, _): "\(Self.name(kind)) \(months / 12)년"
        }
    }

    private static func name(_ kind: Commitment.Kind) -> String {
        switch kind {
        case .reservedOneYear, .reservedThreeYears: "예약 인스턴스"
        case .savingsPlan, .savingsPlanServerless: "Database Savings Plan"
        }
    }

    func sentence(_ option: ResourceOption.Kind) -> String {
        switch option {
        case .classWithoutCredits: "vCPU 수가 같고 부하와 관계없이 비용이 일정합니다. 변경하면 인스턴스가 재시작됩니다. 사용 중인 엔진 버전이 제공되어야 합니다."
        case .newerGeneration:
            "인스턴스가 한 번 재시작됩니다. x86에서 Graviton으로 바꾸어도 PostgreSQL과 MySQL에는 차이가 없습니다. 사용 중인 엔진 버전이 제공되어야 합니다."
        case .largerVolume: "이보다 작은 gp3 볼륨에는 IOPS를 추가로 구매할 수 없습니다. 스토리지는 다시 줄일 수 없습니다."
        case .largerClass:
            "볼륨뿐 아니라 클래스도 IOPS를 제한하므로 볼륨만 늘려서는 성능이 유지되지 않습니다. 인스턴스가 재시작되며 스토리지는 다시 줄일 수 없습니다."
        case .storageAutoscaling(let id, let size):
            "`aws rds modify-db-instance --db-instance-identifier \(Shell.quoted(id)) --max-allocated-storage \(ValueText.number(size))`: 여유 공간이 10%가 되면 6시간 이상의 간격으로 자동 증설되며, 증설된 만큼 청구됩니다."
        case .largerPlan: "즉시 적용되며 현재 요금제의 한도가 해제됩니다. 로그인, 파일, API는 그대로 유지됩니다."
        case .connectionPool:
            "PgBouncer는 추가 비용이 없고, RDS Proxy는 vCPU 시간당 청구됩니다. 세션 상태와 prepared statement에 주의해야 합니다."
        case .stopAtNight:
            "EventBridge Scheduler로 업무 시간 이후와 주말에 중지합니다. 스토리지는 계속 청구되며, 7일 후 AWS가 다시 시작합니다."
        case .singleInstance(let instances): "개발 환경에서는 재시작에 몇 분이 걸려도 됩니다. Reader \(instances - 1)개를 삭제합니다."
        case .pauseWhenIdle(let share):
            "전체 시간의 \(text(share)) 동안 연결이 없었습니다. 5분 후 일시 중지되고 약 15초 만에 재개됩니다. RDS Proxy나 논리적 복제와 함께 사용할 수 없으며 13.15, 14.12, 15.7, 16.3 이상에서 가능합니다."
        case .commitment(let kind, let months, let breakEven): commitment(kind, months, breakEven)
        }
    }

    private func commitment(_ kind: Commitment.Kind, _ months: Int, _ breakEven: Int) -> String {
        let even = "\(months)개월 중 \(breakEven)개월 이상 실행하면 이득입니다"
        return switch kind {
        case .reservedOneYear, .reservedThreeYears:
            "\(even). 같은 시리즈, 리전, 엔진의 모든 크기에 적용되며 반환할 수 없습니다."
        case .savingsPlan, .savingsPlanServerless:
            "\(even). 7세대 이상 또는 Aurora Serverless v2의 모든 데이터베이스에 시간당 금액으로 적용되며, 일시 중지 중에도 청구됩니다."
        }
    }
}
