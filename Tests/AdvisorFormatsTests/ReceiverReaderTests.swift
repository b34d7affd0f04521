import AdvisorCore
import AdvisorFormats
import Foundation
import Testing

@Suite("Receivers of the stack file")
struct ReceiverReaderTests {
    @Test("every key arrives")
    func everyKey() throws {
        let text = """
            heartbeat: { url_credential: ping, allow_private: true }
            webhooks:
              - { name: signed, format: standard, url_env: HOOK, secret_file: [new.key, old.key], stages: [launch] }
              - { name: on-call, format: pagerduty, secret_credential: pagerduty, severities: [critical] }
              - { name: prometheus, format: alertmanager, url_file: am.url, expires_after: 30m, allow_private: true }
              - { name: mail, format: email, to: [a@example.com, b@example.com], from: advisor@example.com }
              - { name: boss, format: email, to: boss@example.com, command: [/usr/bin/msmtp, -t], resources: [db], rules: [cpu] }
              - { name: hook, format: command, command: [/usr/local/bin/page, --quiet] }
              - { name: log, format: file, path: alerts.jsonl }
            """
        let read = try BundledFiles.stack(text)
        #expect(read.diagnostics == [])
        #expect(read.value.heartbeat == Stack.Heartbeat(url: .credential("ping"), allowsPrivate: true))
        var expected = [
            Stack.Receiver(
                name: "signed", format: .standard, url: .environment("HOOK"), secrets: [.file("new.key"), .file("old.key")]),
            Stack.Receiver(name: "on-call", format: .pagerduty, secrets: [.credential("pagerduty")]),
            Stack.Receiver(name: "prometheus", format: .alertmanager, url: .file("am.url")),
            Stack.Receiver(name: "mail", format: .email), Stack.Receiver(name: "boss", format: .email),
            Stack.Receiver(name: "hook", format: .command), Stack.Receiver(name: "log", format: .file),
        ]
        expected[0].stages = [.launch]
        expected[1].severities = [.critical]
        (expected[2].expiresAfter, expected[2].allowsPrivate) = (.seconds(1800), true)
        (expected[3].to, expected[3].from) = (["a@example.com", "b@example.com"], "advisor@example.com")
        (expected[4].to, expected[4].command) = (["boss@example.com"], ["/usr/bin/msmtp", "-t"])
        (expected[4].resources, expected[4].rules) = (["db"], ["cpu"])
        expected[5].command = ["/usr/local/bin/page", "--quiet"]
        expected[6].path = "alerts.jsonl"
        #expect(read.value.webhooks == expected)
    }

    @Test("the example of the documentation is read, and names every kind of place")
    func documented() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../Sources/AdvisorCore/Documentation.docc/Delivery.md")
        let article = try String(contentsOf: file.standardized, encoding: .utf8)
        let example = try #require(article.firstMatch(of: /```yaml\n((?:.|\n)*?)```/))
        let read = try BundledFiles.stack(String(example.output.1))
        #expect(read.diagnostics == [])
        #expect(read.value.webhooks.count == 7)
        #expect(read.value.heartbeat != nil)
        for format in Stack.Receiver.Format.allCases { #expect(article.contains("| `\(format.rawValue)` |")) }
    }

    struct InvalidCase: Sendable, CustomTestStringConvertible {
        var text: String
        var expected: [String]
        init(_ text: String, _ expected: String...) { (self.text, self.expected) = (text, expected) }
        var testDescription: String { text }
    }

    static let errors = [
        InvalidCase(
            "webhooks: [{ name: t, format: slak, url_file: u }]",
            "1:31: unknown format 'slak'; did you mean 'slack'?"
        ),
        InvalidCase(
            "webhooks: [{ name: t, format: ntfy, url_file: u, token: tk_1 }]",
            "1:57: 'token' would put a secret into this file; use one of: secret_file, secret_env, secret_credential"),
        InvalidCase(
            "webhooks: [{ name: t, format: pagerduty, routing_key: R0 }]",
            "1:12: 'pagerduty' needs a key; set one of: secret_file, secret_env, secret_credential",
            "1:55: 'routing_key' would put a secret into this file; use one of: secret_file, secret_env, secret_credential"),
        InvalidCase(
            "webhooks: [{ name: t, format: file, url_file: u }]", "1:12: 'path' is missing",
            "1:47: 'url_file' has no effect with format 'file'; remove it"),
        InvalidCase("webhooks: [{ name: t, format: email }]", "1:12: 'to' is missing"),
        InvalidCase(
            "webhooks: [{ name: t, format: command, comand: [a] }]", "1:12: 'command' is missing",
            "1:40: unknown key 'comand'; did you mean 'command'?"),
        InvalidCase(
            "webhooks: [{ name: t, format: standard, url_file: u }]",
            "1:12: note: without a secret nothing is signed; set one of: secret_file, secret_env, secret_credential"),
        InvalidCase(
            "webhooks: [{ name: t, format: file, path: a }, { name: t, format: file, path: b }]",
            "1:48: duplicate webhook 't'"),
        InvalidCase(
            "webhooks: [{ name: t, format: file, path: a, stages: [lunch] }]",
            "1:55: unknown stage 'lunch'; did you mean 'launch'?"),
        InvalidCase("heartbeat: { }", "1:12: the URL is missing; set one of: url_file, url_env, url_credential"),
        InvalidCase(
            "heartbeat: { url: https://hc-ping.com/x }",
            "1:19: 'url' would put a secret into this file; use one of: url_file, url_env, url_credential"),
    ]

    @Test("an error has its place", arguments: errors)
    func error(_ row: InvalidCase) throws {
        #expect(try BundledFiles.stack(row.text).diagnostics.map(\.description) == row.expected.map { "advisor.yaml:\($0)" })
    }
}
