import AdvisorTestSupport
import Foundation
import Glibc
import Testing

/// Programs that `advisor run` starts.
@Suite("Programs of a run")
struct RunInputTests {
    private let folder: TemporaryFolder
    private static let export = "timestamp,metric,resource,value,period\n2026-01-01T00:00:00Z,cpu,db,50,300\n"

    init() throws { folder = try TemporaryFolder() }

    private func stack(_ ingest: String) throws {
        let text = "resources: [{ id: db, kind: database }]\ningest: \(ingest)\nalerts: { stale_after: never }\n"
        _ = try folder.write(text, to: "advisor.yaml")
    }

    private func run() throws -> Program.Run { try Program.run(["run", "--now", "2026-01-01T01:00:00Z"], in: folder.url) }

    private func samples() throws -> String {
        try SQLiteShell.run("SELECT count(*) FROM sample", on: folder.url.appending(path: "advisor.db").path)
    }

    /// Whether a process lives whose command line is this.
    private static func lives(_ command: String) -> Bool {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return folders.contains { name in
            guard Int(name) != nil, let bytes = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
                return false
            }
            return String(decoding: bytes.map { $0 == 0 ? 32 : $0 }, as: UTF8.self).contains(command)
        }
    }

    private static func waits(_ condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(15)
        while !condition(), ContinuousClock.now < end { usleep(50_000) }
        return condition()
    }

    @Test("a command ends when it ends, whatever it leaves running")
    func descendants() throws {
        try stack("[{ command: [sh, -c, \"sleep 20.25 & printf '\(Self.export.replacing("\n", with: "\\\\n"))'\"] }]")
        let begin = ContinuousClock.now
        let run = try run()
        #expect((run.status, run.errors) == (0, ""))
        #expect(ContinuousClock.now - begin < .seconds(10))
        #expect(try samples() == "1\n")
    }

    @Test("a command that takes too long ends with all that it started, although they ignore SIGTERM")
    func group() throws {
        try stack("[{ command: [sh, -c, \"trap '' TERM; sleep 31.5 & sleep 31.5\"], timeout: 200ms }]")
        let run = try run()
        #expect(run.errors.contains("took longer than 200 ms"))
        #expect(!Self.lives("sleep 31.5"))
    }

    @Test("losing the terminal ends it as SIGTERM does, and orphans nothing; nohup keeps it running")
    func hangup() throws {
        try stack("[{ command: [sleep, \"32.75\"] }]")
        let process = try Program.process(["run", "--now", "2026-01-01T01:00:00Z"], in: folder.url)
        try process.run()
        #expect(Self.waits { Self.lives("sleep 32.75") })
        kill(process.processIdentifier, SIGHUP)
        process.waitUntilExit()
        #expect((process.terminationReason, process.terminationStatus) == (.uncaughtSignal, SIGHUP))
        #expect(!Self.lives("sleep 32.75"))
    }

    @Test("a second signal ends it at once, with the programs that it started")
    func second() throws {
        try stack("[{ command: [sleep, \"33.75\"] }]")
        let process = try Program.process(["run", "--now", "2026-01-01T01:00:00Z"], in: folder.url)
        try process.run()
        #expect(Self.waits { Self.lives("sleep 33.75") })
        for _ in 0..<2 { kill(process.processIdentifier, SIGTERM) }
        process.waitUntilExit()
        #expect(Self.waits { !Self.lives("sleep 33.75") })
    }
}
