public import AdvisorCore
internal import GRDB

/// An alarm as it is kept, with what is new of it.
struct AlarmRecord {
    struct Key: Hashable {
        var rule: String
        var kind: ResourceKind
        var resource: String
    }

    var key: Key
    /// The rule's definition by which it was evaluated.
    var definition: String
    var alarm: Alarm
    var transitions: [Transition] = []
    /// Whether the transitions replace all earlier ones.
    var isFromBeginning = false

    init(key: Key, definition: String) {
        (self.key, self.definition) = (key, definition)
        alarm = Alarm(rule: key.rule, resource: key.resource)
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
    /// What samples and evaluations there are, in a form that changes with every one of them.
    func generation() throws -> String { try read(Self.generation) }

    private static func generation(_ database: Database) throws -> String {
        try String.fetchOne(
            database,
            sql:
                """
                SELECT (SELECT ifnull(max(id), 0) || ' ' || ifnull(sum(records), 0) FROM ingest) || ' '
                    || (SELECT ifnull(max(id), 0) FROM evaluation) || ' ' || (SELECT ifnull(max(id), 0) FROM recommendationChange)
                """
        ) ?? ""
    }

    /// The newest time evaluated; nil before the first evaluation.
    func lastEvaluation() throws -> Timestamp? {
        try read { try Int64.fetchOne($0, sql: "SELECT max(at) FROM evaluation") }.map(Timestamp.init(milliseconds:))
    }

    /// Every alarm kept.
    func alarms() throws -> [AlarmRecord.Key: AlarmRecord] {
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

    /// Records an evaluation, all or none.
    /// - Returns: false, and nothing recorded, when something was ingested or evaluated since `generation`.
    func record(
        _ records: [AlarmRecord], of report: Report, lives: LifecycleStage, budgets: [BudgetNotificationState],
        alerts: NotificationStage?,
        at now: Timestamp, ifStill generation: String, series: [Int64]
    ) throws -> Bool {
        try write { database in
            guard try Self.generation(database) == generation else { return false }
            let keys = Set(records.map(\.key))
            for row in try Row.fetchAll(database, sql: "SELECT rule, kind, resource FROM alarm") {
                let kind = ResourceKind(rawValue: row["kind"])
                let isKept =
                    kind.map { keys.contains(AlarmRecord.Key(rule: row["rule"], kind: $0, resource: row["resource"])) } ?? false
                if !isKept {
                    try database.execute(
                        sql: "DELETE FROM alarm WHERE rule = ? AND kind = ? AND resource = ?",
                        arguments: [row["rule"] as String, row["kind"] as String, row["resource"] as String])
                }
            }
            for record in records { try record.save(database) }
            try lives.save(database)
            try Self.save(budgets, database)
            try TierChange.observe(report.entries.map(\.resource), at: now, database)
            try alerts?.save(at: now, database)
            try database.execute(sql: "UPDATE series SET changedFrom = NULL WHERE changedFrom < ?", arguments: [now.milliseconds])
            if try Int64.fetchOne(database, sql: "SELECT max(at) FROM evaluation") != now.milliseconds {
                try database.execute(sql: "INSERT INTO evaluation(at) VALUES (?)", arguments: [now.milliseconds])
            }
            return true
        }
    }
}
