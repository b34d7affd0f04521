import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorNetwork

@Suite("Secrets in messages")
struct RedactionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var url: String
        /// What a receiver may repeat.
        var said: String
        /// What may not be shown.
        var secret: String
        var testDescription: String { said }
        init(_ url: String, _ said: String, _ secret: String) { (self.url, self.said, self.secret) = (url, said, secret) }
    }

    @Test(
        "every part of a URL but its host is hidden, as it is written, sent, decoded or escaped",
        arguments: [
            Case("https://kim:p%40ss@h.example/x", "bad password p@ss", "p@ss"),
            Case("https://kim:p%40ss@h.example/x", "bad password p%40ss", "p%40ss"),
            Case("https://ki:pw@h.example/x", "no user ki:pw here", "ki:pw"),
            Case("https://kim:pass@h.example/x", "Authorization: Basic a2ltOnBhc3M=", "a2ltOnBhc3M="),
            Case("https://h.example/x?token=a%2Fbc9", "token a/bc9 has expired", "a/bc9"),
            Case("https://h.example/x?token=a%2Fbc9", "token a%2Fbc9 has expired", "a%2Fbc9"),
            Case("https://h.example/x?k=abc", "GET /x?k=abc", "abc"),
            Case("https://h.example/x?abcdefgh", "no abcdefgh", "abcdefgh"),
            Case("https://h.example/services/T0/B0/XyZ12345", "no hook XyZ12345", "XyZ12345"),
            Case("https://h.example/services/T0/B0/XyZ12345", #"{"url":"https:\/\/h.example\/services\/T0\/B0\/XyZ"}"#, "T0"),
        ])
    func parts(_ row: Case) throws {
        let said = row.said.replacing(#"B0\/XyZ"#, with: #"B0\/XyZ12345"#)
        let shown = Redaction(urls: [try #require(URL(string: row.url))]).text(said)
        #expect(!shown.contains(row.secret) && shown.contains("[secret]"), "\(shown)")
    }

    @Test("words of a service are no secrets")
    func words() throws {
        let redaction = Redaction(urls: [try #require(URL(string: "https://hooks.slack.com/services/T0/B0/XyZ12345"))])
        #expect(redaction.text("3 services of hooks.slack.com") == "3 services of hooks.slack.com")
    }

    @Test("a secret is hidden before the text is cut, wherever the cut is", arguments: [0, 150, 185, 199, 65_490, 65_530])
    func cut(_ before: Int) throws {
        let folder = try TemporaryFolder()
        let key = "K" + String(repeating: "3y", count: 30)
        _ = try folder.write(key, to: "team.key")
        var stack = Stack()
        stack.webhooks = [Stack.Receiver(name: "team", format: .slack, url: .environment("HOOK_URL"))]
        stack.webhooks[0].secrets = [.file("team.key")]
        var webhook = Stack.Receiver(name: "page", format: .command)
        webhook.command = ["/bin/sh", "-c", "printf '%\(before)s' '' | tr ' ' .; cat \(folder.url.path)/team.key; exit 1"]
        let reader = SecretReader(
            folder: folder.url.path, environment: ["PATH": "/usr/bin:/bin", "HOOK_URL": "https://h.example/hook"])
        let sink = try SinkFactory(stack: stack, reader: reader).sink(webhook)
        do {
            _ = try sink.deliver(Sending.message(), at: Sending.now, within: .seconds(5))
            Issue.record("it was delivered")
        } catch {
            #expect(!error.reason.contains("K3y") && error.reason.hasPrefix("exit 1: "), "\(error.reason)")
        }
    }
}
