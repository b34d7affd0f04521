import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Recommendation life cycle")
struct RecommendationLifecycleTests {
    private static let start = Timestamp(seconds: 1_767_225_600)

    private static func day(_ days: Double) -> Timestamp { start + .seconds(Int64(days * 86_400)) }

    private static func summary(
        _ target: String = "small", rules: [String] = ["cpu"], severity: Severity = .warning, after: String = "25.66"
    ) -> RecommendationSummary {
        RecommendationSummary(
            steps: [RecommendationSummary.Step(action: .move, from: .tier(id: "micro"), to: .tier(id: target))], rules: rules,
            severity: severity,
            before: Money(text: "13.98"), after: Money(text: after))
    }

    /// One thing that happens, in the words of the table.
    enum Event: Sendable {
        /// The rules ask for it.
        case fires(RecommendationSummary)
        /// Its rules are OK.
        case quiet
        /// Its rules lack data.
        case silent
        /// It was done, and its rules say this of the resource; the bill is this.
        case checked(AlarmState, bill: String?, summary: RecommendationSummary?)
        case act(RecommendationCommand)
    }

    struct Story: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// By day.
        let events: [(day: Double, event: Event)]
        /// The kinds of changes, in order.
        let changes: [RecommendationChange.Kind]
        /// Where it ends: the state, and whether it is over.
        let end: String
    }

    private static func run(_ events: [(day: Double, event: Event)]) throws -> (
        life: RecommendationRecord?, changes: [RecommendationChange]
    ) {
        var life: RecommendationRecord?
        var changes: [RecommendationChange] = []
        for (days, event) in events {
            let now = day(days)
            var observation = RecommendationLifecycle.Observation(summary: nil)
            switch event {
            case .act(let act):
                guard let present = life else { continue }
                let done = try RecommendationLifecycle.act(act, on: present, now: now)
                life = done.life
                changes.append(done.change)
                continue
            case .fires(let summary): observation.summary = summary
            case .quiet: observation.states = ["cpu": .ok]
            case .silent: observation.states = ["cpu": .insufficientData]
            case .checked(let state, let bill, let summary):
                observation = RecommendationLifecycle.Observation(
                    summary: summary, watched: ["cpu": state], monthlyCost: bill.flatMap { Money(text: $0) })
            }
            let step = RecommendationLifecycle.step(life, kind: .database, resource: "db", observation: observation, now: now)
            let again = RecommendationLifecycle.step(
                step.life, kind: .database, resource: "db", observation: observation, now: now)
            #expect(again.changes.isEmpty && again.life == step.life, "the same again at the same time changes nothing")
            life = step.life
            changes += step.changes
        }
        return (life, changes)
    }

    static let stories = [
        Story(
            testDescription: "a metric that flaps yields one recommendation, which comes back",
            events: [(0, .fires(summary())), (1, .quiet), (2, .fires(summary())), (2.5, .quiet), (3, .fires(summary()))],
            changes: [.opened, .cleared, .returned, .cleared, .returned], end: "open"),
        Story(
            testDescription: "a lack of data clears nothing", events: [(0, .fires(summary())), (1, .silent), (9, .silent)],
            changes: [.opened], end: "open"),
        Story(
            testDescription: "after a fortnight of quiet it is a new one",
            events: [(0, .fires(summary())), (1, .quiet), (16, .fires(summary()))], changes: [.opened, .cleared, .opened],
            end: "open"
        ),
        Story(
            testDescription: "a snoozed one comes back by itself, not before",
            events: [(0, .fires(summary())), (1, .act(.snooze(until: day(5)))), (3, .fires(summary())), (5, .fires(summary()))],
            changes: [.opened, .snoozed, .reopened], end: "open"),
        Story(
            testDescription: "a snoozed one that is quiet at its time is over",
            events: [(0, .fires(summary())), (1, .act(.snooze(until: day(5)))), (2, .quiet), (6, .quiet)],
            changes: [.opened, .snoozed, .cleared], end: "snoozed, cleared"),
        Story(
            testDescription: "a snoozed one without data at its time is shown again",
            events: [(0, .fires(summary())), (1, .act(.snooze(until: day(5)))), (6, .silent)],
            changes: [.opened, .snoozed, .reopened], end: "open"),
        Story(
            testDescription: "a dismissed one stays away while the same rules speak",
            events: [
                (0, .fires(summary())), (1, .act(.dismiss(reason: "no"))), (2, .fires(summary())), (3, .quiet),
                (30, .fires(summary())),
            ], changes: [.opened, .dismissed], end: "dismissed"),
        Story(
            testDescription: "a dismissed one comes back when another rule speaks for it",
            events: [
                (0, .fires(summary())), (1, .act(.dismiss(reason: "no"))), (2, .fires(summary(rules: ["cpu", "users"]))),
            ], changes: [.opened, .dismissed, .reopened], end: "open"),
        Story(
            testDescription: "a dismissed one comes back when it is more severe",
            events: [(0, .fires(summary())), (1, .act(.dismiss(reason: "no"))), (2, .fires(summary(severity: .critical)))],
            changes: [.opened, .dismissed, .reopened], end: "open"),
        Story(
            testDescription: "a claimed one stays claimed, and says once that more speaks for it",
            events: [
                (0, .fires(summary())), (1, .act(.claim(by: "kim"))), (2, .fires(summary("large", rules: ["cpu", "users"]))),
                (3, .fires(summary("large", rules: ["cpu", "users"]))), (4, .quiet),
            ], changes: [.opened, .claimed, .escalated], end: "claimed"),
        Story(
            testDescription: "done, OK and billed as expected is a hit, reported after three days",
            events: [
                (0, .fires(summary())), (1, .act(.done(note: nil))), (2, .checked(.ok, bill: "25.66", summary: nil)),
                (4, .checked(.ok, bill: "25.66", summary: nil)),
            ], changes: [.opened, .done, .hit], end: "done, checked, hit"),
        Story(
            testDescription: "done and quiet at another bill is a miss",
            events: [(0, .fires(summary())), (1, .act(.done(note: nil))), (4, .checked(.ok, bill: "52.05", summary: nil))],
            changes: [.opened, .done, .miss], end: "done, checked, miss"),
        Story(
            testDescription: "done, and the rule stands: a miss, and open again when something is asked for",
            events: [
                (0, .fires(summary())), (1, .act(.done(note: nil))),
                (4, .checked(.alarm, bill: "25.66", summary: summary("large"))),
            ], changes: [.opened, .done, .miss, .reopened], end: "open, miss"),
        Story(
            testDescription: "done, the rule stands on the new tier, and nothing is asked for: a miss",
            events: [(0, .fires(summary())), (1, .act(.done(note: nil))), (4, .checked(.alarm, bill: "25.66", summary: nil))],
            changes: [.opened, .done, .miss], end: "done, checked, miss"),
        Story(
            testDescription: "done without data is waited for, then reported as inconclusive",
            events: [
                (0, .fires(summary())), (1, .act(.done(note: nil))),
                (4, .checked(.insufficientData, bill: "25.66", summary: nil)),
                (15, .checked(.insufficientData, bill: "25.66", summary: nil)),
            ], changes: [.opened, .done, .unprojectable], end: "done, checked, unknown"),
        Story(
            testDescription: "done with an unknown bill is no hit",
            events: [(0, .fires(summary())), (1, .act(.done(note: nil))), (4, .checked(.ok, bill: nil, summary: nil))],
            changes: [.opened, .done, .unprojectable], end: "done, checked, unknown"),
        Story(
            testDescription: "another target is a change of the one there is",
            events: [(0, .fires(summary())), (1, .fires(summary("large"))), (2, .fires(summary("large", after: "96.47")))],
            changes: [.opened, .changed], end: "open"),
    ]

    @Test("its stories", arguments: stories)
    func story(_ story: Story) throws {
        let (life, changes) = try Self.run(story.events)
        #expect(changes.map(\.kind) == story.changes)
        let words = [life?.state.rawValue, life?.ending?.rawValue, life?.outcome?.verdict.rawValue].compactMap { $0 }
        #expect(words.joined(separator: ", ") == story.end)
        #expect(changes.allSatisfy { !$0.reason.code.isEmpty })
    }

    @Test(
        "what cannot be done is refused, with the states that allow it",
        arguments: [
            ([Event.act(.claim(by: nil)), .act(.snooze(until: day(9)))], nil as RecommendationRefusal?),
            (
                [.act(.claim(by: nil)), .act(.claim(by: nil))],
                .wrongState(id: nil, state: .claimed, command: "claim", allowed: [.open, .snoozed, .dismissed])
            ),
            (
                [.act(.dismiss(reason: "no")), .act(.snooze(until: day(9)))],
                .wrongState(id: nil, state: .dismissed, command: "snooze", allowed: [.open, .claimed, .snoozed])
            ),
            (
                [.act(.snooze(until: day(1)))],
                .snoozeInPast(until: day(1), now: day(1))
            ),
            ([.act(.reopen)], .alreadyOpen(id: nil)),
            (
                [.quiet, .act(.claim(by: nil))],
                .ended(id: nil, at: day(1))
            ),
            ([.quiet, .act(.reopen)], nil),
        ])
    func refusals(_ events: [Event], _ problem: RecommendationRefusal?) {
        do {
            _ = try Self.run([(0, .fires(Self.summary()))] + events.map { (1, $0) })
            #expect(problem == nil)
        } catch {
            #expect((error as? RecommendationRefusal) == problem)
        }
    }

    @Test("what is claimed is asked by what asks the same tier, now or next, or the same kind of thing")
    func asked() {
        func summary(_ steps: [(Recommendation.Kind, StepTarget)]) -> RecommendationSummary {
            RecommendationSummary(
                steps: steps.map { RecommendationSummary.Step(action: $0.0, to: $0.1) }, rules: ["r"], severity: .warning
            )
        }
        let claimed = summary([(.plan, .tier(id: "small")), (.growStorage, .storage(gibibytes: 30))])
        #expect(claimed.isAsked(by: summary([(.move, .tier(id: "small"))])))
        #expect(claimed.isAsked(by: summary([(.growStorage, .storage(gibibytes: 40)), (.move, .tier(id: "aurora"))])))
        #expect(!claimed.isAsked(by: summary([(.move, .tier(id: "aurora"))])))
    }

    @Test("whatever happens: what is claimed stays as claimed, sleep ends, no data moves nothing, one at a time")
    func laws() {
        var generator = SplitMix(seed: 11)
        let summaries = [
            Self.summary(), Self.summary(rules: ["cpu", "users"]), Self.summary("large", rules: ["users"], severity: .critical),
        ]
        for _ in 0..<300 {
            var life: RecommendationRecord?
            for step in 0..<40 {
                let now = Self.day(Double(step) / 2)
                if let present = life, Bool.random(using: &generator) {
                    let acts: [RecommendationCommand] = [
                        .claim(by: nil), .done(note: nil), .dismiss(reason: "no"), .snooze(until: now + .seconds(86_400)),
                        .reopen,
                    ]
                    let act = acts.randomElement(using: &generator) ?? .reopen
                    if let done = try? RecommendationLifecycle.act(act, on: present, now: now) { life = done.life }
                    continue
                }
                let state = AlarmState.allCases.randomElement(using: &generator) ?? .ok
                let observation = RecommendationLifecycle.Observation(
                    summary: Bool.random(using: &generator) ? summaries.randomElement(using: &generator) : nil,
                    states: ["cpu": state, "users": state], watched: ["cpu": state, "users": state],
                    monthlyCost: Money(text: "25.66"))
                let before = life
                let result = RecommendationLifecycle.step(
                    life, kind: .database, resource: "db", observation: observation, now: now)
                life = result.life
                if let before, before.isCurrent,
                    before.state == .claimed || before.state == .dismissed && life?.state == .dismissed
                {
                    #expect(life?.summary == before.summary && life?.state == before.state && life?.isCurrent == true)
                }
                if let after = life, after.isCurrent, after.state == .snoozed { #expect(after.until.map { $0 > now } == true) }
                if observation.summary == nil, state == .insufficientData, before?.state != .done {
                    #expect(life?.endedAt == before?.endedAt)
                }
                #expect(life?.isCurrent == true || observation.summary == nil || before?.state == .done || life == nil)
            }
        }
    }

    @Test("what a service was charged before and after, without the days of the doing")
    func measured() throws {
        func days(_ range: ClosedRange<Int>, _ cost: Decimal) -> [(day: CivilDate, cost: Money)] {
            range.map { (CivilDate(daysSinceEpoch: Self.start.date.daysSinceEpoch + $0), Money(cost)) }
        }
        let before = Decimal(string: "0.46") ?? 0
        let after = Decimal(string: "0.84") ?? 0
        let daily = days(0...9, before) + days(10...12, 5) + days(13...16, after)
        let change = try #require(MeasuredCostChange(service: "rds", daily: daily, done: Self.day(12.4), now: Self.day(16.5)))
        #expect((change.before.description, change.after.description) == ("$13.99", "$25.55"))
        #expect((change.daysBefore, change.daysAfter) == (7, 3))
        #expect(MeasuredCostChange(service: "rds", daily: daily, done: Self.day(12.4), now: Self.day(14.5)) == nil)
        #expect(MeasuredCostChange(service: "rds", daily: days(13...16, after), done: Self.day(12.4), now: Self.day(16.5)) == nil)
        var outcome = RecommendationOutcome(rules: .cleared, open: [], bill: .asSaid, expected: nil, actual: Money(text: "25.66"))
        outcome.measured = change
        #expect(try JSONDecoder().decode(RecommendationOutcome.self, from: JSONEncoder().encode(outcome)) == outcome)
    }
}
