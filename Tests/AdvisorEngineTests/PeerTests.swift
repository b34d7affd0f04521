import AdvisorCore
import AdvisorEngine
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Glibc
import Testing

@testable import AdvisorNetwork

/// Programs of others, which the tests use where they are installed.
enum Peers {
    static let alertmanager = "/usr/bin/prometheus-alertmanager"
    static var hasAlertmanager: Bool { FileManager.default.isExecutableFile(atPath: alertmanager) }
    static let hasStandardWebhooks = (try? python("import standardwebhooks"))?.status == 0

    /// Runs Python with a script.
    static func python(_ script: String, _ arguments: [String] = []) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", script] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    /// The body of a GET on loopback; nil without an answer.
    static func get(_ port: Int, _ path: String) -> String? {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { return nil }
        let request = Array("GET \(path) HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".utf8)
        _ = request.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(connection, &buffer, buffer.count, 0), count > 0 { bytes += buffer[..<count] }
        guard let end = bytes.firstRange(of: [13, 10, 13, 10]) else { return nil }
        return String(decoding: bytes[end.upperBound...], as: UTF8.self)
    }

    /// Asks until the answer is as wanted, at most for ten seconds or so.
    static func wait(_ isDone: () -> Bool) -> Bool {
        for _ in 0..<100 {
            if isDone() { return true }
            Thread.sleep(forTimeInterval: 0.1)
        }
        return false
    }
}

@Suite("Peer programs (Prometheus, Alertmanager, Standard Webhooks)")
struct PeerTests {
    @Test(
        "PyPI's standardwebhooks verifies every signature, and no spoilt one",
        .enabled(if: Peers.hasStandardWebhooks, "pip install standardwebhooks"))
    func standardWebhooks() throws {
        let folder = try TemporaryFolder()
        let receiver = try LoopbackServer(.answer(200))
        var webhook = try Sending.webhook(.standard, url: receiver.url(), in: folder)
        let other = "whsec_" + Data((0..<64).map { UInt8($0 &* 3) }).base64EncodedString()
        _ = try folder.write(other, to: "other.key")
        webhook.secrets.append(.file("other.key"))
        for message in Alert.Kind.allCases.map({ Sending.message(Sending.alert($0)) }) + [Sending.hostileMessage] {
            #expect(try Sending.deliver(message, by: webhook, folder) == .success("200"))
        }
        let sent = receiver.requests.map { ["headers": $0.headers, "body": $0.body] as [String: Any] }
        let file = try folder.write(
            String(decoding: try JSONSerialization.data(withJSONObject: sent), as: UTF8.self), to: "sent.json")
        let script = """
            import datetime, json, sys
            import standardwebhooks.webhooks as library
            class Frozen(datetime.datetime):
                @classmethod
                def now(cls, tz=None): return datetime.datetime.fromtimestamp(1800000000, tz)
            library.datetime = Frozen
            good = bad = 0
            for sent in json.load(open(sys.argv[1])):
                for secret in sys.argv[2:]:
                    hook = library.Webhook(secret)
                    assert hook.verify(sent["body"], sent["headers"])["type"].startswith("advisor.")
                    good += 1
                    for headers, body in [(sent["headers"], sent["body"] + " "), ({**sent["headers"], "webhook-id": "x"}, sent["body"]),
                                          ({**sent["headers"], "webhook-timestamp": "1800000001"}, sent["body"])]:
                        try: hook.verify(body, headers)
                        except library.WebhookVerificationError: bad += 1
                        else: raise SystemExit("a spoilt one was verified")
            print(good, "verified,", bad, "refused")
            """
        let run = try Peers.python(script, [file, Sending.signingKey, other])
        let count = 2 * (Alert.Kind.allCases.count + 1)
        #expect(run.output == "\(count) verified, \(3 * count) refused\n")
    }

    /// A folder with the demo's stack file, and all of its history in the store; made once.
    private static let ingested = Result {
        let folder = try TemporaryFolder()
        let samples = Program.repository.appending(path: "data/samples").path
        let names = try FileManager.default.contentsOfDirectory(atPath: samples).filter {
            $0.hasSuffix(".csv") || $0.hasSuffix(".gz")
        }
        let stack = try String(contentsOfFile: samples + "/advisor.yaml", encoding: .utf8)
        _ = try folder.write(stack, to: "advisor.yaml")
        _ = try Program.run(["ingest"] + names.sorted().map { "\(samples)/\($0)" }, in: folder.url)
        return folder
    }

    /// What the demo's history causes, thread by thread: the first alarm, its end, and the alarm after that.
    private struct DatapointSeries {
        var first: Alert
        var resolved: Alert?
        var again: Alert?
    }

    private struct Episode: Decodable { var resource: String, rule: String, start: String, end: String? }

    private struct Answer: Decodable { var episodes: [Episode] }

    /// What a backtest of the demo's history finds.
    private static let episodes = Result {
        let folder = try ingested.get()
        let run = try Program.run(["backtest", "--now", "2026-03-31T00:00:00Z", "--format", "json"], in: folder.url)
        return try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8)).episodes
    }

    private static func demo() throws -> [DatapointSeries] {
        func alert(_ kind: Alert.Kind, _ episode: Episode) throws -> Alert {
            let key = "\(episode.rule)/\(episode.resource)"
            guard let start = Timestamp(text: episode.start) else { throw POSIXError(.EINVAL) }
            let end = kind == .resolved ? Timestamp(text: episode.end ?? "") : nil
            var alert = Alert(
                id: Fingerprint.of([key, kind.rawValue, episode.start]), kind: kind, severity: .warning, key: key,
                content: .rule(episode.rule, on: episode.resource, says: "The demo's history."), at: end ?? start, startsAt: start
            )
            (alert.endsAt, alert.rule, alert.resource, alert.project) = (end, episode.rule, episode.resource, "demo")
            return alert
        }
        let threads = Dictionary(grouping: try episodes.get()) { "\($0.rule)/\($0.resource)" }
        return try threads.sorted { $0.key < $1.key }.map { _, episodes in
            let episodes = episodes.sorted { $0.start < $1.start }
            return DatapointSeries(
                first: try alert(.alarm, episodes[0]),
                resolved: episodes[0].end == nil ? nil : try alert(.resolved, episodes[0]),
                again: episodes.count > 1 ? try alert(.alarm, episodes[1]) : nil)
        }
    }

    @Test(
        "a real Alertmanager receives, groups and resolves what the demo's history causes",
        .enabled(if: Peers.hasAlertmanager, "apt-get install prometheus-alertmanager"))
    func alertmanager() throws {
        let datapointSeriesList = try Self.demo()
        let ended = datapointSeriesList.compactMap(\.resolved)
        let again = datapointSeriesList.compactMap(\.again)
        #expect(datapointSeriesList.count > ended.count && !ended.isEmpty && !again.isEmpty, "some end, and come again")
        let folder = try TemporaryFolder()
        let hook = try LoopbackServer(.answer(200))
        let manager = try Alertmanager(folder, request: hook)
        let store = try Store(path: nil, create: true, exists: false)
        var stack = Stack()
        stack.webhooks = [try Sending.webhook(.alertmanager, url: "http://127.0.0.1:\(manager.port)", in: folder, name: "am")]
        let clock = TestClock()
        // Alertmanager's own clock is the real one.
        clock.now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        let relay = OutboxRelay(
            store: store, stack: stack, reader: Sending.reader(folder), environment: clock.environment,
            language: TestLanguage.current)
        try store.enqueue(datapointSeriesList.map(\.first), to: ["am"], at: clock.now)
        #expect(try relay.pass().map(\.delivered) == [datapointSeriesList.count])

        func held() throws -> [Suppression] { try Self.held(manager) }
        let own = datapointSeriesList.map { PrometheusLabels(Sending.message($0.first)) }
        #expect(try Set(held().map(\.labels)) == Set(own.map(\.labels)), "received, one alert each")
        #expect(try Set(held().map(\.fingerprint)) == Set(own.map(\.fingerprint)), "known by the fingerprint that we compute")

        // Told again, nothing changes; then what ended is over.
        clock.now = clock.now + .seconds(901)
        #expect(try relay.pass().map(\.delivered) == [datapointSeriesList.count])
        #expect(try held().count == datapointSeriesList.count)
        let resources = Set(datapointSeriesList.compactMap(\.first.resource))
        #expect(
            Peers.wait { Self.posted(hook).contains { $0.alerts.count == datapointSeriesList.count } },
            "all of a resource in one message")
        #expect(Self.groups(hook) == Set(resources.map { ["resource": $0] }), "grouped: one message a resource")
        try store.enqueue(ended, to: ["am"], at: clock.now)
        #expect(try relay.pass().map(\.delivered) == [ended.count])
        #expect(Peers.wait { Self.resolved(hook).count == ended.count }, "resolved: \(Self.resolved(hook))")
        #expect(Self.resolved(hook) == Set(ended.compactMap { PrometheusLabels(Sending.message($0)).labels["key"] }))
        func active() throws -> Set<[String: String]> { try Set(held().filter { $0.status.state == "active" }.map(\.labels)) }
        #expect(
            try active()
                == Set(
                    datapointSeriesList.filter { $0.resolved == nil }.map { PrometheusLabels(Sending.message($0.first)).labels }))
        try store.enqueue(again, to: ["am"], at: clock.now)
        _ = try relay.pass()
        #expect(try active() == Set(own.map(\.labels)), "and fires anew")

        // What it posts has the shape that the sink 'alertmanager-webhook' imitates.
        let real = try #require(
            hook.requests.first.flatMap { try? JSONSerialization.jsonObject(with: Data($0.body.utf8)) as? [String: Any] })
        let setup = try Sending.webhook(.alertmanagerWebhook, url: hook.url(), in: folder)
        let body = try Sending.sink(setup, folder).preview(Sending.message(datapointSeriesList[0].first), at: clock.now).body
        let ours = try #require(try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any])
        #expect(Set(real.keys).subtracting(ours.keys).isSubset(of: ["notification_reason"]))
        let entry = (real["alerts"] as? [[String: Any]])?.first ?? [:]
        #expect(Set(entry.keys) == Set(((ours["alerts"] as? [[String: Any]])?.first ?? [:]).keys))
    }

    @Test(
        "the program itself tells it of the demo's history: two alarms, the end of one, and that one anew",
        .tags(.slow), .onlyWithSlowTests, .enabled(if: Peers.hasAlertmanager, "apt-get install prometheus-alertmanager"))
    func program() throws {
        let episodes = try Self.episodes.get()
        let ended = try #require(episodes.first { $0.end != nil })
        let end = try #require(Timestamp(text: ended.end ?? ""))
        func standing(_ time: Timestamp) -> Set<String> {
            let text = time.description
            return Set(episodes.filter { $0.start <= text && ($0.end.map { $0 > text } ?? true) }.map(\.rule))
        }
        let folder = try TemporaryFolder()
        let source = try Self.ingested.get().url
        try FileManager.default.copyItem(at: source.appending(path: "advisor.db"), to: folder.url.appending(path: "advisor.db"))
        let stack = try String(contentsOf: source.appending(path: "advisor.yaml"), encoding: .utf8)
        let receiver = "\nwebhooks:\n  - { name: am, format: alertmanager, url_file: am.url, allow_private: true }\n"
        _ = try folder.write(stack + receiver, to: "advisor.yaml")
        let hook = try LoopbackServer(.answer(200))
        let manager = try Alertmanager(folder, request: hook)
        _ = try folder.write("http://127.0.0.1:\(manager.port)", to: "am.url")
        // Evaluated as of the past, notified as of today: Alertmanager's own clock is the real one.
        for time in [end - .seconds(300), end + .seconds(300), Timestamp(seconds: 1_774_915_200)] {
            let evaluated = try Program.run(["evaluate", "--now", "\(time)"], in: folder.url)
            let delivered = try Program.run(["deliver"], in: folder.url)
            #expect((evaluated.status, delivered.status) == (0, 0), "\(evaluated.errors)\(delivered.errors)")
            let active = try Self.held(manager).filter { $0.status.state == "active" }.compactMap { $0.labels["rule"] }
            #expect(Set(active) == standing(time) && !active.isEmpty, "as of \(time)")
        }
        #expect(
            Peers.wait {
                Self.posted(hook).flatMap(\.alerts).contains { $0.labels["rule"] == ended.rule && $0.status == "resolved" }
            })
        #expect(try Program.run(["deliver"], in: folder.url).output.isEmpty, "nothing is sent twice")
    }

    /// An alert as Alertmanager holds it.
    private struct Suppression: Decodable, Hashable {
        struct Status: Decodable, Hashable { var state: String }
        var fingerprint: String
        var labels: [String: String]
        var status: Status
    }

    private static func held(_ manager: Alertmanager) throws -> [Suppression] {
        try JSONDecoder().decode([Suppression].self, from: Data((Peers.get(manager.port, "/api/v2/alerts") ?? "[]").utf8))
    }

    private struct Posted: Decodable {
        struct Entry: Decodable { var status: String, labels: [String: String] }
        var groupLabels: [String: String]
        var alerts: [Entry]
    }

    private static func posted(_ hook: LoopbackServer) -> [Posted] {
        hook.requests.compactMap { try? JSONDecoder().decode(Posted.self, from: Data($0.body.utf8)) }
    }

    private static func groups(_ hook: LoopbackServer) -> Set<[String: String]> { Set(posted(hook).map(\.groupLabels)) }

    private static func resolved(_ hook: LoopbackServer) -> Set<String> {
        Set(posted(hook).flatMap(\.alerts).filter { $0.status == "resolved" }.compactMap { $0.labels["key"] })
    }
}

/// Debian's Alertmanager on a free port of loopback, which groups by resource and posts to a receiver.
private final class Alertmanager {
    let port: Int
    private let process = Process()

    init(_ folder: TemporaryFolder, request hook: LoopbackServer) throws {
        let probe = try LoopbackServer(.silence)
        port = probe.port
        probe.stop()
        let configuration = try folder.write(
            """
            route: { receiver: hook, group_by: [resource], group_wait: 200ms, group_interval: 300ms, repeat_interval: 1h }
            receivers: [{ name: hook, webhook_configs: [{ url: '\(hook.url())', send_resolved: true }] }]
            """, to: "alertmanager.yml")
        process.executableURL = URL(filePath: Peers.alertmanager)
        process.arguments = [
            "--config.file=\(configuration)", "--storage.path=\(folder.url.path)/am", "--web.listen-address=127.0.0.1:\(port)",
            "--cluster.listen-address=",
        ]
        let log = folder.url.appending(path: "alertmanager.log")
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let port = port
        guard Peers.wait({ Peers.get(port, "/-/ready") != nil }) else {
            throw StoreFailure.unusable(path: "alertmanager", reason: try String(contentsOf: log, encoding: .utf8))
        }
    }

    // SIGTERM is blocked in what a dispatch thread starts; SIGKILL cannot be.
    deinit { kill(process.processIdentifier, SIGKILL) }
}
