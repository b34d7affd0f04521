public import AdvisorCore
internal import Foundation
internal import GRDB

/// What came of one attempt.
public struct DeliveryAttempt: Hashable, Sendable {
    /// How it ended.
    public enum Outcome: String, CaseIterable, Sendable {
        /// The receiver took it.
        case delivered
        /// To be tried again.
        case retry
        /// Given up.
        case failed
    }

    /// When it began.
    public var at: Timestamp
    /// How it ended.
    public var outcome: Outcome
    /// How long it took.
    public var took: Duration
    /// What the receiver said, or why there was no answer; never a secret.
    public var reason: String

    /// An attempt by its parts.
    public init(at: Timestamp, outcome: Outcome, took: Duration, reason: String) {
        (self.at, self.outcome, self.took, self.reason) = (at, outcome, took, reason)
    }
}

extension Store {
    /// a time so far ahead that only a clock that was wrong can have meant it; the longest wait between attempts is 24 h.
    private static let farthestWait = Duration.seconds(2 * 86_400)

    /// Takes the next entry that is due at an endpoint, so that nobody else tries it.
    ///
    /// Entries of one endpoint come in the order in which they were owed. One that waits for its next attempt holds back
    /// those of the same thread, so that *resolved* never comes before what it resolves; nothing is taken while another
    /// entry of the endpoint is leased, or the endpoint itself asked for time.
    /// - Parameters:
    ///   - endpoint: Its name.
    ///   - now: The time that it is.
    ///   - length: How long the lease lasts: an entry whose holder died is taken again afterwards.
    ///   - lease: Names the lease; unique.
    /// - Returns: nil when nothing is due.
    /// - Throws: `StoreFailure`.
    public func claim(endpoint: String, now: Timestamp, for length: Duration, lease: String) throws -> OutboxEntry? {
        try write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    UPDATE outboxEntry SET state = 'leased', lease = ?4, leasedUntil = ?2 + ?3
                    WHERE id = (
                        SELECT id FROM outboxEntry AS entry
                        WHERE endpoint = ?1 AND (
                                state = 'pending' AND (nextAttemptAt <= ?2 OR nextAttemptAt > ?2 + ?5)
                                OR state = 'leased' AND (leasedUntil <= ?2 OR leasedUntil > ?2 + ?3))
                            AND NOT EXISTS (
                                SELECT 1 FROM outboxEntry WHERE endpoint = entry.endpoint AND thread = entry.thread
                                    AND id < entry.id AND state IN ('pending', 'leased'))
                        ORDER BY id LIMIT 1)
                    AND NOT EXISTS (
                        SELECT 1 FROM outboxEntry WHERE endpoint = ?1 AND state = 'leased'
                            AND leasedUntil > ?2 AND leasedUntil <= ?2 + ?3)
                    AND NOT EXISTS (
                        SELECT 1 FROM endpoint WHERE name = ?1
                            AND (disabledAt IS NOT NULL OR notBefore > ?2 AND notBefore <= ?2 + ?5))
                    RETURNING *
                    """,
                arguments: [endpoint, now.milliseconds, length.milliseconds, lease, Self.farthestWait.milliseconds])
            return row.flatMap(OutboxEntry.init)
        }
    }

    /// Records an attempt after which the receiver has the alert; others of the endpoint that wait are due at once, for it
    /// answers again.
    public func markDelivered(_ entry: OutboxEntry, _ attempt: DeliveryAttempt, now: Timestamp) throws {
        try write { database in
            try Self.finish(entry, .delivered, reason: nil, attempt, now: now, database)
            try database.execute(
                sql:
                    "UPDATE outboxEntry SET nextAttemptAt = ?2 WHERE endpoint = ?1 AND state = 'pending' AND attempts > 0 AND nextAttemptAt > ?2",
                arguments: [entry.endpoint, now.milliseconds])
            try database.execute(sql: "UPDATE endpoint SET notBefore = NULL WHERE name = ?", arguments: [entry.endpoint])
        }
    }

    /// Records an attempt after which the alert is to be tried again; `pause` is when the endpoint may be tried again at
    /// all, as it asked, and nil when it did not.
    public func markRetry(
        _ entry: OutboxEntry, _ attempt: DeliveryAttempt, next: Timestamp, pausing pause: Timestamp? = nil
    ) throws {
        try write { database in
            try Self.log(attempt, of: entry, database)
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'pending', lease = NULL, leasedUntil = NULL, attempts = attempts + 1,
                        nextAttemptAt = ?, reason = ? WHERE id = ? AND state = 'leased' AND lease IS ?
                    """, arguments: [next.milliseconds, attempt.reason, entry.id, entry.lease])
            guard let pause else { return }
            try database.execute(
                sql:
                    "INSERT INTO endpoint(name, notBefore) VALUES (?, ?) ON CONFLICT DO UPDATE SET notBefore = excluded.notBefore",
                arguments: [entry.endpoint, pause.milliseconds])
        }
    }

    /// Records an attempt after which the alert is given up; it stays visible.
    public func markFailed(_ entry: OutboxEntry, _ attempt: DeliveryAttempt, now: Timestamp) throws {
        try write { try Self.finish(entry, .failed, reason: attempt.reason, attempt, now: now, $0) }
    }

    /// Gives a lease back untried, as when the program is told to end.
    public func release(_ entry: OutboxEntry) throws {
        try write { database in
            try database.execute(
                sql:
                    "UPDATE outboxEntry SET state = 'pending', lease = NULL, leasedUntil = NULL WHERE id = ? AND state = 'leased' AND lease IS ?",
                arguments: [entry.id, entry.lease])
        }
    }

    /// Ends every lease; only for who knows that nobody else delivers.
    public func releaseAll() throws {
        try write { database in
            try database.execute(
                sql: "UPDATE outboxEntry SET state = 'pending', lease = NULL, leasedUntil = NULL WHERE state = 'leased'")
        }
    }

    private static func finish(
        _ entry: OutboxEntry, _ state: OutboxEntry.State, reason: String?, _ attempt: DeliveryAttempt, now: Timestamp,
        _ database: Database
    ) throws {
        try log(attempt, of: entry, database)
        // What was delivered is, even by a holder whose lease ran out.
        try database.execute(
            sql: """
                UPDATE outboxEntry SET state = ?, lease = NULL, leasedUntil = NULL, attempts = attempts + 1, finishedAt = ?, reason = ?
                WHERE id = ? AND (? OR state = 'leased' AND lease IS ?)
                """,
            arguments: [state.rawValue, now.milliseconds, reason, entry.id, state == .delivered, entry.lease])
    }

    private static func log(_ attempt: DeliveryAttempt, of entry: OutboxEntry, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO deliveryAttempt(entryId, at, outcome, milliseconds, reason) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                entry.id, attempt.at.milliseconds, attempt.outcome.rawValue, attempt.took.milliseconds, attempt.reason,
            ])
    }
}
