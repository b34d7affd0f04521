import AdvisorTestSupport
import Foundation
import Testing

@Suite("advisor recommendations")
struct RecommendationCommandTests {
    @Test("a session: list, show, claim, a calm report, done, checked, history")
    func session() throws {
        let folder = try DemoStore.makeEvaluated()
        var transcript = ""
        func run(_ arguments: [String], now: String, status: Int32 = 0) throws {
            let run = try Program.run(
                arguments, in: folder.url, environment: ["ADVISOR_NOW": now, "COLUMNS": "100"])
            #expect(run.status == status, "\(arguments): \(run.errors)")
            transcript += "$ advisor \(arguments.joined(separator: " "))    # \(now)\n\(run.output)\(run.errors)\n"
        }
        try run(["recommendations"], now: "2026-03-31")
        let shown = try Program.run(["recommendations", "show", "1", "--now", "2026-03-31"], in: folder.url)
        for words in ["Why, as of now", "CPU above 80 % for 5 minutes", "limit 80 %", "What happened", "claim 1"] {
            #expect(shown.output.contains(words), "\(words)")
        }
        try run(["recommendations", "snooze", "qp-dualtetrax-prod", "--for", "12h"], now: "2026-03-31T01:00:00Z")
        try run(["recommendations", "claim", "1", "--by", "kim"], now: "2026-03-31T02:00:00Z")
        try run(["recommendations", "claim", "1"], now: "2026-03-31T02:00:00Z", status: 64)
        let calm = try Program.run(["report", "--now", "2026-03-31T03:00:00Z"], in: folder.url)
        #expect(calm.output.contains("\n  · Move to db.t4g.small (#1): claimed 31 Mar 02:00 by kim\n"))
        #expect(!calm.output.contains("▲ Move"))
        try run(["recommendations", "done", "1", "--note", "cdk deploy"], now: "2026-03-31T09:00:00Z")
        try run(["recommendations", "snooze", "2", "--for", "1d"], now: "2026-03-31T09:00:00Z", status: 66)
        let stack = folder.url.appending(path: "advisor.yaml")
        let moved = try String(contentsOf: stack, encoding: .utf8).replacing("db.t4g.micro", with: "db.t4g.small")
        _ = try folder.write(moved, to: "advisor.yaml")
        let csv = (0..<300).map { "2026-04-0\(3 + $0 / 288)T\(Self.two($0 % 288 / 12)):\(Self.two($0 % 12 * 5)):00Z,35" }
        _ = try folder.write("timestamp,value\n" + csv.joined(separator: "\n") + "\n", to: "cpu.csv")
        _ = try Program.run(
            ["ingest", "cpu.csv", "--metric", "cpu", "--resource", "qp-dualtetrax-prod", "--now", "2026-04-04T02:00:00Z"],
            in: folder.url)
        _ = try Program.run(["evaluate", "--now", "2026-04-04T01:00:00Z"], in: folder.url)
        try run(["recommendations", "--all"], now: "2026-04-04T01:00:00Z")
        let report = try Program.run(["report", "--history", "--now", "2026-04-04T01:00:00Z"], in: folder.url)
        #expect(report.output.contains("1 verified: 1 confirmed, 0 not, 0 inconclusive"))
        transcript += report.output.components(separatedBy: "\nHistory\n").last ?? ""
        try Golden.expect(transcript, is: "life-session.txt")
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    @Test(
        "every form is JSON, and has what the text says",
        arguments: SlowTests.cases(["list", "claim", "show", "dismiss"], quick: 2))
    func forms(_ command: String) throws {
        let folder = try DemoStore.makeEvaluated()
        let arguments = ["recommendations", command] + (command == "list" ? [] : ["1"])
        let run = try Program.run(
            arguments + (command == "dismiss" ? ["--reason", "no"] : []) + ["--format", "json", "--now", "2026-03-31"],
            in: folder.url)
        #expect(run.status == 0, "\(run.errors)")
        let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let life = (document?["recommendations"] as? [[String: Any]])?.first ?? document?["recommendation"] as? [String: Any]
        #expect(life?["headline"] as? String == "move to db.t4g.small; the CPU alarm will remain")
        #expect(life?["state"] as? String == ["claim": "claimed", "dismiss": "dismissed"][command, default: "open"])
        #expect((life?["monthly_cost_after"] as? [String: String])?["amount"] == "25.66")
    }
}
