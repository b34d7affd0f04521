internal import GRDB

extension Store {
    /// Lets a connection that writes keep the checksums.
    static func prepareChecksums(_ queue: DatabaseQueue) throws {
        try queue.writeWithoutTransaction { database in
            try SampleChecksumTable.createTriggers(database)
            try RowChecksumTable.createTriggers(database)
        }
    }

    static func checksumProblems(_ database: Database) throws -> [String] {
        try SampleChecksumTable.problems(database) + RowChecksumTable.problems(database)
    }

    /// A quick check, as each day has one: the structure of the file, and whether values are as they were written.
    /// - Returns: One line for each problem; empty when the store is sound.
    /// - Throws: `StoreFailure` if it cannot be read.
    public func quickProblems() throws -> [String] {
        try read { database in
            let structure = try String.fetchAll(database, sql: "PRAGMA quick_check(10)").filter { $0 != "ok" }
            return structure.isEmpty ? try Self.checksumProblems(database) : structure.map { "damaged file: \($0)" }
        }
    }

    /// Accepts all values as they are now.
    /// - Throws: `StoreFailure`; then nothing changed.
    public func acceptValues() throws {
        try write { database in
            try SampleChecksumTable.recomputeAll(database)
            try RowChecksumTable.recomputeAll(database)
        }
    }
}
