import AdvisorCore

/// Extended Support by the calendar: $0.10 per vCPU-hour, $0.20 from the third year; 2 vCPUs are $146.00 or $292.00 a month, twice
/// that with Multi-AZ. db.t4g.small with 20 GiB is $25.66, with Multi-AZ $52.05.
extension Situation {
    private static func engine(_ engine: String, multiAZ: Bool = false) -> String {
        "tier: db.t4g.small, engine: \(engine), allocated_storage: 20GiB, multi_az: \(multiAZ), replicas: 0"
    }

    /// `after` is the bill after the upgrade that is advised; `to` nil: none is.
    private static func on(
        _ day: String, _ name: String, multiAZ: Bool = false, bill: String, to: String? = "PostgreSQL 17",
        after: String = "25.66",
        reasons: [String] = ["extended_support_billed"], alarms: Set<String> = ["extended-support-version"]
    ) -> Situation {
        Situation(
            name: "\(name)\(multiAZ ? ", Multi-AZ," : "") on \(day)", resource: engine(name, multiAZ: multiAZ),
            now: "\(day)T00:00:00Z", days: 2, loads: well([:]),
            expected: Expected(
                actions: to.map { ["upgrade_engine \($0)"] } ?? [], kind: to == nil ? "stay" : "upgrade_engine",
                clears: to == nil ? nil : true, before: bill, after: after, reasons: reasons, alarms: alarms))
    }

    static let extendedSupport: [Situation] = [
        // The charge begins the next day: $146.00 more.
        on(
            "2026-02-28", "postgres 13.14", bill: "25.66", reasons: ["extended_support_changes"],
            alarms: ["extended-support-begins"]),
        on("2026-03-01", "postgres 13.14", bill: "171.66"),
        on("2026-03-01", "postgres 13", multiAZ: true, bill: "344.05", after: "52.05"),
        // The next day it is twice as much.
        on("2026-03-31", "postgres 11", bill: "171.66", reasons: ["extended_support_billed", "extended_support_changes"]),
        on("2026-04-01", "postgres 11", bill: "317.66"),
        on(
            "2027-02-28", "postgres 14", bill: "25.66", reasons: ["extended_support_changes"],
            alarms: ["extended-support-begins"]),
        on("2027-03-01", "postgres 14", bill: "171.66"),
        on("2027-03-01", "postgres 12", bill: "317.66"),
        on("2027-03-01", "postgres 17", bill: "25.66", to: nil, reasons: [], alarms: []),
        // 8.0 is in Extended Support since August 2026.
        on("2026-11-23", "mysql 5.7.44", bill: "317.66", to: "MySQL 8.4"),
        // The price of Extended Support by ACU-hour is not known.
        Situation(
            name: "Aurora PostgreSQL 13 on 2026-03-16",
            resource:
                "tier: aurora-serverless-v2, engine: aurora-postgres 13.14, cluster: core-c, capacity: { min: 0.5, max: 2 }, allocated_storage: 20GiB, multi_az: false, replicas: 0",
            days: 8,
            loads: [
                .serverlessCapacity: steady(0.5), .capacityUtilization: steady(25), .cpu: steady(5), .connections: steady(10),
                .activeUsers: steady(700),
            ],
            // One instance at 0.5 ACU and $2.00 of storage; micro is $13.98 and $146.00.
            expected: Expected(
                actions: ["upgrade_engine Aurora PostgreSQL 17"], kind: "upgrade_engine", clears: true, before: nil,
                after: nil, candidates: ["db.t4g.micro": "no 159.98"], reasons: ["extended_support_billed"],
                alarms: ["extended-support-version"])),
    ]
}
