import AdvisorCore

/// Hours of data, and credits that were measured. Costs from scripts/situations.py.
extension Situation {
    static let coldStart: [Situation] = [
        Situation(
            name: "CPU at 81 %, of which there are 5 hours", hours: 5, loads: well([.cpu: steady(81)]),
            // The alarm is known, and that two vCPUs as now do not end it; what credits cost, and which tier would end it, is not.
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: nil, after: nil,
                caveats: ["alarm_remains CPU"],
                candidates: ["db.t4g.small": "no unknown", "db.t4g.xlarge": "unknown unknown", "db.m7g.large": "no 124.94"],
                reasons: ["cold_start", "try_first"],
                absent: ["cheapest_that_clears", "no_tier_clears", "surplus_credits", "surplus_credits_compared"])),
        Situation(
            name: "CPU at 81 %, of which there are 5 hours, policy projected",
            head: "name: S\nstage: launch\nfunding: { round: pre-seed }\nstack: []\npolicy: { moves: projected }\n", hours: 5,
            loads: well([.cpu: steady(81)]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: nil, after: nil,
                caveats: ["alarm_remains CPU"], reasons: ["cold_start", "guide_target_kept"], absent: ["cheapest_chosen"])),
        Situation(
            name: "quiet for 5 hours on small", resource: small, hours: 5,
            loads: well([.cpu: steady(5), .freeableMemory: steady(1700)]),
            expected: Expected(
                actions: [], kind: "stay", clears: nil, before: nil, after: nil, reasons: ["cold_start"],
                absent: ["fits_smaller", "surplus_credits"], alarms: [])),
        Situation(
            name: "CPU at 81 %, and CloudWatch charged half the credits",
            loads: well([.cpu: steady(81), .surplusCreditsCharged: steady(40)]),
            // 40 credits an hour are $36.50 a month, the load explains $77.74; small's $66.80 by the load are scaled alike.
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: "50.48", after: "57.02",
                caveats: ["alarm_remains CPU"], candidates: ["db.t4g.small": "no 57.02"],
                reasons: ["surplus_credits_differ", "surplus_credits_compared"])),
        Situation(
            name: "CPU at 81 %, and CloudWatch charged nearly as many credits as the load explains",
            loads: well([.cpu: steady(81), .surplusCreditsCharged: steady(80)]),
            expected: Expected(
                actions: ["move db.t4g.small"], kind: "move", clears: false, before: "86.98", after: "88.38",
                caveats: ["alarm_remains CPU"], reasons: ["surplus_credits_compared"], absent: ["surplus_credits_differ"])),
    ]
}
