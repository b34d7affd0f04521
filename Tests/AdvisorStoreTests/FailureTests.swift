import AdvisorCore
import AdvisorStore
import AdvisorTestSupport
import Foundation
import Testing

@Suite("Stores that cannot be opened")
struct FailureTests {
    private let temporary: TemporaryStore
    private var path: String { temporary.path }

    init() throws { temporary = try TemporaryStore() }

    private func expect(_ description: String, location: SourceLocation = #_sourceLocation, _ body: () throws -> Void) {
        let failure = #expect(throws: StoreFailure.self, sourceLocation: location) { try body() }
        #expect(failure?.description == description, sourceLocation: location)
    }

    @Test("a missing file is not made unless asked")
    func missing() {
        expect("\(path): no such store; `advisor ingest FILE` creates one") {
            _ = try Store(path: path, create: false, exists: false)
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a file that is no database")
    func noDatabase() throws {
        try Data(String(repeating: "timestamp,metric,value\n", count: 100).utf8).write(to: temporary.file)
        let reason = "damaged store: file is not a database; `advisor store restore` goes back to the newest backup"
        expect("\(path): \(reason)") { _ = try temporary.open() }
    }

    @Test("another program's database is left as it is")
    func otherProgram() throws {
        try temporary.sql("CREATE TABLE person(name TEXT)")
        let before = try Data(contentsOf: temporary.file)
        expect("\(path): not an advisor store, but the database of another program; name another file") {
            _ = try temporary.open()
        }
        #expect(try temporary.sql("SELECT name FROM sqlite_master") == "person")
        #expect(try Data(contentsOf: temporary.file) == before)
    }

    @Test("a store of a newer build")
    func newer() throws {
        _ = try temporary.open()
        try temporary.sql("INSERT INTO grdb_migrations(identifier) VALUES ('v2 forecasts')")
        expect("\(path): written by a newer advisor (v2 forecasts); upgrade advisor to use it") { _ = try temporary.open() }
    }

    @Test("a store that another process holds")
    func busy() throws {
        let store = try temporary.open(patience: .milliseconds(100))
        let lock = try temporary.lock()
        expect("\(path): locked by another process; try again") { try store.ingest([Fixtures.value(0, 1)]) }
        withExtendedLifetime(lock) {}
    }

    @Test("opening and reading need no lock")
    func readsMeanwhile() throws {
        try temporary.open().ingest([Fixtures.value(0, 1)])
        let lock = try temporary.lock()
        #expect(try temporary.open(patience: .milliseconds(100)).sampleCount() == 1)
        withExtendedLifetime(lock) {}
    }

    @Test("a folder that is not there")
    func noFolder() {
        let path = temporary.file.appending(path: "nowhere/advisor.sqlite").path
        expect("\(path): cannot be opened; check that its folder exists and is writable") {
            _ = try Store(path: path, create: true, exists: false)
        }
    }

    @Test("a folder or a pipe instead of a file", arguments: [true, false])
    func otherKinds(isFolder: Bool) throws {
        if isFolder {
            try FileManager.default.createDirectory(at: temporary.file, withIntermediateDirectories: true)
        } else {
            #expect(mkfifo(path, 0o600) == 0)
        }
        let failure = StoreFailure.notAFile(
            path: path, reason: isFolder ? "is a folder; name the file of the store" : "is a pipe or a device; name a file")
        #expect(throws: failure) { _ = try Store(path: path, create: true, exists: true) }
        #expect(throws: failure) { _ = try Store.reading(path: path, exists: true) }
    }

    @Test("what was stored is there after opening again")
    func reopened() throws {
        try temporary.open().ingest([Fixtures.value(0, 1), Fixtures.value(5, 2)])
        #expect(try temporary.open().samples() == [Fixtures.value(0, 1), Fixtures.value(5, 2)])
    }
}
