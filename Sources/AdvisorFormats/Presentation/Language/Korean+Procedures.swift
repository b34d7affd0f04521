import AdvisorCore

extension Korean {
    func clause(_ purpose: CommandPurpose) -> String {
        switch purpose {
        case .rollbackSnapshot: "데이터를 되돌리기 위한 스냅샷"
        case .checkOffer: "리전에서 이 클래스를 제공하는 버전 목록. 결과가 없으면 제공되지 않음"
        case .upgradeFirst(let needed):
            "먼저 이 중 \(needed) 이상의 버전으로 업그레이드(--allow-major-version-upgrade). 복원한 스냅샷에서 먼저 테스트"
        case .upgradeTarget(let version):
            version.isEmpty
                ? "업그레이드할 수 있는 최신 버전"
                : "업그레이드할 수 있는 최신 \(version).x 버전(결과가 None이면 먼저 최신 마이너 버전으로 업그레이드)"
        case .rehearsal: "예행 연습용 사본. 원본의 서브넷 그룹, 보안 그룹, 파라미터 그룹을 추가"
        case .afterRehearsal: "사본에서 애플리케이션과 ANALYZE 후의 실행 계획을 테스트한 뒤 삭제"
        case .inWindow: "아래 시간대에 실행, 또는 --no-apply-immediately로 다음 유지 관리 기간에 적용"
        case .noCommand: "제공되는 명령 없음"
        case .exportDump: "1. 내보내기(URL은 Supabase 대시보드의 Database에 있음)"
        case .createInstance: "2. 인스턴스 생성. VPC의 서브넷 그룹과 보안 그룹을 추가"
        case .importDump: "3. VPC 내부에서 가져오기"
        case .configureFunctions: "4. 각 함수의 환경 변수 업데이트"
        case .changeName: "5. DNS 변경(하루 전에 TTL을 짧게 설정)"
        case .auroraVersion: "Aurora는 메이저 버전이 같고 마이너 버전이 같거나 높아야 함"
        case .auroraReplica: "인스턴스의 Aurora 복제본 생성(같은 서브넷, 보안 그룹, 암호화 설정)"
        case .promote: "아래 시간대에 실행: 쓰기 중지, 복제 지연이 0이 될 때까지 대기, 승격, 애플리케이션을 클러스터로 연결"
        case .guideReader: "가이드의 Reader(없으면 최소 비용이 절반)"
        case .snapshotBeforeDeletion: "기존 인스턴스 삭제 전 스냅샷(삭제할 때까지 비용 청구)"
        }
    }

    func clause(_ downtime: Downtime) -> String {
        switch downtime {
        case .none: "없음"
        case .failover: "장애 조치 1회, 보통 1~2분"
        case .restart: "인스턴스가 재시작되는 몇 분(스탠바이가 있으면 장애 조치 1회)"
        case .pausedWrites: "없음. Single-AZ에서는 스냅샷 중 몇 초간 쓰기가 멈춤"
        case .standbySync: "없음. 스탠바이가 동기화될 때까지 읽기와 쓰기가 느려짐"
        case .majorUpgrade: "보통 10~30분(스탠바이가 있어도 동일). 예행 연습에서 소요 시간을 확인"
        case .untilNameChange: "내보내기부터 DNS 변경까지. 그 사이의 쓰기는 유실되므로 먼저 쓰기를 중지해야 함"
        case .untilEndpointChange: "쓰기 중지부터 엔드포인트 변경까지 몇 분(스냅샷을 사용하면 복사 시간만큼)"
        case .unknown: Self.unknown
        }
    }

    func clause(_ restart: RestartNeed) -> String {
        switch restart {
        case .no: "불필요"
        case .yes: "필요"
        case .rebootForConnections: "불필요. 단, max_connections는 재부팅 후에 변경됨"
        case .largerCompute: "불필요. 컴퓨팅 크기를 늘리면 데이터베이스가 재시작됨"
        case .otherEndpoint: "불필요. 단, 엔드포인트가 바뀜"
        case .unknown: Self.unknown
        }
    }

    func clause(_ effort: Effort) -> String {
        switch effort {
        case .fiveMinutes: "5분"
        case .fiveMinutesWithCard: "5분(신용카드 필요)"
        case .quarterHour: "약 15분"
        case .quarterHourUnattended: "약 15분(대부분 대기 시간)"
        case .hourInApplication: "약 1시간. 대부분 읽기를 복제본으로 보내도록 애플리케이션을 수정하는 시간"
        case .hoursWithRehearsal: "2-4시간(가이드 기준) + 사본으로 하는 예행 연습"
        case .halfDay: "예행 연습을 포함하여 반나절"
        case .announcement: "아직 없음. 시간과 예산을 준비하기 위한 사전 안내"
        case .unknown: "알 수 없음(제공되는 명령 없음)"
        }
    }

    func clause(_ rollback: Rollback) -> String {
        switch rollback {
        case .command(let text): text
        case .previousTier(let id): "같은 명령에 \(id ?? "이전 클래스") 지정(한 번 더 재시작)"
        case .previousMaximum: "같은 명령에 이전 최댓값 지정"
        case .dumpAndRestore: "바로 되돌릴 수 없음. 더 작은 새 인스턴스로 덤프 및 복원"
        case .restoredSnapshot: "스냅샷을 새 인스턴스로 복원. 이후의 쓰기는 유실됨"
        case .samePage: "같은 페이지에서 결제 기간이 끝날 때"
        case .nameBack: "RDS에 쓰기가 없는 동안 DNS와 환경 변수를 Supabase로 복구. 프로젝트는 일주일간 유지"
        case .oldInstance: "Aurora에 데이터를 쓰기 전까지는 기존 인스턴스, 그 후에는 pg_dump와 psql"
        }
    }

    func sentence(_ effect: IrreversibleEffect) -> String {
        switch effect {
        case .storage: "RDS 스토리지는 줄일 수 없습니다. 인스턴스를 교체할 때까지 비용이 청구됩니다."
        }
    }

    func clause(_ window: ProcedureWindow) -> String {
        switch window {
        case .lowestLoad(let hour): lowestLoad(hour)
        case .guideBackup: "03:00-04:00 UTC, 가이드의 백업 시간대(CPU 이력 1주 미만)"
        }
    }

    private static let weekdays = ["월", "화", "수", "목", "금", "토", "일"]

    private func lowestLoad(_ lowest: LowestLoadHour) -> String {
        func clock(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }
        let hours = "\(clock(lowest.hour))-\(clock((lowest.hour + 1) % 24))"
        let cpu = text(Quantity(lowest.cpu, .ratio))
        return "\(Self.weekdays[lowest.weekday])요일 \(hours) UTC, 부하가 가장 낮은 시간(최근 \(lowest.days)일 CPU \(cpu))"
    }

    func sentence(_ caution: Caution) -> String {
        switch caution {
        case .droppedConnections: "연결이 끊깁니다. 애플리케이션이 다시 연결해야 합니다."
        case .storageIncrements:
            "RDS 스토리지는 한 번에 10% 이상 늘려야 하며, 변경 사이에 6시간 간격이 필요합니다. 그동안 스토리지 최적화로 성능이 저하됩니다."
        case .replicaLag: "복제본은 읽기만 처리하며 복제 지연이 있습니다. 먼저 느린 쿼리를 확인하세요."
        case .automatedBackups: "자동 백업이 필요합니다(가이드는 dev 7일, prod 30일 보관)."
        case .secondZone: "DB 서브넷 그룹에 두 번째 가용 영역의 서브넷이 필요합니다. 가이드의 VPC는 가용 영역이 하나입니다."
        case .clusterNotSet: "advisor.yaml에 `cluster` 설정이 없습니다. 명령의 이름은 추정한 값입니다."
        case .organizationPlan: "요금제는 조직 단위로 적용됩니다. 각 프로젝트의 컴퓨팅 비용은 별도로 청구됩니다."
        case .incompleteDump:
            "덤프에는 Supabase Auth 사용자(auth 스키마)와 스토리지 파일이 포함되지 않습니다. 가이드의 Cognito는 비어 있는 상태로 시작합니다."
        case .extensions:
            "덤프에 있는 행 수준 보안과 확장이 RDS에 있어야 합니다. ON_ERROR_STOP으로 처음 실패하는 항목을 확인할 수 있습니다."
        case .emptyCluster:
            "코드에서 인스턴스를 클러스터로 바꾸면 빈 클러스터가 만들어지고 기존 인스턴스가 삭제됩니다. 데이터를 먼저 옮긴 후 클러스터를 코드로 가져오세요."
        case .storageOptimization:
            "몇 시간 동안 스토리지 최적화가 진행되어 성능이 저하됩니다. 다음 변경은 6시간 후에 가능합니다."
        case .smallerCache:
            "최소 용량이 줄면 버퍼 캐시도 줄어듭니다. 다음 단계로 낮추기 전에 하루 동안 BufferCacheHitRatio와 읽기 지연 시간을 확인하세요."
        case .supportOptOut:
            "새로 만들거나 복원하는 인스턴스는 --engine-lifecycle-support open-source-rds-extended-support-disabled로 Extended Support에서 제외할 수 있으며, 표준 지원이 끝나면 AWS가 업그레이드합니다. 기존 인스턴스는 변경할 수 없습니다."
        case .majorVersionChanges:
            "사용자 지정 파라미터 그룹은 새 버전의 패밀리로 다시 만들어야 합니다. 확장은 직접 업그레이드해야 하며 읽기 전용 복제본도 함께 업그레이드됩니다."
        case .gatewayAndReader: "가이드의 Aurora 스택은 청구서에 NAT Gateway와 Reader를 추가합니다."
        }
    }
}
