import AdvisorCore

/// Aurora Serverless v2 as it is billed: $0.12 per ACU-hour of every instance, $0.10 per GiB-month. A month has 730 hours.
extension Situation {
    private static func cluster(_ capacity: String) -> String {
        "tier: aurora-serverless-v2, engine: aurora-postgres 16, cluster: core-c, capacity: \(capacity), allocated_storage: 20GiB, multi_az: false, replicas: 0"
    }

    private static func load(_ units: Double, of maximum: Double, cpu: Double, connections: Double = 40) -> [MetricID: Load] {
        [
            .serverlessCapacity: steady(units), .capacityUtilization: steady(100 * units / maximum), .cpu: steady(cpu),
            .connections: steady(connections), .activeUsers: steady(20_000),
        ]
    }

    static let aurora: [Situation] = [
        Situation(
            name: "Aurora at a measured 6 ACU of 0 to 16, one writer", resource: cluster("{ min: 0, max: 16 }"),
            loads: load(6, of: 16, cpu: 45),
            // 6 x 730 x $0.12 + 20 x $0.10; it never pauses, as 40 connections are open.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "527.60", after: "527.60", reasons: ["never_pauses"],
                absent: ["floor_too_high"], alarms: [])),
        Situation(
            name: "Aurora with a floor of 8 ACU that needs 0.5", resource: cluster("{ min: 8, max: 16 }"), days: 8,
            loads: load(8, of: 16, cpu: 2),
            // 8 x 730 x $0.12 + $2; at 0.5 ACU $43.80, which saves $657.00. Memory is not known: first half, 4 x 730 x $0.12 + $2.
            // The guide rates micro and small for fewer than 20,000 users; medium has the CPU and the connections.
            expected: Expected(
                actions: ["lower_capacity 4 ACU"], kind: "lower_capacity", clears: nil, before: "702.80", after: "352.40",
                reasons: ["floor_too_high", "instance_instead"], alarms: [])),
        Situation(
            name: "Aurora with a floor of 8 ACU that needs 3 ACU of memory", resource: cluster("{ min: 8, max: 16 }"), days: 8,
            // 16 ACU are 34.36 GB, of which 28 GB are free: 6.36 GB are 2.96 ACU.
            loads: load(8, of: 16, cpu: 2).merging([.freeableMemory: steady(28_000)]) { $1 },
            expected: Expected(
                actions: ["lower_capacity 3 ACU"], kind: "lower_capacity", clears: nil, before: "702.80", after: "264.80",
                reasons: ["floor_too_high"], alarms: [])),
        Situation(
            name: "Aurora with a floor of 8 ACU, of which there are 20 hours", resource: cluster("{ min: 8, max: 16 }"),
            hours: 20,
            loads: load(8, of: 16, cpu: 2),
            // Whether it needs 8 ACU on another day of the week is not known yet.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "702.80", after: "702.80", reasons: ["cold_start"],
                absent: ["floor_too_high", "instance_instead"], alarms: [])),
        Situation(
            name: "Aurora idle at its floor of 0.5 ACU", resource: cluster("{ min: 0.5, max: 2 }"), days: 8,
            loads: load(0.5, of: 2, cpu: 5, connections: 0),
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "45.80", after: "45.80", reasons: ["could_pause"],
                absent: ["floor_too_high"])),
        Situation(
            name: "Aurora at its maximum of 2 ACU", resource: cluster("{ min: 0.5, max: 2 }"), loads: load(2, of: 2, cpu: 96),
            // How much more it needs is only seen with a higher maximum: the bill stays at 2 ACU for now.
            expected: Expected(
                actions: ["raise_capacity 4 ACU"], kind: "raise_capacity", clears: nil, before: "177.20", after: "177.20",
                caveats: ["alarm_uncertain ACU utilization", "alarm_uncertain Serverless capacity"],
                reasons: ["demand_cut_off"], absent: ["capacity_fits", "instance_instead", "never_pauses"],
                alarms: ["aurora-at-maximum", "capacity-at-maximum"])),
    ]
}
