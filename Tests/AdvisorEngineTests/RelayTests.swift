import AdvisorCore
import AdvisorFormats
import AdvisorNetwork
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorEngine

/// A relay with its store, folder, clock and log.
private struct TestBench {
    let folder: TemporaryFolder
    let store: Store
    let clock = TestClock()
    let log = EventLog()
    var stack = Stack()
    var limits = OutboxRelay.Limits()

    init(isOnDisk: Bool = false) throws {
        folder = try TemporaryFolder()
        store = try Store(path: isOnDisk ? folder.url.path + "/advisor.db" : nil, create: true, exists: false)
        limits.attempt = .seconds(5)
    }

    mutating func add(_ format: Stack.Receiver.Format, _ receiver: LoopbackServer, _ name: String, path: String = "/hook") throws
    {
        stack.webhooks.append(try Sending.webhook(format, url: receiver.url(path), in: folder, name: name))
    }

    func enqueue(_ alerts: [Alert], to endpoints: [String]? = nil) throws {
        try store.enqueue(alerts, to: endpoints ?? stack.webhooks.map(\.name), at: clock.now)
    }

    @discardableResult
    func pass() throws -> [OutboxRelay.Tally] {
        try OutboxRelay(
            store: store, stack: stack, reader: Sending.reader(folder), environment: clock.environment, limits: limits,
            language: TestLanguage.current, report: log.report
        ).pass()
    }

    func states(_ endpoint: String) throws -> [OutboxEntry.State] { try store.outbox(receiver: endpoint).reversed().map(\.state) }
}

@Suite("Outbox relay")
struct RelayTests {
    private static func alert(_ id: String, key: String = "cpu/db", _ kind: Alert.Kind = .alarm) -> Alert {
        var alert = Sending.alert(kind, id: id)
        alert.key = key
        return alert
    }

    @Test("tries until it is taken, with the same id and body, on the schedule")
    func sameID() throws {
        var bench = try TestBench()
        let receiver = try LoopbackServer([.answer(500), .cut(afterHalf: false), .answer(503), .answer(200)])
        try bench.add(.standard, receiver, "team")
        try bench.enqueue([Self.alert("a")])
        #expect(try bench.pass().map(\.postponed) == [1], "two attempts of one alert; the first five seconds are waited for")
        #expect(bench.clock.now == Sending.now + .seconds(5))
        #expect(try bench.pass().isEmpty, "nothing is due before its time")
        bench.clock.now = bench.clock.now + .seconds(300)
        #expect(try bench.pass().map(\.postponed) == [1])
        bench.clock.now = bench.clock.now + .seconds(1800)
        #expect(try bench.pass().map(\.delivered) == [1])
        #expect(try bench.pass().isEmpty)
        let requests = receiver.requests
        #expect(requests.count == 4)
        #expect(Set(requests.map(\.body)).count == 1)
        #expect(Set(requests.map { $0.headers["webhook-id"] }) == ["a"])
        #expect(Set(requests.map { $0.headers["webhook-timestamp"] }).count == 4, "each attempt has its own time")
        let entry = try #require(try bench.store.outbox().first)
        #expect(try bench.store.attempts(of: entry).map(\.outcome) == [.retry, .retry, .retry, .delivered])
    }

    @Test("a retry has the words of the first attempt, whatever became of configuration, language and alert meanwhile")
    func sameWords() throws {
        var bench = try TestBench()
        let receiver = try LoopbackServer([.answer(500), .answer(200)])
        bench.limits.patience = .zero
        try bench.add(.standard, receiver, "team")
        try bench.enqueue([Self.alert("a")])
        #expect(try bench.store.outbox().map(\.message) == [nil], "an alert gets its words with its first attempt")
        #expect(try bench.pass().map(\.postponed) == [1])
        let message = try #require(try bench.store.outbox().first?.message)
        #expect(message == AlertMessage(Self.alert("a"), in: TestLanguage.current))
        (bench.stack.name, bench.stack.stage) = ("renamed", .growth)
        // Another program or another language would say it otherwise; what is stored of the alert itself may differ too.
        let other = AlertMessage(message.alert, label: "ALARME", title: "autre", summary: "autre chose")
        let next = bench.clock.now + .seconds(400)
        let claimed = try bench.store.claim(receiver: "team", now: next, for: .seconds(1), lease: "a") { _ in other }
        #expect(claimed?.message == message)
        bench.clock.now = next + .seconds(2)
        #expect(try bench.pass().map(\.delivered) == [1])
        #expect(receiver.requests.count == 2)
        #expect(receiver.requests[0].body == receiver.requests[1].body)
        let entry = try #require(try bench.store.outbox().first)
        #expect(try bench.store.retry([entry], at: bench.clock.now) == 0)
        #expect(entry.message == message)
    }

    @Test("429 leaves the whole endpoint alone for as long as it asks")
    func retryAfter() throws {
        var bench = try TestBench()
        let receiver = try LoopbackServer([.answer(429, headers: ["Retry-After": "120"]), .answer(200)])
        try bench.add(.standard, receiver, "team")
        try bench.enqueue([Self.alert("a"), Self.alert("b", key: "storage/db")])
        try bench.pass()
        bench.clock.now = Sending.now + .seconds(119)
        bench.limits.patience = .zero
        #expect(try bench.pass().isEmpty)
        #expect(receiver.requests.count == 1)
        bench.clock.now = Sending.now + .seconds(120)
        #expect(try bench.pass().map(\.delivered) == [2])
        #expect(
            receiver.requests.map { $0.headers["webhook-id"] } == ["a", "a", "b"], "in the order in which they were enqueued")
    }

    @Test("410 disables the receiver, and the others are notified in the same pass")
    func gone() throws {
        var bench = try TestBench()
        let (receiver, other) = (
            try LoopbackServer([.answer(410, body: "channel_is_archived"), .answer(200)]), try LoopbackServer(.answer(200))
        )
        try bench.add(.standard, receiver, "team")
        try bench.add(.standard, other, "boss")
        try bench.enqueue([Self.alert("a"), Self.alert("b", key: "storage/db")])
        let tallies = try bench.pass()
        #expect(tallies.map(\.disabled) == ["410 channel_is_archived", nil])
        #expect(tallies.map(\.delivered) == [0, 3])
        #expect(receiver.requests.count == 1)
        #expect(other.requests.last?.body.contains(#""code":"receiver_disabled""#) == true)
        #expect(try bench.states("team") == [.held, .held])
        bench.clock.now = bench.clock.now + .seconds(90_000)
        #expect(try bench.pass().isEmpty, "a disabled endpoint is left alone")
        try bench.store.enable(receiver: "team", at: bench.clock.now)
        #expect(try bench.pass().map(\.delivered) == [2])
        #expect(receiver.requests.dropFirst().map { $0.headers["webhook-id"] } == ["a", "b"])
    }

    @Test("what is refused for good is kept visible, and the next goes on")
    func permanent() throws {
        var bench = try TestBench()
        let receiver = try LoopbackServer([.answer(400, body: "invalid_payload"), .answer(200)])
        try bench.add(.standard, receiver, "team")
        try bench.enqueue([Self.alert("a"), Self.alert("b")])
        let tally = try #require(try bench.pass().first)
        #expect((tally.delivered, tally.failed, tally.problem) == (1, 1, "400 invalid_payload"))
        #expect(try bench.states("team") == [.failed, .delivered])
        #expect(try bench.store.outbox(states: [.failed]).map(\.reason) == ["400 invalid_payload"])
    }

    @Test("an end is never sent before what it ends")
    func order() throws {
        var bench = try TestBench()
        bench.limits.patience = .zero
        let receiver = try LoopbackServer([.answer(500), .answer(200)])
        try bench.add(.standard, receiver, "team")
        try bench.enqueue([Self.alert("a1"), Self.alert("a2", .resolved), Self.alert("b1", key: "storage/db")])
        try bench.pass()
        // b1 got through, so the endpoint answers again and a1 is due, then a2.
        #expect(receiver.requests.map { $0.headers["webhook-id"] } == ["a1", "b1", "a1", "a2"])
        #expect(try bench.states("team") == [.delivered, .delivered, .delivered])
    }

    @Test("a slow receiver holds up no other")
    func slow() throws {
        var bench = try TestBench()
        bench.limits.attempt = .milliseconds(600)
        let slow = try (0..<4).map { _ in try LoopbackServer(.silence) }
        let quick = try LoopbackServer(.answer(200))
        for (number, receiver) in slow.enumerated() { try bench.add(.standard, receiver, "slow\(number)") }
        try bench.add(.standard, quick, "quick")
        try bench.enqueue((0..<5).map { Self.alert("a\($0)", key: "k\($0)") })
        let begin = ContinuousClock.now
        let tallies = try bench.pass()
        // One after another they would take 4 × 2 × 0.6 s.
        #expect(ContinuousClock.now - begin < .seconds(4))
        #expect(tallies.map(\.delivered) == [0, 0, 0, 0, 5])
        #expect(tallies.map(\.postponed) == [2, 2, 2, 2, 0])
        #expect(quick.requests.map { $0.headers["webhook-id"] } == (0..<5).map { "a\($0)" })
    }

    @Test("after ten attempts without one success the alert is given up, the receiver disabled, and the others notified")
    func exhausted() throws {
        var bench = try TestBench()
        bench.limits.patience = .zero
        let (receiver, other) = (try LoopbackServer(.answer(503)), try LoopbackServer(.answer(200)))
        try bench.add(.standard, receiver, "team")
        try bench.add(.standard, other, "boss")
        try bench.enqueue([Self.alert("a")], to: ["team"])
        for _ in 0..<12 {
            try bench.pass()
            bench.clock.now = bench.clock.now + .seconds(30 * 3600)
        }
        #expect(receiver.requests.count == RetrySchedule.attempts)
        #expect(try bench.states("team") == [.failed])
        #expect(
            try bench.store.receiverStatuses().first { $0.receiver == "team" }?.disabledReason == "no success in 10 attempts: 503"
        )
        #expect(other.requests.count == 1)
    }

    @Test("a holder that died costs a repeat with the same id, no alert")
    func died() throws {
        var bench = try TestBench()
        let receiver = try LoopbackServer(.answer(200))
        try bench.add(.standard, receiver, "team")
        try bench.enqueue([Self.alert("a")])
        _ = try bench.store.claim(receiver: "team", now: bench.clock.now, for: .seconds(35), lease: "died")
        #expect(try bench.pass().isEmpty)
        bench.clock.now = bench.clock.now + .seconds(35)
        #expect(try bench.pass().map(\.delivered) == [1])
        #expect(receiver.requests.map { $0.headers["webhook-id"] } == ["a"])
    }

    @Test("what is missing of an endpoint is said, and once it is there the alert goes out")
    func missingSecret() throws {
        var bench = try TestBench()
        bench.limits.patience = .zero
        let receiver = try LoopbackServer(.answer(200, body: "ok"))
        bench.stack.webhooks = [Stack.Receiver(name: "team", format: .slack, url: .file("later.url"))]
        bench.stack.webhooks[0].allowsPrivate = true
        try bench.enqueue([Self.alert("a")])
        #expect(try bench.pass().map(\.problem) == ["later.url: no such file"])
        _ = try bench.folder.write(receiver.url(), to: "later.url")
        bench.clock.now = bench.clock.now + .seconds(5)
        #expect(try bench.pass().map(\.delivered) == [1])
    }

    @Test("alerts for a receiver that the stack file no longer names are paused until it does")
    func unknown() throws {
        var bench = try TestBench()
        let receiver = try LoopbackServer(.answer(200))
        try bench.enqueue([Self.alert("a")], to: ["team"])
        #expect(try bench.pass().isEmpty)
        #expect(try bench.states("team") == [.held])
        try bench.add(.standard, receiver, "team")
        #expect(try bench.pass().map(\.delivered) == [1])
    }

    @Test("Alertmanager gets an active alert again with a later end, and once when it has ended")
    func refresh() throws {
        var bench = try TestBench()
        let receiver = try LoopbackServer(.answer(200))
        try bench.add(.alertmanager, receiver, "am")
        try bench.enqueue([Self.alert("a")])
        for minutes in [0, 5, 15, 20, 31] {
            bench.clock.now = Sending.now + .seconds(Int64(minutes) * 60)
            try bench.pass()
        }
        let ends = receiver.requests.map { $0.body.firstMatch(of: /"endsAt":"([^"]+)"/).map { String($0.output.1) } }
        #expect(ends == ["2027-01-15T09:00:00Z", "2027-01-15T09:15:00Z", "2027-01-15T09:31:00Z"])
        try bench.enqueue([Self.alert("b", .resolved)])
        try bench.pass()
        bench.clock.now = bench.clock.now + .seconds(7200)
        try bench.pass()
        #expect(receiver.requests.count == 4)
        #expect(receiver.requests.last?.body.contains(#""endsAt":"2027-01-15T08:00:00Z""#) == true)
        #expect(receiver.requests.allSatisfy { $0.path == "/hook/api/v2/alerts" })
    }

    @Test("after a stop signal it begins nothing more")
    func ending() throws {
        var bench = try TestBench()
        let receiver = try LoopbackServer(.answer(200))
        try bench.add(.standard, receiver, "team")
        try bench.enqueue([Self.alert("a")])
        var environment = bench.clock.environment
        environment.isEnding = { true }
        let relay = OutboxRelay(
            store: bench.store, stack: bench.stack, reader: Sending.reader(bench.folder), environment: environment,
            language: TestLanguage.current, report: bench.log.report)
        #expect(try relay.pass().isEmpty)
        #expect(try bench.states("team") == [.pending])
    }

    @Test("no secret is in the store, the logs or what is said, whatever goes wrong")
    func secrets() throws {
        var bench = try TestBench(isOnDisk: true)
        bench.limits.attempt = .milliseconds(300)
        bench.limits.patience = .zero
        let path = "/services/T0SECRETPART/verysecrettoken"
        let echo = "see \(path) and \(Sending.routingKey) and \(Sending.signingKey)"
        let conducts: [LoopbackServer.Conduct] = [
            .answer(400, body: echo), .answer(500, body: echo), .answer(410, body: echo),
            .answer(302, headers: ["Location": path]),
            .answer(429, headers: ["Retry-After": "60"], body: echo), .silence, .cut(afterHalf: true), .drip(500),
        ]
        let receivers = try conducts.map { try LoopbackServer($0) }
        for (number, receiver) in receivers.enumerated() {
            for format in [Stack.Receiver.Format.standard, .slack, .pagerduty, .ntfy] {
                try bench.add(format, receiver, "\(format.rawValue)\(number)", path: path)
            }
        }
        try bench.enqueue([Self.alert("a")])
        let tallies = try bench.pass()
        #expect(tallies.count == 32)
        var seen = "\(tallies) \(bench.log.all)"
        for entry in try bench.store.outbox() { seen += "\(entry) \(try bench.store.attempts(of: entry))" }
        for name in try FileManager.default.contentsOfDirectory(atPath: bench.folder.url.path) where name.hasPrefix("advisor.db")
        {
            seen += String(decoding: try Data(contentsOf: bench.folder.url.appending(path: name)), as: UTF8.self)
        }
        #expect(seen.contains("notDelivered"))
        // Slack has no key of its own: what is no secret of an endpoint may be said of it.
        let withoutSlack = seen.components(separatedBy: "\n").filter { !$0.contains("slack") }.joined()
        for secret in ["T0SECRETPART", "verysecrettoken"] { #expect(!seen.contains(secret)) }
        #expect(!withoutSlack.isEmpty)
    }
}

@Suite("Secrets in the output of commands")
struct SendingCommandTests {
    @Test("show no secret on either output, and keep none, whatever a receiver says", .tags(.slow), .onlyWithSlowTests)
    func secrets() throws {
        let folder = try TemporaryFolder()
        let path = "/services/T0SECRETPART/verysecrettoken"
        let echo = "see \(path) and \(Sending.routingKey) and \(Sending.signingKey)"
        let conducts: [LoopbackServer.Conduct] = [
            .answer(400, body: echo), .answer(500, body: echo), .answer(410, body: echo),
            .answer(302, headers: ["Location": path]), .answer(429, headers: ["Retry-After": "60"], body: echo),
            .cut(afterHalf: true), .answer(200, body: echo),
        ]
        let receivers = try conducts.map { try LoopbackServer($0) }
        var stack = "webhooks:\n"
        var names: [String] = []
        _ = try folder.write(Sending.routingKey, to: "routing.key")
        for (number, receiver) in receivers.enumerated() {
            _ = try folder.write(receiver.url("\(path)?key=querysecret"), to: "\(number).url")
            for (format, secret) in [("standard", "secret_env: SIGNING"), ("pagerduty", "secret_file: routing.key")] {
                names.append("\(format)\(number)")
                stack +=
                    "  - { name: \(format)\(number), format: \(format), url_file: \(number).url, \(secret), allow_private: true }\n"
            }
        }
        _ = try folder.write(stack, to: "advisor.yaml")
        let store = try Store(path: folder.url.path + "/advisor.db", create: true, exists: false)
        try store.enqueue([Sending.alert()], to: names, at: Sending.now)
        var seen = ""
        for arguments in [
            ["deliver", "--dry-run"], ["deliver", "--verbose"], ["alerts", "list"], ["alerts", "show", "0123"],
            ["alerts", "test"],
            ["deliver", "--format", "json"], ["alerts", "retry", "--receiver", "standard2"],
        ] {
            let run = try Program.run(
                arguments, in: folder.url, environment: ["SIGNING": Sending.signingKey, "ADVISOR_NOW": Sending.now.description])
            #expect([0, 75, 76, 78].contains(run.status), "\(arguments): \(run.errors)")
            #expect(!run.output.isEmpty || !run.errors.isEmpty)
            seen += run.output + run.errors
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) where name.hasPrefix("advisor.db") {
            seen += String(decoding: try Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
        }
        #expect(seen.contains("[secret]"), "there was something to hide")
        #expect(seen.contains("redirects are not followed") && seen.contains("disabled"))
        for secret in ["T0SECRETPART", "verysecrettoken", "querysecret"] { #expect(!seen.contains(secret)) }
        #expect(receivers.allSatisfy { !$0.requests.isEmpty })
    }
}
