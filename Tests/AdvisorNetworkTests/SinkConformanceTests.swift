import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorNetwork

extension Stack.Receiver.Format {
    /// What a receiver of this format answers when it takes an alert.
    var taken: LoopbackServer.Conduct {
        switch self {
        case .slack: .answer(200, body: "ok")
        case .discord: .answer(204)
        case .pagerduty: .answer(202, body: #"{"status":"success","message":"Event processed","dedup_key":"k"}"#)
        case .teams: .answer(202)
        default: .answer(200, body: "{}")
        }
    }
}

@Suite("Conformance of HTTP sinks")
struct SinkConformanceTests {
    static let posting = ReceiverKind.all.map(\.format).filter { $0.url != .meaningless }

    enum Expected: Sendable {
        case taken
        case retry(after: Duration?)
        case permanent, gone
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var conduct: LoopbackServer.Conduct
        var expected: Expected
        /// Of a body that must say something: Slack's `ok`.
        var ofSlack: Expected?
        var within = Duration.seconds(5)
        var testDescription: String { name }
    }

    private static let short = Duration.milliseconds(400)
    static let date = "Fri, 15 Jan 2027 08:05:00 GMT"

    static let cases = [
        Case(name: "500", conduct: .answer(500, body: "oops"), expected: .retry(after: nil)),
        Case(
            name: "503 until a date", conduct: .answer(503, headers: ["Retry-After": date]),
            expected: .retry(after: .seconds(300))),
        Case(
            name: "429 with Retry-After", conduct: .answer(429, headers: ["Retry-After": "120"]),
            expected: .retry(after: .seconds(120))),
        Case(
            name: "429 for a year", conduct: .answer(429, headers: ["Retry-After": "31536000"]),
            expected: .retry(after: .seconds(86_400))),
        Case(name: "408", conduct: .answer(408), expected: .retry(after: nil)),
        Case(name: "400", conduct: .answer(400, body: "invalid_payload"), expected: .permanent),
        Case(name: "403", conduct: .answer(403), expected: .permanent),
        Case(name: "404", conduct: .answer(404, body: "no_service"), expected: .permanent),
        Case(name: "410", conduct: .answer(410, body: "channel_is_archived"), expected: .gone),
        Case(name: "silence", conduct: .silence, expected: .retry(after: nil), within: short),
        Case(name: "a cut connection", conduct: .cut(afterHalf: false), expected: .retry(after: nil)),
        Case(name: "a connection cut in the head", conduct: .cut(afterHalf: true), expected: .retry(after: nil)),
        Case(name: "headers that never end", conduct: .dripHeaders, expected: .retry(after: nil), within: short),
        Case(
            name: "200 and a body that drips", conduct: .drip(200), expected: .taken, ofSlack: .retry(after: nil), within: short),
        Case(name: "500 and a body that drips", conduct: .drip(500), expected: .retry(after: nil), within: short),
        Case(name: "200 and a body without end", conduct: .flood(200), expected: .taken, ofSlack: .retry(after: nil)),
        Case(name: "400 and a body without end", conduct: .flood(400), expected: .permanent),
    ]

    /// Every case for every format; those that wait for a deadline only for two of them, unless slow tests are run.
    static let combinations = posting.flatMap { format in
        cases.filter { SlowTests.areEnabled || $0.within != short || [.slack, .standard].contains(format) }.map { (format, $0) }
    }

    @Test("does what is right", arguments: combinations)
    func conduct(_ format: Stack.Receiver.Format, _ row: Case) throws {
        let folder = try TemporaryFolder()
        let receiver = try LoopbackServer(row.conduct)
        let path = "/services/T0SECRET/B0SECRET/verysecrettoken"
        let webhook = try Sending.webhook(format, url: receiver.url(path), in: folder)
        let begin = ContinuousClock.now
        let result = try Sending.deliver(by: webhook, folder, within: row.within)
        let took = ContinuousClock.now - begin
        #expect(took < row.within + .seconds(3), "the deadline holds")
        switch (format == .slack ? row.ofSlack ?? row.expected : row.expected, result) {
        case (.taken, .success): break
        case (.retry(let after), .failure(.retryable(_, let asked))): #expect(asked == after)
        case (.permanent, .failure(.permanent)), (.gone, .failure(.gone)): break
        default: Issue.record("\(row.name): \(result)")
        }
        #expect(receiver.requests.count == 1, "nothing is tried twice within one attempt")
        #expect(receiver.bytesSent < 16_000_000, "no more is read than is needed")
        for secret in ["SECRET", "verysecrettoken", Sending.routingKey, Sending.signingKey] {
            #expect(!"\(result)".contains(secret), "no secret is said")
        }
    }

    @Test("takes what is taken, at once or after a delay", arguments: posting)
    func taken(_ format: Stack.Receiver.Format) throws {
        let folder = try TemporaryFolder()
        let receiver = try LoopbackServer(
            format == .slack ? [format.taken, .delayed(0.3, 200, body: "ok")] : [format.taken, .delayed(0.3, 200)])
        let webhook = try Sending.webhook(format, url: receiver.url("/topic"), in: folder)
        for _ in 0..<2 {
            guard case .success = try Sending.deliver(by: webhook, folder) else {
                Issue.record("\(format.rawValue) was not taken")
                continue
            }
        }
        let requests = receiver.requests
        #expect(requests.count == 2)
        #expect(requests.allSatisfy { $0.line.hasPrefix("POST ") && $0.headers["user-agent"] == "advisor/0.1" })
        #expect(requests.first?.body == requests.last?.body, "the same alert is the same bytes")
    }

    @Test("does not follow where it is sent", arguments: posting)
    func redirects(_ format: Stack.Receiver.Format) throws {
        let folder = try TemporaryFolder()
        let elsewhere = try LoopbackServer(.answer(200, body: "ok"))
        let receiver = try LoopbackServer([301, 302, 307, 308].map { .answer($0, headers: ["Location": elsewhere.url()]) })
        let webhook = try Sending.webhook(format, url: receiver.url(), in: folder)
        for _ in 0..<4 {
            guard case .failure(.retryable(let reason, nil)) = try Sending.deliver(by: webhook, folder) else {
                Issue.record("\(format.rawValue) followed")
                continue
            }
            #expect(reason.contains("redirects are not followed"))
        }
        #expect(receiver.requests.count == 4)
        #expect(elsewhere.requests.isEmpty)
    }

    @Test("never says what a receiver echoes of its secrets", arguments: posting)
    func echo(_ format: Stack.Receiver.Format) throws {
        let folder = try TemporaryFolder()
        let path = "/services/T0SECRET/verysecrettoken?key=querysecret"
        let echo = "url http://user:pass@host\(path) path \(path) key \(Sending.routingKey) \(Sending.signingKey) querysecret"
        let receiver = try LoopbackServer(.answer(400, body: echo))
        let webhook = try Sending.webhook(format, url: receiver.url(path), in: folder)
        let result = try Sending.deliver(by: webhook, folder)
        for secret in [
            "T0SECRET", "verysecrettoken", "querysecret", format.secret == .meaningless ? "T0SECRET" : Sending.routingKey,
        ]
        where format != .standard || secret != Sending.routingKey {
            #expect(!"\(result)".contains(secret), "\(result)")
        }
        if format == .standard { #expect(!"\(result)".contains(Sending.signingKey.dropFirst(6))) }
        let preview = try Sending.sink(webhook, folder).preview(Sending.message(), at: Sending.now)
        for secret in ["T0SECRET", "querysecret", Sending.routingKey, Sending.signingKey] {
            #expect(!"\(preview)".contains(secret), "\(preview)")
        }
    }

    @Test("refuses private addresses and plain HTTP unless they are allowed", arguments: posting)
    func guarded(_ format: Stack.Receiver.Format) throws {
        let folder = try TemporaryFolder()
        let receiver = try LoopbackServer(format.taken)
        for url in [
            receiver.url(), "https://127.0.0.1:\(receiver.port)/hook", "https://[::ffff:127.0.0.1]:\(receiver.port)/x",
            "https://localhost/x",
        ] {
            var webhook = try Sending.webhook(format, url: url, in: folder)
            webhook.allowsPrivate = false
            guard case .failure(.retryable(let reason, nil)) = try Sending.deliver(by: webhook, folder) else {
                Issue.record("\(url) was sent to")
                continue
            }
            #expect(reason.contains("allow_private"))
        }
        #expect(receiver.requests.isEmpty)
    }

    @Test("says which secret is missing, and where it should be", arguments: posting)
    func missing(_ format: Stack.Receiver.Format) throws {
        let folder = try TemporaryFolder()
        var webhook = Stack.Receiver(name: "w", format: format, url: .file("nowhere.url"), secrets: [.environment("NOWHERE")])
        #expect(throws: SecretFailure(problem: "nowhere.url: no such file")) { try Sending.sink(webhook, folder) }
        webhook.url = .credential("hook")
        #expect(throws: SecretFailure.self) { try Sending.sink(webhook, folder) }
        if format.secret == .required {
            webhook.url = nil
            #expect(throws: SecretFailure(problem: "the environment variable NOWHERE is not set")) {
                try Sending.sink(webhook, folder)
            }
        }
    }
}

@Suite("Responses of random bytes")
struct NoiseTests {
    /// Linear congruence, so that a failure comes back.
    private struct Dice {
        var state: UInt64
        mutating func roll(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(roll(256)) } }
    }

    @Test("end in time, without a crash")
    func noise() throws {
        let folder = try TemporaryFolder()
        var dice = Dice(state: 42)
        let heads = [
            "", "HTTP/1.1 ", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "HTTP/1.1 99999 \r\n\r\n",
            "HTTP/1.1 429 X\r\nRetry-After: ",
            "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/2 200\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        ]
        let plan = (0..<60).map { LoopbackServer.Conduct.raw(Array(heads[$0 % heads.count].utf8) + dice.bytes(dice.roll(400))) }
        let receiver = try LoopbackServer(plan)
        let webhook = try Sending.webhook(.standard, url: receiver.url(), in: folder)
        for _ in plan {
            let begin = ContinuousClock.now
            let result = try Sending.deliver(by: webhook, folder, within: .milliseconds(500))
            #expect(ContinuousClock.now - begin < .seconds(3))
            if case .failure(let failure) = result {
                #expect(!failure.reason.isEmpty && !failure.reason.unicodeScalars.contains { $0.value < 0x20 })
            }
        }
        #expect(receiver.requests.count == plan.count)
    }
}

@Suite("List of sinks")
struct SinkKindTests {
    @Test("has one for every format of the stack file")
    func complete() { #expect(ReceiverKind.all.map(\.format) == Stack.Receiver.Format.allCases) }

    @Test(
        "a certificate of an unknown authority is refused",
        .enabled(if: FileManager.default.isExecutableFile(atPath: TLSServer.openssl), "apt-get install openssl"))
    func certificate() throws {
        let folder = try TemporaryFolder()
        let server = try TLSServer(folder)
        let webhook = try Sending.webhook(.standard, url: "https://127.0.0.1:\(server.port)/", in: folder)
        guard case .failure(.retryable(let reason, nil)) = try Sending.deliver(by: webhook, folder) else {
            Issue.record("it was trusted")
            return
        }
        #expect(reason == "TLS failed: the certificate is not trusted for this host")
    }
}
