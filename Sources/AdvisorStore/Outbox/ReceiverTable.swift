internal import AdvisorCore
internal import GRDB

/// The receivers that are or were paused or disabled.
enum ReceiverTable: StoredTable {
    enum State: String {
        case active, paused, disabled
    }

    /// Why nothing is sent to a receiver, and until when.
    struct Record {
        var name: String
        var state: State
        var pausedUntil: Timestamp?
        var disabledAt: Timestamp?
        var disabledReason: String?
    }

    static let name = "receiver"
    static let keyColumns = ["name"]

    static func decode(_ row: StoredRow) throws -> Record {
        let record = Record(
            name: try row.value("name"), state: try row.code("state"), pausedUntil: try row.optionalTime("pausedUntil"),
            disabledAt: try row.optionalTime("disabledAt"), disabledReason: try row.optional("disabledReason"))
        guard (record.state == .paused) == (record.pausedUntil != nil) else {
            throw row.failure("pausedUntil", "is set for a paused receiver and for no other")
        }
        guard (record.state == .disabled) == (record.disabledAt != nil && record.disabledReason != nil) else {
            throw row.failure("disabledAt", "is set for a disabled receiver and for no other")
        }
        return record
    }

    static func record(of name: String, _ database: Database) throws -> Record? {
        try fetchAll(database, "WHERE name = ?", arguments: [name]).first
    }

    /// Why a receiver is disabled; nil when it is not.
    static func disabledReason(of name: String, _ database: Database) throws -> String? {
        try record(of: name, database)?.disabledReason
    }

    static func save(_ record: Record, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO receiver(name, state, pausedUntil, disabledAt, disabledReason) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET state = excluded.state, pausedUntil = excluded.pausedUntil,
                    disabledAt = excluded.disabledAt, disabledReason = excluded.disabledReason
                """,
            arguments: [
                record.name, record.state.rawValue, record.pausedUntil?.milliseconds, record.disabledAt?.milliseconds,
                record.disabledReason,
            ])
    }

    /// A paused receiver that accepted an alert is active again.
    static func resume(_ name: String, _ database: Database) throws {
        try database.execute(
            sql: "UPDATE receiver SET state = 'active', pausedUntil = NULL WHERE name = ? AND state = 'paused'",
            arguments: [name])
    }
}
