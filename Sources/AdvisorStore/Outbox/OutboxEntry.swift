public import AdvisorCore
internal import GRDB

/// One alert for one receiver, and its delivery state.
public struct OutboxEntry: Hashable, Sendable, Identifiable {
    /// The state of a delivery.
    public enum State: String, CaseIterable, Sendable {
        /// To be sent at `nextAttemptAt`.
        case pending
        /// Being tried.
        case leased
        /// The receiver accepted it.
        case delivered
        /// Given up; `advisor alerts retry` enqueues it again.
        case failed
        /// Paused for its `heldReason`.
        case held
    }

    /// Why an entry is held.
    public enum HeldReason: String, CaseIterable, Sendable {
        /// Its receiver is disabled.
        case receiverDisabled = "receiver_disabled"
        /// advisor.yaml has no such receiver.
        case receiverUnknown = "receiver_unknown"
    }

    /// Its number in the store, in the order in which entries were enqueued.
    public var id: Int64
    /// The alert, as data.
    public var alert: Alert
    /// The alert in words, as it was rendered for the first attempt; nil before.
    public var message: AlertMessage?
    /// The receiver's name.
    public var receiver: String
    /// The state of its delivery.
    public var state: State
    /// Why it is held; nil in every other state.
    public var heldReason: HeldReason?
    /// When it was enqueued.
    public var enqueuedAt: Timestamp
    /// The earliest next attempt.
    public var nextAttemptAt: Timestamp
    /// The number of attempts.
    public var attempts: Int
    /// When it was delivered or failed; nil before.
    public var finishedAt: Timestamp?
    /// Why the last attempt failed, or why the receiver is disabled; nil when neither is known.
    public var reason: String?
    /// The id of the lease; nil without one.
    public var lease: String?
}

/// The alerts of every receiver.
enum OutboxEntryTable: StoredTable {
    static let name = "outboxEntry"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> OutboxEntry {
        let entry = OutboxEntry(
            id: try row.value("id"), alert: try row.document("alert"),
            message: try row.optionalDocument("message"), receiver: try row.value("receiver"), state: try row.code("state"),
            heldReason: try row.optionalCode("heldReason"),
            enqueuedAt: try row.time("enqueuedAt"), nextAttemptAt: try row.time("nextAttemptAt"),
            attempts: try row.count("attempts"), finishedAt: try row.optionalTime("finishedAt"),
            reason: try row.optional("reason"), lease: try row.optional("lease"))
        guard try row.value("alertId") == entry.alert.id else { throw row.failure("alertId", "differs from the alert") }
        if let message = entry.message, message.alert.id != entry.alert.id {
            throw row.failure("message", "differs from the alert")
        }
        guard entry.message != nil || entry.state != .leased && entry.attempts == 0 else {
            throw row.failure("message", "is NULL after an attempt")
        }
        guard (entry.state == .held) == (entry.heldReason != nil) else {
            throw row.failure("heldReason", "is set for a held entry and for no other")
        }
        (_, _) = (try row.flag("isFiring"), try row.optionalTime("leasedUntil"))
        return entry
    }

    /// Enqueues alerts for receivers, as part of a transaction.
    ///
    /// An alert is enqueued once for a receiver: a second time changes nothing, whatever became of the first. For a disabled
    /// receiver it is held.
    /// - Parameters:
    ///   - alerts: In the order of delivery.
    ///   - receivers: The names of the receivers.
    ///   - now: When they are enqueued.
    ///   - begin: The earliest attempt; nil for at once.
    ///   - database: The database of the transaction.
    /// - Returns: The number of new entries.
    /// - Throws: SQLite's own errors.
    @discardableResult
    static func enqueue(
        _ alerts: [Alert], to receivers: [String], at now: Timestamp, notBefore begin: Timestamp? = nil,
        in database: Database
    ) throws -> Int {
        var added = 0
        for alert in alerts {
            let text = try StoredJSON.text(alert)
            for receiver in receivers {
                let disabled = try ReceiverTable.disabledReason(of: receiver, database)
                try database.cachedStatement(
                    sql: """
                        INSERT INTO outboxEntry(
                            alertId, receiver, groupKey, isFiring, alert, state, heldReason, enqueuedAt, nextAttemptAt, reason)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (alertId, receiver) DO NOTHING
                        """
                ).execute(arguments: [
                    alert.id, receiver, alert.key, alert.isFiring, text,
                    (disabled == nil ? OutboxEntry.State.pending : .held).rawValue,
                    disabled.map { _ in OutboxEntry.HeldReason.receiverDisabled.rawValue }, now.milliseconds,
                    (begin ?? now).milliseconds, disabled,
                ])
                added += database.changesCount
            }
        }
        return added
    }

    /// How many entries a receiver has in a state, and when the oldest of them was enqueued.
    struct Count {
        var receiver: String
        var state: OutboxEntry.State
        var number: Int
        var oldest: Timestamp
    }

    static func counts(_ database: Database) throws -> [Count] {
        // The least id names a row where the state is unknown.
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT min(id) AS id, receiver, state, count(*) AS number, min(enqueuedAt) AS enqueuedAt FROM outboxEntry
                GROUP BY receiver, state
                """)
        return try rows.map { row in
            let row = StoredRow(row: row, table: name, keyColumns: keyColumns)
            return Count(
                receiver: try row.value("receiver"), state: try row.code("state"), number: try row.count("number"),
                oldest: try row.time("enqueuedAt"))
        }
    }

    /// The receivers to which an alert of a group is still to be delivered.
    static func receiversPending(group key: String, _ database: Database) throws -> Set<String> {
        try String.fetchSet(
            database, sql: "SELECT receiver FROM outboxEntry WHERE groupKey = ? AND state IN ('pending', 'leased')",
            arguments: [key])
    }

    /// The receivers that never got the last alert of a group that says it is firing.
    static func receiversUnreached(group key: String, _ database: Database) throws -> Set<String> {
        try String.fetchSet(
            database,
            sql: """
                SELECT receiver FROM outboxEntry AS entry WHERE groupKey = ?1 AND isFiring = 1 AND state = 'failed' AND id =
                    (SELECT max(id) FROM outboxEntry WHERE groupKey = ?1 AND receiver = entry.receiver AND isFiring = 1)
                """, arguments: [key])
    }
}

extension Alert {
    /// Whether its state was still firing when it became due, so that a receiver that forgets gets it again.
    public var isFiring: Bool {
        switch kind {
        case .alarm, .anomaly, .stale, .runFailed: endsAt == nil
        // A budget's step is notified once: nothing reports its end.
        case .resolved, .budget, .recommendation, .endpointDisabled, .test: false
        }
    }
}
