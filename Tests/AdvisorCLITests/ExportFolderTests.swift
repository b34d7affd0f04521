import AdvisorTestSupport
import Foundation
import Glibc
import Testing

@Suite("Export folders")
struct ExportFolderTests {
    @Test("pipes, links to folders, loops and other names of a file neither hang a run nor count twice", .timeLimit(.minutes(1)))
    func odd() throws {
        let folder = try TemporaryFolder()
        let stack = "resources: [{ id: db, kind: database }]\ningest: [exports/]\nalerts: { stale_after: never }\n"
        _ = try folder.write(stack, to: "advisor.yaml")
        let file = try folder.write(
            "timestamp,metric,resource,value,period\n2026-01-01T00:00:00Z,cpu,db,50,300\n", to: "exports/2026/a.csv")
        let store = folder.url.appending(path: "advisor.db").path
        let exports = folder.url.appending(path: "exports").path
        mkfifo(exports + "/pipe.csv", 0o600)
        for (target, name) in [(".", "here"), ("/", "root"), ("..", "2026/up"), ("a.csv", "2026/b.csv")] {
            symlink(target, "\(exports)/\(name)")
        }
        link(file, exports + "/c.csv")
        let run = try Program.run(["run", "--now", "2026-01-01T01:00:00Z"], in: folder.url)
        #expect(run.status == 0)
        #expect(
            run.errors.split(separator: "\n").sorted() == [
                "advisor: exports/pipe.csv: not a regular file (`ingest:` of the stack file); ignored",
                "advisor: exports/root: a link to a folder; list that folder instead (`ingest:` of the stack file); ignored",
            ])
        #expect(try SQLiteShell.run("SELECT count(*) FROM sample", on: store) == "1\n")
        #expect(try SQLiteShell.run("SELECT count(*) FROM fileFingerprint", on: store) == "1\n")
    }
}
