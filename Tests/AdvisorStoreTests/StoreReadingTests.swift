import AdvisorTestSupport
import Foundation
import Testing

@testable import AdvisorStore

@Suite("Reading without writing")
struct StoreReadingTests {
    @Test("a file that changed while it was read without a lock is not believed")
    func changed() throws {
        let store = try TemporaryStore()
        _ = try store.open()
        let files = StoreFiles(path: store.path)
        let source = ReadSource(files: files, state: files.state)
        #expect(!source.hasChanged)
        try store.sql("PRAGMA journal_mode = DELETE; CREATE TABLE later (a)")
        #expect(source.hasChanged)
    }

    @Test("a path with characters of a URI is one file")
    func uri() {
        #expect(StoreFiles(path: "/a b/50%?x#y.db").uri("mode=ro") == "file:/a%20b/50%25%3Fx%23y.db?mode=ro")
    }
}
