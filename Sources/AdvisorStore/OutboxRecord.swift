public import AdvisorCore
internal import Foundation
internal import GRDB

/// One alert owed to one endpoint, and what became of it.
public struct OutboxEntry: Hashable, Sendable, Identifiable {
    /// What became of an entry.
    public enum State: String, CaseIterable, Sendable {
        /// To be tried at `nextAttemptAt`.
        case pending
        /// Somebody is trying it.
        case leased
        /// The receiver took it.
        case delivered
        /// Given up; `advisor alerts retry` owes it again.
        case failed
        /// Kept back: its endpoint is disabled, or what it is about is muted or snoozed.
        case held
    }

    /// Its number in the store, in the order in which entries were owed.
    public var id: Int64
    /// What is told.
    public var alert: Alert
    /// The endpoint's name.
    public var endpoint: String
    /// What became of it.
    public var state: State
    /// Since when it is owed.
    public var enqueuedAt: Timestamp
    /// Not tried before.
    public var nextAttemptAt: Timestamp
    /// How often it was tried.
    public var attempts: Int
    /// When it was delivered, or given up; nil before.
    public var finishedAt: Timestamp?
    /// Why it is held, waits or failed; nil while there is nothing to say.
    public var reason: String?
    /// Names the lease; nil without one.
    public var lease: String?

    init?(_ row: Row) {
        guard let state = State(rawValue: row["state"]),
            let alert = try? JSONDecoder().decode(Alert.self, from: Data((row["alert"] as String).utf8))
        else { return nil }
        func time(_ column: String) -> Timestamp? { (row[column] as Int64?).map(Timestamp.init(milliseconds:)) }
        (id, endpoint, self.state, self.alert) = (row["id"], row["endpoint"], state, alert)
        enqueuedAt = Timestamp(milliseconds: row["enqueuedAt"])
        nextAttemptAt = Timestamp(milliseconds: row["nextAttemptAt"])
        (attempts, finishedAt, reason, lease) = (row["attempts"], time("finishedAt"), row["reason"], row["lease"])
    }
}

extension Store {
    /// Owes alerts to endpoints, as part of a transaction that is under way.
    ///
    /// An alert is owed to an endpoint once: a second time changes nothing, whatever became of the first. Where the endpoint
    /// is disabled the entry is held.
    /// - Parameters:
    ///   - alerts: In the order in which they are to be told.
    ///   - endpoints: Names of webhooks.
    ///   - now: Since when they are owed.
    ///   - begin: Not tried before; nil for at once.
    ///   - reason: Why they are held back; nil when they are not.
    ///   - database: The transaction's.
    /// - Returns: How many entries are new.
    /// - Throws: SQLite's own errors.
    @discardableResult
    static func enqueue(
        _ alerts: [Alert], to endpoints: [String], at now: Timestamp, notBefore begin: Timestamp? = nil,
        held reason: String? = nil,
        in database: Database
    ) throws -> Int {
        guard !alerts.isEmpty, !endpoints.isEmpty else { return 0 }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var added = 0
        for alert in alerts {
            let text = String(decoding: try encoder.encode(alert), as: UTF8.self)
            for endpoint in endpoints {
                try database.cachedStatement(
                    sql: """
                        INSERT INTO outboxEntry(alertId, endpoint, thread, isFiring, alert, state, enqueuedAt, nextAttemptAt, reason)
                        SELECT ?1, ?2, ?3, ?4, ?5, iif(said IS NULL, 'pending', 'held'), ?6, ?7, said FROM (SELECT ifnull(?8,
                            (SELECT 'the endpoint is disabled: ' || disabledReason FROM endpoint
                                WHERE name = ?2 AND disabledAt IS NOT NULL)) AS said)
                        WHERE true ON CONFLICT DO NOTHING
                        """
                ).execute(arguments: [
                    alert.id, endpoint, alert.key, alert.isFiring, text, now.milliseconds, (begin ?? now).milliseconds, reason,
                ])
                added += database.changesCount
            }
        }
        return added
    }

    /// Owes alerts to endpoints, in a transaction of its own.
    /// - Returns: How many entries are new.
    /// - Throws: `StoreFailure`.
    @discardableResult
    public func enqueue(
        _ alerts: [Alert], to endpoints: [String], at now: Timestamp, notBefore begin: Timestamp? = nil,
        held reason: String? = nil
    ) throws -> Int {
        try write { try Self.enqueue(alerts, to: endpoints, at: now, notBefore: begin, held: reason, in: $0) }
    }
}

extension Alert {
    /// Whether what it tells of still stood when it became due, so that a receiver that forgets is to be told again.
    public var isFiring: Bool {
        switch kind {
        case .alarm, .anomaly, .stale, .runFailed: endsAt == nil
        // A budget's step is told once: nobody says when it is over.
        case .resolved, .budget, .recommendation, .endpointDisabled, .test: false
        }
    }
}
