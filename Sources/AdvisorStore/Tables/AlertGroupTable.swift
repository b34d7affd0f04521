public import AdvisorCore
internal import GRDB

/// The notification state of every alert group.
enum AlertGroupTable: StoredTable {
    static let name = "alertGroup"
    static let keyColumns = ["key"]

    static func decode(_ row: StoredRow) throws -> (key: String, state: AlertGroupState) {
        let state: AlertGroupState = try row.document("document")
        guard try row.code("kind") == state.kind else { throw row.failure("kind", "differs from the document") }
        guard try row.optional("resource") == state.resource else { throw row.failure("resource", "differs from the document") }
        guard try row.flag("isOpen") == state.isOpen else { throw row.failure("isOpen", "differs from the document") }
        guard try row.optionalTime("notifiedAt") == state.notifiedAt else {
            throw row.failure("notifiedAt", "differs from the document")
        }
        return (try row.value("key"), state)
    }

    static func save(_ state: AlertGroupState, key: String, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO alertGroup(key, kind, resource, isOpen, notifiedAt, document) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (key) DO UPDATE SET kind = excluded.kind, resource = excluded.resource, isOpen = excluded.isOpen,
                    notifiedAt = excluded.notifiedAt, document = excluded.document
                """,
            arguments: [
                key, state.kind.rawValue, state.resource, state.isOpen, state.notifiedAt?.milliseconds,
                try StoredJSON.text(state),
            ])
    }
}

extension Store {
    /// The notification state of every alert group, by key.
    /// - Throws: `StoreFailure`.
    public func alertGroups() throws -> [String: AlertGroupState] {
        try read { database in
            Dictionary(uniqueKeysWithValues: try AlertGroupTable.fetchAll(database).map { ($0.key, $0.state) })
        }
    }

    /// The alert groups in which something is firing, or whose end was not notified yet, by key.
    /// - Throws: `StoreFailure`.
    public func openAlertGroups() throws -> [(key: String, state: AlertGroupState)] {
        try read { try AlertGroupTable.fetchAll($0, "WHERE isOpen = 1 ORDER BY key") }
    }

    /// How many alerts were suppressed so far.
    /// - Throws: `StoreFailure`.
    public func suppressedAlertCount() throws -> Int { try alertGroups().values.reduce(0) { $0 + $1.heldBack } }
}
