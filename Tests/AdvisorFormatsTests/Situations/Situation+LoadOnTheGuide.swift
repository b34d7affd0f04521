import AdvisorCore

/// Load that the deployment guide has rules for. The costs are from scripts/situations.py; `clears` by hand: micro to large and
/// m7g.large have 2 vCPUs, so that CPU stays; xlarge has 4, which halves it; 2 ACU are one vCPU, so that 0.5 to 2 ACU hold
/// 50 % of micro's CPU.
extension Situation {
    static let onTheGuide: [Situation] = cpuLoads + otherLoads

    private static let cpuLoads: [Situation] = [
        Situation(
            name: "CPU at 81 % all the time", loads: well([.cpu: steady(81)]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: "91.72", after: "92.46",
                caveats: ["alarm_remains CPU"],
                candidates: [
                    "db.t4g.small": "no 92.46", "db.t4g.medium": "no 116.54", "db.t4g.large": "no 152.32",
                    "db.m7g.large": "no 124.94", "db.t4g.xlarge": "yes 191.74", "db.m7g.xlarge": "yes 248.31",
                    "aurora-serverless-v2": "yes 614.20",
                ], reasons: ["cheapest_that_clears", "try_first"])),
        Situation(
            name: "CPU at 81 % all the time, policy projected",
            head: "name: S\nstage: launch\nfunding: { round: pre-seed }\nstack: []\npolicy: { moves: projected }\n",
            loads: well([.cpu: steady(81)]),
            expected: Expected(
                actions: ["move db.t4g.xlarge"], kind: "move", clears: true, before: "91.72", after: "191.74",
                candidates: ["db.t4g.xlarge": "yes 191.74"], reasons: ["cheapest_chosen"])),
        Situation(
            name: "CPU at 85 % in business hours", now: "2026-03-13T12:00:00Z", days: 7,
            loads: well([.cpu: { $0.weekday < 5 && (9..<18).contains($0.hour) ? 85 : 10 }]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: "35.98", after: "36.71",
                caveats: ["alarm_remains CPU"],
                candidates: ["db.t4g.small": "no 36.71", "db.t4g.xlarge": "yes 190.64"])),
        Situation(
            name: "CPU at 85 % an hour a night", days: 8, loads: well([.cpu: { $0.hour == 23 ? 85 : 4 }]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: "13.98", after: "25.66",
                caveats: ["alarm_remains CPU", "burst_carried"],
                candidates: ["db.t4g.small": "no 25.66", "db.t4g.xlarge": "yes 190.64"], reasons: ["burst_carried"])),
        Situation(
            name: "CPU at 95 % two hours a night, seen at noon", now: "2026-03-16T12:00:00Z", days: 8,
            loads: well([.cpu: { $0.hour == 23 || $0.hour == 0 ? 95 : 4 }]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: "15.71", after: "25.66",
                caveats: ["alarm_remains CPU"],
                candidates: ["db.t4g.small": "no 25.66", "db.t4g.xlarge": "yes 190.64"], reasons: ["stabilizing"])),
        Situation(
            name: "CPU at 91 %, of which there is no sample for 30 hours",
            loads: well([.cpu: { $0.daysAgo > 0 && !($0.daysAgo == 1 && $0.hour >= 18) ? 91 : nil }]),
            expected: Expected(
                actions: [], kind: "unknown", clears: nil, before: "102.68", after: "102.68",
                candidates: [
                    "db.t4g.micro": "unknown 102.68", "db.t4g.small": "unknown 103.40", "db.m7g.large": "unknown 124.94",
                    "db.t4g.xlarge": "unknown 202.68",
                ], reasons: ["data_missing"])),
    ]

    private static let otherLoads: [Situation] = [
        Situation(
            name: "queries take 633 ms, CPU is not busy", loads: well([.queryLatency: steady(633)]),
            // No tier is known to make them faster: not Aurora either, only because the rule names RDS.
            expected: Expected(
                actions: ["add_replica 1"], kind: "add_replica", clears: nil, before: "24.93", after: "38.91",
                caveats: ["alarm_uncertain Query response"],
                candidates: [
                    "db.t4g.small": "unknown 25.66", "db.t4g.xlarge": "unknown 190.64", "aurora-serverless-v2": "unknown 176.20",
                ], reasons: ["no_tier_clears", "try_first"])),
        Situation(
            name: "1,100 active users", loads: well([.activeUsers: steady(1100)]),
            expected: Expected(
                actions: ["plan db.t4g.small"], kind: "plan", clears: true, before: "24.93", after: "24.93",
                candidates: ["db.t4g.small": "yes 25.66", "db.t4g.medium": "yes 49.75"])),
        Situation(
            name: "5,500 active users", loads: well([.activeUsers: steady(5500)]),
            // The guide rates small for 10,000: a larger class is at least as good. 20 % of micro are 1 ACU: 2 x 1 x 730 x
            // $0.12 + $1.00 for the 10 GiB that the catalog bills at least (6.0 GiB are used).
            expected: Expected(
                actions: ["move aurora-serverless-v2"], kind: "move", clears: true, before: "24.93", after: "176.20",
                candidates: [
                    "db.t4g.small": "yes 25.66", "db.t4g.medium": "yes 49.75", "db.t4g.xlarge": "yes 190.64",
                    "aurora-serverless-v2": "yes 176.20",
                ], reasons: ["cheaper_alternative"])),
        Situation(
            name: "12,000 active users on small, quiet for 15 days", resource: Self.small, days: 15,
            loads: well([.cpu: steady(5), .freeableMemory: steady(1700), .activeUsers: steady(12_000)]),
            expected: Expected(
                actions: ["move aurora-serverless-v2"], kind: "move", clears: true, before: "25.66", after: "88.60",
                candidates: ["db.t4g.medium": "unknown 49.75", "aurora-serverless-v2": "yes 88.60"])),
        Situation(
            name: "CPU at 91 %, queries of 633 ms and 5,500 users",
            loads: well([.cpu: steady(91), .queryLatency: steady(633), .activeUsers: steady(5500)]),
            // 91 % of 2 vCPUs are 3.64, so 4 ACU of at most 5.5: 2 x 4 x 730 x $0.12 + $1.00. CPU is never under 80 %, so that
            // nothing is known of queries at another load.
            expected: Expected(
                actions: ["move aurora-serverless-v2"], kind: "move", clears: nil, before: "102.68", after: "701.80",
                caveats: ["alarm_uncertain Query response"],
                candidates: [
                    "db.t4g.small": "no 103.40", "db.t4g.xlarge": "unknown 202.68", "db.m7g.xlarge": "unknown 248.31",
                    "aurora-serverless-v2": "unknown 701.80",
                ], reasons: ["no_tier_clears", "capacity_too_low"], absent: ["cheapest_that_clears"])),
        Situation(
            name: "16.5 GB stored on 20 GiB", loads: well([.freeStorage: steady(5)]),
            // 30 GiB: $1.15 more; the rule of larger volumes begins at 24.2 GB.
            expected: Expected(
                actions: ["grow_storage 30 GiB"], kind: "grow_storage", clears: true, before: "24.93", after: "26.08",
                candidates: ["db.t4g.micro": "no 24.93", "db.t4g.small": "no 25.66", "aurora-serverless-v2": "yes 176.73"],
                reasons: ["storage_never_shrinks"])),
        Situation(
            name: "growth in production: 5,500 users, 16.5 GB on 20 GiB, Single-AZ",
            head: "name: S\nstage: growth\nfunding: { round: pre-seed }\nstack: []\n",
            resource:
                "environment: prod, tier: db.t4g.micro, engine: postgres 15, allocated_storage: 20GiB, multi_az: false, replicas: 0",
            loads: well([.activeUsers: steady(5500), .freeStorage: steady(5)]),
            // Aurora's storage grows by itself (15.34 GiB are used), and the guide's cluster has a reader in another zone. A class
            // of RDS needs 30 GiB and a standby for that: small is $47.45 and 30 x $0.23.
            expected: Expected(
                actions: ["move aurora-serverless-v2"], kind: "move", clears: true, before: "24.93", after: "176.73",
                candidates: [
                    "db.t4g.micro": "no 24.93", "db.t4g.small": "yes 54.35", "db.m7g.large": "yes 252.91",
                    "aurora-serverless-v2": "yes 176.73",
                ], reasons: ["made_needless", "cheaper_alternative"])),
    ]

    /// db.t4g.small as the guide declares it.
    static let small = "tier: db.t4g.small, engine: postgres 15, allocated_storage: 20GiB, multi_az: false, replicas: 0"
}
