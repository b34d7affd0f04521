import Foundation
import Testing

@testable import AdvisorCore

@Suite("Tier choice policy")
struct PolicyTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var stage: Stage?
        var round: FundingRound?
        let priority: Stack.Priority
        var testDescription: String {
            "\(stage?.rawValue ?? "no stage"), \(round?.rawValue ?? "no round"): \(priority.rawValue) first"
        }
    }

    static let rows = [
        Row(priority: .cost), Row(stage: .mvp, priority: .cost), Row(stage: .mvp, round: .seed, priority: .cost),
        Row(stage: .mvp, round: .seriesA, priority: .headroom), Row(stage: .launch, priority: .cost),
        Row(stage: .launch, round: .preSeed, priority: .cost), Row(stage: .launch, round: .seed, priority: .headroom),
        Row(stage: .growth, priority: .headroom), Row(round: .later, priority: .headroom),
    ]

    @Test("before product-market fit cost comes first, after a round headroom", arguments: rows)
    func priority(_ row: Row) {
        var stack = Stack()
        (stack.stage, stack.funding) = (row.stage, Stack.Funding(round: row.round))
        #expect(stack.priority == row.priority)
    }

    private static func candidate(_ tier: String, _ cost: Decimal?, clears: Bool?, roomy: Bool? = false)
        -> Recommendation.Candidate
    {
        let projection = Projection(
            tier: tier, outcomes: [], expected: cost.map { Money($0) }, surplus: nil, cpu: nil, hasHeadroom: roomy, fits: [])
        return Recommendation.Candidate(
            tier: tier, monthlyCost: cost.map { Money($0) }, maximumMonthlyCost: nil, clears: clears, unclear: [], whyNot: [],
            projection: projection)
    }

    private static let context = RecommendationContext(
        outlook: TierAnalysis(
            projections: [], credits: nil, breakEvens: [], aurora: nil, auroraCost: nil, auroraStackAtRest: nil,
            auroraStackAtMost: nil, crossings: [], days: 14, tierSince: nil, isBurst: false),
        stack: Stack(), now: Timestamp(seconds: 1_767_225_600))

    @Test("the cheapest that clears, or the cheapest with a fifth to spare; an unknown bill or verdict is never chosen")
    func choice() {
        let candidates = [
            Self.candidate("breached", 10, clears: false), Self.candidate("unclear", 11, clears: nil),
            Self.candidate("unpriced", nil, clears: true, roomy: true), Self.candidate("tight", 20, clears: true),
            Self.candidate("roomy", 30, clears: true, roomy: true), Self.candidate("bigger", 90, clears: true, roomy: true),
        ]
        #expect(Self.context.choice(among: candidates, priority: .cost)?.tier == "tight")
        #expect(Self.context.choice(among: candidates, priority: .headroom)?.tier == "roomy")
        #expect(Self.context.choice(among: Array(candidates.prefix(4)), priority: .headroom)?.tier == "tight")
        #expect(Self.context.choice(among: Array(candidates.prefix(3)), priority: .cost) == nil)
    }

    @Test("a rule is followed while it stands and for a day after it left ALARM, unless it gives way")
    func followed() {
        let now = Timestamp(seconds: 1_767_225_600)
        func finding(_ state: AlarmState, left: Duration?) -> Finding {
            var finding = Finding(rule: Fixtures.rule("avg(cpu) > 80%"), resource: "db", state: state, evidence: Evidence())
            finding.leftAlarm = left.map { now - $0 }
            return finding
        }
        #expect(RecommendationContext.isFollowed(finding(.alarm, left: nil), at: now))
        #expect(RecommendationContext.isFollowed(finding(.ok, left: .seconds(3600)), at: now))
        #expect(!RecommendationContext.isFollowed(finding(.ok, left: .seconds(86_400)), at: now))
        #expect(!RecommendationContext.isFollowed(finding(.ok, left: nil), at: now))
        var inhibited = finding(.alarm, left: nil)
        inhibited.held = .inhibited(by: "other")
        #expect(!RecommendationContext.isFollowed(inhibited, at: now))
    }
}
