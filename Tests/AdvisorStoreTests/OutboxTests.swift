import AdvisorCore
import AdvisorStore
import AdvisorTestSupport
import Testing

@Suite("Outbox")
struct OutboxTests {
    static let now = Fixtures.at(0)
    static let length = Duration.seconds(60)

    static func alert(_ id: String, key: String = "cpu/db", kind: Alert.Kind = .alarm) -> Alert {
        var alert = Alert(
            id: id, kind: kind, severity: .warning, key: key, content: .rule(kind.rawValue, on: key), at: now, startsAt: now)
        (alert.rule, alert.resource, alert.monthlyBefore) = ("cpu", "db", Money(text: "13.98"))
        if kind == .resolved { alert.endsAt = now }
        return alert
    }

    static func attempt(_ outcome: DeliveryAttempt.Outcome, _ reason: String = "said") -> DeliveryAttempt {
        DeliveryAttempt(at: now, outcome: outcome, took: .milliseconds(12), reason: reason)
    }

    private static func store(_ alerts: [Alert], to endpoints: [String] = ["team"]) throws -> Store {
        let store = try Store(path: nil, create: true, exists: false)
        #expect(try store.enqueue(alerts, to: endpoints, at: now) == alerts.count * endpoints.count)
        return store
    }

    private static func claim(_ store: Store, _ endpoint: String = "team", at time: Timestamp = now) throws -> OutboxEntry? {
        try store.claim(receiver: endpoint, now: time, for: length, lease: "me")
    }

    @Test("an alert is read as it was enqueued, once per receiver however often it is enqueued")
    func idempotent() throws {
        let alert = Self.alert("a")
        let store = try Self.store([alert], to: ["team", "boss"])
        #expect(try store.enqueue([alert], to: ["team", "boss"], at: Fixtures.at(5)) == 0)
        #expect(try store.outbox().map(\.alert) == [alert, alert])
        let entry = try #require(try Self.claim(store))
        #expect((entry.alert, entry.receiver, entry.state, entry.attempts) == (alert, "team", .leased, 0))
        try store.markDelivered(entry, Self.attempt(.delivered), now: Self.now)
        #expect(try store.enqueue([alert], to: ["team"], at: Fixtures.at(5)) == 0)
        #expect(try Self.claim(store) == nil)
        #expect(try Self.claim(store, "boss")?.receiver == "boss")
    }

    @Test("one at a time: a second claim gets nothing until the lease has run out")
    func leases() throws {
        let store = try Self.store([Self.alert("a"), Self.alert("b", key: "storage/db")])
        let first = try #require(try Self.claim(store))
        #expect(try Self.claim(store) == nil)
        #expect(try Self.claim(store, at: Self.now + .seconds(59)) == nil)
        let again = try #require(try store.claim(receiver: "team", now: Self.now + .seconds(60), for: Self.length, lease: "you"))
        #expect(again.alert.id == first.alert.id)
        // Who lost the lease changes nothing by failing, and tells the truth by delivering.
        try store.markRetry(first, Self.attempt(.retry), next: Fixtures.at(600))
        #expect(try store.outbox(states: [.leased]).map(\.alert.id) == ["a"])
        try store.markDelivered(first, Self.attempt(.delivered), now: Self.now)
        #expect(try store.outbox(states: [.delivered]).map(\.alert.id) == ["a"])
    }

    @Test("a lease given back, or ended for a holder who died, is claimed at once")
    func released() throws {
        let store = try Self.store([Self.alert("a")])
        try store.release(try #require(try Self.claim(store)))
        #expect(try Self.claim(store)?.alert.id == "a")
        try store.releaseAll()
        #expect(try Self.claim(store)?.attempts == 0)
    }

    @Test("a lease from a clock that was ahead does not last")
    func clockSetBack() throws {
        let store = try Self.store([Self.alert("a")])
        _ = try #require(try Self.claim(store, at: Fixtures.at(600)))
        #expect(try Self.claim(store, at: Self.now)?.alert.id == "a")
    }

    @Test("order is kept within a thread, while others go on")
    func order() throws {
        let store = try Self.store([
            Self.alert("a1"), Self.alert("b1", key: "storage/db"), Self.alert("a2", kind: .resolved),
            Self.alert("b2", key: "storage/db", kind: .resolved),
        ])
        let first = try #require(try Self.claim(store))
        try store.markRetry(first, Self.attempt(.retry), next: Fixtures.at(5))
        var order: [String] = []
        while let entry = try Self.claim(store, at: Fixtures.at(1)) {
            order.append(entry.alert.id)
            try store.markFailed(entry, Self.attempt(.failed), now: Fixtures.at(1))
        }
        #expect(order == ["b1", "b2"])
        #expect(try Self.claim(store, at: Fixtures.at(5))?.alert.id == "a1")
    }

    @Test("after a delivery, what waits for its next attempt is due")
    func answersAgain() throws {
        let store = try Self.store([Self.alert("a"), Self.alert("b", key: "storage/db")])
        try store.markRetry(try #require(try Self.claim(store)), Self.attempt(.retry), next: Fixtures.at(500))
        try store.markDelivered(try #require(try Self.claim(store)), Self.attempt(.delivered), now: Fixtures.at(1))
        #expect(try Self.claim(store, at: Fixtures.at(1))?.alert.id == "a")
    }

    @Test("an endpoint that asked for time is left alone until then")
    func paused() throws {
        let store = try Self.store([Self.alert("a"), Self.alert("b", key: "storage/db")])
        let entry = try #require(try Self.claim(store))
        try store.markRetry(entry, Self.attempt(.retry), next: Fixtures.at(5), pausing: Fixtures.at(5))
        #expect(try Self.claim(store, at: Fixtures.at(4)) == nil)
        #expect(try Self.claim(store, at: Fixtures.at(5))?.alert.id == "a")
    }

    @Test("a disabled endpoint's alerts are held and come back with it")
    func disabled() throws {
        let store = try Self.store([Self.alert("a")])
        #expect(try store.disable(receiver: "team", because: "410 Gone", at: Self.now) == 1)
        try store.enqueue([Self.alert("b", key: "storage/db")], to: ["team", "boss"], at: Self.now)
        #expect(try Self.claim(store, at: Fixtures.at(10)) == nil)
        let counts = try store.receiverStatuses()
        #expect(counts.map { [$0.count(.held), $0.pending] } == [[0, 1], [2, 0]])
        #expect(counts.map(\.disabledReason) == [nil, "410 Gone"])
        #expect(
            try store.outbox(states: [.held]).map { [$0.heldReason?.rawValue, $0.reason] }
                == [["receiver_disabled", "410 Gone"], ["receiver_disabled", "410 Gone"]])
        #expect(try store.enable(receiver: "team", at: Fixtures.at(10)))
        #expect(try !store.enable(receiver: "team", at: Fixtures.at(10)))
        #expect(try Self.claim(store, at: Fixtures.at(10))?.alert.id == "a")
    }

    @Test("entries of an unknown receiver are held until the receiver is back or they are retried")
    func held() throws {
        let store = try Self.store([Self.alert("a")])
        try store.holdUnknown(besides: [])
        #expect(try Self.claim(store) == nil)
        #expect(try !store.enable(receiver: "team", at: Self.now))
        let entries = try store.outbox(states: [.held])
        #expect(entries.map(\.heldReason) == [.receiverUnknown])
        try store.holdUnknown(besides: ["team"])
        #expect(try store.outbox().map(\.state) == [.pending])
        try store.holdUnknown(besides: [])
        #expect(try store.retry(entries, at: Self.now) == 1)
        #expect(try Self.claim(store)?.alert.id == "a")
    }

    @Test("an alert with a start time is not leased before it")
    func notBefore() throws {
        let store = try Store(path: nil, create: true, exists: false)
        try store.enqueue([Self.alert("a")], to: ["team"], at: Self.now, notBefore: Fixtures.at(3))
        #expect(try Self.claim(store, at: Fixtures.at(2)) == nil)
        #expect(try store.pendingEntries(receiver: "team", now: Fixtures.at(2)).isEmpty)
        #expect(try Self.claim(store, at: Fixtures.at(3))?.alert.id == "a")
    }

    @Test("every attempt is recorded, and a failed alert can be enqueued again")
    func attempts() throws {
        let store = try Self.store([Self.alert("abc")])
        try store.markRetry(try #require(try Self.claim(store)), Self.attempt(.retry, "503"), next: Self.now)
        try store.markFailed(try #require(try Self.claim(store)), Self.attempt(.failed, "400"), now: Self.now)
        let entry = try #require(try store.outbox(alert: "ab").first)
        #expect((entry.state, entry.attempts, entry.reason, entry.finishedAt) == (.failed, 2, "400", Self.now))
        #expect(try store.attempts(of: entry).map(\.reason) == ["503", "400"])
        #expect(try store.retry([entry], at: Self.now) == 1)
        #expect(try Self.claim(store)?.attempts == 0)
        #expect(try store.outbox(alert: "%").isEmpty)
    }

    @Test("active alerts are repeated for receivers that forget; ended ones are not")
    func refresh() throws {
        let store = try Self.store([
            Self.alert("a"), Self.alert("b", key: "storage/db"), Self.alert("b2", key: "storage/db", kind: .resolved),
        ])
        while let entry = try Self.claim(store) { try store.markDelivered(entry, Self.attempt(.delivered), now: Self.now) }
        #expect(try store.refresh(receiver: "team", every: .seconds(900), now: Fixtures.at(14)) == 0)
        #expect(try store.refresh(receiver: "team", every: .seconds(900), now: Fixtures.at(15)) == 1)
        #expect(try Self.claim(store, at: Fixtures.at(15))?.alert.id == "a")
    }

    @Test("forgetting keeps what still stands")
    func forget() throws {
        let store = try Self.store([
            Self.alert("a"), Self.alert("b", key: "storage/db"), Self.alert("b2", key: "storage/db", kind: .resolved),
        ])
        while let entry = try Self.claim(store) { try store.markDelivered(entry, Self.attempt(.delivered), now: Self.now) }
        #expect(try store.deleteDelivered(before: Self.now) == 0)
        #expect(try store.deleteDelivered(before: Fixtures.at(1)) == 2)
        #expect(try store.outbox().map(\.alert.id) == ["a"])
    }
}
