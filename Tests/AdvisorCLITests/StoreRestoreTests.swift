import AdvisorTestSupport
import Foundation
import Testing

@Suite("Damage and daily backups")
struct StoreRestoreTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.write(
            "resources: [{ id: db, kind: database }]\nalerts: { stale_after: never }\nwebhooks: [{ name: f, format: file, path: a.jsonl }]\n"
                + "ingest: [a.csv]\nbackup: { keep: 2 }\n", to: "advisor.yaml")
    }

    /// Runs with three samples of each day so far.
    private func run(_ day: Int, _ hour: Int = 3) throws -> Program.Run {
        let lines = (0..<3 * min(day, 3)).map { "2026-01-0\($0 / 3 + 1)T0\($0 % 3):00:00Z,cpu,db,\($0),300\n" }
        _ = try folder.write("timestamp,metric,resource,value,period\n" + lines.joined(), to: "a.csv")
        return try Program.run(["run", "--now", "2026-01-0\(day)T0\(hour):00:00Z"], in: folder.url)
    }

    private func files() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).filter { $0.hasPrefix("advisor.db.") }.sorted()
    }

    @Test("a run keeps daily backups, notices damage the next day, says how to recover, and recovers")
    func recover() throws {
        for day in 1...3 { #expect(try run(day).status == 0) }
        #expect(try run(3, 4).status == 0)
        let backups = ["advisor.db.backup-2026-01-02", "advisor.db.backup-2026-01-03"]
        #expect(try files() == backups + ["advisor.db.lock"])
        let path = folder.url.appending(path: "advisor.db").path
        try SQLiteShell.run("UPDATE sample SET average = average + 7 WHERE start % 7200000 = 0", on: path)
        let damaged = try run(4)
        #expect(damaged.status == 74)
        #expect(
            damaged.errors.hasPrefix("advisor: advisor.db: damaged store: table sample: seriesId=1 on 2026-01-01"),
            "\(damaged.errors)")
        #expect(damaged.errors.contains("`advisor store restore` goes back to the newest backup"))
        // The run that found it evaluated nothing, made no backup, and notified.
        #expect(try files() == backups + ["advisor.db.lock"])
        #expect(try String(contentsOf: folder.url.appending(path: "a.jsonl"), encoding: .utf8).contains("damaged store"))
        let restored = try Program.run(["store", "restore"], in: folder.url)
        #expect(
            restored.errors
                == "advisor: advisor.db is now the backup advisor.db.backup-2026-01-03; the former store is advisor.db.damaged\n")
        let next = try run(4)
        #expect((next.status, next.errors) == (0, ""))
        let check = try Program.run(["store", "check"], in: folder.url)
        #expect(check.output == "advisor.db: no problems; 9 samples\n")
    }

    @Test("values that were changed on purpose are accepted once")
    func accepted() throws {
        _ = try run(1)
        try SQLiteShell.run("UPDATE sample SET count = 7", on: folder.url.appending(path: "advisor.db").path)
        #expect(try Program.run(["store", "check"], in: folder.url).status == 74)
        #expect(try Program.run(["store", "check", "--accept-values"], in: folder.url).status == 0)
        #expect(try run(2).status == 0)
    }

    @Test("without a backup there is nothing to go back to; with none kept none is made")
    func none() throws {
        _ = try folder.write("backup: { keep: 0 }\n", to: "advisor.yaml")
        #expect(try Program.run(["store", "restore"], in: folder.url).status == 66)
        _ = try run(1)
        #expect(try files() == ["advisor.db.lock"])
    }
}
