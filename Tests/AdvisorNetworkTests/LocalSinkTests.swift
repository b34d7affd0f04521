import AdvisorCore
import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorNetwork

@Suite("Local sinks: file and command")
struct LocalSinkTests {
    private static let short = Duration.milliseconds(500)

    struct Case: Sendable, CustomTestStringConvertible {
        var script: String
        var expected: String
        var testDescription: String { script }
        init(_ script: String, _ expected: String) { (self.script, self.expected) = (script, expected) }
    }

    static let cases = [
        Case("exit 0", "success: exit 0"), Case("echo queued as 42; exit 0", "success: exit 0: queued as 42"),
        Case("echo no such user >&2; exit 67", "permanent: exit 67: no such user"), Case("exit 65", "permanent: exit 65"),
        Case("exit 75", "retryable: exit 75"), Case("exit 1", "retryable: exit 1"),
        Case("kill -9 $$", "retryable: ended by signal 9"),
        Case("sleep 60 & sleep 60", "retryable: not done within 500 ms; ended"),
        Case("trap '' TERM; while :; do sleep 0.1; done", "retryable: not done within 500 ms; ended"),
        Case("printf '\\033[31mred\\007'; exit 75", "retryable: exit 75: \u{FFFD}[31mred\u{FFFD}"),
    ]

    @Test(
        "a program is evaluated by how it ends", arguments: SlowTests.cases([Stack.Receiver.Format.command, .email], quick: 1),
        cases
    )
    func program(_ format: Stack.Receiver.Format, _ row: Case) throws {
        let folder = try TemporaryFolder()
        var webhook = try Sending.webhook(format, url: "", in: folder)
        webhook.command = ["/bin/sh", "-c", row.script]
        let begin = ContinuousClock.now
        let result = try Sending.deliver(by: webhook, folder, within: Self.short)
        #expect(ContinuousClock.now - begin < .seconds(5))
        switch result {
        case .success(let said): #expect("success: \(said)" == row.expected)
        case .failure(.retryable(let reason, nil)): #expect("retryable: \(reason)" == row.expected)
        case .failure(.permanent(let reason)): #expect("permanent: \(reason)" == row.expected)
        default: Issue.record("\(result)")
        }
    }

    @Test("a program that prints without end or reads nothing blocks no other")
    func endless() throws {
        let folder = try TemporaryFolder()
        var webhook = try Sending.webhook(.command, url: "", in: folder)
        webhook.command = ["/bin/sh", "-c", "head -c 30000000 /dev/zero; exit 0"]
        var message = Sending.message()
        message.summary = String(repeating: "long ", count: 100_000)
        guard case .success = try Sending.deliver(message, by: webhook, folder) else {
            Issue.record("it did not end well")
            return
        }
    }

    @Test("no shell reads what is sent, and a program sees no variable that holds a secret")
    func environment() throws {
        let folder = try TemporaryFolder()
        var webhook = Stack.Receiver(name: "page", format: .command)
        webhook.command = ["/usr/bin/env"]
        var stack = Stack()
        stack.webhooks = [webhook, Stack.Receiver(name: "team", format: .slack, url: .environment("HOOK_URL"))]
        let reader = SecretReader(
            folder: folder.url.path,
            environment: ["PATH": "/usr/bin:/bin", "HOOK_URL": "https://hooks.example/secret", "KEPT": "yes"])
        let said = try SinkFactory(stack: stack, reader: reader).sink(webhook).deliver(
            Sending.message(), at: Sending.now, within: .seconds(5))
        #expect(said.contains("KEPT=yes"))
        #expect(!said.contains("HOOK_URL"))
    }

    @Test("a program that is not there is said so")
    func absent() throws {
        let folder = try TemporaryFolder()
        var webhook = try Sending.webhook(.command, url: "", in: folder)
        webhook.command = ["no-such-program"]
        #expect(
            try Sending.deliver(by: webhook, folder)
                == .failure(.retryable(reason: "no-such-program: no such program", after: nil)))
    }

    @Test(
        "an address that would smuggle in a header is refused",
        arguments: ["a@b\nBcc: c@d", "a b@c", "a@b,c@d", "-t@b", "a", "@b", "a@"])
    func address(_ text: String) throws {
        let folder = try TemporaryFolder()
        var webhook = try Sending.webhook(.email, url: "", in: folder)
        webhook.to = [text]
        #expect(throws: SecretFailure.self) { try Sending.sink(webhook, folder) }
    }

    @Test("a file gets one line an alert, whatever is in it")
    func file() throws {
        let folder = try TemporaryFolder()
        let webhook = try Sending.webhook(.file, url: "", in: folder)
        for message in [Sending.message(), Sending.hostileMessage, Sending.message(Sending.alert(.resolved))] {
            #expect(try Sending.deliver(message, by: webhook, folder) == .success("written"))
        }
        let text = try String(contentsOf: folder.url.appending(path: "file.out"), encoding: .utf8)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 3)
        for line in lines { #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any]) }
    }

    @Test("what a power cut left of a line stays on a line of its own")
    func torn() throws {
        let folder = try TemporaryFolder()
        let webhook = try Sending.webhook(.file, url: "", in: folder)
        let file = try folder.write("{\"id\":\"1\"}\n{\"id\":", to: "file.out")
        #expect(try Sending.deliver(by: webhook, folder) == .success("written"))
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.prefix(2) == ["{\"id\":\"1\"}", "{\"id\":"])
        #expect(try lines.dropFirst(2).map { try JSONSerialization.jsonObject(with: Data($0.utf8)) is [String: Any] } == [true])
    }

    @Test("a file that cannot be written to is tried again", arguments: ["/dev/full", "/", "/proc/none/such"])
    func unwritable(_ path: String) throws {
        let folder = try TemporaryFolder()
        var webhook = try Sending.webhook(.file, url: "", in: folder)
        webhook.path = path
        guard case .failure(.retryable(let reason, nil)) = try Sending.deliver(by: webhook, folder) else {
            Issue.record("it was written")
            return
        }
        #expect(reason.hasPrefix("the file cannot be"))
    }
}
