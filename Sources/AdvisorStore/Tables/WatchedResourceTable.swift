public import AdvisorCore
internal import GRDB

/// A resource without samples, and its first evaluation.
struct WatchedResource: Hashable {
    var key: ResourceKey
    var since: Timestamp
}

/// Since when resources without samples are evaluated.
enum WatchedResourceTable: StoredTable {
    static let name = "watchedResource"
    static let keyColumns = ["kind", "resource"]

    static func decode(_ row: StoredRow) throws -> WatchedResource {
        WatchedResource(
            key: ResourceKey(kind: try row.code("kind"), resource: try row.name("resource")), since: try row.time("since"))
    }

    /// Records the first evaluation; a later one changes nothing.
    static func record(_ keys: [ResourceKey], at now: Timestamp, _ database: Database) throws {
        for key in keys {
            try database.execute(
                sql: """
                    INSERT INTO watchedResource(kind, resource, since) VALUES (?, ?, ?)
                    ON CONFLICT (kind, resource) DO NOTHING
                    """, arguments: [key.kind.rawValue, key.resource, now.milliseconds])
        }
    }

    static func remove(_ keys: [ResourceKey], _ database: Database) throws {
        for key in keys {
            try database.execute(
                sql: "DELETE FROM watchedResource WHERE kind = ? AND resource = ?",
                arguments: [key.kind.rawValue, key.resource])
        }
    }

    static func all(_ database: Database) throws -> [ResourceKey: Timestamp] {
        Dictionary(try fetchAll(database).map { ($0.key, $0.since) }) { first, _ in first }
    }
}

extension Store {
    /// When resources that had no samples were first evaluated.
    /// - Throws: `StoreFailure`.
    public func watchedResources() throws -> [ResourceKey: Timestamp] { try read(WatchedResourceTable.all) }
}
