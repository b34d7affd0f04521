import AdvisorCore

/// Extended Support by the calendar: $0.10 per vCPU-hour, $0.20 from the third year; 2 vCPUs are $146.00 or $292.00 a month, twice
/// that with Multi-AZ. db.t4g.small with 20 GiB is $25.66, with Multi-AZ $52.05.
extension Situation {
    private static func engine(_ engine: String, multiAZ: Bool = false) -> String {
        "tier: db.t4g.small, engine: \(engine), allocated_storage: 20GiB, multi_az: \(multiAZ), replicas: 0"
    }

    private static func on(
        _ day: String, _ name: String, multiAZ: Bool = false, bill: String, alarms: Set<String>
    ) -> Situation {
        Situation(
            name: "\(name)\(multiAZ ? ", Multi-AZ," : "") on \(day)", resource: engine(name, multiAZ: multiAZ),
            now: "\(day)T00:00:00Z", days: 2, loads: well([:]),
            expected: Expected(actions: [], kind: "stay", clears: nil, before: bill, after: bill, alarms: alarms))
    }

    static let extendedSupport: [Situation] = [
        on("2026-02-28", "postgres 13.14", bill: "25.66", alarms: ["extended-support-begins"]),
        on("2026-03-01", "postgres 13.14", bill: "171.66", alarms: ["extended-support-version"]),
        on("2026-03-01", "postgres 13", multiAZ: true, bill: "344.05", alarms: ["extended-support-version"]),
        on("2026-03-31", "postgres 11", bill: "171.66", alarms: ["extended-support-version"]),
        on("2026-04-01", "postgres 11", bill: "317.66", alarms: ["extended-support-version"]),
        on("2027-02-28", "postgres 14", bill: "25.66", alarms: ["extended-support-begins"]),
        on("2027-03-01", "postgres 14", bill: "171.66", alarms: ["extended-support-version"]),
        on("2027-03-01", "postgres 12", bill: "317.66", alarms: ["extended-support-version"]),
        on("2027-03-01", "postgres 17", bill: "25.66", alarms: []),
        on("2026-11-23", "mysql 5.7.44", bill: "317.66", alarms: ["extended-support-version"]),
    ]
}
