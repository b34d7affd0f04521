public import AdvisorCore
internal import GRDB

/// A stored alarm with the transitions to add.
public struct AlarmRecord: Sendable {
    /// A rule on one resource.
    public struct Key: Hashable, Sendable {
        /// The rule's id.
        public var rule: String
        /// What the resource is.
        public var kind: ResourceKind
        /// The resource's id.
        public var resource: String

        /// Creates the key of a rule on a resource.
        public init(rule: String, kind: ResourceKind, resource: String) {
            (self.rule, self.kind, self.resource) = (rule, kind, resource)
        }
    }

    /// The rule and the resource.
    public var key: Key
    /// The rule's definition by which it was evaluated.
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

    /// Saves alarms and deletes all others.
    static func replaceAll(with records: [AlarmRecord], _ database: Database) throws {
        let keys = Set(records.map(\.key))
        for row in try Row.fetchAll(database, sql: "SELECT rule, kind, resource FROM alarm") {
            let kind = ResourceKind(rawValue: row["kind"])
            let isKept = kind.map { keys.contains(Key(rule: row["rule"], kind: $0, resource: row["resource"])) } ?? false
            guard !isKept else { continue }
            try database.execute(
                sql: "DELETE FROM alarm WHERE rule = ? AND kind = ? AND resource = ?",
                arguments: [row["rule"] as String, row["kind"] as String, row["resource"] as String])
        }
        for record in records { try record.save(database) }
    }

    func save(_ database: Database) throws {
        let names: [any DatabaseValueConvertible] = [key.rule, key.kind.rawValue, key.resource]
        if isFromBeginning {
            try database.execute(
                sql: "DELETE FROM transition WHERE rule = ? AND kind = ? AND resource = ?", arguments: StatementArguments(names))
        }
        try database.cachedStatement(
            sql: """
                INSERT INTO alarm(rule, kind, resource, definition, state, since, evaluatedUpTo, leavingSince, leftAlarm)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET definition = excluded.definition, state = excluded.state, since = excluded.since,
                    evaluatedUpTo = excluded.evaluatedUpTo, leavingSince = excluded.leavingSince, leftAlarm = excluded.leftAlarm
                """
        ).execute(arguments: [
            key.rule, key.kind.rawValue, key.resource, definition, alarm.state.rawValue, alarm.since?.milliseconds,
            alarm.evaluatedUpTo?.milliseconds, alarm.leavingSince?.milliseconds, alarm.leftAlarm?.milliseconds,
        ])
        for transition in transitions {
            try database.cachedStatement(sql: "INSERT OR REPLACE INTO transition VALUES (?, ?, ?, ?, ?, ?)").execute(arguments: [
                key.rule, key.kind.rawValue, key.resource, transition.at.milliseconds, transition.from.rawValue,
                transition.to.rawValue,
            ])
        }
    }
}

extension Store {
    /// The newest time evaluated; nil before the first evaluation.
    /// - Throws: `StoreFailure`.
    public func lastEvaluation() throws -> Timestamp? {
        try read { try Int64.fetchOne($0, sql: "SELECT max(at) FROM evaluation") }.map(Timestamp.init(milliseconds:))
    }

    /// Every stored alarm.
    /// - Throws: `StoreFailure`.
    public func alarms() throws -> [AlarmRecord.Key: AlarmRecord] {
        try read { database in
            var result: [AlarmRecord.Key: AlarmRecord] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT * FROM alarm") {
                guard let kind = ResourceKind(rawValue: row["kind"]), let state = AlarmState(rawValue: row["state"]) else {
                    continue
                }
                func time(_ column: String) -> Timestamp? { (row[column] as Int64?).map(Timestamp.init(milliseconds:)) }
                var record = AlarmRecord(
                    key: AlarmRecord.Key(rule: row["rule"], kind: kind, resource: row["resource"]), definition: row["definition"])
                record.alarm.state = state
                record.alarm.since = time("since")
                record.alarm.evaluatedUpTo = time("evaluatedUpTo")
                record.alarm.leavingSince = time("leavingSince")
                record.alarm.leftAlarm = time("leftAlarm")
                result[record.key] = record
            }
            return result
        }
    }

    /// Every change of state recorded, by rule, kind, resource and time.
    public func transitions() throws -> [Transition] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM transition ORDER BY rule, kind, resource, at").compactMap { row in
                guard let from = AlarmState(rawValue: row["before"]), let to = AlarmState(rawValue: row["after"]) else {
                    return nil
                }
                return Transition(
                    rule: row["rule"], resource: row["resource"], at: Timestamp(milliseconds: row["at"]), from: from, to: to)
            }
        }
    }
}
