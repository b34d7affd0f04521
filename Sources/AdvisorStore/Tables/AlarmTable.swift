public import AdvisorCore
internal import GRDB

/// A stored alarm with the transitions to add.
public struct AlarmRecord: Sendable {
    /// A rule on one resource.
    public struct Key: Hashable, Sendable {
        /// The id of the rule.
        public var rule: String
        /// What the resource is.
        public var kind: ResourceKind
        /// The id of the resource.
        public var resource: String

        /// Creates the key of a rule on a resource.
        public init(rule: String, kind: ResourceKind, resource: String) {
            (self.rule, self.kind, self.resource) = (rule, kind, resource)
        }
    }

    /// The rule and the resource.
    public var key: Key
    /// The rule's definition with which it was evaluated.
    public var definition: String
    /// Its state.
    public var alarm: Alarm
    /// Transitions that are not stored yet; empty for an alarm that was read.
    public var transitions: [Transition] = []
    /// Whether the transitions replace all earlier ones.
    public var isFromBeginning = false

    /// Creates an alarm that was never evaluated.
    public init(key: Key, definition: String) {
        (self.key, self.definition) = (key, definition)
        alarm = Alarm(rule: key.rule, resource: key.resource)
    }

    func save(_ database: Database) throws {
        try AlarmTable.save(self, database)
        if isFromBeginning { try TransitionTable.delete(of: key, database) }
        for transition in transitions { try TransitionTable.save(transition, of: key, database) }
    }
}

/// The state of every rule on every resource.
enum AlarmTable: StoredTable {
    static let name = "alarm"
    static let keyColumns = ["rule", "kind", "resource"]

    static func decode(_ row: StoredRow) throws -> AlarmRecord {
        var record = AlarmRecord(
            key: AlarmRecord.Key(
                rule: try row.value("rule"), kind: try row.code("kind"), resource: try row.value("resource")),
            definition: try row.value("definition"))
        record.alarm.state = try row.code("state")
        record.alarm.since = try row.optionalTime("since")
        record.alarm.evaluatedUpTo = try row.optionalTime("evaluatedUpTo")
        record.alarm.leavingSince = try row.optionalTime("leavingSince")
        record.alarm.leftAlarm = try row.optionalTime("leftAlarm")
        record.alarm.planned = try row.optionalDocument("planned")
        return record
    }

    static func save(_ record: AlarmRecord, _ database: Database) throws {
        let (key, alarm) = (record.key, record.alarm)
        try database.cachedStatement(
            sql: """
                INSERT INTO alarm(
                    rule, kind, resource, definition, state, since, evaluatedUpTo, leavingSince, leftAlarm, planned)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (rule, kind, resource) DO UPDATE SET
                    definition = excluded.definition, state = excluded.state, since = excluded.since,
                    evaluatedUpTo = excluded.evaluatedUpTo, leavingSince = excluded.leavingSince, leftAlarm = excluded.leftAlarm,
                    planned = excluded.planned
                """
        ).execute(arguments: [
            key.rule, key.kind.rawValue, key.resource, record.definition, alarm.state.rawValue, alarm.since?.milliseconds,
            alarm.evaluatedUpTo?.milliseconds, alarm.leavingSince?.milliseconds, alarm.leftAlarm?.milliseconds,
            try alarm.planned.map { try StoredJSON.text($0) },
        ])
    }

    /// Saves alarms and deletes all others, with their transitions: their rules or resources no longer exist.
    static func replaceAll(with records: [AlarmRecord], _ database: Database) throws {
        let kept = Set(records.map(\.key))
        for record in try fetchAll(database) where !kept.contains(record.key) {
            try database.execute(
                sql: "DELETE FROM alarm WHERE rule = ? AND kind = ? AND resource = ?",
                arguments: [record.key.rule, record.key.kind.rawValue, record.key.resource])
        }
        for record in records { try record.save(database) }
    }
}

extension Store {
    /// Every stored alarm.
    /// - Throws: `StoreFailure`.
    public func alarms() throws -> [AlarmRecord.Key: AlarmRecord] {
        try read { database in
            Dictionary(uniqueKeysWithValues: try AlarmTable.fetchAll(database).map { ($0.key, $0) })
        }
    }
}
