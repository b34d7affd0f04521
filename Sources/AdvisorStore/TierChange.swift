public import AdvisorCore
internal import GRDB

/// A tier that a resource was seen on, from one evaluation on.
struct TierChange: Hashable {
    /// The evaluation that saw it first.
    var at: Timestamp
    /// An id of the catalog.
    var tier: String

    static func migrate(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE tierChange(
                    resource TEXT NOT NULL, at INTEGER NOT NULL,    -- milliseconds since 1970, UTC: the evaluation that saw it first
                    tier TEXT NOT NULL,
                    PRIMARY KEY (resource, at)
                ) STRICT, WITHOUT ROWID;
                ALTER TABLE alarm ADD COLUMN leftAlarm INTEGER;     -- when it last left ALARM
                """)
    }

    /// Keeps the tiers that databases are on, where they differ from the last ones kept.
    static func observe(_ resources: [Stack.Resource], at now: Timestamp, _ database: Database) throws {
        for resource in resources where resource.kind == .database {
            guard let tier = resource.tier else { continue }
            try database.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO tierChange(resource, at, tier) SELECT ?1, ?2, ?3
                    WHERE ?3 IS NOT (SELECT tier FROM tierChange WHERE resource = ?1 ORDER BY at DESC LIMIT 1)
                    """
            ).execute(arguments: [resource.id, now.milliseconds, tier])
        }
    }
}

/// The tiers that resources were seen on, oldest first, by resource.
public struct TierChanges: Sendable {
    var byResource: [String: [TierChange]]

    /// When a resource came to its present tier, as its file says, else as it was seen; nil when no change was seen.
    public func since(of resource: Stack.Resource, upTo now: Timestamp) -> Timestamp? {
        if let since = resource.since { return since }
        let (seen, tier) = ((byResource[resource.id] ?? []).filter { $0.at <= now }, resource.tier)
        // What was there at the first evaluation may have been there for ever. A tier not seen yet is changing now.
        guard let last = seen.last else { return nil }
        if last.tier != tier { return now }
        return seen.count > 1 ? last.at : nil
    }
}

extension Store {
    /// Every tier that a database was seen on.
    /// - Throws: `StoreFailure`.
    public func tierChanges() throws -> TierChanges {
        try read { database in
            var result: [String: [TierChange]] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT resource, at, tier FROM tierChange ORDER BY resource, at") {
                let change = TierChange(at: Timestamp(milliseconds: row["at"]), tier: row["tier"])
                result[row["resource"], default: []].append(change)
            }
            return TierChanges(byResource: result)
        }
    }
}
