public import AdvisorCore
internal import GRDB

/// A tier on which a resource was seen, from one evaluation on.
struct TierChange: Hashable {
    var resource: String
    /// The evaluation that saw it first.
    var at: Timestamp
    /// The id of its tier.
    var tier: String
}

/// The tiers that databases were seen on.
public struct TierChanges: Sendable {
    /// Oldest first, by resource.
    var byResource: [String: [TierChange]]

    /// When a resource came to its present tier: as advisor.yaml states it, else as it was seen; nil when no change was seen.
    public func since(of resource: Stack.Resource, upTo now: Timestamp) -> Timestamp? {
        if let since = resource.since { return since }
        let (seen, tier) = ((byResource[resource.id] ?? []).filter { $0.at <= now }, resource.tier)
        // The tier of the first evaluation may be older than that. A tier not seen yet is changing now.
        guard let last = seen.last else { return nil }
        if last.tier != tier { return now }
        return seen.count > 1 ? last.at : nil
    }
}

/// Every change of a database's tier.
enum TierChangeTable: StoredTable {
    static let name = "tierChange"
    static let keyColumns = ["resource", "at"]

    static func decode(_ row: StoredRow) throws -> TierChange {
        TierChange(resource: try row.value("resource"), at: try row.time("at"), tier: try row.name("tier"))
    }

    /// Records the tiers of databases that differ from the last ones recorded.
    static func observe(_ resources: [Stack.Resource], at now: Timestamp, _ database: Database) throws {
        for resource in resources where resource.kind == .database {
            guard let tier = resource.tier else { continue }
            let last = try fetchAll(database, "WHERE resource = ? ORDER BY at DESC LIMIT 1", arguments: [resource.id]).first
            guard last?.tier != tier else { continue }
            try database.execute(
                sql: """
                    INSERT INTO tierChange(resource, at, tier) VALUES (?, ?, ?)
                    ON CONFLICT (resource, at) DO UPDATE SET tier = excluded.tier
                    """, arguments: [resource.id, now.milliseconds, tier])
        }
    }
}

extension Store {
    /// Every tier that a database was seen on.
    /// - Throws: `StoreFailure`.
    public func tierChanges() throws -> TierChanges {
        let changes = try read { try TierChangeTable.fetchAll($0, "ORDER BY resource, at") }
        return TierChanges(byResource: Dictionary(grouping: changes, by: \.resource))
    }
}
