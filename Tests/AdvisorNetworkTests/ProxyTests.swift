import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorNetwork

@Suite("Behind a proxy")
struct ProxyTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var conduct: LoopbackServer.Conduct
        var reason: String
        var testDescription: String { name }
    }

    private static let established = Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8)

    static let cases = [
        Case(
            name: "407", conduct: .answer(407, headers: ["Proxy-Authenticate": "Basic realm=x"], body: "who are you"),
            reason: "the proxy wants a user and password (407)"),
        Case(name: "403", conduct: .answer(403, body: "blocked"), reason: "the proxy does not connect to this host (403)"),
        Case(name: "410", conduct: .answer(410), reason: "the proxy does not connect to this host (410)"),
        Case(name: "502", conduct: .answer(502), reason: "the proxy does not connect to this host (502)"),
        Case(name: "a tunnel that is cut", conduct: .raw(established), reason: "TLS failed"),
        Case(
            name: "a tunnel to what is not TLS",
            conduct: .raw(established + Array("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".utf8)), reason: "TLS failed"),
        Case(name: "a cut connection", conduct: .cut(afterHalf: false), reason: "the connection was cut"),
        Case(name: "half an answer", conduct: .cut(afterHalf: true), reason: "the connection was cut"),
    ]

    private func reader(_ proxy: LoopbackServer, _ folder: TemporaryFolder) -> SecretReader {
        SecretReader(
            folder: folder.url.path,
            environment: ["PATH": "/usr/bin:/bin", "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
    }

    private func deliver(_ format: Stack.Receiver.Format, by proxy: LoopbackServer) throws -> Result<String, DeliveryFailure> {
        let folder = try TemporaryFolder()
        var webhook = try Sending.webhook(format, url: "https://hooks.example.com/T0SECRET", in: folder)
        webhook.allowsPrivate = false
        let sink = try SinkFactory(stack: Stack(), reader: reader(proxy, folder)).sink(webhook)
        do { return .success(try sink.deliver(Sending.message(), at: Sending.now, within: .seconds(5))) } catch {
            return .failure(error)
        }
    }

    @Test("what it answers itself is no delivery, and is tried again", arguments: cases)
    func answered(_ row: Case) throws {
        for format in [Stack.Receiver.Format.standard, .slack, .pagerduty] {
            let proxy = try LoopbackServer(row.conduct)
            guard case .failure(.retryable(let reason, nil)) = try deliver(format, by: proxy) else {
                Issue.record("\(format.rawValue): not retried")
                continue
            }
            #expect(reason.hasPrefix(row.reason))
            #expect(proxy.requests.map(\.line) == ["CONNECT hooks.example.com:443 HTTP/1.1"])
        }
    }

    @Test(
        "a tunnel to a certificate that is not trusted is no delivery",
        .enabled(if: FileManager.default.isExecutableFile(atPath: TLSServer.openssl), "apt-get install openssl"))
    func certificate() throws {
        let server = try TLSServer(try TemporaryFolder())
        let proxy = try LoopbackServer(.tunnel(server.port))
        guard case .failure(.retryable(let reason, nil)) = try deliver(.standard, by: proxy) else {
            Issue.record("delivered")
            return
        }
        #expect(reason == "TLS failed: the certificate is not trusted for this host")
    }

    @Test("a heartbeat is heard by its receiver alone", arguments: cases)
    func heartbeat(_ row: Case) throws {
        let folder = try TemporaryFolder()
        let proxy = try LoopbackServer(row.conduct)
        _ = try folder.write("https://ping.example.com/0b1c-uuid-secret", to: "ping.url")
        let ping = try HeartbeatPing(Stack.Heartbeat(url: .file("ping.url")), reader: reader(proxy, folder))
        #expect(ping.send(.success, run: nil, at: Sending.now)?.hasPrefix(row.reason) == true)
    }
}
