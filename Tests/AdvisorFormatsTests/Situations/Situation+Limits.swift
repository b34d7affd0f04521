import AdvisorCore
import AdvisorTestSupport

/// Hard limits of AWS and Supabase. `clears` by hand: small holds 190 connections and 2 GiB, twice as many and as much as micro.
extension Situation {
    static let limits: [Situation] = machineLimits + storageLimits + otherLimits

    private static let machineLimits: [Situation] = [
        Situation(
            name: "78 of 80 connections", loads: well([.connections: steady(78)]),
            // 78 is more than 95 % of 80, and less than 80 % of 190; 2 ACU hold 400.
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: true, before: "24.93", after: "25.66",
                candidates: [
                    "db.t4g.small": "yes 25.66", "db.t4g.medium": "yes 49.75", "db.t4g.large": "yes 96.47",
                    "aurora-serverless-v2": "yes 176.20",
                ], reasons: ["try_first"], alarms: ["connections-over-80", "connections-over-95"])),
        Situation(
            name: "70 of 80 connections", loads: well([.connections: steady(70)]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: true, before: "24.93", after: "25.66",
                candidates: ["db.t4g.small": "yes 25.66"], reasons: ["try_first"], alarms: ["connections-over-80"])),
        Situation(
            name: "60 of 80 connections", loads: well([.connections: steady(60)]),
            // 60 of the 64 at which the alarm is: nearer than anything else.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "24.93", after: "24.93", reasons: ["nearest_threshold"],
                alarms: [])),
        Situation(
            name: "80 MB of memory free", loads: well([.freeableMemory: steady(80)]),
            // 10 % of 1 GiB are 107 MB; small has 1 GiB more. What Aurora would have free is unknown.
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: true, before: "24.93", after: "25.66",
                candidates: [
                    "db.t4g.small": "yes 25.66", "db.t4g.medium": "yes 49.75", "aurora-serverless-v2": "unknown 176.20",
                ], reasons: ["try_first"], alarms: ["memory-low"])),
        Situation(
            name: "300 MB swapped out", loads: well([.swapUsage: steady(300)]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: true, before: "24.93", after: "25.66",
                candidates: ["db.t4g.small": "yes 25.66"], alarms: ["swap-used"])),
        Situation(
            name: "small at 95 % CPU, which the guide does not cover", resource: Situation.small,
            loads: well([.cpu: steady(95), .freeableMemory: steady(1000)]),
            // Only 4 vCPUs halve the load.
            expected: Expected(
                actions: ["move db.t4g.xlarge"], kind: "move", clears: true, before: "107.78", after: "207.06",
                candidates: [
                    "db.t4g.medium": "no 131.88", "db.m7g.large": "no 124.94", "db.t4g.xlarge": "yes 207.06",
                    "db.m7g.xlarge": "yes 248.31",
                ], reasons: ["try_first"], alarms: ["cpu-saturated"])),
    ]

    private static let storageLimits: [Situation] = [
        Situation(
            name: "18.5 GB stored on 20 GiB", loads: well([.freeStorage: steady(2.974_836_48)]),
            // 86 % of 21.47 GB; 30 GiB raise the guide's limit to 22.5 GB at least.
            expected: Expected(
                actions: ["grow_storage 30 GiB"], kind: "grow_storage", clears: true, before: "24.93", after: "26.08",
                alarms: ["storage-over-15gb", "storage-nearly-full"])),
        Situation(
            name: "the volume's burst balance is at 10 %", loads: well([MetricID("burst_balance"): steady(10)]),
            // Only gp2 has the metric, and gp3 costs the same.
            expected: Expected(
                actions: ["convert_storage gp3"], kind: "convert_storage", clears: true, before: "24.93", after: "24.93",
                candidates: ["db.t4g.small": "no 25.66", "aurora-serverless-v2": "unknown 176.20"],
                absent: ["no_action_known"], alarms: ["burst-balance-low"])),
        Situation(
            name: "25 disk requests wait", loads: well([.diskQueueDepth: steady(25)]),
            expected: Expected(
                actions: [], kind: "unknown", clears: nil, before: "24.93", after: "24.93",
                candidates: ["aurora-serverless-v2": "unknown 176.20"], reasons: ["no_action_known"],
                alarms: ["disk-queue-deep"], options: [:])),
        Situation(
            name: "2,900 IOPS of gp3's 3,000",
            loads: well([MetricID("read_iops"): steady(2000), MetricID("write_iops"): steady(900)]),
            // micro sustains 500 IOPS whatever its volume, small 1,000; t4g.large 4,000: $94.17 and 400 GiB, $140.17. On Aurora 2,900
            // requests a second are $1,524.24 a month.
            expected: Expected(
                actions: [], kind: "unknown", clears: nil, before: "24.93", after: "24.93",
                candidates: ["db.t4g.small": "no 25.66", "aurora-serverless-v2": "unknown 1700.44"], reasons: ["option_ends"],
                absent: ["no_action_known"], alarms: ["iops-near-ceiling"], options: ["larger_class": "115.24"])),
    ]

    private static let otherLimits: [Situation] = [
        Situation(
            name: "the replica is a minute behind", loads: well([.replicaLag: steady(60)]),
            expected: Expected(
                actions: [], kind: "unknown", clears: nil, before: "24.93", after: "24.93", reasons: ["no_action_known"],
                alarms: ["replica-lags"])),
        Situation(
            name: "Supabase free with 378 MB", resource: "tier: supabase-free", loads: [.databaseSize: steady(378)],
            expected: Expected(
                actions: [], kind: "unknown", clears: nil, before: "0.00", after: "0.00",
                reasons: ["data_missing", "nearest_threshold"],
                alarms: [])),
        Situation(
            name: "Supabase free with 464 MB", resource: "tier: supabase-free", loads: [.databaseSize: steady(464)],
            // RDS bills what is allocated, at least 20 GiB; nothing is known of CPU there.
            expected: Expected(
                actions: ["move db.t4g.micro"], kind: "move", clears: nil, before: "0.00", after: nil,
                caveats: ["limit_uncertain load_unknown"], candidates: ["supabase-pro": "unknown 25.00"],
                alarms: ["supabase-database-size", "supabase-read-only-near"], options: ["larger_plan": "25.00"])),
    ]
}
