public import AdvisorCore
internal import GRDB

extension Store {
    /// Enqueues alerts for receivers, in a transaction of its own.
    /// - Parameters:
    ///   - alerts: In the order of delivery.
    ///   - receivers: The names of the receivers.
    ///   - now: When they are enqueued.
    ///   - begin: The earliest attempt; nil for at once.
    /// - Returns: How many entries are new: an alert is enqueued once for a receiver.
    /// - Throws: `StoreFailure`.
    @discardableResult
    public func enqueue(
        _ alerts: [Alert], to receivers: [String], at now: Timestamp, notBefore begin: Timestamp? = nil
    ) throws -> Int {
        try write { try OutboxEntryTable.enqueue(alerts, to: receivers, at: now, notBefore: begin, in: $0) }
    }

    /// Entries in any of these states, of one receiver or of all, newest first.
    /// - Throws: `StoreFailure`.
    public func outbox(
        states: [OutboxEntry.State] = OutboxEntry.State.allCases, receiver: String? = nil, limit: Int = .max
    ) throws -> [OutboxEntry] {
        let names = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try read { database in
            try OutboxEntryTable.fetchAll(
                database, "WHERE state IN (\(names)) AND (?1 IS NULL OR receiver = ?1) ORDER BY id DESC LIMIT ?2",
                arguments: [receiver, Int64(limit)])
        }
    }

    /// What would be sent now, were everything due, in the order of delivery.
    /// - Throws: `StoreFailure`.
    public func pendingEntries(receiver: String, now: Timestamp) throws -> [OutboxEntry] {
        try outbox(states: [.pending, .leased], receiver: receiver).reversed().filter { $0.nextAttemptAt <= now }
    }

    /// Every entry of the alerts whose id begins with a prefix.
    /// - Throws: `StoreFailure`.
    public func outbox(alert prefix: String) throws -> [OutboxEntry] {
        try read { database in
            try OutboxEntryTable.fetchAll(
                database, "WHERE substr(alertId, 1, length(?1)) = ?1 ORDER BY id", arguments: [prefix])
        }
    }

    /// Enqueues entries again, with all their attempts; delivered ones stay delivered.
    /// - Returns: How many are pending again.
    /// - Throws: `StoreFailure`.
    @discardableResult
    public func retry(_ entries: [OutboxEntry], at now: Timestamp) throws -> Int {
        try write { database in
            var count = 0
            for entry in entries {
                try database.execute(
                    sql: """
                        UPDATE outboxEntry SET state = 'pending', heldReason = NULL, nextAttemptAt = ?, attempts = 0,
                            reason = NULL, finishedAt = NULL
                        WHERE id = ? AND state IN ('pending', 'failed', 'held')
                        """, arguments: [now.milliseconds, entry.id])
                count += database.changesCount
            }
            return count
        }
    }

    /// Enqueues again, with the same id, what is still firing and was delivered longer ago than `interval`: for receivers that
    /// forget.
    /// - Returns: How many entries are pending again.
    /// - Throws: `StoreFailure`.
    @discardableResult
    public func refresh(receiver: String, every interval: Duration, now: Timestamp) throws -> Int {
        try write { database in
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'pending', nextAttemptAt = ?2, attempts = 0, finishedAt = NULL
                    WHERE receiver = ?1 AND state = 'delivered' AND isFiring = 1
                        AND (finishedAt <= ?2 - ?3 OR finishedAt > ?2)
                        AND NOT EXISTS (SELECT 1 FROM outboxEntry AS later WHERE later.receiver = outboxEntry.receiver
                            AND later.groupKey = outboxEntry.groupKey AND later.id > outboxEntry.id AND later.state <> 'failed')
                    """, arguments: [receiver, now.milliseconds, interval.milliseconds])
            return database.changesCount
        }
    }

    /// Deletes entries that were delivered before a time, with their attempts; what is still firing is kept.
    /// - Returns: How many were deleted.
    /// - Throws: `StoreFailure`.
    @discardableResult
    public func deleteDelivered(before end: Timestamp) throws -> Int {
        try write { database in
            try database.execute(
                sql: """
                    DELETE FROM outboxEntry WHERE state = 'delivered' AND finishedAt < ? AND NOT (isFiring = 1 AND NOT EXISTS (
                        SELECT 1 FROM outboxEntry AS later WHERE later.receiver = outboxEntry.receiver
                            AND later.groupKey = outboxEntry.groupKey AND later.id > outboxEntry.id))
                    """, arguments: [end.milliseconds])
            return database.changesCount
        }
    }
}
