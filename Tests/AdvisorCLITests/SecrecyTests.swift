import AdvisorStore
import AdvisorTestSupport
import Foundation
import Glibc
import Testing

/// What others on the machine can read, and what a run leaves behind.
@Suite("Secrets, permissions and temporary files")
struct SecrecyTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func mode(_ name: String) -> Int {
        var status = stat()
        return stat(folder.url.path + "/" + name, &status) == 0 ? Int(status.st_mode & 0o777) : -1
    }

    /// Runs a shell in the folder; `advisor` is the program.
    private func shell(_ script: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "A='\(AdvisorTestSupport.Program.binary.path)'; advisor() { \"$A\" \"$@\"; }; \(script)"]
        process.currentDirectoryURL = folder.url
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp", "TMPDIR": folder.url.path + "/tmp"]
        let pipe = Pipe()
        (process.standardOutput, process.standardError) = (pipe, pipe)
        try FileManager.default.createDirectory(atPath: folder.url.path + "/tmp", withIntermediateDirectories: true)
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }

    private func stack(_ text: String) throws {
        _ = try folder.write(
            "resources: [{ id: db, kind: database }]\nalerts: { stale_after: never }\n" + text, to: "advisor.yaml")
    }

    @Test("commands of inputs see no variable that holds a secret, and their messages show none")
    func input() throws {
        let script = "env > seen; echo no access for https://h.example/hook-7f3a >&2; exit 3"
        try stack(
            "webhooks: [{ name: team, format: slack, url_env: HOOK_URL }]\nheartbeat: { url_env: BEAT_URL }\n"
                + "ingest: [{ command: [sh, -c, '\(script)'] }]\n")
        let run = try Program.run(
            ["run"], in: folder.url,
            environment: ["HOOK_URL": "https://h.example/hook-7f3a", "BEAT_URL": "https://127.0.0.1:9/b", "KEPT": "yes"])
        let seen = try String(contentsOf: folder.url.appending(path: "seen"), encoding: .utf8)
        #expect(seen.contains("KEPT=yes") && !seen.contains("HOOK_URL") && !seen.contains("BEAT_URL"))
        #expect(run.errors.contains("ended with 3: no access for [secret]"), "\(run.errors)")
    }

    @Test("store, log, lock and backup are the owner's alone whatever the umask", arguments: ["000", "022", "777"])
    func umask(_ mask: String) throws {
        try stack("")
        _ = try shell(
            "umask \(mask); advisor ingest --metric cpu --resource db --value 50; advisor run; advisor store backup copy.db")
        for name in ["advisor.db", "advisor.db.lock", "copy.db"] { #expect(mode(name) == 0o600, "\(name)") }
    }

    @Test("a group may read the store and its log if the stack file says so")
    func group() throws {
        try stack("store: { group: adm }\n")
        guard geteuid() == 0 else { return }
        let run = try shell(
            "umask 077; advisor run; stat -c '%a %G' advisor.db; advisor store backup copy.db; stat -c %a copy.db")
        #expect(run == "640 adm\nadvisor: wrote copy.db; open it with --db, or replace the store with it\n600\n")
        try stack("store: { group: no-such-group }\n")
        #expect(try Program.run(["run"], in: folder.url).status == 78)
    }

    @Test("outputs and locks follow no link")
    func links() throws {
        let target = try folder.write("precious", to: "precious")
        for name in ["out.txt", "copy.db", "advisor.db.lock"] { symlink(target, folder.url.path + "/" + name) }
        try stack("")
        let report = try Program.run(["rules", "list", "-o", "out.txt"], in: folder.url)
        #expect((report.status, report.errors) == (64, "out.txt: is a link; name the file that it leads to\n"))
        let run = try Program.run(["run"], in: folder.url)
        #expect(run.errors.contains("advisor.db.lock: cannot be created: it is a link"))
        unlink(folder.url.path + "/advisor.db.lock")
        #expect(try Program.run(["run"], in: folder.url).status == 0)
        #expect(try Program.run(["store", "backup", "copy.db", "--force"], in: folder.url).status == 64)
        #expect(try Program.run(["store", "export", "-o", "out.txt"], in: folder.url).status == 64)
        #expect(try String(contentsOfFile: target, encoding: .utf8) == "precious")
        #expect(try shell("advisor rules list -o /dev/stdout | head -1") != "")
    }

    @Test("what a killed rehearsal or output leaves is removed by the next")
    func leftovers() throws {
        try stack("ingest: [{ command: [sh, -c, 'echo started > here; sleep 5'] }]\n")
        _ = try folder.write("", to: "out.txt.part-999999999")
        let script = """
            "$A" run --dry-run & pid=$!
            until [ -e here ]; do sleep 0.02; done
            ls tmp | wc -l; kill -9 $pid; wait $pid 2>/dev/null
            ls tmp | wc -l; advisor rules list -o out.txt; advisor demo >/dev/null 2>&1; ls tmp | wc -l; ls out.txt*
            """
        #expect(
            try shell(script).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) } == [
                "2", "2", "0", "out.txt",
            ])
    }

    @Test("a folder in use is not removed by another process")
    func inUse() throws {
        let used = try ScratchFolder()
        let path = used.path
        try withExtendedLifetime(used) {
            ScratchFolder.removeAbandoned()
            _ = try ScratchFolder()
            #expect(FileManager.default.fileExists(atPath: path))
        }
    }
}
