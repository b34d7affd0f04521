import AdvisorCore

extension Korean {
    /// The titles of the metrics of data/metrics.yaml, by id and by their title in English; others keep their own.
    private static let titles: [(id: String, english: String, korean: String)] = [
        ("cpu", "CPU", "CPU 사용률"),
        ("free_storage", "Free storage", "남은 스토리지"),
        ("freeable_memory", "Freeable memory", "여유 메모리"),
        ("swap_usage", "Swap used", "스왑 사용량"),
        ("connections", "Connections", "연결 수"),
        ("cpu_credit_balance", "CPU credits", "CPU 크레딧"),
        ("cpu_surplus_credit_balance", "Surplus CPU credits", "초과 CPU 크레딧"),
        ("cpu_surplus_credits_charged", "Surplus CPU credits charged", "청구된 초과 CPU 크레딧"),
        ("read_latency", "Disk read latency", "디스크 읽기 지연 시간"),
        ("write_latency", "Disk write latency", "디스크 쓰기 지연 시간"),
        ("replica_lag", "Replica lag", "복제 지연"),
        ("acu_utilization", "ACU utilization", "ACU 사용률"),
        ("serverless_capacity", "Serverless capacity", "서버리스 용량"),
        ("volume_bytes_used", "Volume used", "볼륨 사용량"),
        ("query_latency", "Query response", "쿼리 응답 시간"),
        ("active_users", "Active users", "활성 사용자"),
        ("database_size", "Database size", "데이터베이스 크기"),
        ("storage_used", "Storage used", "스토리지 사용량"),
        ("api_latency", "API latency", "API 응답 시간"),
        ("api_requests", "API requests", "API 요청"),
        ("api_errors", "API errors", "API 오류"),
        ("invocations", "Invocations", "함수 호출"),
        ("function_errors", "Function errors", "함수 오류"),
        ("function_duration", "Function duration", "함수 실행 시간"),
        ("monthly_active_users", "Monthly active users", "월간 활성 사용자"),
        ("nat_bytes_out", "NAT bytes out", "NAT 송신량"),
        ("nat_bytes_in", "NAT bytes in", "NAT 수신량"),
        ("nat_connections", "NAT connections", "NAT 연결 수"),
        ("log_bytes", "Log bytes", "로그 수집량"),
        ("bucket_size", "Bucket size", "버킷 크기"),
        ("estimated_charges", "Charges", "누적 요금"),
        ("network_in", "Network in", "네트워크 수신량"),
        ("request_count", "Requests", "요청 수"),
        ("read_iops", "Disk reads", "디스크 읽기"),
        ("write_iops", "Disk writes", "디스크 쓰기"),
        ("disk_queue_depth", "Disk queue", "디스크 대기열"),
        ("burst_balance", "Burst balance", "버스트 잔량"),
        ("ebs_io_balance", "EBS I/O balance", "EBS I/O 잔량"),
    ]

    static let metrics = Dictionary(titles.map { ($0.id, $0.korean) }) { first, _ in first }
    private static let byTitle = Dictionary(titles.map { ($0.english, $0.korean) }) { first, _ in first }

    /// The title of a metric that a reason names in English.
    static func title(ofMetric english: String) -> String { byTitle[english] ?? english }
}
