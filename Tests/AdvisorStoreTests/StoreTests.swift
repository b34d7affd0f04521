import AdvisorCore
@testable import AdvisorStore
import AdvisorTestSupport
import Foundation
import GRDB
import Testing

@Suite("Opening a store")
struct StoreTests {
    private let folder: TemporaryFolder
    private var path: String { folder.url.appending(path: "advisor.db").path }

    init() throws { folder = try TemporaryFolder() }

    private func failure(create: Bool = true, patience: Duration = .milliseconds(200)) -> StoreFailure? {
        do {
            let exists = FileManager.default.fileExists(atPath: path)
            _ = try Store(path: path, create: create, exists: exists, patience: patience)
            return nil
        } catch {
            return error as? StoreFailure
        }
    }

    @Test("a missing one is made only when asked for")
    func missing() {
        #expect(failure(create: false) == .missing(path: path))
        #expect(failure() == nil)
        #expect(failure(create: false) == nil)
    }

    @Test("what is no store is refused")
    func damaged() throws {
        _ = try folder.write(String(repeating: "no database at all\n", count: 100), to: "advisor.db")
        guard case .damaged = failure() else {
            Issue.record("\(String(describing: failure()))")
            return
        }
    }

    @Test("a newer one is refused with the names of its migrations")
    func newer() throws {
        let store = try Store(path: path, create: true, exists: false)
        try store.write { try $0.execute(sql: "INSERT INTO grdb_migrations(identifier) VALUES ('9 from the future')") }
        #expect(failure() == .newerVersion(path: path, migrations: ["9 from the future"]))
        #expect(
            "\(StoreFailure.newerVersion(path: "a.db", migrations: ["9 x"]))"
                == "a.db: written by a newer advisor (9 x); upgrade advisor to use it")
    }

    @Test("another program's database is refused")
    func foreign() throws {
        let store = try Store(path: path, create: true, exists: false)
        try store.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA application_id = 7") }
        #expect(failure() == .foreign(path: path))
    }

    @Test("a batch that fails half-way stores nothing")
    func halfWay() throws {
        let store = try Store(path: path, create: true, exists: false)
        try store.write {
            try $0.execute(
                sql: "CREATE TRIGGER stop BEFORE INSERT ON sample WHEN NEW.sum = 7 BEGIN SELECT raise(ABORT, 'stop'); END")
        }
        let batch = Batches.batch((0..<10).map { Batches.sample($0, count: 1, sum: Double($0)) })
        #expect(throws: StoreFailure.self) { try Batches.ingest([batch], into: store) }
        #expect(try store.sampleCount() == 0)
        #expect(try store.allSeries(before: Timestamp(milliseconds: .max)).isEmpty)
    }

    @Test("a writer waits for another, and gives up after its patience")
    func busy() throws {
        let first = try Store(path: path, create: true, exists: false)
        let second = try Store(path: path, create: true, exists: true, patience: .milliseconds(200))
        let isHeld = try first.write { _ in
            #expect(throws: StoreFailure.busy(path: path)) { try Batches.ingest([], into: second) }
            return true
        }
        #expect(isHeld)
        #expect(throws: Never.self) { try Batches.ingest([], into: second) }
    }

    @Test("units of the table are those of the code")
    func units() throws {
        let store = try Store(path: nil, create: true, exists: false)
        _ = try Batches.ingest([Batches.batch([Batches.sample(0, average: 1)])], into: store)
        #expect(try Batches.all(store).map(\.unit) == [.percent])
    }
}
