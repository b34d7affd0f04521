internal import AdvisorCore
internal import Foundation
internal import GRDB

extension Store {
    /// Copies the whole store into a new file; other processes may write to the store meanwhile.
    ///
    /// The copy is one file without a journal, which only its owner may read, and its integrity was checked.
    /// - Throws: `StoreFailure`; then the file is incomplete.
    public func backUp(to path: String) throws {
        do {
            try CreationFailure.createFile(path)
            let copy = try DatabaseQueue(path: path)
            try queue.backup(to: copy)
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            let problems = try copy.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(1)") }
            try copy.close()
            if let problem = problems.first, problem != "ok" { throw StoreFailure.damaged(path: path, reason: problem) }
        } catch {
            throw StoreFailure.from(error, path: path)
        }
    }

    /// Returns the space of deleted rows to the file system.
    /// - Throws: `StoreFailure`; then nothing changed.
    public func vacuum() throws {
        do {
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "VACUUM")
                _ = try Row.fetchAll(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        } catch {
            throw StoreFailure.from(error, path: path)
        }
    }

    /// How many bytes the store's pages take, and how many of them are unused.
    public func size() throws -> (bytes: Int, free: Int) {
        try read { database in
            func number(_ pragma: String) throws -> Int { try Int.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0 }
            let page = try number("page_size")
            return (page * (try number("page_count")), page * (try number("freelist_count")))
        }
    }
}
