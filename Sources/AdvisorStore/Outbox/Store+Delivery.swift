public import AdvisorCore
internal import GRDB

extension Store {
    /// Later than any wait between attempts, which is at most 24 h: a time beyond it was written by a wrong clock.
    private static let longestWait = Duration.seconds(2 * 86_400)

    /// Leases the next entry that is due for a receiver, so that no other process tries it.
    ///
    /// Entries of one receiver come in the order in which they were enqueued. One that waits for its next attempt holds back
    /// those of the same group, so that *resolved* never comes before what it resolves; nothing is leased while another entry
    /// of the receiver is leased, or the receiver is paused or disabled.
    /// - Parameters:
    ///   - receiver: The name of the receiver.
    ///   - now: The present time; read after other processes were waited for.
    ///   - length: How long the lease lasts: an entry whose holder died is leased again afterwards.
    ///   - lease: The id of the lease; unique.
    ///   - holder: Whether the process with another lease still works.
    ///   - render: Puts an alert into words, for its first attempt; later ones have the same words.
    /// - Returns: An entry with its message; nil if nothing is due.
    /// - Throws: `StoreFailure`.
    public func claim(
        receiver: String, now: @autoclosure () -> Timestamp, for length: Duration, lease: String,
        holder: (String) -> LeaseHolder = { _ in .unknown }, render: (Alert) -> AlertMessage
    ) throws -> OutboxEntry? {
        try write { database in
            let now = now()
            guard try !Self.isLeased(receiver, now: now, holder, database) else { return nil }
            guard var entry = try Self.next(of: receiver, now: now, length, database) else { return nil }
            let message = entry.message ?? render(entry.alert)
            (entry.message, entry.state, entry.lease) = (message, .leased, lease)
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'leased', lease = ?, leasedUntil = ?, message = coalesce(message, ?)
                    WHERE id = ?
                    """,
                arguments: [lease, (now + length).milliseconds, try StoredJSON.text(message), entry.id])
            return entry
        }
    }

    /// Whether a process that works has a lease for a receiver that did not expire; those of processes that ended are given back.
    private static func isLeased(
        _ receiver: String, now: Timestamp, _ holder: (String) -> LeaseHolder, _ database: Database
    ) throws -> Bool {
        let leases = try Row.fetchAll(
            database, sql: "SELECT lease, leasedUntil FROM outboxEntry WHERE receiver = ? AND state = 'leased'",
            arguments: [receiver])
        for row in leases {
            guard let lease = String.fromDatabaseValue(row[0]) else { continue }
            switch holder(lease) {
            case .working: if let until = Int64.fromDatabaseValue(row[1]), until > now.milliseconds { return true }
            case .gone:
                try database.execute(
                    sql: "UPDATE outboxEntry SET state = 'pending', lease = NULL, leasedUntil = NULL WHERE lease = ?",
                    arguments: [lease])
            case .unknown: break
            }
        }
        return false
    }

    private static func next(of receiver: String, now: Timestamp, _ length: Duration, _ database: Database) throws
        -> OutboxEntry?
    {
        try OutboxEntryTable.fetchAll(
            database,
            """
            AS entry WHERE receiver = ?1 AND (
                    state = 'pending' AND (nextAttemptAt <= ?2 OR nextAttemptAt > ?2 + ?4)
                    OR state = 'leased' AND (leasedUntil <= ?2 OR leasedUntil > ?2 + ?3))
                AND NOT EXISTS (
                    SELECT 1 FROM outboxEntry WHERE receiver = entry.receiver AND groupKey = entry.groupKey
                        AND id < entry.id AND state IN ('pending', 'leased'))
                AND NOT EXISTS (
                    SELECT 1 FROM outboxEntry WHERE receiver = ?1 AND state = 'leased'
                        AND leasedUntil > ?2 AND leasedUntil <= ?2 + ?3)
                AND NOT EXISTS (
                    SELECT 1 FROM receiver WHERE name = ?1
                        AND (state = 'disabled' OR pausedUntil > ?2 AND pausedUntil <= ?2 + ?4))
            ORDER BY id LIMIT 1
            """, arguments: [receiver, now.milliseconds, length.milliseconds, longestWait.milliseconds]
        ).first
    }

    /// Records an attempt after which the receiver has the alert; its other waiting entries are due at once, because it
    /// responds again.
    /// - Throws: `StoreFailure`.
    public func markDelivered(_ entry: OutboxEntry, _ attempt: DeliveryAttempt, now: Timestamp) throws {
        try write { database in
            try Self.finish(entry, .delivered, reason: nil, attempt, now: now, database)
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET nextAttemptAt = ?2
                    WHERE receiver = ?1 AND state = 'pending' AND attempts > 0 AND nextAttemptAt > ?2
                    """, arguments: [entry.receiver, now.milliseconds])
            try ReceiverTable.resume(entry.receiver, database)
        }
    }

    /// Records an attempt after which the alert is to be tried again.
    /// - Parameters:
    ///   - entry: The leased entry.
    ///   - attempt: The attempt.
    ///   - next: When it is tried again.
    ///   - pause: Until when the receiver asked to be sent nothing at all; nil when it did not ask.
    /// - Throws: `StoreFailure`.
    public func markRetry(
        _ entry: OutboxEntry, _ attempt: DeliveryAttempt, next: Timestamp, pausing pause: Timestamp? = nil
    ) throws {
        try write { database in
            try DeliveryAttemptTable.add(attempt, of: entry, database)
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'pending', lease = NULL, leasedUntil = NULL, attempts = attempts + 1,
                        nextAttemptAt = ?, reason = ? WHERE id = ? AND state = 'leased' AND lease = ?
                    """, arguments: [next.milliseconds, attempt.reason, entry.id, entry.lease])
            guard let pause, try ReceiverTable.record(of: entry.receiver, database)?.state != .disabled else { return }
            try ReceiverTable.save(
                ReceiverTable.Record(name: entry.receiver, state: .paused, pausedUntil: pause), database)
        }
    }

    /// Records a failed delivery; it stays visible.
    /// - Throws: `StoreFailure`.
    public func markFailed(_ entry: OutboxEntry, _ attempt: DeliveryAttempt, now: Timestamp) throws {
        try write { try Self.finish(entry, .failed, reason: attempt.reason, attempt, now: now, $0) }
    }

    /// Ends a lease without an attempt, as when the program is interrupted.
    /// - Throws: `StoreFailure`.
    public func release(_ entry: OutboxEntry) throws {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'pending', lease = NULL, leasedUntil = NULL
                    WHERE id = ? AND state = 'leased' AND lease = ?
                    """, arguments: [entry.id, entry.lease])
        }
    }

    /// Ends every lease; only for a caller that knows that no other process delivers.
    /// - Throws: `StoreFailure`.
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
        try DeliveryAttemptTable.add(attempt, of: entry, database)
        // A delivery counts, even by a holder whose lease ran out.
        try database.execute(
            sql: """
                UPDATE outboxEntry SET state = ?, heldReason = NULL, lease = NULL, leasedUntil = NULL, attempts = attempts + 1,
                    finishedAt = ?, reason = ?
                WHERE id = ? AND (? OR state = 'leased' AND lease = ?)
                """,
            arguments: [state.rawValue, now.milliseconds, reason, entry.id, state == .delivered, entry.lease])
    }
}
