public import AdvisorCore
internal import Foundation
internal import GRDB

/// An endpoint and how many entries are in each state.
public struct OutboxCount: Hashable, Sendable {
    /// The endpoint's name.
    public var endpoint: String
    /// How many, by state; absent is none.
    public var entries: [OutboxEntry.State: Int]
    /// Since when the oldest of those still to be delivered is owed; nil without any.
    public var oldestPending: Timestamp?
    /// Why nothing is sent to it any longer; nil while something is.
    public var disabledReason: String?
    /// Since when nothing is sent to it.
    public var disabledAt: Timestamp?
    /// Until when it asked to be left alone; may be past.
    public var pausedUntil: Timestamp?

    /// How many are in a state.
    public func count(_ state: OutboxEntry.State) -> Int { entries[state] ?? 0 }
    /// How many are still to be delivered.
    public var pending: Int { count(.pending) + count(.leased) }
}

extension Store {
    /// Entries, the newest first: in one of these states, of one endpoint or all, at most so many.
    public func outbox(
        states: [OutboxEntry.State] = OutboxEntry.State.allCases, endpoint: String? = nil, limit: Int = .max
    ) throws -> [OutboxEntry] {
        try read { database in
            let names = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            return try Row.fetchAll(
                database,
                sql:
                    "SELECT * FROM outboxEntry WHERE state IN (\(names)) AND (?1 IS NULL OR endpoint = ?1) ORDER BY id DESC LIMIT ?2",
                arguments: [endpoint, Int64(limit)]
            ).compactMap(OutboxEntry.init)
        }
    }

    /// What could be sent now, were everything due, in the order in which it would be.
    public func pendingEntries(endpoint: String, now: Timestamp) throws -> [OutboxEntry] {
        try outbox(states: [.pending, .leased], endpoint: endpoint).reversed().filter { $0.nextAttemptAt <= now }
    }

    /// Every entry of an alert: those whose id begins so.
    public func outbox(alert prefix: String) throws -> [OutboxEntry] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM outboxEntry WHERE substr(alertId, 1, length(?1)) = ?1 ORDER BY id",
                arguments: [prefix]
            ).compactMap(OutboxEntry.init)
        }
    }

    /// What was tried with an entry, the first attempt first.
    public func attempts(of entry: OutboxEntry) throws -> [DeliveryAttempt] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM deliveryAttempt WHERE entryId = ? ORDER BY id", arguments: [entry.id])
                .compactMap { row in
                    DeliveryAttempt.Outcome(rawValue: row["outcome"]).map {
                        DeliveryAttempt(
                            at: Timestamp(milliseconds: row["at"]), outcome: $0,
                            took: .milliseconds(row["milliseconds"] as Int64),
                            reason: row["reason"])
                    }
                }
        }
    }

    /// How matters stand with every endpoint that was ever owed something or is disabled, by name.
    public func outboxCounts() throws -> [OutboxCount] {
        try read { database in
            var counts: [String: OutboxCount] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT * FROM endpoint") {
                func time(_ column: String) -> Timestamp? { (row[column] as Int64?).map(Timestamp.init(milliseconds:)) }
                counts[row["name"]] = OutboxCount(
                    endpoint: row["name"], entries: [:], disabledReason: row["disabledReason"], disabledAt: time("disabledAt"),
                    pausedUntil: time("notBefore"))
            }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT endpoint, state, count(*) AS number, min(enqueuedAt) AS oldest
                    FROM outboxEntry GROUP BY endpoint, state
                    """)
            for row in rows {
                guard let state = OutboxEntry.State(rawValue: row["state"]) else { continue }
                var count = counts[row["endpoint"]] ?? OutboxCount(endpoint: row["endpoint"], entries: [:])
                count.entries[state] = row["number"]
                if state == .pending || state == .leased {
                    let oldest = Timestamp(milliseconds: row["oldest"])
                    count.oldestPending = min(count.oldestPending ?? oldest, oldest)
                }
                counts[count.endpoint] = count
            }
            return counts.values.sorted { $0.endpoint < $1.endpoint }
        }
    }
}

extension Store {
    /// Sends nothing more to an endpoint: what is owed to it is held, and stays visible; others may be told in the same
    /// transaction.
    /// - Returns: How many entries are held because of it.
    @discardableResult
    public func disable(
        endpoint: String, because reason: String, at now: Timestamp, request alert: Alert? = nil, to others: [String] = []
    ) throws -> Int {
        try write { database in
            if let alert { try Self.enqueue([alert], to: others, at: now, in: database) }
            try database.execute(
                sql: """
                    INSERT INTO endpoint(name, disabledAt, disabledReason) VALUES (?, ?, ?)
                    ON CONFLICT DO UPDATE SET disabledAt = excluded.disabledAt, disabledReason = excluded.disabledReason
                    """, arguments: [endpoint, now.milliseconds, reason])
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'held', lease = NULL, leasedUntil = NULL, reason = 'the endpoint is disabled: ' || ?
                    WHERE endpoint = ? AND state IN ('pending', 'leased')
                    """, arguments: [reason, endpoint])
            return database.changesCount
        }
    }

    /// Sends to an endpoint again: what was held for its sake is owed.
    /// - Returns: Whether it was disabled.
    @discardableResult
    public func enable(endpoint: String, at now: Timestamp) throws -> Bool {
        try write { database in
            try database.execute(
                sql:
                    "UPDATE endpoint SET disabledAt = NULL, disabledReason = NULL, notBefore = NULL WHERE name = ? AND disabledAt IS NOT NULL",
                arguments: [endpoint])
            guard database.changesCount > 0 else { return false }
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'pending', nextAttemptAt = ?, attempts = 0, reason = NULL
                    WHERE endpoint = ? AND state = 'held' AND reason LIKE 'the endpoint is disabled: %'
                    """, arguments: [now.milliseconds, endpoint])
            return true
        }
    }

    /// Holds what is owed to endpoints that no longer exist; those that exist again get what was held for that.
    public func holdUnknown(besides known: [String]) throws {
        try write { database in
            let reason = "the stack file names no such endpoint"
            let names = try String.fetchAll(
                database, sql: "SELECT DISTINCT endpoint FROM outboxEntry WHERE state IN ('pending', 'leased', 'held')")
            for name in names {
                let change =
                    known.contains(name)
                    ? "SET state = 'pending', reason = NULL WHERE endpoint = ?1 AND state = 'held' AND reason = ?2"
                    : "SET state = 'held', lease = NULL, leasedUntil = NULL, reason = ?2 WHERE endpoint = ?1 AND state IN ('pending', 'leased')"
                try database.execute(sql: "UPDATE outboxEntry \(change)", arguments: [name, reason])
            }
        }
    }

    /// When something of an endpoint is due next, after a time; nil when nothing is owed, or the endpoint is disabled.
    public func nextAttempt(endpoint: String, after now: Timestamp) throws -> Timestamp? {
        try read { database in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT min(due) FROM (
                        SELECT max(nextAttemptAt, ifnull((SELECT notBefore FROM endpoint WHERE name = ?1), 0)) AS due
                        FROM outboxEntry WHERE endpoint = ?1 AND state = 'pending'
                            AND NOT EXISTS (SELECT 1 FROM endpoint WHERE name = ?1 AND disabledAt IS NOT NULL))
                    WHERE due > ?2
                    """, arguments: [endpoint, now.milliseconds]
            ).map(Timestamp.init(milliseconds:))
        }
    }

    /// Whether an endpoint took anything since a time.
    public func hasDelivered(endpoint: String, since begin: Timestamp) throws -> Bool {
        try read { database in
            try Int.fetchOne(
                database, sql: "SELECT 1 FROM outboxEntry WHERE endpoint = ? AND state = 'delivered' AND finishedAt >= ? LIMIT 1",
                arguments: [endpoint, begin.milliseconds]) != nil
        }
    }

    /// Owes entries again, from the first attempt on, whatever became of them; delivered ones stay delivered.
    /// - Returns: How many are owed again.
    @discardableResult
    public func retry(_ entries: [OutboxEntry], at now: Timestamp) throws -> Int {
        try write { database in
            var count = 0
            for entry in entries {
                try database.execute(
                    sql: """
                        UPDATE outboxEntry SET state = 'pending', nextAttemptAt = ?, attempts = 0, reason = NULL, finishedAt = NULL
                        WHERE id = ? AND state IN ('pending', 'failed', 'held')
                        """, arguments: [now.milliseconds, entry.id])
                count += database.changesCount
            }
            return count
        }
    }

    /// Owes again what still stands and was told longer ago than `interval`, with the same id: for receivers that forget.
    /// - Returns: How many entries are owed again.
    @discardableResult
    public func refresh(endpoint: String, every interval: Duration, now: Timestamp) throws -> Int {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'pending', nextAttemptAt = ?2, attempts = 0
                    WHERE endpoint = ?1 AND state = 'delivered' AND isFiring AND (finishedAt <= ?2 - ?3 OR finishedAt > ?2)
                        AND NOT EXISTS (SELECT 1 FROM outboxEntry AS later WHERE later.endpoint = outboxEntry.endpoint
                            AND later.thread = outboxEntry.thread AND later.id > outboxEntry.id AND later.state <> 'failed')
                    """, arguments: [endpoint, now.milliseconds, interval.milliseconds])
            return database.changesCount
        }
    }

    /// Forgets entries that were delivered before a time, with their attempts; those that still stand are kept.
    /// - Returns: How many were forgotten.
    @discardableResult
    public func forgetDelivered(before end: Timestamp) throws -> Int {
        try write { database in
            try database.execute(
                sql: """
                    DELETE FROM outboxEntry WHERE state = 'delivered' AND finishedAt < ? AND NOT (isFiring AND NOT EXISTS (
                        SELECT 1 FROM outboxEntry AS later WHERE later.endpoint = outboxEntry.endpoint
                            AND later.thread = outboxEntry.thread AND later.id > outboxEntry.id))
                    """, arguments: [end.milliseconds])
            return database.changesCount
        }
    }
}
