import AdvisorCore
import AdvisorTestSupport

/// Storage that is not the guide's, databases that do little, budgets, environments, versions. Costs from scripts/situations.py.
extension Situation {
    static let more: [Situation] = largerStorage + littleLoad + money + environments

    private static func micro(_ storage: Int) -> String {
        "tier: db.t4g.micro, engine: postgres 15, allocated_storage: \(storage)GiB, multi_az: false, replicas: 0"
    }

    private static let largerStorage: [Situation] = [
        Situation(
            name: "170 GB stored on 200 GiB", resource: micro(200), loads: well([.freeStorage: steady(44.748_364_8)]),
            // 79 % of 214.7 GB; AWS accepts at least 10 % more, 220 GiB, of which 75 % are 177.2 GB.
            expected: Expected(
                actions: ["grow_storage 220 GiB"], kind: "grow_storage", clears: true, before: "45.63", after: "47.93",
                absent: ["more_operations"], alarms: ["storage-over-three-quarters"], options: ["storage_autoscaling": "0.00"])),
        Situation(
            name: "340 GB stored on 395 GiB", resource: micro(395), loads: well([.freeStorage: steady(84.128_020_48)]),
            // 80 % of 424.1 GB; 10 % more are 435 GiB, above the 400 GiB from which gp3 includes 12,000 IOPS.
            expected: Expected(
                actions: ["grow_storage 435 GiB"], kind: "grow_storage", clears: true, before: "68.06", after: "72.66",
                reasons: ["more_operations", "storage_never_shrinks"], alarms: ["storage-over-three-quarters"])),
        Situation(
            name: "2,900 IOPS on 200 GiB", resource: micro(200),
            loads: well([MetricID("read_iops"): steady(2000), MetricID("write_iops"): steady(900), .freeStorage: steady(150)]),
            // 200 GiB more include 12,000 IOPS, of which micro sustains 500: t4g.large with 400 GiB is $140.17.
            expected: Expected(
                actions: [], kind: "unknown", clears: nil, before: "45.63", after: "45.63", reasons: ["option_ends"],
                alarms: ["iops-near-ceiling"], options: ["larger_class": "94.54"])),
        Situation(
            name: "2,900 IOPS of gp3's 3,000 on t4g.large",
            resource: "tier: db.t4g.large, engine: postgres 15, allocated_storage: 200GiB, multi_az: false, replicas: 0",
            loads: well([
                MetricID("read_iops"): steady(2000), MetricID("write_iops"): steady(900), .freeStorage: steady(150),
                .freeableMemory: steady(3000),
            ]),
            // It sustains 4,000: 200 GiB more of storage.
            expected: Expected(
                actions: [], kind: "unknown", clears: nil, before: "117.17", after: "117.17", reasons: ["option_ends"],
                alarms: ["iops-near-ceiling"], options: ["larger_volume": "23.00"])),
    ]

    private static let littleLoad: [Situation] = [
        Situation(
            name: "credits exhausted at 30 % all the time", loads: well([.cpu: steady(30), .creditBalance: steady(0)]),
            // 20 % above the baseline of 2 vCPUs: $21.90.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "35.88", after: "35.88", reasons: ["surplus_credits"],
                absent: ["credits_suffice"], alarms: [])),
        Situation(
            name: "no connection for 15 days", days: 15, loads: well([.cpu: steady(3), .connections: steady(0)]),
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "13.98", after: "13.98", alarms: ["database-idle"])),
        Situation(
            name: "5 % of small for 15 days", resource: small, days: 15,
            loads: well([.cpu: steady(5), .freeableMemory: steady(1700)]),
            // Micro has 1 GiB, of which 447 MB are used.
            expected: Expected(
                actions: ["move db.t4g.micro"], kind: "move", clears: nil, before: "25.66", after: "13.98",
                reasons: ["fits_smaller"], alarms: ["database-oversized"], options: [:])),
        Situation(
            name: "m7g.large at 70 % for 15 days",
            resource: "tier: db.m7g.large, engine: postgres 15, allocated_storage: 20GiB, multi_az: false, replicas: 0", days: 15,
            loads: well([.cpu: steady(70), .freeableMemory: steady(3000)]),
            // t4g.large costs $96.47 and $43.80 of credits, medium has too little memory.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "124.94", after: "124.94", alarms: [],
                options: [
                    "commitment reserved-1-year": "-36.79", "commitment reserved-3-years": "-73.58",
                    "commitment savings-plan": "-24.53",
                ])),
        Situation(
            name: "t4g.large at 81 % for 8 days",
            resource: "tier: db.t4g.large, engine: postgres 15, allocated_storage: 20GiB, multi_az: false, replicas: 0", days: 8,
            loads: well([.cpu: steady(81), .freeableMemory: steady(3000)]),
            // $152.32 with credits, $124.94 on m7g.large.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "152.32", after: "152.32", alarms: [],
                options: ["class_without_credits": "-27.38"])),
    ]

    private static func daily(_ dollars: Double) -> Load {
        { moment in Double(moment.time.milliseconds - 1_772_323_200_000) / 86_400_000 * dollars }
    }

    private static let money: [Situation] = [
        Situation(
            name: "$4 a day without a budget", charges: daily(4), days: 15, loads: well([:]),
            // $60 on the 16th, over the guide's $50.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "24.93", after: "24.93",
                accountAlarms: ["monthly-charges-over-50", "month-end-over-50"])),
        Situation(
            name: "$4 a day with a budget of $80",
            head: "name: S\nstage: launch\nfunding: { round: pre-seed }\nbudget: { monthly: $80 }\nstack: []\n",
            charges: daily(4), days: 15, loads: well([:]),
            // $60 so far, $124 by month end.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "24.93", after: "24.93", accountAlarms: ["month-end-over-50"])),
        Situation(
            name: "$2 a day with a budget of $80",
            head: "name: S\nstage: launch\nfunding: { round: pre-seed }\nbudget: { monthly: $80 }\nstack: []\n",
            charges: daily(2), days: 15, loads: well([:]),
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "24.93", after: "24.93", accountAlarms: [])),
        Situation(
            name: "CPU at 81 % all the time with a budget of $50",
            head: "name: S\nstage: launch\nfunding: { round: pre-seed }\nbudget: { monthly: $50 }\nstack: []\n",
            loads: well([.cpu: steady(81)]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: "91.72", after: "92.46",
                caveats: ["alarm_remains CPU"], reasons: ["over_budget_either_way"])),
    ]

    private static let environments: [Situation] = [
        Situation(
            name: "prod and dev in the growth stage", head: "name: S\nstage: growth\nfunding: { round: pre-seed }\nstack: []\n",
            resource: "environment: prod, \(micro(20))",
            others: "  - { id: dev, kind: database, environment: dev, \(micro(20)) }\n", loads: well([:]),
            // Only production gets a standby: $27.96 and $10.95 of credits.
            expected: Expected(
                actions: ["enable_multi_az Multi-AZ"], kind: "enable_multi_az", clears: true, before: "24.93", after: "38.91",
                others: ["dev": []])),
        Situation(
            name: "dev is used on working days", resource: "environment: dev, \(micro(20))", days: 8,
            loads: well([.cpu: { $0.weekday < 5 && (9..<18).contains($0.hour) ? 20 : 3 }]),
            // 50 of 168 hours: $8.20 of $11.68.
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: "13.98", after: "13.98", alarms: [],
                options: ["stop_at_night": "-8.20"])),
        Situation(
            name: "the class is not declared", resource: "engine: postgres 15, allocated_storage: 20GiB", loads: well([:]),
            expected: Expected(
                actions: [], kind: "unknown", clears: nil, before: nil, after: nil, reasons: ["tier_not_set"], options: [:])),
        Situation(
            name: "5,500 active users on PostgreSQL 12.19",
            resource: "tier: db.t4g.micro, engine: postgres 12.19, allocated_storage: 20GiB, multi_az: false, replicas: 0",
            loads: well([.activeUsers: steady(5500)]),
            // $13.98, $146.00 of Extended Support and $10.95 of credits. After the upgrade small carries 5,500 users for $25.66, and
            // Aurora costs 2 x 1 x 730 x $0.12 + $1.00.
            expected: Expected(
                actions: ["upgrade_engine PostgreSQL 17", "move aurora-serverless-v2"], kind: "upgrade_engine", clears: true,
                before: "170.93", after: "176.20",
                candidates: ["db.t4g.small": "yes 25.66", "aurora-serverless-v2": "yes 176.20"],
                reasons: ["cheaper_alternative", "extended_support_billed"])),
        Situation(
            name: "5,500 active users on MySQL 5.7.44",
            resource: "tier: db.t4g.micro, engine: mysql 5.7.44, allocated_storage: 20GiB, multi_az: false, replicas: 0",
            loads: well([.activeUsers: steady(5500)]),
            // $13.98, $292.00 in the third year, $10.95. Supabase is PostgreSQL; Aurora runs MySQL 8.0 and newer.
            expected: Expected(
                actions: ["upgrade_engine MySQL 8.4", "move aurora-serverless-v2"], kind: "upgrade_engine", clears: true,
                before: "316.93", after: "176.20",
                candidates: [
                    "supabase-pro": "no 25.00", "db.t4g.small": "yes 25.66", "aurora-serverless-v2": "yes 176.20",
                ], reasons: ["cheaper_alternative"])),
    ]
}
