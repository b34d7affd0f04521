public import AdvisorCore
internal import GRDB

/// Every change of an alarm's state.
enum TransitionTable: StoredTable {
    static let name = "transition"
    static let keyColumns = ["rule", "kind", "resource", "at"]

    static func decode(_ row: StoredRow) throws -> Transition {
        let _: ResourceKind = try row.code("kind")
        return Transition(
            rule: try row.value("rule"), resource: try row.value("resource"), at: try row.time("at"),
            from: try row.code("fromState"), to: try row.code("toState"))
    }

    static func save(_ transition: Transition, of key: AlarmRecord.Key, _ database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO transition(rule, kind, resource, at, fromState, toState) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (rule, kind, resource, at) DO UPDATE SET fromState = excluded.fromState, toState = excluded.toState
                """
        ).execute(arguments: [
            key.rule, key.kind.rawValue, key.resource, transition.at.milliseconds, transition.from.rawValue,
            transition.to.rawValue,
        ])
    }

    static func delete(of key: AlarmRecord.Key, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM transition WHERE rule = ? AND kind = ? AND resource = ?",
            arguments: [key.rule, key.kind.rawValue, key.resource])
    }
}

extension Store {
    /// Every recorded change of state, by rule, kind, resource and time.
    /// - Throws: `StoreFailure`.
    public func transitions() throws -> [Transition] {
        try read { try TransitionTable.fetchAll($0, "ORDER BY rule, kind, resource, at") }
    }

    /// Every recorded change of an alarm's state, by time.
    /// - Throws: `StoreFailure`.
    public func transitions(of key: AlarmRecord.Key) throws -> [Transition] {
        try read { database in
            try TransitionTable.fetchAll(
                database, "WHERE rule = ? AND kind = ? AND resource = ? ORDER BY at",
                arguments: [key.rule, key.kind.rawValue, key.resource])
        }
    }
}
