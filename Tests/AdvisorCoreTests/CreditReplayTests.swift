@testable import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("CPU credits")
struct CreditReplayTests {
    private static let start = Timestamp(seconds: 1_767_225_600)
    private static let price = Price(usd: Decimal(string: "0.075"), source: "AWS Price List", asOf: "2026-10-06")
    private static let micro = Tier.Credits(perHour: 12, maximumBalance: 288, baseline: 0.1, surplusPrice: price)
    private static let small = Tier.Credits(perHour: 24, maximumBalance: 576, baseline: 0.2, surplusPrice: price)

    /// Loads of a length, one after the other.
    private static func loads(_ shares: [Double], minutes: Int64) -> [Load] {
        shares.enumerated().map {
            Load(start: start + .seconds(Int64($0) * minutes * 60), length: .seconds(minutes * 60), share: $1)
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let credits: Tier.Credits
        var shares: [Double]
        var minutes: Int64 = 60
        var begin = 0.0
        let balance: Double
        let surplus: Double
        let charged: Double
        let cost: String
    }

    // By hand: an hour of 80 % on two vCPUs spends 96 credits; micro earns 12, small 24. 60 credits are a vCPU-hour of $0.075.
    static let table = [
        Row(
            testDescription: "micro, idle for a day: 24 × 12 = 288, the most it keeps", credits: micro,
            shares: [Double](repeating: 0, count: 24), balance: 288, surplus: 0, charged: 0, cost: "0.00"),
        Row(
            testDescription: "small, idle for a day: 24 × 24 = 576", credits: small, shares: [Double](repeating: 0, count: 24),
            balance: 576, surplus: 0, charged: 0, cost: "0.00"),
        Row(
            testDescription: "at the baseline nothing changes", credits: micro, shares: [Double](repeating: 0.1, count: 24),
            begin: 100, balance: 100, surplus: 0, charged: 0, cost: "0.00"),
        Row(
            testDescription: "micro, an hour at 80 % from a full balance: 288 + 12 - 96", credits: micro, shares: [0.8],
            begin: 288,
            balance: 204, surplus: 0, charged: 0, cost: "0.00"),
        Row(
            testDescription: "micro, four hours at 80 % from full: 288 - 336 = 48 spent in advance, nothing charged",
            credits: micro,
            shares: [0.8, 0.8, 0.8, 0.8], begin: 288, balance: 0, surplus: 48, charged: 0, cost: "0.00"),
        Row(
            testDescription: "idle hours pay back what was spent in advance: 48 - 36", credits: micro,
            shares: [0.8, 0.8, 0.8, 0.8, 0, 0, 0], begin: 288, balance: 0, surplus: 12, charged: 0, cost: "0.00"),
        Row(
            testDescription: "micro, eight hours at 80 % from full: 288 - 672 + 288 allowed = 96 charged, 1.6 vCPU-hours",
            credits: micro,
            shares: [Double](repeating: 0.8, count: 8), begin: 288, balance: 0, surplus: 288, charged: 96, cost: "0.12"),
        Row(
            testDescription: "micro, a month of 80 % from nothing: 730 × 84 - 288 = 61,032", credits: micro,
            shares: [Double](repeating: 0.8, count: 730), balance: 0, surplus: 288, charged: 61_032, cost: "76.29"),
        Row(
            testDescription: "small, the same month: 730 × 72 - 576 = 51,984", credits: small,
            shares: [Double](repeating: 0.8, count: 730), balance: 0, surplus: 576, charged: 51_984, cost: "64.98"),
        Row(
            testDescription: "micro, a month of 80 % in five-minute steps is the same", credits: micro,
            shares: [Double](repeating: 0.8, count: 730 * 12), minutes: 5, balance: 0, surplus: 288, charged: 61_032,
            cost: "76.29"),
        Row(
            testDescription: "micro, an hour at 80 % each night for a week, 5 % else: (115 × 2 - 84) a night is earned",
            credits: micro,
            shares: (0..<7).flatMap { _ in [Double](repeating: 0.05, count: 23) + [0.8] }, balance: 204, surplus: 0, charged: 0,
            cost: "0.00"),
    ]

    @Test("the replay equals the calculation by hand", arguments: table)
    func replay(_ row: Row) throws {
        let replay = CreditReplay(
            Self.loads(row.shares, minutes: row.minutes), credits: row.credits, vcpu: 2, balance: row.begin)
        let last = try #require(replay.steps.last)
        #expect(abs(last.balance - row.balance) < 1e-6)
        #expect(abs(last.surplus - row.surplus) < 1e-6)
        let charged = replay.charged(from: Self.start)
        #expect(abs(charged - row.charged) < 1e-4)
        #expect(row.credits.cost(ofSurplus: charged)?.cents == row.cost)
    }

    @Test("an unknown price gives an unknown cost, never nothing")
    func unknownPrice() {
        let credits = Tier.Credits(perHour: 12, maximumBalance: 288, baseline: 0.1, surplusPrice: nil)
        #expect(credits.cost(ofSurplus: 60) == nil)
    }

    @Test(
        "the balance stays between nothing and its most, and more load is never charged less",
        arguments: SlowTests.seeds(60, quick: 12))
    func laws(_ seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        let credits = seed.isMultiple(of: 2) ? Self.micro : Self.small
        let minutes: Int64 = [1, 5, 15, 60].randomElement(using: &generator) ?? 5
        let ceiling = Double.random(in: 0.1...1, using: &generator)
        let shares = (0..<600).map { _ in Double.random(in: 0...ceiling, using: &generator) }
        // Some loads rise, the others stay.
        let more = shares.map { Bool.random(using: &generator) ? min(1, $0 + Double.random(in: 0...0.5, using: &generator)) : $0 }
        let begin = Double.random(in: 0...credits.maximumBalance, using: &generator)
        let low = CreditReplay(Self.loads(shares, minutes: minutes), credits: credits, vcpu: 2, balance: begin)
        let high = CreditReplay(Self.loads(more, minutes: minutes), credits: credits, vcpu: 2, balance: begin)
        for (one, other) in zip(low.steps, high.steps) {
            #expect((0...credits.maximumBalance).contains(one.balance))
            #expect((0...credits.perHour * 24).contains(one.surplus))
            #expect(one.charged >= 0 && one.charged <= other.charged + 1e-9)
            #expect(one.balance == 0 || one.surplus == 0)
        }
        // Nothing is lost but what the balance cannot hold.
        let spent = shares.reduce(0) { $0 + $1 * 2 * Double(minutes) }
        let earned = credits.perHour / 60 * Double(minutes) * Double(shares.count)
        let end = (low.steps.last?.balance ?? 0) - (low.steps.last?.surplus ?? 0)
        #expect(begin + earned - spent + low.charged(from: Self.start) >= end - 1e-6)
    }

    @Test(
        "what loads are charged when they come again and again is what the thirtieth time is",
        arguments: SlowTests.seeds(60, quick: 12))
    func lasting(_ seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        let credits = seed.isMultiple(of: 2) ? Self.micro : Self.small
        let ceiling = Double.random(in: 0.1...0.9, using: &generator)
        let loads = Self.loads((0..<72).map { _ in Double.random(in: 0...ceiling, using: &generator) }, minutes: 60)
        let begin = Double.random(in: 0...credits.maximumBalance, using: &generator)
        var standing = begin
        var charged = 0.0
        for _ in 0..<30 {
            let replay = CreditReplay(
                loads, credits: credits, vcpu: 2, balance: max(standing, 0), surplus: max(-standing, 0))
            charged = replay.charged(from: Self.start)
            standing = replay.steps.last?.standing ?? 0
        }
        #expect(abs(CreditReplay.lasting(loads, credits: credits, vcpu: 2, present: begin) - charged) < 1e-6)
    }

    @Test("a balance that is being spent is no pace: a week of 25 % on small is charged what exceeds 20 %, for ever")
    func spending() {
        let loads = Self.loads([Double](repeating: 0.25, count: 168), minutes: 60)
        let once = CreditReplay(loads, credits: Self.small, vcpu: 2, balance: 576)
        #expect(once.charged(from: Self.start) == 0)
        let lasting = CreditReplay.lasting(loads, credits: Self.small, vcpu: 2, present: 576)
        #expect(abs(lasting - 0.05 * 2 * 60 * 168) < 1e-6)
    }

    private static func tier(_ id: String, hourly: String, vcpu: Int, credits: Tier.Credits? = nil) -> Tier {
        var tier = Tier(id: id, title: id, engine: "postgres", rank: 1)
        (tier.vcpu, tier.credits) = (vcpu, credits)
        tier.hourly = Price(usd: Decimal(string: hourly), source: "test", asOf: "2026-10-06")
        return tier
    }

    private static let large = Tier.Credits(perHour: 36, maximumBalance: 864, baseline: 0.3, surplusPrice: price)

    @Test("the load from which another class is cheaper")
    func breakEven() {
        let micro = Self.tier("micro", hourly: "0.016", vcpu: 2, credits: Self.micro)
        let small = Self.tier("small", hourly: "0.032", vcpu: 2, credits: Self.small)
        let large = Self.tier("large", hourly: "0.129", vcpu: 2, credits: Self.large)
        let fixed = Self.tier("m7g.large", hourly: "0.168", vcpu: 2)
        guard case .above(let share)? = large.breakEven(with: fixed) else {
            Issue.record("no break-even")
            return
        }
        #expect(abs(share - 0.56) < 1e-9)
        // micro costs a tenth of a cent an hour less than small under any load above 20 %.
        #expect(micro.breakEven(with: small) == .never)
        #expect(micro.breakEven(with: fixed) == .never)
        #expect(fixed.breakEven(with: micro) == .always)
        #expect(small.breakEven(with: micro) == .always)
        #expect(micro.hourlyCost(load: 0.8)?.exact == "0.121")
        var unpriced = fixed
        unpriced.hourly = nil
        #expect(micro.breakEven(with: unpriced) == nil)
    }

    @Test("a class with twice the vCPUs does the same work at half the load")
    func wider() {
        let narrow = Self.tier("two", hourly: "0.10", vcpu: 2, credits: Self.micro)
        let wide = Self.tier("four", hourly: "0.16", vcpu: 4)
        #expect(narrow.breakEven(with: wide) == .above(0.5))
    }
}
