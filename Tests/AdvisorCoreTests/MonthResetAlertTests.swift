import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Alerts on monthly counters at their reset")
struct MonthResetAlertTests {
    private static func time(_ text: String) -> Timestamp { Timestamp(text: text) ?? Timestamp(seconds: 0) }

    private static let reason = AlertReason.rule("Over $50", says: "The month has cost $51.")
    private static let since = time("2026-03-26T06:00:00Z")

    private static func topic(_ events: [AlertGroup.Event], standing: [AlertGroup.Fact], monthly: Set<String>) -> AlertGroup {
        var topic = AlertGroup(key: "account/account", kind: .alarm, resource: "account", resourceKind: .account)
        (topic.events, topic.standing, topic.monthly) = (events, standing, monthly)
        return topic
    }

    /// The alert by which an alarm since 26 March is reported as ended.
    private static func ending(at text: String, monthly: Set<String>) throws -> Alert {
        var stack = Stack()
        stack.webhooks = [Stack.Receiver(name: "all", format: .file)]
        let fact = AlertGroup.Fact(
            id: "charges", severity: .critical, since: since, reason: reason)
        var thread = AlertGroupState(kind: .alarm, resource: "account")
        let notified = AlertPolicy(stack: stack, previous: nil, now: since + .seconds(60))
            .advance(&thread, topic([], standing: [fact], monthly: monthly))
        #expect(notified.count == 1)
        let end = time(text)
        let event = AlertGroup.Event(id: "charges", at: end, isBeginning: false, severity: .critical, reason: reason)
        return try #require(
            AlertPolicy(stack: stack, previous: since + .seconds(60), now: end + .seconds(60))
                .advance(&thread, topic([event], standing: [], monthly: monthly)).first?.alert)
    }

    @Test("an alarm that the new month ends is no good news")
    func newMonth() throws {
        let alert = try Self.ending(at: "2026-04-01T12:00:00Z", monthly: ["charges"])
        let end = Self.time("2026-04-01T12:00:00Z")
        #expect(
            alert.content == .newMonth(target: "account", reason: Self.reason, others: 0, began: Self.since, ended: end))
        #expect(alert.kind == .resolved)
    }

    @Test(
        "a refund within the month, and a rule on something else, are back to normal",
        arguments: [("2026-03-29T12:00:00Z", Set(["charges"])), ("2026-04-01T12:00:00Z", Set<String>())])
    func otherwise(_ end: String, _ monthly: Set<String>) throws {
        #expect(
            try Self.ending(at: end, monthly: monthly).content
                == .resolved(target: "account", reason: Self.reason, others: 0, began: Self.since, ended: Self.time(end)))
    }
}
