import AdvisorCore
import Foundation

extension Korean {
    func title(_ item: CostItem) -> String {
        switch item {
        case .plan: "요금제"
        case .capacity(let instances, let units): "용량, \(instances) × \(units) ACU"
        case .expectedCapacity(let instances): "용량, 예상 사용량\(instances > 1 ? "(인스턴스 \(instances)개)" : "")"
        case .instance(let multiAZ): multiAZ ? "인스턴스, Multi-AZ" : "인스턴스"
        case .readReplicas: "읽기 전용 복제본"
        case .storage: "스토리지"
        case .replicaStorage: "읽기 전용 복제본 스토리지"
        case .extendedSupport(let version): Self.extendedSupport(version)
        case .backupBeyondAllocation: "할당량을 초과한 백업"
        case .surplusCredits: "초과 CPU 크레딧"
        case .declared: "선언한 비용"
        case .catalogItem(_, let title, let free, let quantity):
            if let free, let quantity { "\(title), \(Self.number(quantity)) 중 \(Self.number(free)) 무료" } else { title }
        case .tier(let id): id
        case .smallerTier(let id): "대신 \(id)"
        case .natGateways: "NAT Gateway"
        case .natGatewayData: "NAT Gateway 데이터"
        case .gatewayAddress: "NAT Gateway의 퍼블릭 IPv4 주소"
        case .gatewayAddresses: "NAT Gateway 주소"
        case .interfaceEndpoint: "대신 인터페이스 엔드포인트 1개"
        case .idleAddresses: "사용하지 않는 주소"
        case .addressesInUse: "사용 중인 주소"
        case .logStorage: "로그 스토리지"
        case .halfOfLogs: "로그 데이터의 절반"
        case .backupAboveAllowance: "무료 한도를 초과한 백업 스토리지"
        case .gp2Storage: "gp2 스토리지"
        case .gp3Storage: "대신 gp3"
        case .provisionedOperations: "프로비저닝된 IOPS"
        }
    }

    private static func extendedSupport(_ version: String?) -> String {
        (version.map { "\($0) " } ?? "") + "Extended Support"
    }

    private static func number(_ number: Decimal) -> String { number.text(minimumFraction: 0) }

    func title(_ group: StackBill.Group) -> String {
        switch group {
        case .id(let id): id
        case .move: "변경으로 추가되는 항목"
        }
    }

    func clause(_ note: BillNote) -> String {
        switch note {
        case .declared(let text): text
        case .extendedSupport(let since): "\(since)부터. 메이저 버전을 올리면 종료됩니다"
        case .recentRate: "최근 7일 사용량 기준"
        case .guideGateway: "가이드의 Aurora 스택은 natGateways: 1로 선언되어 있습니다"
        case .guideSecret: "가이드의 스택은 비밀번호를 시크릿에 저장합니다"
        }
    }

    func clause(_ gap: BillGap) -> String {
        switch gap {
        case .stackNotSet: "나머지 스택: advisor.yaml에 `stack` 설정이 없음"
        case .tierNotSet: "티어: advisor.yaml에 설정이 없음"
        case .cost(let reason): clause(reason)
        case .volumeRequests: "볼륨 읽기와 쓰기"
        case .extendedSupport(let version): Self.extendedSupport(version)
        case .backup(let allocated): "\(allocated.map { "할당된 \(Self.number($0))GiB를" } ?? "할당량을") 초과한 백업"
        case .surplusCredits(let baseline): "\(text(baseline))를 넘는 지속 부하의 초과 CPU 크레딧"
        case .usage(_, let title): title
        case .usageOfService: "서비스 사용량"
        case .costNotSet: "비용: advisor.yaml에 `monthly:`를 설정하세요"
        case .gatewayData: "NAT Gateway를 통과하는 데이터"
        case .includedInPlan(let family): "Lambda, API Gateway, 로그인(\(family) 요금제에 포함)"
        }
    }

    private func clause(_ gap: CostGap) -> String {
        switch gap {
        case .storageNotSet: "allocated_storage: advisor.yaml에 설정이 없음"
        case .extendedSupport(let version): "\(Self.extendedSupport(version)): 티어의 vCPU 수를 알 수 없음"
        case .noPrice(let id): "\(id) 가격: 카탈로그에 없음"
        }
    }

    func clause(_ change: BillChange) -> String {
        switch change {
        case .extendedSupport(let resource, let version, let from, let cost):
            "\(resource): \(from)에 \(Self.extendedSupport(version)) 시작\(cost.map { "(월 \($0))" } ?? ""). 메이저 버전을 올리면 피할 수 있습니다"
        }
    }

    func title(_ source: PriceSource) -> String {
        switch source {
        case .cited(let text): text
        case .stackFile, .declared: "advisor.yaml"
        case .bill(let bill): title(bill)
        case .notInCatalog: "카탈로그에 가격 없음"
        case .noPrices(let region): "\(region) 가격 정보가 없습니다. advisor.yaml의 `prices:`에 지정하세요"
        case .noPriceOfEngine(let engine, let region):
            "\(region)의 \(engine) 가격 정보가 없습니다. data/prices에 지정하세요"
        case .engineNotSet: "advisor.yaml에 엔진 설정이 없음"
        }
    }

    func title(_ source: UsageSource) -> String {
        switch source {
        case .bill(let bill): title(bill)
        case .metrics: "지표"
        }
    }

    /// `2026-03 청구서(CUR, 2026-03-12까지, 한 달로 환산)`.
    private func title(_ bill: BillReference) -> String {
        let part = bill.isWhole ? "" : ", \(bill.until.map { "\($0)까지" } ?? "일부"), 한 달로 환산"
        return "\(bill.month) 청구서(\(bill.sources.joined(separator: ", "))\(part))"
    }

    func title(_ entry: PriceBook.Entry) -> String {
        guard let kind = entry.kind else { return entry.title }
        let words =
            switch kind {
            case .hourly: "Single-AZ"
            case .hourlyMultiAZ: "Multi-AZ"
            case .monthly: "정액"
            case .storage: "스토리지"
            case .storageMultiAZ: "스토리지, Multi-AZ"
            case .capacity: "용량"
            case .surplusCredits: "초과 CPU 크레딧"
            }
        return "\(entry.title), \(words)"
    }

    func clause(_ basis: SavingsBasis) -> String {
        switch basis {
        case .logStorage: "현재 스토리지 비용(로그 7일분은 유지)"
        case .backups: "남기는 백업 일수에 따라 달라짐"
        case .netOfLargerClass: "더 큰 클래스의 추가 비용을 뺀 금액"
        case .addresses: "대체할 수 있는 주소 수에 따라 달라짐(NAT Gateway 주소 제외)"
        case .interfaceEndpoint: "S3, DynamoDB와 다른 서비스 하나에만 사용하는 경우(앞의 두 엔드포인트는 무료)"
        case .halfOfLogs(let free): "무료 \(free)GB를 넘는 양의 절반을 샘플링이나 로그 레벨 조정으로 줄이는 경우"
        case .finalSnapshot: "최종 스냅샷은 백업 스토리지로 청구됨"
        case .memory(let smaller, let present): "메모리 \(memory(present)) → \(memory(smaller))"
        }
    }

    private func memory(_ bytes: Quantity?) -> String {
        bytes.map { ValueText.number($0.value / 1_073_741_824) + "GiB" } ?? Self.unknown
    }

    func clause(_ gap: BillForecast.Gap) -> String {
        switch gap {
        case .noCharges: "알려진 요금이 없음"
        case .tooShort(let days):
            "요금 데이터 \(days)일분, 예측에는 \(days >= BillForecast.daysNeeded ? "1일 이후 " : "")\(BillForecast.daysNeeded)일분이 필요함"
        case .notDaily: "청구서가 일별이 아니라 월별임"
        case .stale(let since): "\(since) 이후 요금 데이터 없음"
        }
    }

    func clause(_ source: PromotionalCredits.BurnSource) -> String {
        switch source {
        case .noDailyBill: "일별 청구서가 없습니다. CUR, FOCUS 또는 일별 Cost Explorer 파일을 수집하세요"
        case .credits(let days): "청구서 최근 \(days)일의 크레딧 사용액"
        case .charges(let days): "청구서 최근 \(days)일의 지출"
        }
    }
}
