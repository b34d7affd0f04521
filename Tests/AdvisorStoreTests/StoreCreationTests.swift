import AdvisorCore
import AdvisorTestSupport
import Foundation
import Synchronization
import Testing

@testable import AdvisorStore

@Suite("Creation of a store")
struct StoreCreationTests {
    private let temporary: TemporaryStore

    init() throws { temporary = try TemporaryStore() }

    private var folder: URL { temporary.file.deletingLastPathComponent() }

    private func mode(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)[.posixPermissions] as? Int
    }

    @Test("ten at once get one whole store, and no other file stays")
    func race() throws {
        let failures = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 10) { _ in
            do { _ = try Store(path: temporary.path, create: true, exists: false).runs(limit: 1) } catch {
                failures.withLock { $0.append("\(error)") }
            }
        }
        #expect(failures.withLock { $0 } == [])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".new") }
        #expect(names == [])
        #expect(try temporary.sql("PRAGMA integrity_check") == "ok")
    }

    @Test("only the owner may read it, whatever the umask")
    func permissions() throws {
        let old = umask(0)
        defer { umask(old) }
        let store = try temporary.open()
        try store.saveCheckpoint("x", at: .init(seconds: 0))
        for name in ["advisor.sqlite", "advisor.sqlite-wal", "advisor.sqlite-shm"] { #expect(try mode(name) == 0o600, "\(name)") }
    }

    @Test("what a killed creation left behind does no harm")
    func leftOvers() throws {
        for suffix in [".new", ".new-wal", ".new-shm", ".new.lock"] {
            try Data("half a file".utf8).write(to: URL(filePath: temporary.path + suffix))
        }
        _ = try temporary.open()
        #expect(!FileManager.default.fileExists(atPath: temporary.path + ".new"))
        #expect(try temporary.sql("PRAGMA integrity_check") == "ok")
    }

    @Test("what a creation left that was killed after the store was in place is removed by the next opening")
    func leftOversOfAStore() throws {
        _ = try temporary.open()
        try FileManager.default.linkItem(atPath: temporary.path, toPath: temporary.path + ".new")
        try Data().write(to: URL(filePath: temporary.path + ".new.lock"))
        _ = try temporary.open()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".new") }
        #expect(names == [])
        #expect(try temporary.sql("PRAGMA integrity_check") == "ok")
    }

    @Test("a creation that another process does not finish is a busy store, after waiting for it")
    func busy() throws {
        let lock = open(temporary.path + ".new.lock", O_CREAT | O_RDWR, 0o600)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        var waited = 0
        let creation = StoreCreation(path: temporary.path) {
            // Whatever happens while waiting is not the reason.
            _ = access("/nonexistent", F_OK)
            waited += 1
            return waited < 3
        }
        let failure = #expect(throws: CreationFailure.self) { try creation.create { _ in } }
        #expect(failure?.code == EWOULDBLOCK)
        #expect(waited == 3)
        #expect(failure.map { StoreFailure.from($0, path: "a.db") } == .busy(path: "a.db"))
        flock(lock, LOCK_UN)
        _ = try temporary.open()
        #expect(try temporary.sql("SELECT count(*) FROM run") == "0")
    }

    @Test("a store of which an earlier build made only the migrator's table, or no application id, is completed")
    func unfinished() throws {
        try temporary.sql("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        _ = try temporary.open()
        #expect(try temporary.sql("SELECT count(*) FROM run") == "0")
        try temporary.sql("PRAGMA application_id = 0")
        _ = try temporary.open()
        #expect(try temporary.sql("PRAGMA application_id") == "1094997587")
    }

    @Test("an empty file becomes a store")
    func emptyFile() throws {
        try Data().write(to: temporary.file)
        _ = try temporary.open()
        #expect(try temporary.sql("SELECT count(*) FROM run") == "0")
    }

    @Test("the log of a removed store is set aside, and not replayed into the new one")
    func orphanedLog() throws {
        let log = URL(filePath: temporary.path + "-wal")
        try Data("log of another store".utf8).write(to: log)
        _ = try temporary.open()
        #expect(try Data(contentsOf: URL(filePath: log.path + ".orphaned")) == Data("log of another store".utf8))
    }

    @Test("a link that leads nowhere yet stays a link, and the store is created where it leads")
    func link() throws {
        let target = folder.appending(path: "data.sqlite")
        try FileManager.default.createSymbolicLink(atPath: temporary.path, withDestinationPath: "data.sqlite")
        _ = try temporary.open()
        #expect(FileManager.default.fileExists(atPath: target.path))
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: temporary.path) == "data.sqlite")
    }

    @Test("a folder that is not there, or cannot be written, is named")
    func noFolder() {
        let path = folder.path + "/none/advisor.sqlite"
        #expect(throws: StoreFailure.self) { _ = try Store(path: path, create: true, exists: false) }
    }
}
