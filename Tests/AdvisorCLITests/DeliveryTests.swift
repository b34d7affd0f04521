import AdvisorCore
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("advisor deliver and alerts")
struct DeliveryTests {
    private static let now = Timestamp(seconds: 1_774_915_200)  // 2026-03-31T00:00:00Z
    private static let secret = "verysecrettoken"

    private static func alert(_ id: String, _ title: String) -> Alert {
        var alert = Alert(
            id: id, kind: .alarm, severity: .critical, key: "cpu/\(title)", content: .rule(title, on: "db", says: "CPU is high."),
            at: now, startsAt: now)
        alert.resource = "db"
        return alert
    }

    /// A folder with a store that has two alerts pending for two webhooks, one of which does not answer.
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            """
            webhooks:
              - { name: log, format: file, path: alerts.jsonl }
              - { name: team, format: slack, url_env: TEAM_URL, allow_private: true }
            """, to: "advisor.yaml")
        let store = try Store(path: folder.url.path + "/advisor.db", create: true, exists: false)
        try store.enqueue([alert("aaaa1111", "CPU"), alert("bbbb2222", "\u{1B}[31mred")], to: ["log", "team"], at: now)
        return folder
    }

    private static func run(_ arguments: [String], _ folder: TemporaryFolder) throws -> Program.Run {
        // Port 9 of loopback: discard, without a server.
        let environment = ["TEAM_URL": "http://127.0.0.1:9/services/\(secret)", "COLUMNS": "100", "ADVISOR_NOW": now.description]
        let run = try Program.run(arguments, in: folder.url, environment: environment)
        #expect(!run.output.contains(secret) && !run.errors.contains(secret), "no secret is shown")
        #expect(!run.output.contains("\u{1B}"), "no terminal is moved")
        return run
    }

    @Test("shows, sends, and says what became of it")
    func whole() throws {
        let folder = try Self.folder()
        let rehearsal = try Self.run(["deliver", "--dry-run"], folder)
        #expect(rehearsal.status == 0)
        #expect(rehearsal.output.contains("team (slack) → http://127.0.0.1:9/…\n{\"blocks\":"))
        #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/alerts.jsonl"))

        let sent = try Self.run(["deliver", "--verbose"], folder)
        #expect(sent.output == "log: 2 delivered\nteam: 2 to be retried: no connection\n")
        #expect(sent.status == 75)
        #expect(
            sent.errors.contains(
                "advisor: alert not delivered receiver=team format=slack alert=aaaa1111 attempt=1 reason=no connection"))
        #expect(
            try String(contentsOf: folder.url.appending(path: "alerts.jsonl"), encoding: .utf8).split(separator: "\n").count == 2)

        let list = try Self.run(["alerts", "list"], folder)
        #expect(
            list.output == """
                bbbb2222  2026-03-31T00:00:00Z  pending  team  alarm: \(TestLanguage.said("db: \u{FFFD}[31mred"))
                          no connection
                bbbb2222  2026-03-31T00:00:00Z  delivered  log  alarm: \(TestLanguage.said("db: \u{FFFD}[31mred"))
                aaaa1111  2026-03-31T00:00:00Z  pending  team  alarm: \(TestLanguage.said("db: CPU"))
                          no connection
                aaaa1111  2026-03-31T00:00:00Z  delivered  log  alarm: \(TestLanguage.said("db: CPU"))

                """)
        let show = try Self.run(["alerts", "show", "aaaa"], folder)
        #expect(show.status == 0)
        #expect(
            show.output.contains("\nteam: pending, next attempt ") && show.output.contains("  retry  ")
                && show.output.contains("log: delivered\n"))
        let retry = try Self.run(["alerts", "retry", "aaaa"], folder)
        #expect((retry.output, retry.status) == ("1 alert re-queued\n", 0))
        let json = try Self.run(["alerts", "list", "--state", "delivered", "--format", "json"], folder)
        #expect(json.output.contains(#""receiver" : "log""#) && !json.output.contains(#""receiver" : "team""#))
    }

    @Test("tries an endpoint and says what came back")
    func test() throws {
        let folder = try Self.folder()
        let log = try Self.run(["alerts", "test", "log"], folder)
        #expect(log.output.hasPrefix("log (file): accepted: written (") && log.status == 0)
        let team = try Self.run(["alerts", "test"], folder)
        #expect(team.output.hasSuffix("team (slack): not accepted: no connection\n") && team.status == 75)
    }

    @Test(
        "errors have words and codes",
        arguments: [
            (["alerts", "show", "zzzz"], 66, "no alert 'zzzz'; `advisor alerts list` shows those there are"),
            (
                ["alerts", "test", "teem"], 64,
                "no receiver 'teem' in advisor.yaml; did you mean 'team'?"
            ),
            (["alerts", "retry"], 64, "name alerts, or --receiver NAME"),
            (["alerts", "list", "--state", "pendin"], 64, "unknown state 'pendin'; did you mean 'pending'?"),
            (["deliver", "--db", "none.db"], 66, "none.db: no such store"),
        ] as [([String], Int32, String)])
    func errors(_ arguments: [String], _ status: Int32, _ words: String) throws {
        let run = try Self.run(arguments, try Self.folder())
        #expect(run.status == status)
        #expect(run.errors.contains(words), "\(run.errors)")
    }
}
