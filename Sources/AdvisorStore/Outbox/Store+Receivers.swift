public import AdvisorCore
internal import GRDB

/// A receiver, and how many entries are in each state.
public struct ReceiverStatus: Hashable, Sendable {
    /// The receiver's name.
    public var receiver: String
    /// How many entries, by state; absent is none.
    public var entries: [OutboxEntry.State: Int]
    /// When the oldest of those still to be delivered was enqueued; nil without any.
    public var oldestPending: Timestamp?
    /// Why the receiver is disabled; nil when it is not.
    public var disabledReason: String?
    /// Since when it is disabled.
    public var disabledAt: Timestamp?
    /// Until when it asked to be sent nothing; may be past.
    public var pausedUntil: Timestamp?

    /// The number in a state.
    public func count(_ state: OutboxEntry.State) -> Int { entries[state] ?? 0 }
    /// The number of entries to deliver.
    public var pending: Int { count(.pending) + count(.leased) }
}

extension Store {
    /// The status of every receiver that has entries, or is or was paused or disabled, by name.
    /// - Throws: `StoreFailure`.
    public func receiverStatuses() throws -> [ReceiverStatus] {
        try read { database in
            var statuses: [String: ReceiverStatus] = [:]
            for record in try ReceiverTable.fetchAll(database) {
                statuses[record.name] = ReceiverStatus(
                    receiver: record.name, entries: [:], disabledReason: record.disabledReason, disabledAt: record.disabledAt,
                    pausedUntil: record.pausedUntil)
            }
            for count in try OutboxEntryTable.counts(database) {
                var status = statuses[count.receiver] ?? ReceiverStatus(receiver: count.receiver, entries: [:])
                status.entries[count.state] = count.number
                if count.state == .pending || count.state == .leased {
                    status.oldestPending = min(status.oldestPending ?? count.oldest, count.oldest)
                }
                statuses[count.receiver] = status
            }
            return statuses.values.sorted { $0.receiver < $1.receiver }
        }
    }

    /// Sends nothing more to a receiver: its entries are held; other receivers may be notified in the same transaction.
    /// - Returns: The number of paused entries.
    /// - Throws: `StoreFailure`.
    @discardableResult
    public func disable(
        receiver: String, because reason: String, at now: Timestamp, notifying alert: Alert? = nil, to others: [String] = []
    ) throws -> Int {
        try write { database in
            if let alert { try OutboxEntryTable.enqueue([alert], to: others, at: now, in: database) }
            try ReceiverTable.save(
                ReceiverTable.Record(name: receiver, state: .disabled, disabledAt: now, disabledReason: reason), database)
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'held', heldReason = 'receiver_disabled', lease = NULL, leasedUntil = NULL,
                        reason = ?
                    WHERE receiver = ? AND state IN ('pending', 'leased')
                    """, arguments: [reason, receiver])
            return database.changesCount
        }
    }

    /// Sends to a receiver again: what was held because it was disabled is pending.
    /// - Returns: Whether it was disabled.
    /// - Throws: `StoreFailure`.
    @discardableResult
    public func enable(receiver: String, at now: Timestamp) throws -> Bool {
        try write { database in
            guard try ReceiverTable.record(of: receiver, database)?.state == .disabled else { return false }
            try ReceiverTable.save(ReceiverTable.Record(name: receiver, state: .active), database)
            try database.execute(
                sql: """
                    UPDATE outboxEntry SET state = 'pending', heldReason = NULL, nextAttemptAt = ?, attempts = 0, reason = NULL
                    WHERE receiver = ? AND heldReason = 'receiver_disabled'
                    """, arguments: [now.milliseconds, receiver])
            return true
        }
    }

    /// Holds the entries of receivers that advisor.yaml no longer has; those of receivers that it has again are pending.
    /// - Throws: `StoreFailure`.
    public func holdUnknown(besides known: [String]) throws {
        try write { database in
            let names = try String.fetchAll(
                database, sql: "SELECT DISTINCT receiver FROM outboxEntry WHERE state IN ('pending', 'leased', 'held')")
            for name in names {
                let change =
                    known.contains(name)
                    ? "state = 'pending', heldReason = NULL WHERE receiver = ? AND heldReason = 'receiver_unknown'"
                    : """
                    state = 'held', heldReason = 'receiver_unknown', lease = NULL, leasedUntil = NULL
                    WHERE receiver = ? AND state IN ('pending', 'leased')
                    """
                try database.execute(sql: "UPDATE outboxEntry SET \(change)", arguments: [name])
            }
        }
    }

    /// When the next entry of a receiver is due after a time; nil when none is pending, or the receiver is disabled.
    /// - Throws: `StoreFailure`.
    public func nextAttempt(receiver: String, after now: Timestamp) throws -> Timestamp? {
        try read { database in
            let record = try ReceiverTable.record(of: receiver, database)
            guard record?.state != .disabled else { return nil }
            let pause = record?.pausedUntil?.milliseconds ?? .min
            let condition = "FROM outboxEntry WHERE receiver = ?1 AND state = 'pending'"
            // While the receiver is paused, all that is due earlier is due when the pause ends.
            let isPaused = pause > now.milliseconds
            let next = try Int64.fetchOne(
                database, sql: "SELECT min(nextAttemptAt) \(condition)\(isPaused ? "" : " AND nextAttemptAt > ?2")",
                arguments: isPaused ? [receiver] : [receiver, now.milliseconds])
            return next.map { Timestamp(milliseconds: max($0, pause)) }
        }
    }

    /// Whether a receiver accepted anything since a time.
    /// - Throws: `StoreFailure`.
    public func hasDelivered(receiver: String, since begin: Timestamp) throws -> Bool {
        try read { database in
            try Bool.fetchOne(
                database,
                sql: "SELECT EXISTS (SELECT 1 FROM outboxEntry WHERE receiver = ? AND state = 'delivered' AND finishedAt >= ?)",
                arguments: [receiver, begin.milliseconds]) ?? false
        }
    }
}
