import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Notification policy")
struct AlertPolicyTests {
    private static let start = Timestamp(seconds: 1_767_225_600)  // 2026-01-01T00:00:00Z
    private static func at(_ minute: Int) -> Timestamp { start + .seconds(Int64(minute) * 60) }

    /// One evaluation: when, what stands (a capital letter is critical), what changed (`+a@5`, `-a@7`), what is unknown or held.
    private struct Evaluation {
        var minute: Int
        var standing = ""
        var events = ""
        /// Changes up to the previous evaluation that late data reveals.
        var late = ""
        var unknown = ""
        var held = ""
        var isGone = false
        /// What is notified: `alarm a b`, `again a`, `resolved`, each with its endpoints where there are several.
        var notified: [String] = []
    }

    private struct Case: CustomTestStringConvertible {
        let testDescription: String
        var settings = AlertSettings()
        var webhooks = [Stack.Receiver(name: "all", format: .file)]
        var evaluations: [Evaluation]

        init(
            _ name: String, with settings: AlertSettings = AlertSettings(repeatEvery: nil), webhooks: [Stack.Receiver]? = nil,
            _ evaluations: Evaluation...
        ) {
            (testDescription, self.settings, self.evaluations) = (name, settings, evaluations)
            if let webhooks { self.webhooks = webhooks }
        }
    }

    private static let muted = Suppression.muted(until: at(10_000), reason: "backups")

    private static func severity(_ id: Substring) -> Severity { id.first?.isUppercase == true ? .critical : .warning }

    private static func topic(_ evaluation: Evaluation) -> AlertGroup {
        var topic = AlertGroup(key: "database/db", kind: .alarm, resource: "db", resourceKind: .database)
        guard !evaluation.isGone else { return topic }
        let held = Set(evaluation.held.split(separator: " "))
        topic.standing = evaluation.standing.split(separator: " ").map { word in
            let parts = word.split(separator: "@")
            return AlertGroup.Fact(
                id: String(parts[0]), severity: severity(parts[0]),
                since: at(parts.count > 1 ? Int(parts[1]) ?? 0 : evaluation.minute),
                reason: .rule("rule \(parts[0])", says: "\(parts[0]) is high"), held: held.contains(parts[0]) ? muted : nil)
        }
        topic.unknown = Set(evaluation.unknown.split(separator: " ").map(String.init))
        for (words, arrival) in [(evaluation.events, AlertGroup.Event.Arrival.onTime), (evaluation.late, .late)] {
            topic.events += words.split(separator: " ").map { word in
                let parts = word.dropFirst().split(separator: "@")
                return AlertGroup.Event(
                    id: String(parts[0]), at: at(Int(parts[1]) ?? 0), arrival: arrival, isBeginning: word.hasPrefix("+"),
                    severity: severity(parts[0]), reason: .rule("rule \(parts[0])"),
                    held: held.contains(parts[0]) ? muted : nil)
            }
        }
        return topic
    }

    private static let night = AlertSettings(
        repeatEvery: nil, quietHours: QuietHours(from: 60, to: 420, zone: .gmt, severities: [.info, .warning]))
    private static var routed: [Stack.Receiver] {
        var urgent = Stack.Receiver(name: "urgent", format: .file)
        urgent.severities = [.critical]
        return [Stack.Receiver(name: "all", format: .file), urgent]
    }

    private static let cases: [Case] = [
        Case(
            "the first evaluation tells what stands, and nothing of the past",
            Evaluation(minute: 60, standing: "a@5", events: "+a@1 -a@3 +a@5 +b@7 -b@9", notified: ["alarm a"])),
        Case(
            "a change up to the last evaluation is history",
            Evaluation(minute: 10), Evaluation(minute: 20, events: "+a@5 -a@10")),
        Case(
            "a skipped interval is notified in order",
            Evaluation(minute: 10),
            Evaluation(minute: 60, events: "+a@20 -a@30 +a@40 -a@50", notified: ["resolved", "resolved"])),
        Case(
            "what begins and ends between two evaluations is one notification, beside what stands too",
            Evaluation(minute: 10), Evaluation(minute: 20, standing: "b@15", events: "+b@15", notified: ["alarm b"]),
            Evaluation(minute: 30, standing: "b@15", events: "+a@22 -a@25", notified: ["alarm b, over a"]),
            Evaluation(minute: 40, events: "-b@38", notified: ["resolved"])),
        Case(
            "an end says nothing to a receiver that keeps states without the beginning",
            webhooks: [Stack.Receiver(name: "all", format: .file), Stack.Receiver(name: "pager", format: .pagerduty)],
            Evaluation(minute: 10),
            Evaluation(minute: 20, events: "+a@12 -a@15", notified: ["alarm, over a → pager", "resolved → all pager"])),
        Case(
            "late data notify what they reveal, before, between and beside what was notified",
            Evaluation(minute: 10), Evaluation(minute: 20, late: "+a@4 -a@8", notified: ["resolved"]),
            Evaluation(minute: 30, standing: "a@26", events: "+a@26", notified: ["alarm a"]),
            Evaluation(minute: 40, standing: "a@26", late: "+a@21 -a@24", notified: ["alarm a, over a"]),
            Evaluation(minute: 50, late: "-a@37", notified: ["resolved"])),
        Case(
            "late data tells nothing that was muted, as long as it was",
            Evaluation(minute: 10), Evaluation(minute: 20, late: "+a@4 -a@8", held: "a"),
            Evaluation(minute: 30, standing: "a@26", late: "+a@21 -a@24", held: "a")),
        Case(
            "once, while it stands", Evaluation(minute: 0),
            Evaluation(minute: 5, standing: "a@5", events: "+a@5", notified: ["alarm a"]),
            Evaluation(minute: 10, standing: "a@5"), Evaluation(minute: 5000, standing: "a@5")),
        Case(
            "evaluating the same time again notifies nothing",
            Evaluation(minute: 0), Evaluation(minute: 5, standing: "a@5", events: "+a@5", notified: ["alarm a"]),
            Evaluation(minute: 5, standing: "a@5", events: "+a@5"),
            Evaluation(minute: 9, events: "-a@9", notified: ["resolved"]), Evaluation(minute: 9, events: "-a@9")),
        Case(
            "again at intervals, and once when it is over", with: AlertSettings(repeatEvery: .seconds(3600)),
            Evaluation(minute: 0, standing: "a@0", notified: ["alarm a"]), Evaluation(minute: 59, standing: "a@0"),
            Evaluation(minute: 60, standing: "a@0", notified: ["again a"]), Evaluation(minute: 119, standing: "a@0"),
            Evaluation(minute: 121, standing: "a@0", notified: ["again a"]),
            Evaluation(minute: 130, events: "-a@125", notified: ["resolved"]), Evaluation(minute: 200)),
        Case(
            "all of one evaluation together, what joins with what stands",
            Evaluation(minute: 0), Evaluation(minute: 9, standing: "a@5 B@7", events: "+a@5 +B@7", notified: ["alarm B a"]),
            Evaluation(minute: 12, standing: "a@5 B@7 c@12", events: "+c@12", notified: ["alarm B a c"]),
            Evaluation(minute: 15, standing: "a@5 c@12", events: "-B@14", notified: ["alarm a c, over B"]),
            Evaluation(minute: 20, events: "-a@18 -c@20", notified: ["resolved"])),
        Case(
            "an alert that waits for others is sent with them, or never if it ends first",
            with: AlertSettings(groupWait: .seconds(600), repeatEvery: nil),
            Evaluation(minute: 0), Evaluation(minute: 5, standing: "a@5", events: "+a@5"),
            Evaluation(minute: 12, standing: "a@5 b@11", events: "+b@11"),
            Evaluation(minute: 15, standing: "a@5 b@11", notified: ["alarm a b"]),
            Evaluation(minute: 20, events: "-a@17 -b@18", notified: ["resolved"]),
            Evaluation(minute: 25, standing: "a@25", events: "+a@25"), Evaluation(minute: 30, events: "-a@30"),
            Evaluation(minute: 60)),
        Case(
            "in a skipped interval the wait counts evaluated times",
            with: AlertSettings(groupWait: .seconds(600), repeatEvery: nil),
            Evaluation(minute: 0), Evaluation(minute: 90, events: "+a@10 -a@15 +a@30 -a@50", notified: ["resolved"])),
        Case(
            "a lack of data is no good news",
            Evaluation(minute: 0, standing: "a@0", notified: ["alarm a"]), Evaluation(minute: 5, unknown: "a"),
            Evaluation(minute: 10, standing: "a@0"), Evaluation(minute: 15, unknown: "a"),
            Evaluation(minute: 20, events: "-a@20", notified: ["resolved"])),
        Case(
            "a rule that is gone, or a resource, is over",
            Evaluation(minute: 0, standing: "a@0 b@0", notified: ["alarm a b"]),
            Evaluation(minute: 5, standing: "a@0", notified: ["alarm a, over b"]),
            Evaluation(minute: 9, isGone: true, notified: ["resolved"])),
        Case(
            "an alarm that late data reveal is notified, and one that they remove has ended",
            Evaluation(minute: 10), Evaluation(minute: 20, standing: "a@5", events: "+a@5", notified: ["alarm a"]),
            Evaluation(minute: 30, events: "+b@1 -b@2", notified: ["resolved"])),
        Case(
            "quiet hours hold what is not urgent until they end", with: night,
            Evaluation(minute: 50), Evaluation(minute: 90, standing: "a@90", events: "+a@90"),
            Evaluation(minute: 100, standing: "a@90"),
            Evaluation(minute: 110, standing: "a@90 B@110", events: "+B@110", notified: ["alarm B a"]),
            Evaluation(minute: 200, events: "-a@150 -B@150", notified: ["resolved"]),
            Evaluation(minute: 300, standing: "a@300", events: "+a@300"),
            Evaluation(minute: 420, standing: "a@300", notified: ["alarm a"])),
        Case(
            "what begins and ends in quiet hours is never notified; what ends in them is notified afterwards", with: night,
            Evaluation(minute: 30, standing: "a@30", notified: ["alarm a"]), Evaluation(minute: 90, events: "-a@80"),
            Evaluation(minute: 430, notified: ["resolved"]),
            Evaluation(minute: 1500, standing: "a@1500", events: "+a@1500"), Evaluation(minute: 1600, events: "-a@1590"),
            Evaluation(minute: 1900)),
        Case(
            "what begins again before its end was notified did not end", with: night,
            Evaluation(minute: 30, standing: "a@30", notified: ["alarm a"]), Evaluation(minute: 90, events: "-a@80"),
            Evaluation(minute: 100, standing: "a@95", events: "+a@95"),
            Evaluation(minute: 430, standing: "a@95", notified: ["alarm a"])),
        Case(
            "a muted alert waits, is sent when the mute ends, and never if it ends first",
            Evaluation(minute: 0, standing: "a@0 b@0", held: "a", notified: ["alarm b"]),
            Evaluation(minute: 5, standing: "a@0 b@0", held: "a"),
            Evaluation(minute: 10, standing: "a@0 b@0", notified: ["alarm a b"]),
            Evaluation(minute: 15, standing: "a@0 b@0 c@15", events: "+c@15", held: "c"),
            Evaluation(minute: 20, standing: "a@0 b@0", events: "-c@20", held: "c"),
            Evaluation(minute: 25, events: "-a@25 -b@25", notified: ["resolved"])),
        Case(
            "a muted alert does not delay the end of the others",
            Evaluation(minute: 0, standing: "a@0 m@0", held: "m", notified: ["alarm a"]),
            Evaluation(minute: 5, standing: "m@0", events: "-a@5", held: "m", notified: ["resolved"]),
            Evaluation(minute: 7, standing: "m@0", held: "m"), Evaluation(minute: 10, standing: "m@0", notified: ["alarm m"]),
            Evaluation(minute: 15, events: "-m@15", notified: ["resolved"])),
        Case(
            "what begins in quiet hours while the rest ends is notified with its end", with: night,
            Evaluation(minute: 30, standing: "a@30", notified: ["alarm a"]),
            Evaluation(minute: 90, standing: "b@80", events: "-a@85 +b@80"),
            Evaluation(minute: 100, standing: "b@80"), Evaluation(minute: 430, standing: "b@80", notified: ["alarm b, over a"]),
            Evaluation(minute: 440, events: "-b@440", notified: ["resolved"])),
        Case(
            "a receiver that was not notified of an alarm is not notified of its end", webhooks: routed,
            Evaluation(minute: 0, standing: "a@0", notified: ["alarm a → all"]),
            Evaluation(minute: 5, events: "-a@5", notified: ["resolved → all"]),
            Evaluation(minute: 10, standing: "a@10", events: "+a@10", notified: ["alarm a → all"]),
            Evaluation(minute: 12, standing: "a@10 B@11", events: "+B@11", notified: ["alarm B a → all urgent"]),
            Evaluation(minute: 15, standing: "a@10", events: "-B@15", notified: ["alarm a, over B → all urgent"]),
            Evaluation(minute: 20, events: "-a@20", notified: ["resolved → all urgent"])),
        Case(
            "without receivers nothing is notified, and the first one gets the active alarms", webhooks: [],
            Evaluation(minute: 0, standing: "a@0"), Evaluation(minute: 5, events: "-a@5")),
        Case(
            "data that comes late by a period is no history",
            Evaluation(minute: 15), Evaluation(minute: 30, events: "+a@15 -a@20", notified: [])),
    ]

    @Test("over several evaluations", arguments: cases)
    private func notified(_ row: Case) {
        var stack = Stack()
        stack.webhooks = row.webhooks
        stack.unattended.alerts = row.settings
        var thread = AlertGroupState(kind: .alarm, resource: "db")
        var previous: Timestamp?
        var ids: Set<String> = []
        for evaluation in row.evaluations {
            let policy = AlertPolicy(stack: stack, previous: previous, now: Self.at(evaluation.minute))
            let notificationRequests = policy.advance(&thread, Self.topic(evaluation))
            #expect(
                notificationRequests.map { Self.words($0, row.webhooks.count) } == evaluation.notified,
                "at minute \(evaluation.minute)")
            for request in notificationRequests { #expect(ids.insert(request.alert.id).inserted, "an id twice") }
            previous = Self.at(evaluation.minute)
        }
    }

    private static func words(_ request: AlertPolicy.NotificationRequest, _ webhooks: Int) -> String {
        let alert = request.alert
        let to = webhooks > 1 ? " → " + request.endpoints.joined(separator: " ") : ""
        guard alert.kind == .alarm else { return alert.kind.rawValue + to }
        let over = alert.reasons.filter { $0.endsAt != nil }.compactMap(\.rule)
        let standing = alert.reasons.filter { $0.endsAt == nil }.compactMap(\.rule)
        return ([request.isRepeat ? "again" : "alarm"] + standing).joined(separator: " ")
            + (over.isEmpty ? "" : ", over " + over.joined(separator: " ")) + to
    }

    @Test("an episode that late data brings is news as far as the data did not reach")
    func lateData() {
        var stack = Stack()
        stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        var thread = AlertGroupState(kind: .alarm, resource: "db")
        var topic = Self.topic(Evaluation(minute: 15))
        topic.seen = Self.at(10)
        #expect(AlertPolicy(stack: stack, previous: Self.at(0), now: Self.at(15)).advance(&thread, topic) == [])
        topic = Self.topic(Evaluation(minute: 30, events: "+a@5 -a@9 +a@15 -a@20"))
        topic.seen = Self.at(25)
        let notificationRequests = AlertPolicy(stack: stack, previous: Self.at(15), now: Self.at(30)).advance(&thread, topic)
        #expect(notificationRequests.map { Self.words($0, 1) } == ["resolved"])
        #expect(notificationRequests.map(\.alert.startsAt) == [Self.at(15)])
        #expect(notificationRequests.map(\.alert.endsAt) == [Self.at(20)])
        #expect(notificationRequests.map(\.isWhole) == [true])
    }

    @Test("what was held back is counted once")
    func counted() {
        var stack = Stack()
        stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        stack.unattended.alerts = Self.night
        var thread = AlertGroupState(kind: .alarm, resource: "db")
        for (number, minute) in [90, 100, 110].enumerated() {
            let evaluation = Evaluation(minute: minute, standing: "a@90 m@90", held: "m")
            _ = AlertPolicy(stack: stack, previous: Self.at(number), now: Self.at(minute)).advance(
                &thread, Self.topic(evaluation))
        }
        #expect(thread.heldBack == 2)
        #expect(Set(thread.holds) == [Self.muted, .quietHours(until: Self.at(420))])
    }

    @Test("alerts say what, since when and why")
    func words() {
        var stack = Stack()
        (stack.name, stack.stage) = ("shop", .launch)
        stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        var thread = AlertGroupState(kind: .alarm, resource: "db")
        let first = AlertPolicy(stack: stack, previous: nil, now: Self.at(9))
            .advance(&thread, Self.topic(Evaluation(minute: 9, standing: "a@5 B@7")))[0].alert
        #expect(first.content == .firing(target: "db", reason: .rule("rule B", says: "B is high"), others: 1, repeatedSince: nil))
        #expect((first.severity, first.rule, first.key) == (.critical, nil, "database/db"))
        #expect((first.at, first.startsAt, first.endsAt) == (Self.at(7), Self.at(5), nil))
        #expect((first.project, first.stage) == ("shop", .launch))
        let last = AlertPolicy(stack: stack, previous: Self.at(9), now: Self.at(20))
            .advance(&thread, Self.topic(Evaluation(minute: 20, events: "-a@12 -B@15")))[0].alert
        #expect(
            last.content
                == .resolved(
                    target: "db", reason: .rule("rule B", says: "B is high"), others: 1, began: Self.at(5), ended: Self.at(15)))
        #expect(
            (last.kind, last.severity, last.key, last.startsAt, last.endsAt) == (
                .resolved, .critical, "database/db", Self.at(5), Self.at(15)
            ))
        let single = AlertPolicy(stack: stack, previous: Self.at(20), now: Self.at(30))
            .advance(&thread, Self.topic(Evaluation(minute: 30, standing: "a@30", events: "+a@30")))[0].alert
        #expect(
            single.content == .firing(target: "db", reason: .rule("rule a", says: "a is high"), others: 0, repeatedSince: nil))
        #expect(single.rule == "a")
        #expect(single.id != first.id)
    }
}

@Suite("Alerts of rules by life-cycle change")
struct RuleAlertsTests {
    @Test("a rule's alert has the same key, severity and beginning until it is over, whatever else stands")
    func byRule() throws {
        var stack = Stack()
        stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        var thread = AlertGroupState(kind: .alarm, resource: "db")
        func alerts(_ minute: Int, _ ids: [String]) throws -> [Alert] {
            var topic = AlertGroup(key: "database/db", kind: .alarm, resource: "db", resourceKind: .database)
            topic.standing = ids.map { id in
                AlertGroup.Fact(
                    id: id, severity: id == "b" ? .critical : .info, since: Timestamp(seconds: 60), reason: .rule(id))
            }
            let now = Timestamp(seconds: Int64(minute) * 60)
            let notificationRequests = AlertPolicy(stack: stack, previous: nil, now: now).advance(&thread, topic)
            return try #require(notificationRequests.last).alert.byRule
        }
        let first = try alerts(2, ["a"])
        let both = try alerts(3, ["a", "b"])
        let less = try alerts(4, ["a"])
        let none = try alerts(5, [])
        #expect(first.map(\.key) == ["a/database/db"])
        #expect(both.map(\.key) == ["b/database/db", "a/database/db"])
        #expect(both.map(\.severity) == [.critical, .info])
        #expect(less.map(\.kind) == [.alarm, .resolved])
        #expect(less.map(\.rule) == ["a", "b"])
        #expect(none.map(\.key) == ["a/database/db"])
        #expect(none.map(\.kind) == [.resolved])
        #expect((first + both + less + none).allSatisfy { $0.startsAt == Timestamp(seconds: 60) })
    }
}
