public import AdvisorCore
internal import GRDB

/// Up to when named work was done last.
enum CheckpointTable: StoredTable {
    static let name = "checkpoint"
    static let keyColumns = ["name"]

    static func decode(_ row: StoredRow) throws -> Timestamp {
        let name = try row.name("name")
        // They have tables of their own.
        guard !["watched\t", "complete\t"].contains(where: name.hasPrefix) else {
            throw row.failure("name", "'\(name)' is not the name of a checkpoint")
        }
        return try row.time("at")
    }
}

extension Store {
    /// Up to when something was done: a command was asked for, retention was applied; nil when it never was.
    /// - Throws: `StoreFailure`.
    public func checkpoint(_ name: String) throws -> Timestamp? {
        try read { try CheckpointTable.fetchAll($0, "WHERE name = ?", arguments: [name]).first }
    }

    /// Records up to when something was done.
    /// - Throws: `StoreFailure`.
    public func saveCheckpoint(_ name: String, at time: Timestamp) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO checkpoint(name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
                arguments: [name, time.milliseconds])
        }
    }
}
