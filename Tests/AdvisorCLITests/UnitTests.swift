import AdvisorFormats
import AdvisorTestSupport
import Foundation
import Testing

@Suite("systemd units, crontab lines and advisor status")
struct UnitTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(
            """
            webhooks:
              - { name: team, format: slack, url_credential: slack.url }
              - { name: pager, format: pagerduty, secret_credential: pager.key }
            heartbeat: { url_credential: slack.url }
            """, to: "a b%/advisor.yaml")
    }

    @Test("systemd-analyze takes the units")
    func verify() throws {
        let printed = try Program.run(["init", "--systemd", "--dir", "a b%", "-o", "."], in: folder.url)
        #expect(printed.status == 0, "\(printed.errors)")
        #expect(printed.output.contains("# sudo cp ./advisor.service ./advisor.timer /etc/systemd/system/\n"))
        let service = try String(contentsOf: folder.url.appending(path: "advisor.service"), encoding: .utf8)
        #expect(
            service.contains("LoadCredential=slack.url:/etc/advisor/slack.url\nLoadCredential=pager.key:/etc/advisor/pager.key\n")
        )
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["systemd-analyze", "verify", "--man=no", "./advisor.service", "./advisor.timer"]
        process.currentDirectoryURL = folder.url
        let output = Pipe()
        (process.standardOutput, process.standardError) = (output, output)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        if process.terminationStatus == 127 { return print("skipped: there is no systemd-analyze") }
        // What else is wrong with the machine's own units is not ours.
        let ours = text.split(separator: "\n").filter { $0.contains("advisor") }
        #expect(ours.isEmpty, "\(text)")
        #expect(process.terminationStatus == 0, "\(text)")
    }

    @Test("both are printed without -o, and neither writes a stack file")
    func printed() throws {
        let run = try Program.run(["init", "--systemd"], in: folder.url)
        #expect(run.output.contains("# --- advisor.service\n[Unit]\n"))
        #expect(run.output.contains("# --- advisor.timer\n[Unit]\n"))
        #expect(run.output.contains("Persistent=true\n"))
        #expect(try !FileManager.default.contentsOfDirectory(atPath: folder.url.path).contains("advisor.yaml"))
    }

    @Test("the crontab line survives cron and the shell")
    func cron() throws {
        let run = try Program.run(["init", "--cron", "--dir", "a b%"], in: folder.url)
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("*/15 * * * * /"))
        // What cron hands to the shell: an escaped percent sign is one.
        let command = run.output.split(separator: " ", maxSplits: 5)[5].replacingOccurrences(of: "\\%", with: "%")
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command.replacingOccurrences(of: "\n", with: " --wait 0 --now 2026-01-01T00:00:00Z")]
        process.currentDirectoryURL = URL(filePath: "/")
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(FileManager.default.fileExists(atPath: folder.url.appending(path: "a b%/advisor.db").path))
    }

    @Test("status of a store that nothing runs on, and of one that was run")
    func status() throws {
        let stack = "ingest: [cpu.csv]\nwebhooks: [{ name: file, format: file, path: alerts.jsonl }]\n"
        _ = try folder.write(stack, to: "advisor.yaml")
        _ = try folder.write("timestamp,metric,resource,value,period\n2026-01-01T00:00:00Z,cpu,db,50,300\n", to: "cpu.csv")
        let now = ["--now", "2026-01-01T04:00:00Z"]
        #expect(try Program.run(["status"] + now, in: folder.url).status == 66)
        #expect(try Program.run(["run", "--now", "2026-01-01T03:00:00Z"], in: folder.url).status == 0)
        let text = try Program.run(["status"] + now, in: folder.url)
        #expect(text.status == 0)
        for line in [
            "last run         2026-01-01T03:00:00Z, 1 h ago; succeeded", "evaluated up to  2026-01-01T03:00:00Z, 1 h ago",
            "newest sample    2026-01-01T00:00:00Z, 4 h ago", "stale            db: newest sample 2026-01-01T00:00:00Z, 4 h ago",
        ] {
            #expect(text.output.contains(line + "\n"), "\(text.output)")
        }
        #expect(text.output.contains("→ check the export, then `advisor ingest FILE`\n"), "\(text.output)")
        let korean = try Program.run(["status", "--language", "ko"] + now, in: folder.url, environment: ["COLUMNS": "60"])
        #expect(korean.output.contains("마지막 실행") && korean.output.contains("4시간 전"), "\(korean.output)")
        #expect(korean.output.split(separator: "\n").allSatisfy { String($0).displayWidth <= 60 }, "\(korean.output)")
        let json = try Program.run(["status", "--format", "json"] + now, in: folder.url)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(object["lag_seconds"] as? Int == 14_400)
        #expect((object["stale"] as? [[String: Any]])?.first?["resource"] as? String == "db")
        #expect((object["alerts"] as? [[String: Any]])?.first?["kind"] as? String == "stale")
    }
}
