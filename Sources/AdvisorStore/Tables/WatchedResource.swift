public import AdvisorCore
internal import GRDB

/// Since when resources without samples are evaluated: a checkpoint of each.
enum WatchedResource {
    private static let prefix = "watched\t"

    private static func name(_ key: ResourceKey) -> String { "\(prefix)\(key.kind.rawValue)\t\(key.resource)" }

    /// Records the first evaluation; a later one changes nothing.
    static func record(_ keys: [ResourceKey], at now: Timestamp, _ database: Database) throws {
        for key in keys {
            try database.execute(
                sql: "INSERT INTO checkpoint(name, at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                arguments: [name(key), now.milliseconds])
        }
    }

    static func remove(_ keys: [ResourceKey], _ database: Database) throws {
        for key in keys { try database.execute(sql: "DELETE FROM checkpoint WHERE name = ?", arguments: [name(key)]) }
    }

    static func all(_ database: Database) throws -> [ResourceKey: Timestamp] {
        let rows = try Row.fetchAll(
            database, sql: "SELECT name, at FROM checkpoint WHERE substr(name, 1, ?) = ?", arguments: [prefix.count, prefix])
        var result: [ResourceKey: Timestamp] = [:]
        for row in rows {
            let (name, at): (String, Int64) = (row["name"], row["at"])
            let parts = name.dropFirst(prefix.count).split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let kind = ResourceKind(rawValue: String(parts[0])) else { continue }
            result[ResourceKey(kind: kind, resource: String(parts[1]))] = Timestamp(milliseconds: at)
        }
        return result
    }
}

extension Store {
    /// When resources that had no samples were first evaluated.
    /// - Throws: `StoreFailure`.
    public func watchedResources() throws -> [ResourceKey: Timestamp] { try read(WatchedResource.all) }
}
