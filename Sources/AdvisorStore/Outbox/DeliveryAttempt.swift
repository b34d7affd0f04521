public import AdvisorCore
internal import GRDB

/// One attempt to deliver an alert.
public struct DeliveryAttempt: Hashable, Sendable {
    /// How an attempt ended.
    public enum Outcome: String, CaseIterable, Sendable {
        /// The receiver accepted the alert.
        case delivered
        /// To be retried.
        case retry
        /// Failed.
        case failed
    }

    /// The start.
    public var at: Timestamp
    /// The kind of result.
    public var outcome: Outcome
    /// The duration.
    public var took: Duration
    /// The receiver's response, or why there was none; never a secret.
    public var reason: String

    /// Creates an attempt.
    public init(at: Timestamp, outcome: Outcome, took: Duration, reason: String) {
        (self.at, self.outcome, self.took, self.reason) = (at, outcome, took, reason)
    }
}

/// Every attempt to deliver an alert.
enum DeliveryAttemptTable: StoredTable {
    static let name = "deliveryAttempt"
    static let keyColumns = ["id"]

    static func decode(_ row: StoredRow) throws -> DeliveryAttempt {
        DeliveryAttempt(
            at: try row.time("at"), outcome: try row.code("outcome"),
            took: .milliseconds(try row.value("milliseconds") as Int64), reason: try row.value("reason"))
    }

    static func add(_ attempt: DeliveryAttempt, of entry: OutboxEntry, _ database: Database) throws {
        try database.execute(
            sql: "INSERT INTO deliveryAttempt(entryId, at, outcome, milliseconds, reason) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                entry.id, attempt.at.milliseconds, attempt.outcome.rawValue, attempt.took.milliseconds, attempt.reason,
            ])
    }
}

extension Store {
    /// The attempts to deliver an entry, oldest first.
    /// - Throws: `StoreFailure`.
    public func attempts(of entry: OutboxEntry) throws -> [DeliveryAttempt] {
        try read { try DeliveryAttemptTable.fetchAll($0, "WHERE entryId = ? ORDER BY id", arguments: [entry.id]) }
    }
}
