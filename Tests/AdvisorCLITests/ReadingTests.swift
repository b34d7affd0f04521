import AdvisorTestSupport
import Foundation
import Glibc
import Testing

/// Reading needs no writing. Root ignores the bits of files, so that another user reads here.
@Suite("Reading a store that cannot be written", .enabled(if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0))
struct ReadingTests {
    /// A folder with a store whose last committed row is in the log alone, as a killed writer leaves it.
    private static func store(_ log: Log) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let ingest = ["ingest", "--metric", "cpu", "--resource", "db", "--now", "2026-12-31T23:00:00Z"]
        _ = try Program.run(ingest + ["--value", "50"], in: folder.url)
        let live = folder.url.path + "/live.db"
        try FileManager.default.moveItem(atPath: folder.url.path + "/advisor.db", toPath: live)
        let index = log == .withIndex ? "cp live.db-shm advisor.db-shm;" : ""
        let row = "INSERT INTO evaluation(at) VALUES (1798750800000);"  // 2026-12-31T21:00:00Z
        let copy = ".system cp live.db advisor.db; cp live.db-wal advisor.db-wal; \(index)"
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.currentDirectoryURL = folder.url
        shell.arguments = ["-c", log == .none ? "cp live.db advisor.db" : "printf '%s\n' '\(row)' '\(copy)' | sqlite3 live.db"]
        try shell.run()
        shell.waitUntilExit()
        for end in ["", "-wal", "-shm"] { unlink(live + end) }
        for name in ["advisor.db", "advisor.db-wal", "advisor.db-shm"] { chmod(folder.url.path + "/" + name, 0o644) }
        chmod(folder.url.path, 0o755)
        return folder
    }

    enum Log: CaseIterable, Sendable { case none, alone, withIndex }

    private static func asNobody(_ arguments: [String], in folder: URL) throws -> Program.Run {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments =
            ["--reuid=65534", "--regid=65534", "--clear-groups", AdvisorTestSupport.Program.binary.path] + arguments
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": "/tmp"]
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let problems = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Program.Run(output: text, errors: problems, status: process.terminationStatus)
    }

    @Test("another user reads every committed row, and leaves nothing beside the store", arguments: Log.allCases)
    func otherUser(_ log: Log) throws {
        let folder = try Self.store(log)
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        let check = try Self.asNobody(["store", "check"], in: folder.url)
        #expect(check.output == "advisor.db: no problems; 1 samples\n", "\(check.errors)")
        let status = try Self.asNobody(["status"], in: folder.url)
        #expect(status.output.contains("2026-12-31T21:00:00Z") == (log != .none), "\(status.output)\(status.errors)")
        for arguments in [["report"], ["store", "export"], ["recommendations", "list"], ["alerts", "list"]] {
            let run = try Self.asNobody(arguments, in: folder.url)
            #expect(run.status == 0, "\(arguments): \(run.errors)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
        #expect(try Self.asNobody(["run"], in: folder.url).status == 74)
    }
}
