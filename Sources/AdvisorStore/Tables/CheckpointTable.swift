public import AdvisorCore
internal import GRDB

/// Up to when named work was done last.
enum CheckpointTable: StoredTable {
    static let name = "checkpoint"
    static let keyColumns = ["name"]

    static func decode(_ row: StoredRow) throws -> Timestamp {
        _ = try row.name("name")
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
