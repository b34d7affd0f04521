import AdvisorCore
import Testing

@Suite("Backtests of rules and recommendations")
struct BacktestTests {
    private static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z

    private static func at(_ minutes: Int) -> Timestamp { start + .seconds(Int64(minutes * 60)) }

    private static func backtest(
        _ rules: [Rule], _ values: [Double?], from: Int = 0, to: Int, mutes: [MuteTimeInterval] = []
    ) -> Backtest {
        var result = Backtest(from: at(from), to: at(to), rules: rules, mutes: mutes)
        var target = Fixtures.target(cpu: values, from: start, facts: ["tier": .text("small")])
        (target.resource.tier, target.resource.allocatedStorage) = ("small", 20)
        result.evaluate(target, vocabulary: Fixtures.vocabulary, catalog: catalog)
        return result
    }

    /// Two tiers of 730 and 1,460 dollars a month: a dollar and two an hour.
    private static let catalog = Catalog(region: "test", tiers: [tier("small", 1, "1.00"), tier("large", 2, "2.00")])

    private static func tier(_ id: String, _ rank: Int, _ hourly: String) -> Tier {
        var tier = Tier(id: id, title: id, engine: "postgres", rank: rank)
        func price(_ text: String) -> Price { Price(usd: Money(text: text)?.amount, source: "test", asOf: "2026-01-01") }
        (tier.hourly, tier.storage) = (price(hourly), price("0"))
        return tier
    }

    private static func moving(_ when: String = "avg(cpu) > 80%") -> Rule {
        var rule = Fixtures.rule(when)
        rule.recommend = .move(to: "large")
        return rule
    }

    @Test("states, time in ALARM and changes are those of the stretch looked at")
    func tracks() throws {
        let values: [Double?] = [50, 90, 90, 50, nil, nil, nil, nil, 90]
        let whole = try #require(Self.backtest([Self.moving()], values, to: 45).tracks.first)
        #expect(
            whole.intervals.map { "\($0.start.description.prefix(16).suffix(5)) \($0.state.rawValue)" } == [
                "00:00 INSUFFICIENT_DATA", "00:05 OK", "00:10 ALARM", "00:20 OK", "00:35 INSUFFICIENT_DATA",
            ])
        #expect(whole.inAlarm == .seconds(600))
        #expect(whole.unknown == .seconds(900))
        #expect((whole.alarms, whole.resolutions) == (2, 1))
        let part = try #require(Self.backtest([Self.moving()], values, from: 15, to: 30).tracks.first)
        #expect(part.intervals.map(\.state) == [.alarm, .ok])
        #expect(part.inAlarm == .seconds(300))
        #expect((part.alarms, part.resolutions) == (0, 1))
        #expect(part.episodes.map(\.start) == [Self.at(10)])
    }

    @Test("what would have been recommended when, and what following and staying cost")
    func path() throws {
        // An hour of datapoints, 20 minutes of it alarm; then nothing for more than a day.
        let values: [Double?] = [50, 50, 50, 90, 90, 90, 90, 50, 50, 50, 50, 50]
        let path = try #require(Self.backtest([Self.moving()], values, to: 2000).paths.first)
        #expect(path.advice.map(\.recommendation.kind) == [.unknown, .stay, .move, .unknown])
        // The rule left ALARM after 40 minutes, and is followed for a day more.
        #expect(path.advice.map(\.at) == [Self.at(0), Self.at(5), Self.at(20), Self.at(40 + 1440)])
        #expect(path.followed.map(\.recommendation.kind) == [.unknown, .stay, .move])
        // 20 minutes at a dollar an hour, then 1,980 at two.
        #expect(path.staying?.amount.rounded(scale: 2) == Money(text: "33.33")?.amount)
        #expect(path.following?.amount.rounded(scale: 2) == Money(text: "66.33")?.amount)
    }

    @Test("what would have been sent")
    func alerts() {
        let alerts = Self.backtest([Self.moving()], [50, 90, 50, 90, 50, 90], to: 30).alerts
        #expect(alerts.alarms == [.warning: 3])
        #expect(alerts.resolved == 2)
        #expect(alerts.total == 5)
        #expect(alerts.busiest?.day == Self.start)
        #expect(alerts.busiest?.count == 5)
        #expect(Self.backtest([Self.moving()], [50], to: 5).alerts.busiest == nil)
    }

    @Test("a suppressed alert is sent when its suppression ends, and its end only to receivers that were notified")
    func heldAlerts() {
        var lower = Fixtures.rule("avg(cpu) > 60%", id: "lower")
        lower.unlessAlarm = "upper"
        let rules = [Fixtures.rule("avg(cpu) > 80%", id: "upper"), lower]
        func alerts(_ mutes: [MuteTimeInterval] = []) -> Backtest.Alerts {
            Self.backtest(rules, [50, 90, 70, 50, 90, 90, 50, 50], to: 40, mutes: mutes).alerts
        }
        #expect(alerts().alarms == [.warning: 3])
        #expect((alerts().resolved, alerts().held) == (3, 1))
        // A mute that outlasts the last time looked at holds back all.
        let late = alerts([MuteTimeInterval(.once(from: Self.at(0), until: Self.at(1000)))])
        #expect((late.total, late.held) == (0, 4))
        let muted = alerts([MuteTimeInterval(.once(from: Self.at(0), until: Self.at(17)))])
        #expect(muted.alarms == [.warning: 2])
        #expect((muted.resolved, muted.held) == (2, 2))
    }

    @Test("missing data end no alert, and what follows is not notified again")
    func missingData() {
        let gap: [Double?] = [nil, nil, nil, nil]
        let alerts = Self.backtest([Self.moving()], [50, 90] + gap + [90, 50, 50, 50], to: 50).alerts
        #expect((alerts.alarms[.warning], alerts.resolved, alerts.held) == (1, 1, 0))
    }

    struct Pair: Sendable, CustomTestStringConvertible {
        let name: String
        let before: [ClosedRange<Int>]
        let after: [ClosedRange<Int>]
        let expected: [EpisodeChange.Kind]
        var testDescription: String { name }
    }

    static let pairs = [
        Pair(name: "nothing on either side", before: [], after: [], expected: []),
        Pair(name: "alike", before: [5...10], after: [5...10], expected: [.same]),
        Pair(name: "later", before: [5...20], after: [10...20], expected: [.shifted]),
        Pair(name: "new", before: [], after: [5...10], expected: [.gained]),
        Pair(name: "gone", before: [5...10], after: [], expected: [.lost]),
        Pair(name: "one becomes two", before: [5...30], after: [5...10, 20...30], expected: [.shifted]),
        Pair(name: "touching is not overlapping", before: [5...10], after: [10...20], expected: [.lost, .gained]),
        Pair(
            name: "each by itself", before: [0...5, 20...25, 40...45], after: [0...5, 21...25, 60...65],
            expected: [.same, .shifted, .lost, .gained]),
    ]

    @Test("two packs' episodes", arguments: pairs)
    func comparison(_ pair: Pair) {
        func episodes(_ ranges: [ClosedRange<Int>]) -> [Episode] {
            ranges.map {
                Episode(resource: "db", rule: "r", start: Self.at($0.lowerBound), end: Self.at($0.upperBound), peak: nil)
            }
        }
        let changes = EpisodeChange.changes(
            from: episodes(pair.before), to: episodes(pair.after), upTo: Self.at(100))
        #expect(changes.map(\.kind) == pair.expected)
    }

    @Test("an episode that lasts overlaps all that comes after, and a rule that only one pack has is said")
    func packs() {
        let open = Episode(resource: "db", rule: "r", start: Self.at(5), end: nil, peak: nil)
        let late = Episode(resource: "db", rule: "r", start: Self.at(50), end: Self.at(60), peak: nil)
        #expect(EpisodeChange.changes(from: [open], to: [late], upTo: Self.at(100)).map(\.kind) == [.shifted])
        let values: [Double?] = [50, 90, 90, 50]
        var renamed = Self.moving()
        renamed.id = "other"
        let comparison = BacktestComparison(
            before: Self.backtest([Self.moving()], values, to: 20), after: Self.backtest([renamed], values, to: 20))
        #expect(comparison.removed == ["rule"])
        #expect(comparison.added == ["other"])
        #expect(comparison.changes.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.gained, .lost])
    }
}
