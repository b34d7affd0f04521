public import AdvisorCore
internal import GRDB

/// What going back removed.
public struct RewindResult: Hashable, Sendable {
    /// Evaluations after the time.
    public var evaluations = 0
    /// Changes of alarms after it.
    public var transitions = 0
    /// Samples of the future, which a wrong clock let in.
    public var samples = 0
}

extension Store {
    private static let day = Duration.seconds(86_400)

    /// Goes back to a time, after evaluations as of a wrong one: what they recorded later is removed, and the next evaluation goes
    /// on from there. What was notified stays notified.
    /// - Parameters:
    ///   - time: The time.
    ///   - now: The present time; samples that begin more than a day after it are removed.
    /// - Returns: What was removed.
    /// - Throws: `StoreFailure`; then nothing changed.
    public func rewind(to time: Timestamp, now: Timestamp) throws -> RewindResult {
        let impossible = now + Self.day
        let newest = try newestSampleEnd(before: impossible)
        return try write { database in
            var result = RewindResult()
            func delete(_ table: String, where condition: String, _ arguments: StatementArguments) throws -> Int {
                try database.execute(sql: "DELETE FROM \(table) WHERE \(condition)", arguments: arguments)
                return database.changesCount
            }
            for series in try Int64.fetchAll(database, sql: "SELECT id FROM series") {
                let arguments: StatementArguments = [series, impossible.milliseconds]
                _ = try delete("extraStatistic", where: "seriesId = ? AND start > ?", arguments)
                result.samples += try delete("sample", where: "seriesId = ? AND start > ?", arguments)
            }
            result.evaluations = try delete("evaluation", where: "at > ?", [time.milliseconds])
            result.transitions = try delete("transition", where: "at > ?", [time.milliseconds])
            for table in ["budgetNotification", "tierChange"] { _ = try delete(table, where: "at > ?", [time.milliseconds]) }
            try Self.rewindAlarms(to: time, database)
            for (key, group) in try AlertGroupTable.fetchAll(database) {
                var state = group
                state.rewind(to: time, notifiedUpTo: max(time, newest ?? time))
                if state != group { try AlertGroupTable.save(state, key: key, database) }
            }
            for (table, columns) in Self.times { try Self.clamp(table, columns, to: time, database) }
            return result
        }
    }

    /// Times at which something was done, by table; none is later than the present.
    private static let times: [(table: String, columns: [String])] = [
        ("checkpoint", ["at"]), ("recommendation", ["since", "changedAt", "endedAt"]),
        ("outboxEntry", ["enqueuedAt", "nextAttemptAt", "leasedUntil", "finishedAt"]),
        ("receiver", ["pausedUntil", "disabledAt"]), ("run", ["startedAt", "finishedAt"]),
        ("sourceProgress", ["completeUpTo"]), ("watchedResource", ["since"]),
    ]

    private static func clamp(_ table: String, _ columns: [String], to time: Timestamp, _ database: Database) throws {
        for column in columns {
            try database.execute(
                sql: "UPDATE \(table) SET \(column) = ?1 WHERE \(column) > ?1", arguments: [time.milliseconds])
        }
    }

    /// Each alarm as of its last transition that is left; one that has none and began later is evaluated from its first sample.
    private static func rewindAlarms(to time: Timestamp, _ database: Database) throws {
        for record in try AlarmTable.fetchAll(database, "WHERE evaluatedUpTo > ?", arguments: [time.milliseconds]) {
            let key = record.key
            let identity: StatementArguments = [key.rule, key.kind.rawValue, key.resource]
            let left = try TransitionTable.fetchAll(
                database, "WHERE rule = ? AND kind = ? AND resource = ? ORDER BY at", arguments: identity)
            var earlier = record
            (earlier.alarm.evaluatedUpTo, earlier.alarm.leavingSince) = (time, nil)
            if let last = left.last {
                (earlier.alarm.state, earlier.alarm.since) = (last.to, last.at)
                earlier.alarm.leftAlarm = last.to == .alarm ? nil : left.last { $0.from == .alarm }?.at
            } else if record.alarm.since.map({ $0 > time }) ?? true {
                try database.execute(sql: "DELETE FROM alarm WHERE rule = ? AND kind = ? AND resource = ?", arguments: identity)
                continue
            }
            try AlarmTable.save(earlier, database)
        }
    }
}
